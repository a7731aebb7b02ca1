/* seed.c: stays_seed: places, then declarations, then guests, each a bulk load of its own because each refers to the one before.
 * The whole history has one audit record: it was not declared by anyone.
 */
#include "engines/stays/dispatch.h"
#include "engines/stays/seed.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

enum { SEED_ARENA = 256 << 20 };

static int check_empty(struct stays_seeding *s, struct err *e)
{
    struct dbr *r;
    struct facility_any_row places;
    struct seed_person_most_row people;
    if (db_read_begin(s->db, &r, e) != 0)
        return -1;
    bool read = facility_any(r, s->arena, &places, e) == 1 && seed_person_most(r, s->arena, &people, e) == 1;
    db_read_end(r);
    if (!read)
        return -1;
    if (places.n > 0)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Đã có cơ sở lưu trú: chỉ tạo dữ liệu mô phỏng trong cơ sở dữ liệu chưa có cơ sở."),
                       "facilities");
    if (people.n == 0 || people.n > UINT32_MAX)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Chưa có dân cư mô phỏng. Xin chạy bon seed trước."), "no people");
    s->people = people.n;
    return 0;
}

/* ---- rows ---- */

static int put_places(struct stays_seeding *s, struct err *e)
{
    static const char *const columns[] = { "id",      "code",  "name",   "name_key", "kind",  "unit",
                                           "address", "phone", "lat_e6", "lon_e6",   "rooms", "open" };
    static const enum db_type types[] = { DB_INT,  DB_TEXT, DB_TEXT, DB_TEXT, DB_TEXT, DB_UNIT,
                                          DB_TEXT, DB_TEXT, DB_INT,  DB_INT,  DB_INT,  DB_BOOL };
    struct db_bulk *b;
    if (db_bulk_begin(s->db, "facility", columns, types, 12, &b, e) != 0)
        return -1;
    int result = 0;
    for (size_t i = 0; result == 0 && i < s->n_places; i++) {
        const struct facility *f = &s->places[i];
        db_bulk_int(b, f->id);
        db_bulk_text(b, f->code);
        db_bulk_text(b, f->name);
        db_bulk_text(b, text_fold(s->arena, f->name));
        db_bulk_text(b, f->kind);
        db_bulk_text(b, unit_code_str(&f->unit));
        db_bulk_text(b, f->address);
        db_bulk_text(b, f->phone);
        db_bulk_int(b, f->lat_e6);
        db_bulk_int(b, f->lon_e6);
        db_bulk_int(b, f->rooms);
        db_bulk_int(b, f->open);
        result = db_bulk_row(b, e);
    }
    return db_bulk_end(b, result == 0 ? e : NULL) != 0 ? -1 : result;
}

static int put_declarations(struct stays_seeding *s, struct err *e)
{
    static const char *const columns[] = { "id",      "facility", "month", "n",     "made_at",
                                           "account", "guests",   "late",  "audit", "mode" };
    static const enum db_type types[] = {
        DB_INT, DB_INT, DB_INT, DB_INT, DB_INSTANT, DB_INT, DB_INT, DB_INT, DB_INT, DB_TEXT
    };
    struct db_bulk *b;
    if (db_bulk_begin(s->db, "stay_declaration", columns, types, 10, &b, e) != 0)
        return -1;
    int result = 0;
    for (size_t i = 0; result == 0 && i < s->n_parties; i++) {
        const struct seed_party *p = &s->parties[i];
        db_bulk_int(b, (int64_t)i + 1);
        db_bulk_int(b, s->places[p->place].id);
        db_bulk_int(b, p->month);
        db_bulk_int(b, p->n);
        db_bulk_int(b, p->declared.us);
        db_bulk_int(b, 0);
        db_bulk_int(b, p->size);
        db_bulk_int(b, p->late ? p->size : 0);
        db_bulk_int(b, s->audit);
        db_bulk_text(b, STR("MÔ PHỎNG"));
        result = db_bulk_row(b, e);
    }
    return db_bulk_end(b, result == 0 ? e : NULL) != 0 ? -1 : result;
}

/* ---- the record, and PostgreSQL's counters ---- */

static int record_write(struct tx *tx, void *arg, struct err *e)
{
    struct stays_seeding *s = arg;
    struct buf b;
    struct json_out j;
    buf_init(&b, s->arena, 512);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_int(&j, "declarations", (int64_t)s->n_parties);
    json_out_int(&j, "facilities", (int64_t)s->n_places);
    json_out_str(&j, "until", day_iso(s->arena, s->today));
    json_out_end(&j);
    struct audit_record rec = { .action = STR("stays.seeded"),
                                .account_name = STR("bon seed"),
                                .object = STR("stays"),
                                .detail = buf_str(&b),
                                .mode = STR("MÔ PHỎNG") };
    return audit_write(tx, s->arena, &rec, &s->audit, e);
}

static int follow_write(struct tx *tx, void *arg, struct err *e)
{
    struct stays_seeding *s = arg;
    struct stays_ids_follow_row row;
    tx_unaudited(tx, "counters after a bulk load that has its record");
    return stays_ids_follow(tx_reader(tx), s->arena, &row, e) < 0 ? -1 : 0;
}

static int seed_all(struct stays_seeding *s, uint64_t seed, const char *pack_dir, struct err *e)
{
    struct day as_of = { s->today.n };
    if (check_empty(s, e) != 0 || seed_world_load(s->arena, pack_dir, seed, as_of, &s->world, e) != 0 ||
        seed_words_load(s, pack_dir, e) != 0)
        return -1;
    seed_places(s);
    seed_parties(s);
    if (db_write(s->db, record_write, s, e) != 0 || put_places(s, e) != 0 || put_declarations(s, e) != 0 ||
        seed_put_guests(s, e) != 0 || db_write(s->db, follow_write, s, e) != 0)
        return -1;
    return stays_enter_job(&(struct job_run) { .db = s->db, .arena = s->arena }, e);
}

int stays_seed(struct db *db, uint64_t seed, struct day today, const char *pack_dir, struct err *e)
{
    struct arena a;
    struct stays_seeding *s;
    arena_init(&a, SEED_ARENA);
    s = arena_new(&a, struct stays_seeding);
    s->db = db;
    s->arena = &a;
    s->today = today;
    int result = seed_all(s, seed, pack_dir, e);
    arena_release(&a);
    return result;
}
