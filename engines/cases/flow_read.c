/* flow_read.c: a flow's file, read strictly: what it does not know it refuses by name. */
#include "engines/cases/flow.h"

#include "base/text.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>

struct word {
    const char *name;
    struct str label; /* MSG */
};

static const struct word owners[OWNERS_] = {
    { "one_stop", MSG("Bộ phận một cửa") },
    { "specialist", MSG("Công chức thụ lý") },
    { "approver", MSG("Người ký duyệt") },
    { "citizen", MSG("Người nộp hồ sơ") },
};
static const struct word papers[PAPER_KINDS_] = {
    { "none", MSG("") },
    { "receipt", MSG("Giấy tiếp nhận hồ sơ và hẹn trả kết quả") },
    { "supplement", MSG("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ") },
    { "refusal", MSG("Phiếu từ chối tiếp nhận giải quyết hồ sơ") },
    { "apology", MSG("Phiếu xin lỗi và hẹn lại ngày trả kết quả") },
    { "control", MSG("Phiếu kiểm soát quá trình giải quyết hồ sơ") },
    { "result", MSG("Kết quả giải quyết") },
};
static const char *const clocks[FLOW_CLOCKS_] = { "none", "run", "stop", "end" };
static const char *const effects[EFFECTS_] = { "none", "start", "stop", "resume", "end" };
static const char *const stops[CLOCK_STOPS_] = { "none", "supplement", "payment", "other" };

struct str case_owner_name(enum case_owner o)
{
    return str_of(owners[o].name);
}

struct str case_owner_label(enum case_owner o)
{
    return owners[o].label;
}

enum case_owner case_owner_named(struct str name)
{
    int o = 0;
    while (o < OWNERS_ && !str_eq(str_of(owners[o].name), name))
        o++;
    return (enum case_owner)o;
}

struct str case_paper_name(enum case_paper_kind k)
{
    return str_of(papers[k].name);
}

struct str case_paper_label(enum case_paper_kind k)
{
    return papers[k].label;
}

/* ---- one value of an object ---- */

struct reader {
    struct arena *arena;
    struct case_flow *out;
    struct str file;
    const char *where; /* "states", "moves", or "" */
    size_t index;
};

static int fault(const struct reader *r, struct err *e, const char *key, const char *what)
{
    return ERR_SAY(e, ERR_INPUT, MSGS("Quy trình giải quyết có chỗ không đúng. Xin xem chi tiết và sửa tệp quy trình ấy."),
                   "%.*s: %s[%zu].%s: %s", STR_ARG(r->file), r->where, r->index, key, what);
}

static int refuse_unknown(const struct reader *r, json_t *o, const char *const *keys, struct err *e)
{
    const char *key;
    json_t *v;
    if (!json_is_object(o))
        return fault(r, e, "", "is no object");
    json_object_foreach(o, key, v)
    {
        const char *const *k = keys;
        while (*k && !str_eq(str_of(*k), str_of(key)))
            k++;
        if (!*k)
            return fault(r, e, key, "is no key of this form");
    }
    return 0;
}

/* Absent: empty; `least` 1 asks for a text. */
static int take_text(const struct reader *r, json_t *o, const char *key, size_t least, size_t most, struct str *out,
                     struct err *e)
{
    const json_t *v = json_object_get(o, key);
    *out = STR("");
    if (v && !json_is_string(v))
        return fault(r, e, key, "is no text");
    if (v && text_clean(r->arena, json_str(v), TEXT_ONE_LINE, most, out, e))
        return fault(r, e, key, "is too long or has characters that a text has not");
    return out->n < least ? fault(r, e, key, "is missing") : 0;
}

static bool is_id(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_'))
            return false;
    return s.n > 0 && s.n <= 40;
}

static int take_id(const struct reader *r, json_t *o, const char *key, struct str *out, struct err *e)
{
    if (take_text(r, o, key, 1, 40, out, e))
        return -1;
    return is_id(*out) ? 0 : fault(r, e, key, "is made of a-z, 0-9 and _");
}

static int take_int(const struct reader *r, json_t *o, const char *key, int preset, int least, int most, int *out,
                    struct err *e)
{
    const json_t *v = json_object_get(o, key);
    *out = preset;
    if (!v || json_is_null(v))
        return 0;
    if (!json_is_integer(v) || json_integer_value(v) < least || json_integer_value(v) > most)
        return fault(r, e, key, "is no number, or too large");
    *out = (int)json_integer_value(v);
    return 0;
}

static int take_bool(const struct reader *r, json_t *o, const char *key, bool *out, struct err *e)
{
    const json_t *v = json_object_get(o, key);
    *out = json_is_true(v);
    return v && !json_is_boolean(v) ? fault(r, e, key, "is true or false") : 0;
}

/* A word of a list; absent or null: the first. */
static int take_word(const struct reader *r, json_t *o, const char *key, const char *const *words, int n, int *out,
                     struct err *e)
{
    const json_t *v = json_object_get(o, key);
    *out = 0;
    if (!v || json_is_null(v))
        return 0;
    for (int i = 0; json_is_string(v) && i < n; i++)
        if (str_eq(str_of(words[i]), str_of(json_string_value(v)))) {
            *out = i;
            return 0;
        }
    return fault(r, e, key, "is none of the words known here");
}

static int take_owner(const struct reader *r, json_t *o, const char *key, enum case_owner *out, struct err *e)
{
    const char *word = json_string_value(json_object_get(o, key));
    *out = word ? case_owner_named(str_of(word)) : OWNERS_;
    return *out == OWNERS_ ? fault(r, e, key, "is one_stop, specialist, approver or citizen") : 0;
}

static int take_paper(const struct reader *r, json_t *o, enum case_paper_kind *out, struct err *e)
{
    const char *words[PAPER_KINDS_];
    int k = 0;
    for (int i = 0; i < PAPER_KINDS_; i++)
        words[i] = papers[i].name;
    if (take_word(r, o, "paper", words, PAPER_KINDS_, &k, e))
        return -1;
    *out = (enum case_paper_kind)k;
    return 0;
}

/* ---- states and moves ---- */

static int read_state(struct reader *r, json_t *o, struct case_flow_state *s, struct err *e)
{
    static const char *const keys[] = { "id",       "label",    "citizen",    "clock", "owner",
                                        "national", "function", "unit_level", NULL };
    static const char *const levels[] = { "", "commune", "province" };
    int clock = 0, level = 0;
    if (refuse_unknown(r, o, keys, e) || take_id(r, o, "id", &s->id, e) || take_text(r, o, "label", 1, 80, &s->label, e) ||
        take_text(r, o, "citizen", 1, 200, &s->citizen, e) || take_word(r, o, "clock", clocks, FLOW_CLOCKS_, &clock, e) ||
        take_owner(r, o, "owner", &s->owner, e) || take_int(r, o, "national", 0, 1, 10, &s->national, e) ||
        take_text(r, o, "function", 0, 80, &s->function, e) || take_word(r, o, "unit_level", levels, 3, &level, e))
        return -1;
    s->clock = (enum case_flow_clock)clock;
    s->unit_level = str_of(levels[level]);
    return s->national ? 0 : fault(r, e, "national", "is missing");
}

static int state_index(const struct reader *r, const json_t *id, size_t *out, struct err *e)
{
    const struct case_flow_state *s = json_is_string(id) ? case_state_named(r->out, str_of(json_string_value(id))) : NULL;
    if (!s)
        return fault(r, e, "from/to", "names no state");
    *out = (size_t)(s - r->out->state);
    return 0;
}

static int read_from(struct reader *r, json_t *o, struct case_flow_move *m, struct err *e)
{
    const json_t *from = json_object_get(o, "from");
    m->n_from = json_array_size(from);
    if (m->n_from == 0 || m->n_from > FLOW_STATES_MAX)
        return fault(r, e, "from", "is a list of states");
    m->from = arena_new_array(r->arena, size_t, m->n_from);
    for (size_t i = 0; i < m->n_from; i++)
        if (state_index(r, json_array_get(from, i), &m->from[i], e))
            return -1;
    return 0;
}

/* What a stop waits for: said, or plain from the paper and the national status that go with it. */
static enum clock_stop stop_of(const struct reader *r, const struct case_flow_move *m, int said)
{
    if (said != CLOCK_STOP_NONE || m->effect != EFFECT_STOP)
        return (enum clock_stop)said;
    if (m->paper == PAPER_SUPPLEMENT || r->out->state[m->to].national == 5)
        return CLOCK_STOP_SUPPLEMENT;
    return r->out->state[m->to].national == 6 ? CLOCK_STOP_PAYMENT : CLOCK_STOP_OTHER;
}

static int read_move(struct reader *r, json_t *o, struct case_flow_move *m, struct err *e)
{
    static const char *const keys[] = { "id",     "label", "from",       "to",          "role",     "effect", "paper",
                                        "reason", "once",  "share_days", "citizen_may", "stop_for", NULL };
    int effect = 0, stop = 0;
    if (refuse_unknown(r, o, keys, e) || take_id(r, o, "id", &m->id, e) || take_text(r, o, "label", 1, 80, &m->label, e) ||
        read_from(r, o, m, e) || state_index(r, json_object_get(o, "to"), &m->to, e) ||
        take_owner(r, o, "role", &m->role, e) || take_word(r, o, "effect", effects, EFFECTS_, &effect, e) ||
        take_paper(r, o, &m->paper, e) || take_bool(r, o, "reason", &m->reason, e) || take_bool(r, o, "once", &m->once, e) ||
        take_int(r, o, "share_days", -1, 0, CLOCK_DAYS_MAX, &m->share_days, e) ||
        take_bool(r, o, "citizen_may", &m->citizen_may, e) || take_word(r, o, "stop_for", stops, CLOCK_STOPS_, &stop, e))
        return -1;
    m->effect = (enum case_effect)effect;
    m->stop = stop_of(r, m, stop);
    return 0;
}

static int read_states(struct reader *r, json_t *list, struct err *e)
{
    size_t n = json_array_size(list);
    r->where = "states";
    if (n == 0 || n > FLOW_STATES_MAX)
        return fault(r, e, "", "1 to 40 states");
    r->out->state = arena_new_array(r->arena, struct case_flow_state, n);
    for (r->index = 0; r->index < n; r->index++) {
        if (read_state(r, json_array_get(list, r->index), &r->out->state[r->index], e))
            return -1;
        r->out->n_states = r->index + 1;
    }
    return 0;
}

static int read_moves(struct reader *r, json_t *list, struct err *e)
{
    size_t n = json_array_size(list);
    r->where = "moves";
    r->index = 0;
    if (n == 0 || n > FLOW_MOVES_MAX)
        return fault(r, e, "", "1 to 120 moves");
    r->out->move = arena_new_array(r->arena, struct case_flow_move, n);
    for (; r->index < n; r->index++) {
        if (read_move(r, json_array_get(list, r->index), &r->out->move[r->index], e))
            return -1;
        r->out->n_moves = r->index + 1;
    }
    return 0;
}

static int read_whole(struct reader *r, json_t *root, struct err *e)
{
    static const char *const keys[] = { "name", "version", "title", "states", "moves", NULL };
    return refuse_unknown(r, root, keys, e) || take_id(r, root, "name", &r->out->name, e) ||
                   take_int(r, root, "version", 0, 1, 100000, &r->out->version, e) ||
                   take_text(r, root, "title", 1, 160, &r->out->title, e) ||
                   read_states(r, json_object_get(root, "states"), e) || read_moves(r, json_object_get(root, "moves"), e) ||
                   json_canonical(r->arena, root, &r->out->body, e)
               ? -1
               : 0;
}

int case_flow_read(struct arena *a, struct str file, struct str json, struct case_flow *out, struct err *e)
{
    json_t *root;
    struct case_flow f = { 0 };
    struct reader r = { .arena = a, .out = &f, .file = file, .where = "" };
    if (json.n > FLOW_BYTES)
        return ERR(e, ERR_TOO_LARGE, "%.*s: %zu bytes", STR_ARG(file), json.n);
    if (json_read(a, json, &root, e) || read_whole(&r, root, e))
        return -1;
    if (f.version == 0)
        return fault(&r, e, "version", "is missing");
    if (case_flow_check(a, &f, e))
        return -1;
    *out = f;
    return 0;
}
