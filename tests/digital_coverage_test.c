/* digital_coverage_test.c: row 22 of the plan over the whole program: the coverage of any past day equals a statement that shares nothing
 * with the model's; 500 padded rows without evidence change no figure, the same rows with evidence do; and a figure once told stays.
 */
#include "tests/fixture.h"
#include "tests/tap.h"

#include "engines/people/seed.h"
#include "models/m22_digital_citizens/citizens.h"
#include "platform/crypto/crypto.h"
#include "tests/digital_coverage_queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PADDED = 500 };

struct check {
    struct fixture f;
    struct tap tap;
};

static _Noreturn void die(const char *what, const struct err *e)
{
    fprintf(stderr, "%s: %s: %s (%s:%d)\n", what, err_name(e->code), e->detail, e->file ? e->file : "?", e->line);
    exit(2);
}

static struct day day(const char *text)
{
    struct day d = { 0 };
    day_parse_iso(str_of(text), &d);
    return d;
}

static void seed(struct check *c)
{
    struct err e = { 0 };
    struct app *app = &c->f.p.app;
    struct seed_world *w = arena_new(&c->f.arena, struct seed_world);
    if (seed_world_load(&c->f.arena, app->settings.pack_dir, 511, day("2023-08-07"), w, &e) != 0 ||
        digital_seed(app->db, w, asset_ages_of(app), instant_day(c->f.now), &e) != 0)
        die("seed", &e);
}

static struct coverage counted(struct check *c, struct day on)
{
    struct err e = { 0 };
    struct dbr *r;
    struct coverage v;
    if (db_read_begin(c->f.p.app.db, &r, &e) != 0 ||
        coverage_count(r, &c->f.arena, asset_ages_of(&c->f.p.app), on, &v, &e) != 0)
        die("coverage", &e);
    db_read_end(r);
    return v;
}

/* ---- an independent statement ---- */

static const struct coverage_unit *unit_in(const struct coverage *v, const struct unit_code *code)
{
    for (size_t i = 0; i < v->n; i++)
        if (unit_code_eq(&v->v[i].unit, code))
            return &v->v[i];
    return NULL;
}

static int64_t differences(struct check *c, const struct coverage *v, enum asset asset, int64_t *people)
{
    struct err e = { 0 };
    struct dbr *r;
    struct recount_rows rows;
    int64_t wrong = 0;
    struct recount_in in = { .on = v->on,
                             .kind = asset_bit(asset),
                             .age = asset_age_on(asset_ages_of(&c->f.p.app), asset, v->on) };
    if (in.age < 0)
        return v->total.people[asset];
    if (db_read_begin(c->f.p.app.db, &r, &e) != 0 || recount(r, &c->f.arena, &in, &rows, &e) != 0)
        die("recount", &e);
    db_read_end(r);
    for (size_t i = 0; i < rows.n; i++) {
        const struct coverage_unit *u = unit_in(v, &rows.v[i].unit);
        wrong += !u || u->people[asset] != rows.v[i].people || u->holders[asset] != rows.v[i].holders;
        *people += rows.v[i].people;
    }
    return wrong + (*people != v->total.people[asset]);
}

static void check_day(struct check *c, const char *text)
{
    struct coverage v = counted(c, day(text));
    for (enum asset a = 0; a < ASSETS_; a++) {
        int64_t people = 0, wrong = differences(c, &v, a, &people);
        tap_case(&c->tap, wrong == 0, "communes differ",
                 "on %s, %s: %lld of %lld people, as the independent statement counts", text, asset_texts[a].name,
                 (long long)v.total.holders[a], (long long)people);
    }
}

/* ---- padded rows ---- */

static struct str rows_of(struct check *c, const struct without_signature_rows *who, bool with_evidence)
{
    struct buf b;
    buf_init(&b, &c->f.arena, 1 << 20);
    buf_lit(&b, "Số định danh,Họ tên,Ngày sinh,Điều kiện,Nguồn,Số tham chiếu,Ngày\n");
    for (size_t i = 0; i < who->n; i++)
        buf_fmt(&b, "%.*s,%.*s,%.*s,signature,%s\n", STR_ARG(pid_str(&who->v[i].pid)), STR_ARG(who->v[i].name),
                STR_ARG(birth_vi(&c->f.arena, who->v[i].born)),
                with_evidence ? "ca_list,VNPT-CA danh sách 2/CA,14/03/2024" : ",,");
    return buf_str(&b);
}

static struct str send(struct check *c, const struct persona *p, struct str csv)
{
    struct arena *a = &c->f.arena;
    struct hash32 mac = hmac_sha256(c->f.p.app.secret, str_fmt(a, "csrf %.*s", STR_ARG(p->token)));
    struct str csrf = str_base64url(a, mac.b, sizeof(mac.b));
    struct str body = str_fmt(
        a,
        "--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n%.*s\r\n--x\r\nContent-Disposition: form-data; "
        "name=\"text\"\r\n\r\n%.*s\r\n--x--\r\n",
        STR_ARG(csrf), STR_ARG(csv));
    return http_once(&c->f.p.app, a,
                     str_fmt(a,
                             "POST /digital-citizens/import HTTP/1.1\r\nhost: bon.test\r\ncookie: " SESSION_COOKIE
                             "=%.*s\r\ncontent-type: multipart/form-data; boundary=x\r\n\r\n%.*s",
                             STR_ARG(p->token), STR_ARG(body)));
}

static struct without_signature_rows padded_people(struct check *c)
{
    struct err e = { 0 };
    struct dbr *r;
    struct without_signature_rows who;
    struct without_signature_in in = { .on = instant_day(c->f.now) };
    if (db_read_begin(c->f.p.app.db, &r, &e) != 0 || without_signature(r, &c->f.arena, &in, &who, &e) != 0)
        die("people", &e);
    db_read_end(r);
    return who;
}

static void check_padding(struct check *c)
{
    struct day today = instant_day(c->f.now), before = { today.n - 1 };
    const struct persona *p = persona_named(&c->f, STR("xa.moi.noi"));
    struct without_signature_rows who = padded_people(c);
    struct coverage first = counted(c, today), past = counted(c, before);
    struct str reply = send(c, p, rows_of(c, &who, false));
    struct coverage padded = counted(c, today);
    tap_case(&c->tap, who.n == PADDED && str_find(reply, STR("Đã nhận danh sách")) >= 0, "the list was refused",
             "%d rows without evidence are taken as somebody's word", PADDED);
    tap_case(&c->tap, memcmp(&first.total, &padded.total, sizeof(first.total)) == 0, "a figure moved",
             "and change no figure");
    send(c, p, rows_of(c, &who, true));
    struct coverage proven = counted(c, today), past_now = counted(c, before);
    tap_case(&c->tap, proven.total.holders[ASSET_SIGNATURE] == first.total.holders[ASSET_SIGNATURE] + PADDED,
             "another number", "the same rows with evidence raise it by %d", PADDED);
    tap_case(&c->tap, memcmp(&past.total, &past_now.total, sizeof(past.total)) == 0, "yesterday moved",
             "and yesterday's figure stays as it was told");
}

/* ---- many days in one walk, and what was made up ---- */

static void check_days_together(struct check *c)
{
    struct err e = { 0 };
    struct dbr *r;
    struct day on[] = { day("2026-11-23"), day("2022-12-01"), day("2024-02-29"), day("2023-08-07") };
    enum { DAYS = sizeof(on) / sizeof(on[0]) };
    struct coverage together[DAYS];
    int differ = 0;
    if (db_read_begin(c->f.p.app.db, &r, &e) != 0 ||
        coverage_count_days(r, &c->f.arena, asset_ages_of(&c->f.p.app), on, DAYS, together, &e) != 0)
        die("coverage of days", &e);
    db_read_end(r);
    for (int i = 0; i < DAYS; i++) {
        struct coverage alone = counted(c, on[i]);
        differ += memcmp(&alone.total, &together[i].total, sizeof(alone.total)) != 0 || alone.n != together[i].n;
    }
    tap_case(&c->tap, differ == 0, "days differ", "%d days counted in one walk are as each counted by itself", DAYS);
}

/* Loads put rows in without the checks of their tables: here they are made, for all rows. */
static void check_whole(struct check *c)
{
    struct err e = { 0 };
    tap_case(&c->tap, db_integrity(c->f.p.app.db, &e) == 0, e.detail, "every made-up row keeps the checks of its table");
}

/* ---- kept days ---- */

static void check_kept(struct check *c)
{
    struct err e = { 0 };
    bool changed = false, again = true;
    struct day today = instant_day(c->f.now);
    if (coverage_keep(&c->f.p.app, &c->f.arena, today, &changed, &e) != 0 ||
        coverage_keep(&c->f.p.app, &c->f.arena, today, &again, &e) != 0)
        die("keep", &e);
    tap_case(&c->tap, changed && !again, "counted twice", "a day is counted once, and not again while no evidence moves");
}

int main(void)
{
    static struct check c;
    fixture_open(&c.f);
    seed(&c);
    check_day(&c, "2022-10-19");
    check_day(&c, "2022-12-01");
    check_day(&c, "2023-08-07");
    check_day(&c, "2024-02-29");
    check_day(&c, "2025-07-01");
    check_day(&c, "2026-11-23");
    check_days_together(&c);
    check_whole(&c);
    check_kept(&c);
    check_padding(&c);
    check_day(&c, "2026-11-23");
    fixture_close(&c.f);
    return tap_end(&c.tap);
}
