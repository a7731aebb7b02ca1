/* editor_bound.c: one field of an editor's form from a piece's JSON, and back. Nothing is judged here: a draft may be faulty while somebody
 * works on it, and the draft's page names every fault.
 */
#include "engines/services/editor.h"

enum { TEXT_MAX = 400 << 10 };

static struct str scalar(struct arena *a, const json_t *j)
{
    if (json_is_integer(j))
        return str_fmt(a, "%lld", (long long)json_integer_value(j));
    return str_or_empty(json_str(j));
}

/* ---- out ---- */

static void put_line(struct buf *b, struct str s)
{
    if (b->n)
        buf_put_char(b, '\n');
    buf_put(b, s);
}

static struct str joined(struct arena *a, const json_t *list, char mark)
{
    struct buf b;
    buf_init(&b, a, TEXT_MAX);
    if (json_is_string(list))
        return scalar(a, list);
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (i)
            buf_put_char(&b, mark);
        buf_put(&b, str_or_empty(json_str(json_array_get(list, i))));
    }
    return buf_str(&b);
}

static struct str choices_text(struct arena *a, const json_t *list)
{
    struct buf b;
    buf_init(&b, a, TEXT_MAX);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *c = json_array_get(list, i);
        put_line(&b, str_fmt(a, "%.*s | %.*s", STR_ARG(json_str_at(c, "value")), STR_ARG(json_str_at(c, "label"))));
    }
    return buf_str(&b);
}

static struct str cites_text(struct arena *a, const json_t *list)
{
    struct buf b;
    buf_init(&b, a, TEXT_MAX);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *c = json_array_get(list, i);
        put_line(&b, str_fmt(a, "%s%.*s", json_is_true(json_object_get(c, "confirmed")) ? "" : "? ",
                             STR_ARG(json_str_at(c, "cite"))));
    }
    return buf_str(&b);
}

static struct str map_text(struct arena *a, const json_t *map)
{
    struct buf b;
    const char *key;
    json_t *value;
    buf_init(&b, a, TEXT_MAX);
    json_object_foreach((json_t *)(uintptr_t)map, key, value)
        put_line(&b, str_fmt(a, "%s = %.*s", key, STR_ARG(json_str(value))));
    return buf_str(&b);
}

static struct str paper_text(struct arena *a, const json_t *blocks)
{
    struct buf b;
    buf_init(&b, a, TEXT_MAX);
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        const json_t *block = json_array_get(blocks, i), *rows = json_object_get(block, "table");
        if (json_object_get(block, "p"))
            put_line(&b, json_str_at(block, "p"));
        for (size_t k = 0; k < json_array_size(rows); k++) {
            const json_t *row = json_array_get(rows, k);
            put_line(&b, str_fmt(a, "%.*s | %.*s", STR_ARG(json_str(json_array_get(row, 0))),
                                 STR_ARG(json_str(json_array_get(row, 1)))));
        }
    }
    return buf_str(&b);
}

struct str services_bound_get(struct arena *a, const struct bound *b, const json_t *root, const json_t *piece)
{
    const json_t *object = b->head     ? root
                           : b->inside ? json_object_get(piece, b->inside)
                                       : piece,
                 *j = json_object_get(object, b->member);
    switch (b->how) {
    case BOUND_BOOL:
        return json_is_true(j) ? STR("1") : STR("");
    case BOUND_LINES:
        return joined(a, j, '\n');
    case BOUND_WORDS:
        return joined(a, j, ' ');
    case BOUND_CHOICES:
        return choices_text(a, j);
    case BOUND_CITES:
        return cites_text(a, j);
    case BOUND_MAP:
        return map_text(a, j);
    case BOUND_PAPER:
        return paper_text(a, j);
    default:
        return scalar(a, j);
    }
}

/* ---- back ---- */

static json_t *string_of(struct str s)
{
    return json_stringn(s.p ? s.p : "", s.n);
}

static json_t *listed(struct str text, char mark)
{
    json_t *list = json_array();
    struct str one;
    while (str_cut(&text, mark, &one)) {
        one = str_trim(one);
        if (one.n)
            json_array_append_new(list, string_of(one));
    }
    return list;
}

/* "a | b" as its two halves; without a mark both are the whole. */
static bool halves(struct str line, char mark, struct str *left, struct str *right)
{
    ptrdiff_t at = str_find_char(line, mark);
    *left = str_trim(at < 0 ? line : str_head(line, (size_t)at));
    *right = str_trim(at < 0 ? line : str_from(line, (size_t)at + 1));
    return at >= 0;
}

static json_t *choices_json(struct str text)
{
    json_t *list = json_array();
    struct str line, value, label;
    while (str_cut(&text, '\n', &line)) {
        halves(line, '|', &value, &label);
        if (value.n)
            json_array_append_new(list, json_pack("{s:o, s:o}", "value", string_of(value), "label", string_of(label)));
    }
    return list;
}

static json_t *cites_json(struct str text)
{
    json_t *list = json_array();
    struct str line;
    while (str_cut(&text, '\n', &line)) {
        bool open = str_starts(line, STR("?"));
        struct str cite = str_trim(open ? str_from(line, 1) : line);
        if (cite.n)
            json_array_append_new(list, json_pack("{s:o, s:b}", "cite", string_of(cite), "confirmed", !open));
    }
    return list;
}

static json_t *map_json(struct str text)
{
    json_t *map = json_object();
    struct str line, theirs, ours;
    while (str_cut(&text, '\n', &line)) {
        halves(line, '=', &theirs, &ours);
        if (theirs.n)
            json_object_setn_new(map, theirs.p, theirs.n, string_of(ours));
    }
    return map;
}

/* Rows that stand together are one table. */
static json_t *paper_json(struct str text)
{
    json_t *blocks = json_array(), *rows = NULL;
    struct str line, label, words;
    while (str_cut(&text, '\n', &line)) {
        if (!str_trim(line).n)
            continue;
        if (!halves(line, '|', &label, &words)) {
            rows = NULL;
            json_array_append_new(blocks, json_pack("{s:o}", "p", string_of(str_trim(line))));
            continue;
        }
        if (!rows) {
            rows = json_array();
            json_array_append_new(blocks, json_pack("{s:o}", "table", rows));
        }
        json_array_append_new(rows, json_pack("[o, o]", string_of(label), string_of(words)));
    }
    return blocks;
}

/* NULL: the member goes. A number that is none stays as text, and the draft's page says so. */
static json_t *value_of(const struct bound *b, struct str typed)
{
    struct money m;
    if (b->how == BOUND_BOOL)
        return json_boolean(typed.n > 0);
    if (!typed.n)
        return NULL;
    switch (b->how) {
    case BOUND_INT:
        return money_parse(typed, &m) ? json_integer(m.dong) : string_of(typed);
    case BOUND_LINES:
        return listed(typed, '\n');
    case BOUND_WORDS:
        return listed(typed, ' ');
    case BOUND_CHOICES:
        return choices_json(typed);
    case BOUND_CITES:
        return cites_json(typed);
    case BOUND_MAP:
        return map_json(typed);
    case BOUND_PAPER:
        return paper_json(typed);
    default:
        return string_of(typed);
    }
}

/* Texts of a version are of one line. */
static struct str one_line(struct arena *a, struct str s)
{
    char *to = arena_alloc(a, s.n);
    for (size_t i = 0; i < s.n; i++)
        to[i] = s.p[i] == '\n' || s.p[i] == '\t' ? ' ' : s.p[i];
    return str_trim((struct str) { to, s.n });
}

int services_bound_put(struct req *q, const struct bound *b, json_t *root, json_t *piece, struct err *e)
{
    json_t *object = b->head ? root : piece;
    struct str typed = str_or_empty(req_form(q, b->field));
    if (b->inside) {
        object = json_object_get(piece, b->inside);
        if (!json_is_object(object))
            json_object_set_new(piece, b->inside, object = json_object());
    }
    json_t *value = value_of(b, b->how == BOUND_TEXT ? one_line(q->arena, typed) : typed);
    if (value ? json_object_set_new(object, b->member, value) : (json_object_del(object, b->member), 0))
        return ERR(e, ERR_BUSY, "no memory for %s", b->member);
    if (b->inside && json_object_size(object) == 0)
        json_object_del(piece, b->inside);
    return 0;
}

/* ---- conditions ---- */

struct when_parts services_when_get(struct arena *a, const json_t *when)
{
    static const char *const hows[] = { "is", "in", "answered", "age_under", "age_at_least" };
    struct when_parts p = { STR(""), STR("always"), STR(""), false };
    const json_t *not_ = json_object_get(when, "not"), *question = not_ && json_object_get(not_, "is") ? not_ : when;
    if (!json_is_object(when))
        return p;
    p.complex = true;
    p.how = STR("keep");
    for (size_t i = 0; i < sizeof(hows) / sizeof(hows[0]); i++) {
        const json_t *value = json_object_get(question, hows[i]);
        if (!value || (question == not_ && i > 0))
            continue;
        p.complex = false;
        p.field = scalar(a, json_object_get(question, "field"));
        p.how = question == not_ ? STR("is_not") : str_of(hows[i]);
        p.value = json_is_boolean(value) ? (i == 0 ? (json_is_true(value) ? STR("yes") : STR("no")) : STR(""))
                                         : joined(a, value, ';');
        if (json_is_integer(value))
            p.value = scalar(a, value);
    }
    return p;
}

static json_t *question_json(struct str field, struct str how, struct str value)
{
    int64_t years;
    json_t *j = json_pack("{s:o}", "field", string_of(field));
    if (str_eq(how, STR("in")))
        json_object_set_new(j, "in", listed(value, ';'));
    else if (str_eq(how, STR("answered")))
        json_object_set_new(j, "answered", json_true());
    else if (str_starts(how, STR("age_")))
        json_object_set_new(j, str_eq(how, STR("age_under")) ? "age_under" : "age_at_least",
                            str_to_i64(value, &years) ? json_integer(years) : string_of(value));
    else
        json_object_set_new(j, "is", string_of(value));
    return str_eq(how, STR("is_not")) ? json_pack("{s:o}", "not", j) : j;
}

int services_when_put(struct req *q, json_t *piece, struct err *e)
{
    struct str how = req_form(q, "when_how"), field = str_trim(str_or_empty(req_form(q, "when_field")));
    if (str_eq(how, STR("keep")))
        return 0;
    if (!how.n || str_eq(how, STR("always"))) {
        json_object_del(piece, "when");
        return 0;
    }
    if (!field.n)
        return req_refuse_field(q, e, "when_field", MSGS("Xin cho biết điều kiện hỏi về câu nào."));
    json_object_set_new(piece, "when", question_json(field, how, str_trim(str_or_empty(req_form(q, "when_value")))));
    return 0;
}
