/* seed.c: organisations of the synthetic province: one for about 350 people, each with a living person of age as its representative. They
 * depend on the seed and on their own place in the list only; the people are not touched. The first one is the demo's.
 */
#include "engines/organisations/inside.h"

#include "base/text.h"
#include "engines/people/pack.h"
#include "engines/people/people.h"
#include "engines/people/seed.h"

enum { SEED_ARENA = 16 << 20, PEOPLE_EACH = 350, WORDS_MOST = 32, FIRST_SERIAL = 12000 };
#define DEMO_HEAD "067188000202" /* Lê Thị Ví Dụ of demo-people.csv */
#define DEMO_NAME "Hợp tác xã Cà phê Mẫu"
#define HEADS_BORN_BEFORE "1985" /* of age on the earliest day that an organisation began: 6,000 days before 2023 */

struct word_list {
    struct str v[WORDS_MOST];
    uint32_t n;
};

struct seeded {
    struct str code, name, kind, address;
    struct unit_code unit;
    struct day since;
    int64_t head;
    struct str head_name;
};

struct org_seeding {
    struct arena *arena;
    const struct seed_world *world;
    struct str prefix;
    struct word_list kinds[4], trades, names;
    struct seeded *v;
    size_t n;                /* drawn so far */
    int64_t wanted, people, last_head;
};

/* ---- words ---- */

static struct word_list *list_named(struct org_seeding *s, struct str part)
{
    if (str_eq(part, STR("trade")))
        return &s->trades;
    if (str_eq(part, STR("name")))
        return &s->names;
    for (size_t i = 0; organisation_kinds[i].value; i++)
        if (str_eq(part, str_of(organisation_kinds[i].value)))
            return &s->kinds[i];
    return NULL;
}

static int load_words(struct org_seeding *s, const char *pack_dir, struct err *e)
{
    static const char *const columns[] = { "part", "word" };
    struct pack_list l;
    struct pack_conf conf;
    int got;
    if (pack_conf_read(s->arena, pack_dir, &conf, e) != 0 ||
        pack_list_open(s->arena, pack_dir, "organisation-words.csv", columns, 2, &l, e) != 0)
        return -1;
    s->prefix = pack_value(&conf, "organisations.tax_prefix");
    while ((got = pack_list_next(&l, e)) == 1) {
        struct word_list *list = list_named(s, pack_cell(&l, 0));
        if (!list || list->n == WORDS_MOST)
            return pack_refuse(&l, e, "unknown part, or too many words");
        list->v[list->n++] = str_dup(s->arena, pack_cell(&l, 1));
    }
    for (size_t i = 0; got == 0 && i < 4; i++)
        if (s->kinds[i].n == 0 || s->trades.n == 0 || s->names.n == 0)
            return ERR(e, ERR_INPUT, "organisation-words.csv lacks a part");
    if (got == 0 && (s->prefix.n != 2 || !str_is_digits(s->prefix)))
        return ERR(e, ERR_INPUT, "pack.conf: organisations.tax_prefix has not two digits");
    return got;
}

/* ---- one organisation ---- */

/* Shares are rough and made up: enterprise, co-operative, household business, public unit. */
static size_t draw_kind(struct rng *r)
{
    static const uint32_t upto[] = { 450, 510, 910, 1000 };
    uint32_t at = rng_below(r, 1000);
    size_t kind = 0;
    while (at >= upto[kind])
        kind++;
    return kind;
}

static struct str draw_word(struct rng *r, const struct word_list *l)
{
    return l->v[rng_below(r, l->n)];
}

/* A serial number of the organisation's own block of four; two neighbours never both lack a check digit. */
static struct str draw_code(struct org_seeding *s, int64_t i)
{
    for (int64_t serial = FIRST_SERIAL + i * 4;; serial++) {
        struct str nine = str_fmt(s->arena, "%.*s%07lld", STR_ARG(s->prefix), (long long)serial);
        int digit = tax_code_check_digit(nine.p);
        if (digit >= 0)
            return str_fmt(s->arena, "%.*s%d", STR_ARG(nine), digit);
    }
}

/* Each organisation draws from its own stretch of the register, so that no two household businesses have one owner. 1 0 -1 */
static int draw_head(struct org_seeding *s, struct dbr *r, struct rng *rng, int64_t i, struct organisation_seed_head_row *head,
                     struct err *e)
{
    int64_t stretch = s->people / s->wanted > 0 ? s->people / s->wanted : 1;
    int64_t from = 1 + i * stretch + rng_below(rng, (uint32_t)stretch);
    struct organisation_seed_head_in in = { .from = from > s->last_head ? from : s->last_head + 1, .born_before = STR(HEADS_BORN_BEFORE) };
    return organisation_seed_head(r, s->arena, &in, head, e);
}

static void name_it(struct org_seeding *s, struct rng *rng, size_t kind, const struct organisation_seed_head_row *head,
                    struct seeded *o)
{
    struct str title = draw_word(rng, &s->kinds[kind]), trade = draw_word(rng, &s->trades), name = draw_word(rng, &s->names);
    bool household = str_eq(o->kind, STR("household_business")), public = str_eq(o->kind, STR("public_unit"));
    o->name = household ? str_fmt(s->arena, "%.*s %.*s", STR_ARG(title), STR_ARG(head->name))
              : public  ? str_fmt(s->arena, "%.*s %.*s", STR_ARG(title), STR_ARG(name))
                        : str_fmt(s->arena, "%.*s %.*s %.*s", STR_ARG(title), STR_ARG(trade), STR_ARG(name));
    if (household)
        o->code = str_dup(s->arena, pid_str(&head->pid));
}

static int draw_one(struct org_seeding *s, struct dbr *r, int64_t i, struct err *e)
{
    struct rng all = rng_fork(&s->world->rng, SEED_ORGANISATIONS), rng = rng_fork(&all, (uint64_t)i);
    struct organisation_seed_head_row head;
    size_t kind = draw_kind(&rng);
    int32_t age = seed_between(&rng, 200, 6000);
    struct seeded *o = &s->v[s->n];
    int found = draw_head(s, r, &rng, i, &head, e);
    if (found <= 0)
        return found;
    *o = (struct seeded){ .code = draw_code(s, i), .kind = str_of(organisation_kinds[kind].value), .address = head.path,
                          .unit = head.unit, .since = { s->world->as_of.n - age }, .head = head.id, .head_name = head.name };
    name_it(s, &rng, kind, &head, o);
    s->last_head = head.id;
    return 1;
}

/* 1 0 -1: a small world may lack the demo's people. */
static int demo_one(struct org_seeding *s, struct dbr *r, struct err *e)
{
    struct pid pid;
    struct person p;
    if (pid_parse(STR(DEMO_HEAD), s->world->as_of, &pid, e) != 0)
        return -1;
    int found = person_by_pid(r, s->arena, &pid, &p, e);
    if (found == 1)
        s->v[0] = (struct seeded){ .code = draw_code(s, -1), .name = STR(DEMO_NAME), .kind = STR("cooperative"),
                                   .address = p.address, .unit = p.unit, .since = { s->world->as_of.n - 900 }, .head = p.id,
                                   .head_name = p.name };
    return found;
}

static int draw_all(struct org_seeding *s, struct dbr *r, struct err *e)
{
    s->wanted = s->people / PEOPLE_EACH + 3;
    s->v = arena_new_array(s->arena, struct seeded, (size_t)s->wanted + 1);
    int got = demo_one(s, r, e);
    s->n = got == 1;
    for (int64_t i = 0; got >= 0 && i < s->wanted; i++) {
        got = draw_one(s, r, i, e);
        s->n += got == 1;
    }
    return got < 0 ? -1 : 0;
}

static int read_world(struct org_seeding *s, struct db *db, struct err *e)
{
    struct dbr *r;
    struct organisations_count_row there;
    struct organisation_seed_people_row people;
    if (db_read_begin(db, &r, e) != 0)
        return -1;
    int result = organisations_count(r, s->arena, &there, e) == 1 && organisation_seed_people(r, s->arena, &people, e) == 1 ? 0 : -1;
    if (result == 0 && there.n > 0)
        result = ERR_SAY(e, ERR_CONFLICT, MSGS("Đã có tổ chức: chỉ tạo dữ liệu mô phỏng khi sổ còn trống."), "organisations");
    s->people = result == 0 ? people.n : 0;
    if (result == 0)
        result = draw_all(s, r, e);
    db_read_end(r);
    return result;
}

/* ---- rows ---- */

static int put_organisations(struct org_seeding *s, struct db *db, struct err *e)
{
    static const char *const columns[] = { "id", "code", "name", "name_key", "kind", "unit", "address", "since", "until" };
    static const enum db_type types[] = { DB_INT, DB_TEXT, DB_TEXT, DB_TEXT, DB_TEXT, DB_UNIT, DB_TEXT, DB_DAY, DB_DAY };
    struct db_bulk *b;
    int result = 0;
    if (db_bulk_begin(db, "organisation", columns, types, 9, &b, e) != 0)
        return -1;
    for (size_t i = 0; result == 0 && i < s->n; i++) {
        const struct seeded *o = &s->v[i];
        db_bulk_int(b, (int64_t)i + 1);
        db_bulk_text(b, o->code);
        db_bulk_text(b, o->name);
        db_bulk_text(b, text_fold(s->arena, o->name));
        db_bulk_text(b, o->kind);
        db_bulk_text(b, unit_code_str(&o->unit));
        db_bulk_text(b, o->address);
        db_bulk_text(b, day_iso(s->arena, o->since));
        db_bulk_text(b, STR("9999-12-31"));
        result = db_bulk_row(b, e);
    }
    return db_bulk_end(b, result == 0 ? e : NULL) != 0 ? -1 : result;
}

static int put_heads(struct org_seeding *s, struct db *db, struct err *e)
{
    static const char *const columns[] = { "id",       "organisation", "person", "name",       "part",    "scope",
                                           "from_day", "until_day",    "basis",  "given_name", "given_at" };
    static const enum db_type types[] = { DB_INT, DB_INT, DB_INT, DB_TEXT, DB_TEXT, DB_TEXT, DB_DAY, DB_DAY, DB_TEXT, DB_TEXT, DB_INSTANT };
    struct db_bulk *b;
    int result = 0;
    if (db_bulk_begin(db, "organisation_part", columns, types, 11, &b, e) != 0)
        return -1;
    for (size_t i = 0; result == 0 && i < s->n; i++) {
        const struct seeded *o = &s->v[i];
        db_bulk_int(b, (int64_t)i + 1);
        db_bulk_int(b, (int64_t)i + 1);
        db_bulk_int(b, o->head);
        db_bulk_text(b, o->head_name);
        db_bulk_text(b, part_word(PART_REPRESENTATIVE));
        db_bulk_text(b, STR(""));
        db_bulk_text(b, day_iso(s->arena, o->since));
        db_bulk_text(b, STR("9999-12-31"));
        db_bulk_text(b, STR("Giấy chứng nhận mô phỏng"));
        db_bulk_text(b, STR("bon seed"));
        db_bulk_int(b, day_at(o->since, 9, 0).us);
        result = db_bulk_row(b, e);
    }
    return db_bulk_end(b, result == 0 ? e : NULL) != 0 ? -1 : result;
}

static int record_write(struct tx *tx, void *arg, struct err *e)
{
    struct org_seeding *s = arg;
    struct organisation_ids_follow_row row;
    struct audit_record rec = { .action = STR("organisations.seeded"),
                                .account_name = STR("bon seed"),
                                .object = STR("organisation"),
                                .detail = str_fmt(s->arena, "{\"organisations\":%zu}", s->n),
                                .mode = STR("MÔ PHỎNG") };
    return organisation_ids_follow(tx_reader(tx), s->arena, &row, e) < 0 ? -1 : audit_write(tx, s->arena, &rec, NULL, e);
}

int organisations_seed(struct app *app, const struct seed_world *w, struct err *e)
{
    struct arena a;
    struct org_seeding s = { .world = w };
    arena_init(&a, SEED_ARENA);
    s.arena = &a;
    int result = load_words(&s, app->settings.pack_dir, e);
    if (result == 0)
        result = read_world(&s, app->db, e);
    if (result == 0)
        result = put_organisations(&s, app->db, e);
    if (result == 0)
        result = put_heads(&s, app->db, e);
    if (result == 0)
        result = db_write(app->db, record_write, &s, e);
    arena_release(&a);
    return result;
}
