/* req.c: what a handler asks of its request. */
#include "platform/http/inside.h"

#include "base/rng.h"
#include "base/text.h"

#include <string.h>

struct defer {
    struct defer *next;
    void (*fn)(void *);
    void *obj;
};

static const struct actor nobody = { 0 };

/* Twelve characters, without letters that are mistaken for others when a person reads the number over the telephone. */
static struct str request_id(struct router *r, struct arena *a)
{
    static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";
    uint64_t n = stats_request_id(&r->stats);
    char *id = arena_alloc(a, 12);
    for (int i = 0; i < 12; i++)
        id[i] = letters[n >> (5 * i) & 31];
    return (struct str) { id, 12 };
}

void request_init(struct req *q, struct app *app, struct arena *a)
{
    *q = (struct req) {
        .app = app,
        .arena = a,
        .db = app->db,
        .signer = app->signer,
        .log = &app->log,
        .actor = &nobody,
        .lang = LANG_VI,
        .now = app_now(app),
        .path = STR("/"),
        .id = request_id(app->router, a),
    };
}

static int clean_query(struct req *q, struct err *e)
{
    struct err why = { 0 };
    for (size_t i = 0; i < q->n_query; i++) {
        struct param *p = &q->query[i];
        if (text_clean(q->arena, p->name, TEXT_ONE_LINE, LIMIT_VALUE, &p->name, &why) < 0 ||
            text_clean(q->arena, p->value, TEXT_MANY_LINES, LIMIT_VALUE, &p->value, &why) < 0)
            return ERR(e, ERR_INPUT, "a query value: %s", why.detail);
    }
    return 0;
}

static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
            return true;
    return false;
}

int request_target(struct req *q, struct str target, struct err *e)
{
    if (target.n > LIMIT_URL)
        return ERR(e, ERR_TOO_LARGE, "the address has %zu bytes, at most %d are taken", target.n, LIMIT_URL);
    struct str path = target;
    ptrdiff_t mark = str_find_char(target, '?');
    if (mark >= 0) {
        path = str_head(target, (size_t)mark);
        q->query_raw = str_from(target, (size_t)mark + 1);
    }
    if (path.n == 0 || path.p[0] != '/')
        return ERR(e, ERR_INPUT, "the address is not a path");
    if (!parse_percent(q->arena, path, false, &path))
        return ERR(e, ERR_INPUT, "bad %%-escape in the path");
    if (has_control(path) || !text_is_utf8(path))
        return ERR(e, ERR_INPUT, "the path is not UTF-8 text");
    q->path = path;
    if (q->query_raw.n == 0)
        return 0;
    if (parse_urlencoded(q->arena, q->query_raw, &q->query, &q->n_query, e) < 0)
        return -1;
    return clean_query(q, e);
}

static struct str value_of(const struct param *v, size_t n, const char *name)
{
    struct str wanted = str_of(name);
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].name, wanted))
            return v[i].value;
    return STR_NONE;
}

struct str req_param(const struct req *q, const char *name)
{
    return value_of(q->params, q->n_params, name);
}

struct str req_query(const struct req *q, const char *name)
{
    return value_of(q->query, q->n_query, name);
}

struct str req_form(const struct req *q, const char *name)
{
    return value_of(q->form, q->n_form, name);
}

struct str req_form_nth(const struct req *q, const char *name, size_t i)
{
    for (size_t k = 0; k < q->n_form; k++)
        if (str_eq(q->form[k].name, str_of(name)) && i-- == 0)
            return q->form[k].value;
    return STR("");
}

struct str req_header(const struct req *q, const char *name_lower)
{
    return value_of(q->headers, q->n_headers, name_lower);
}

struct str remote_behind(const struct req *q, struct str proxy)
{
    struct str forwarded = req_header(q, "x-forwarded-for"), piece, remote = proxy;
    while (forwarded.n > 0 && str_cut(&forwarded, ',', &piece))
        if (str_trim(piece).n > 0)
            remote = str_trim(piece);
    return remote;
}

const struct part *req_file(const struct req *q, const char *name)
{
    struct str wanted = str_of(name);
    for (size_t i = 0; i < q->n_files; i++)
        if (str_eq(q->files[i].name, wanted))
            return &q->files[i];
    return NULL;
}

bool req_may_wait(struct req *q)
{
    q->wants_wait = true;
    return q->may_wait;
}

bool req_param_id(const struct req *q, const char *name, int64_t *out)
{
    struct str s = req_param(q, name);
    int64_t id;
    if (!str_is_digits(s) || !str_to_i64(s, &id) || id <= 0)
        return false;
    *out = id;
    return true;
}

/* ---- typed fields ---- */
bool req_form_has(const struct req *q, const char *name)
{
    return req_form(q, name).n > 0;
}

int64_t req_form_int(const struct req *q, const char *name)
{
    int64_t v = 0;
    str_to_i64(req_form(q, name), &v);
    return v;
}

struct day req_form_day(const struct req *q, const char *name)
{
    struct day d = { 0 };
    day_typed(req_form(q, name), &d);
    return d;
}

struct instant req_form_instant(const struct req *q, const char *name)
{
    struct instant t = { 0 };
    instant_typed(req_form(q, name), &t);
    return t;
}

/* ---- things with a lifetime ---- */
struct dbr *req_read(struct req *q, struct err *e)
{
    if (!q->reader && db_read_begin(q->db, &q->reader, e) < 0)
        q->reader = NULL;
    return q->reader;
}

void req_defer(struct req *q, void (*fn)(void *), void *obj)
{
    struct defer *d = arena_try(q->arena, sizeof *d);
    if (!d) {
        fn(obj); /* nobody else would */
        arena_full(q->arena);
    }
    *d = (struct defer) { q->defers, fn, obj };
    q->defers = d;
}

void dispatch_close(struct passage *p)
{
    struct req *q = p->q;
    db_read_end(q->reader);
    q->reader = NULL;
    while (q->defers) {
        struct defer *d = q->defers;
        q->defers = d->next;
        d->fn(d->obj);
    }
}

int req_refuse_field(struct req *q, struct err *e, const char *field, struct str say)
{
    VEC(struct field_error) errors = { q->field_errors, q->n_field_errors, q->n_field_errors };
    *vec_push(q->arena, &errors) = (struct field_error) { str_dup(q->arena, str_of(field)), say };
    q->field_errors = errors.v;
    q->n_field_errors = errors.n;
    return ERR(e, ERR_FORM, "field %s", field);
}

void req_outcome(struct req *q, struct str outcome)
{
    ASSERT(outcome.n <= LIMIT_OUTCOME);
    q->outcome = str_dup(q->arena, outcome);
}

struct str req_form_key(struct req *q)
{
    if (q->refused && q->idempotency.n > 0)
        return q->idempotency;
    /* The microsecond first (idempotency.c says why), then 16 random bytes. */
    uint8_t bytes[23];
    for (int i = 0; i < 7; i++)
        bytes[i] = (uint8_t)((uint64_t)q->now.us >> (48 - 8 * i));
    random_bytes(bytes + 7, 16);
    return str_base64url(q->arena, bytes, sizeof(bytes));
}
