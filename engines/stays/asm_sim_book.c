/* asm_sim_book.c: see asm_sim_book.h. */
#include "engines/stays/asm_sim_book.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"

#include <string.h>

enum { NIGHTS_MAX = 30 };

void asm_book_init(struct asm_book *b)
{
    arena_init(&b->arena, 512u << 20);
    map_init(&b->entries, &b->arena, 1, 2);
}

void asm_book_release(struct asm_book *b)
{
    arena_release(&b->arena);
}

static const char *text_of(const json_t *guest, const char *key)
{
    const char *s = json_string_value(json_object_get(guest, key));
    return s ? s : "";
}

/* The simulator's own rules; every refusal says which. */
static void judge(const json_t *guest, struct asm_entry *en)
{
    struct instant arrives;
    struct day leaves;
    bool vietnamese = strcmp(text_of(guest, "nationality"), "VNM") == 0,
         child = json_is_true(json_object_get(guest, "child"));
    en->later = BOOK_REFUSED;
    if (!instant_parse(str_of(text_of(guest, "arrives")), &arrives) ||
        !day_parse_iso(str_of(text_of(guest, "leaves")), &leaves) || leaves.n < instant_day(arrives).n) {
        en->code = "R02";
        en->reason = "ngày đi trước ngày đến";
    } else if (leaves.n - instant_day(arrives).n > NIGHTS_MAX) {
        en->code = "R03";
        en->reason = "quá 30 ngày: phải đăng ký tạm trú";
    } else if (vietnamese && !child && strlen(text_of(guest, "pid")) != 12) {
        en->code = "R01";
        en->reason = "thiếu số định danh cá nhân";
    } else if (!vietnamese && strlen(text_of(guest, "document")) == 0) {
        en->code = "R04";
        en->reason = "thiếu số hộ chiếu";
    } else {
        en->later = BOOK_ACCEPTED;
    }
}

static struct hash32 content_of(const json_t *guest)
{
    char *text = json_dumps(guest, JSON_SORT_KEYS | JSON_COMPACT);
    struct hash32 h = sha256(str_of(text));
    free(text);
    return h;
}

static struct asm_entry *entry_new(struct asm_book *b, const char *id)
{
    struct asm_entry *en = arena_new(&b->arena, struct asm_entry);
    snprintf(en->id, sizeof(en->id), "%s", id);
    en->revision = -1;
    map_set(&b->entries, str_of(en->id), en);
    b->counts.guests++;
    return en;
}

/* The same id and revision again is the same guest, whatever else happened: that is what makes a second try harmless. */
static void take_one(struct asm_book *b, const json_t *guest, bool hold, struct asm_said *said)
{
    const char *id = text_of(guest, "id");
    int64_t revision = json_integer_value(json_object_get(guest, "revision"));
    struct asm_entry *en = map_get(&b->entries, str_of(id));
    struct hash32 content = content_of(guest);
    if (!en)
        en = entry_new(b, id);
    if (revision > en->revision) {
        en->revision = revision;
        en->content = content;
        en->is_void = strcmp(text_of(guest, "status"), "void") == 0;
        judge(guest, en);
        if (en->is_void)
            en->later = BOOK_ACCEPTED;
        en->state = hold ? BOOK_PENDING : en->later;
    } else {
        b->counts.repeats++;
        b->counts.changed_content += revision == en->revision && !hash32_eq(&content, &en->content);
    }
    *said = (struct asm_said) { .revision = en->revision, .state = en->state, .code = en->code, .reason = en->reason };
    memcpy(said->id, en->id, sizeof(said->id));
}

int asm_book_take(struct asm_book *b, const json_t *message, bool hold, struct asm_said *said, size_t *n, struct err *e)
{
    const json_t *guests = json_object_get(message, "guests");
    size_t count = json_array_size(guests);
    if (count == 0 || count > ASM_BOOK_MESSAGE || !json_is_object(json_object_get(message, "facility")))
        return ERR(e, ERR_INPUT, "a message has a facility and 1 to %d guests", ASM_BOOK_MESSAGE);
    for (size_t i = 0; i < count; i++) {
        const json_t *guest = json_array_get(guests, i);
        size_t id_n = strlen(text_of(guest, "id"));
        if (id_n == 0 || id_n >= sizeof(said->id) || !json_is_integer(json_object_get(guest, "revision")))
            return ERR(e, ERR_INPUT, "guest %zu has no id or revision", i);
    }
    for (size_t i = 0; i < count; i++)
        take_one(b, json_array_get(guests, i), hold, &said[i]);
    *n = count;
    return 0;
}

void asm_book_ask(struct asm_book *b, struct str ids, struct asm_said *said, size_t *n)
{
    struct str id;
    *n = 0;
    while (*n < ASM_BOOK_MESSAGE && ids.n > 0 && str_cut(&ids, ',', &id)) {
        struct asm_entry *en = map_get(&b->entries, id);
        if (!en)
            continue;
        en->state = en->later;
        struct asm_said *s = &said[(*n)++];
        *s = (struct asm_said) { .revision = en->revision, .state = en->state, .code = en->code, .reason = en->reason };
        memcpy(s->id, en->id, sizeof(s->id));
    }
}

int asm_book_state(const struct asm_book *b, struct str id)
{
    const struct asm_entry *en = map_get(&b->entries, id);
    return en ? (int)en->state : BOOK_UNKNOWN;
}

struct asm_sim_counts asm_book_counts(const struct asm_book *b)
{
    struct asm_sim_counts c = b->counts;
    for (size_t i = 0; i < b->entries.room; i++) {
        const struct asm_entry *en = b->entries.slots[i].value;
        if (!en)
            continue;
        c.accepted += en->state == BOOK_ACCEPTED;
        c.refused += en->state == BOOK_REFUSED;
        c.pending += en->state == BOOK_PENDING;
        c.void_ += en->is_void;
    }
    return c;
}

/* ---- what it says ---- */

static void put_said(struct json_out *j, const struct asm_said *s)
{
    static const char *const words[] = { "unknown", "accepted", "refused", "pending" };
    json_out_item_object(j);
    json_out_str(j, "code", s->state == BOOK_REFUSED ? str_of(s->code) : STR_NONE);
    json_out_str(j, "id", str_of(s->id));
    json_out_str(j, "reason", s->state == BOOK_REFUSED ? str_of(s->reason) : STR_NONE);
    json_out_int(j, "revision", s->revision);
    json_out_str(j, "state", str_of(words[s->state]));
    json_out_end(j);
}

struct str asm_results_json(struct arena *a, const struct asm_said *said, size_t n, bool twice, bool reversed)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, 128 * 1024);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_array(&j, "results");
    for (int round = 0; round < (twice ? 2 : 1); round++)
        for (size_t i = 0; i < n; i++)
            put_said(&j, &said[reversed ? n - 1 - i : i]);
    json_out_end(&j);
    json_out_bool(&j, "simulated", true);
    json_out_end(&j);
    return buf_str(&b);
}
