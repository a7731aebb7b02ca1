/* asm_message.c: see asm_message.h. */
#include "engines/stays/asm_message.h"

#include "base/json.h"

#include <jansson.h>
#include <string.h>

enum { MESSAGE_MAX = 256 * 1024, TEXT_SHOWN = 200 };

struct asm_id asm_id_of(struct str facility_code, int64_t guest, struct instant made_at)
{
    static const char digits[] = "0123456789abcdef";
    char text[128];
    struct asm_id id;
    int n =
        snprintf(text, sizeof(text), "bon-stay-guest-1|%.*s|%lld|%lld", (int)(facility_code.n < 40 ? facility_code.n : 40),
                 facility_code.p, (long long)guest, (long long)made_at.us);
    struct hash32 hash = sha256((struct str) { text, (size_t)n });
    for (size_t i = 0; i < ASM_ID_N / 2; i++) {
        id.v[2 * i] = digits[hash.b[i] >> 4];
        id.v[2 * i + 1] = digits[hash.b[i] & 15];
    }
    id.v[ASM_ID_N] = '\0';
    return id;
}

static struct str or_none(struct str s)
{
    return s.n > 0 ? s : STR_NONE;
}

/* Of a hospital's guest the police learn that he is there, not in which ward or why. */
static bool tells_room(const struct stay_out_row *g)
{
    return !str_eq(g->kind, STR("hospital"));
}

static void put_guest(struct arena *a, struct json_out *j, const struct stay_out_row *g, const struct asm_id *id)
{
    static const char *const sexes[] = { "U", "M", "F", "X" };
    json_out_item_object(j);
    json_out_str(j, "arrives", instant_iso(a, g->arrives_at));
    json_out_str(j, "born", g->born.year ? birth_iso(a, g->born) : STR_NONE);
    json_out_bool(j, "child", g->is_child);
    json_out_str(j, "declared", g->has_declared_at ? instant_iso(a, g->declared_at) : STR_NONE);
    json_out_str(j, "document", or_none(g->document));
    json_out_str(j, "guardian", or_none(g->guardian));
    json_out_str(j, "id", str_of(id->v));
    json_out_str(j, "late_cause", or_none(g->late_cause));
    json_out_str(j, "leaves", day_iso(a, g->leaves_on));
    json_out_str(j, "left", g->has_left_at ? instant_iso(a, g->left_at) : STR_NONE);
    json_out_int(j, "level", g->level);
    json_out_str(j, "name", g->name);
    json_out_str(j, "nationality", g->nationality);
    json_out_str(j, "pid", pid_str(&g->pid));
    json_out_str(j, "reason", tells_room(g) ? or_none(g->reason) : STR_NONE);
    json_out_int(j, "revision", g->revision);
    json_out_str(j, "room", tells_room(g) ? or_none(g->room) : STR_NONE);
    json_out_str(j, "sex", str_of(g->sex >= 0 && g->sex < 4 ? sexes[g->sex] : "U"));
    json_out_str(j, "status", g->state == STAY_VOID ? STR("void") : STR("present"));
    json_out_end(j);
}

struct str asm_guests_json(struct arena *a, const struct stay_out_row *const *guests, const struct asm_id *ids, size_t n)
{
    struct buf b;
    struct json_out j;
    ASSERT(n > 0 && n <= ASM_GUESTS_MAX);
    buf_init(&b, a, MESSAGE_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_object(&j, "facility");
    json_out_str(&j, "code", guests[0]->code);
    json_out_str(&j, "kind", guests[0]->kind);
    json_out_str(&j, "unit", unit_code_str(&guests[0]->unit));
    json_out_end(&j);
    json_out_array(&j, "guests");
    for (size_t i = 0; i < n; i++)
        put_guest(a, &j, guests[i], &ids[i]);
    json_out_end(&j);
    json_out_end(&j);
    ASSERT(!b.full);
    return buf_str(&b);
}

struct str asm_ids_text(struct arena *a, const struct asm_id *ids, size_t n)
{
    struct buf b;
    buf_init(&b, a, ASM_GUESTS_MAX * (ASM_ID_N + 1));
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_put_char(&b, ',');
        buf_put(&b, str_of(ids[i].v));
    }
    return buf_str(&b);
}

/* ---- what comes back ---- */

static size_t place_of(const char *id, const struct asm_id *ids, size_t n)
{
    size_t i = 0;
    while (i < n && strcmp(ids[i].v, id) != 0)
        i++;
    return i;
}

static bool state_named(const char *word, enum asm_state *out)
{
    static const struct {
        const char *word;
        enum asm_state state;
    } states[] = { { "accepted", ASM_ACCEPTED }, { "refused", ASM_REFUSED }, { "pending", ASM_PENDING } };
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
        if (strcmp(states[i].word, word) == 0) {
            *out = states[i].state;
            return true;
        }
    return false;
}

static struct str shown(struct arena *a, const json_t *text)
{
    return str_dup(a, str_head(str_of(json_string_value(text)), TEXT_SHOWN));
}

/* false: not of the contract's shape. */
static bool take_entry(struct arena *a, const json_t *entry, const struct asm_id *ids, size_t n, struct asm_result *results)
{
    const char *id = json_string_value(json_object_get(entry, "id")),
               *word = json_string_value(json_object_get(entry, "state"));
    struct asm_result r = { .state = ASM_UNTOLD };
    if (!id || !word || !state_named(word, &r.state))
        return false;
    r.code = shown(a, json_object_get(entry, "code"));
    r.reason = shown(a, json_object_get(entry, "reason"));
    if (r.state == ASM_REFUSED && !json_is_string(json_object_get(entry, "code")))
        return false; /* a refusal without a reason cannot be explained to anyone */
    size_t at = place_of(id, ids, n);
    if (at == n)
        return true;
    if (results[at].state == ASM_UNTOLD)
        results[at] = r;
    else if (results[at].state != r.state)
        results[at].state = ASM_CONTRADICTION;
    return true;
}

int asm_answer_read(struct arena *a, struct str json, const struct asm_id *ids, size_t n, struct asm_answer *out,
                    struct err *e)
{
    json_t *root;
    if (json_read(a, json, &root, NULL) != 0)
        return ERR(e, ERR_SOURCE, "the answer is no JSON");
    const json_t *list = json_object_get(root, "results");
    bool good = json_is_array(list);
    struct asm_answer answer = { .simulated = json_is_true(json_object_get(root, "simulated")),
                                 .results = arena_new_array(a, struct asm_result, n) };
    for (size_t i = 0; good && i < json_array_size(list); i++)
        good = take_entry(a, json_array_get(list, i), ids, n, answer.results);
    if (!good)
        return ERR(e, ERR_SOURCE, "the answer is not of the contract's shape");
    *out = answer;
    return 0;
}
