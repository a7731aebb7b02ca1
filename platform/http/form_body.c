/* form_body.c: from the bytes of a body to names and values: urlencoded, multipart or a JSON object. */
#include "platform/http/inside.h"

#include "platform/crypto/crypto.h"

#include <jansson.h>
#include <string.h>

static bool is_type(struct str header, struct str type)
{
    struct str head = str_head(header, type.n), rest = str_trim(str_from(header, type.n));
    return str_eq_nocase(head, type) && (rest.n == 0 || rest.p[0] == ';');
}

static struct parse_limits limits_of(const struct form *form)
{
    /* One value may fill the body: what is too long is then refused beside its field, with what was typed. */
    size_t most = form->max_body ? form->max_body : LIMIT_BODY;
    struct parse_limits limits = { LIMIT_PARAMS, most > LIMIT_VALUE ? most : LIMIT_VALUE };
    for (const struct field *f = form->fields; f && f->name; f++)
        if (f->many)
            limits.params = LIMIT_MANY;
    return limits;
}

static int read_multipart(struct req *q, struct str type, const struct parse_limits *limits, struct err *e)
{
    struct part *parts;
    size_t n;
    if (multipart_parse(q->arena, type, q->body, limits->params, &parts, &n, e) < 0)
        return -1;
    q->form = arena_new_array(q->arena, struct param, n);
    q->files = arena_new_array(q->arena, struct part, n);
    for (size_t i = 0; i < n; i++) {
        bool chosen = parts[i].filename.n > 0 || parts[i].bytes.n > 0; /* an empty file control sends an empty part */
        if (!parts[i].filename.p)
            q->form[q->n_form++] = (struct param) { parts[i].name, parts[i].bytes };
        else if (chosen)
            q->files[q->n_files++] = parts[i];
    }
    return 0;
}

static int read_form(struct req *q, struct err *e)
{
    const struct form *form = q->route->form;
    struct parse_limits limits = limits_of(form);
    struct str type = req_header(q, "content-type");
    if (form->multipart && is_type(type, STR("multipart/form-data")))
        return read_multipart(q, type, &limits, e);
    if (q->body.n > 0 && !is_type(type, STR("application/x-www-form-urlencoded")))
        return ERR(e, ERR_INPUT, "content type \"%.*s\" is not this form's", STR_ARG(str_head(type, 80)));
    return urlencoded_parse(q->arena, q->body, &limits, &q->form, &q->n_form, e);
}

/* ---- JSON ---- */

/* A scalar as a form would have sent it. False: it is no scalar. */
static bool scalar_text(struct arena *a, const json_t *v, struct str *out)
{
    if (json_is_string(v))
        *out = json_str(v);
    else if (json_is_integer(v))
        *out = str_fmt(a, "%lld", (long long)json_integer_value(v));
    else if (json_is_true(v))
        *out = STR("1");
    else if (json_is_false(v) || json_is_null(v))
        *out = STR("");
    else
        return false;
    return true;
}

struct param_list {
    struct param *v;
    size_t n, room;
};

static int add_value(struct req *q, struct param_list *found, struct str name, const json_t *v, struct err *e)
{
    struct param p = { name, STR_NONE };
    if (!scalar_text(q->arena, v, &p.value))
        return ERR_SAY(e, ERR_INPUT, MSGS("Mỗi mục của đối tượng JSON phải là chữ, số nguyên, true, false, hoặc danh sách của chúng."),
                       "the value of \"%.*s\" is neither text, a whole number nor true/false", STR_ARG(str_head(name, 60)));
    if (found->n == LIMIT_MANY)
        return ERR(e, ERR_INPUT, "more than %d values", LIMIT_MANY);
    *vec_push(q->arena, found) = p;
    return 0;
}

static int json_to_form(struct req *q, struct err *e)
{
    struct param_list found = { 0 };
    const char *key;
    json_t *value, *item;
    size_t i;
    json_object_foreach(q->json, key, value)
    {
        struct str name = str_of(key);
        if (!json_is_array(value)) {
            if (add_value(q, &found, name, value, e) < 0)
                return -1;
            continue;
        }
        json_array_foreach(value, i, item) if (add_value(q, &found, name, item, e) < 0) return -1;
    }
    q->form = found.v;
    q->n_form = found.n;
    return 0;
}

/* Protocols have JSON types of their own: application/scim+json. */
static bool is_json(const struct req *q)
{
    struct str type = req_header(q, "content-type"), bare = type;
    if (is_type(type, STR("application/json")))
        return true;
    str_cut(&type, ';', &bare);
    bare = str_trim(bare);
    return q->route->machine && str_eq_nocase(str_head(bare, 12), STR("application/")) && bare.n > 17 &&
           str_eq_nocase(str_from(bare, bare.n - 5), STR("+json"));
}

static int read_json(struct req *q, struct err *e)
{
    if (!is_json(q))
        return ERR_SAY(e, ERR_INPUT, MSGS("Địa chỉ này chỉ nhận application/json."),
                       "the content type of this address is application/json");
    if (json_read(q->arena, q->body, &q->json, e) < 0)
        return -1;
    if (!q->route->form->fields)
        return 0; /* the handler checks a nested body itself */
    if (!json_is_object(q->json))
        return ERR_SAY(e, ERR_INPUT,
                       MSGS("Nội dung gửi đến phải là một đối tượng JSON có tên từng mục, không phải một danh sách."),
                       "the body is not a JSON object");
    return json_to_form(q, e);
}

/* ---- the transport's own fields ---- */
struct form_marks form_take_marks(struct req *q)
{
    struct form_marks marks = { STR_NONE, STR_NONE };
    size_t kept = 0;
    for (size_t i = 0; i < q->n_form; i++) {
        struct param p = q->form[i];
        if (str_eq(p.name, STR("_csrf")))
            marks.csrf = p.value;
        else if (str_eq(p.name, STR("_key")))
            marks.key = p.value;
        else
            q->form[kept++] = p;
    }
    q->n_form = kept;
    return marks;
}

static bool is_key(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] >= 0x7f)
            return false;
    return s.n <= LIMIT_KEY;
}

int form_read(struct passage *p, struct err *e)
{
    struct req *q = p->q;
    struct str key;
    if (q->route->json) {
        if (read_json(q, e) < 0)
            return -1;
        key = req_header(q, "idempotency-key");
    } else {
        if (read_form(q, e) < 0)
            return -1;
        struct form_marks marks = form_take_marks(q);
        p->csrf = marks.csrf;
        key = marks.key;
    }
    if (!is_key(key))
        return ERR(e, ERR_INPUT, "an idempotency key is at most %d visible ASCII characters", LIMIT_KEY);
    q->idempotency = key;
    return 0;
}
