/* users_make: accounts for bench/users in a store that nobody serves: citizens out of the register, and for each commune of today a clerk
 * and a police officer. They share one password, hashed once; each sign-in checks it anew. Prints "login,password,role,unit" a line.
 *
 *     BON_DATA_DIR=… bench/users_make [how many, 1000]
 */
#include "app/program.h"
#include "engines/accounts/accounts.h"
#include "engines/audit/audit.h"
#include "engines/people/people.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST = 2000, ARENA = 64 << 20, OLD_YEARS = 68 };
#define PASSWORD "trang giấy trắng 511"

struct making {
    struct app *app;
    struct arena arena;
    struct str encoded;
    struct day today;
    struct unit *communes;
    size_t n_communes;
    int64_t people[MOST];
    size_t n, wanted;
    struct err e;
};

static void must(int result, const struct making *m)
{
    if (result >= 0)
        return;
    fprintf(stderr, "users_make: %s: %s\n", err_name(m->e.code), m->e.detail);
    exit(1);
}

/* ---- who there is ---- */

/* Whoever has children below eighteen signs in and is asked first for whom: old people act for themselves. */
static int take_old(void *ctx, const struct resident_at *p)
{
    struct making *m = ctx;
    int y, month, d;
    day_to_ymd(m->today, &y, &month, &d);
    if (p->born.year > 0 && y - p->born.year >= OLD_YEARS && p->born.day > 0 && m->n < m->wanted)
        m->people[m->n++] = p->person;
    return 0;
}

static void find_people(struct making *m)
{
    struct dbr *r;
    must(db_read_begin(m->app->db, &r, &m->e), m);
    must(units_list(r, &m->arena, GEO_2025, 3, &m->communes, &m->n_communes, &m->e), m);
    m->wanted -= 2 * m->n_communes;
    must(residents_each(r, &m->arena, m->today, take_old, m, &m->e), m);
    db_read_end(r);
    if (m->n < m->wanted || m->n_communes == 0) {
        fprintf(stderr, "users_make: %zu old people and %zu communes: seed a larger province\n", m->n, m->n_communes);
        exit(1);
    }
}

/* ---- accounts ---- */

struct making_one {
    struct making *m;
    struct account_new account;
    struct grant_new grant;
};

static int one_write(struct tx *tx, void *arg, struct err *e)
{
    struct making_one *w = arg;
    struct arena *a = &w->m->arena;
    int64_t id;
    struct audit_record rec = { .action = STR("accounts.created"), .account_name = STR("bench"), .mode = STR("MÔ PHỎNG") };
    if (account_create(tx, a, &w->account, &w->grant.account, e) || grant_create(tx, &w->grant, &id, e))
        return -1;
    rec.object = str_fmt(a, "account/%lld", (long long)w->grant.account);
    rec.role = w->grant.role;
    return audit_write(tx, a, &rec, NULL, e);
}

static void make_one(struct making *m, struct making_one *w, const struct unit *commune)
{
    w->m = m;
    w->account.encoded = m->encoded;
    w->grant.from = (struct day) { m->today.n - 1 };
    day_from_ymd(9999, 12, 31, &w->grant.until);
    must(db_write(m->app->db, one_write, w, &m->e), m);
    printf("%.*s,%s,%.*s,%.*s\n", STR_ARG(w->account.login), PASSWORD, STR_ARG(w->grant.role), STR_ARG(unit_code_str(&commune->code)));
}

static void make_officers(struct making *m)
{
    static const struct {
        const char *login, *role;
    } kinds[] = { { "do.motcua", "one_stop_clerk" }, { "do.congan", "commune_police" } };
    for (size_t i = 0; i < m->n_communes; i++)
        for (size_t k = 0; k < 2; k++) {
            struct making_one w = { .account = { .login = str_fmt(&m->arena, "%s.%zu", kinds[k].login, i), .name = STR("Cán bộ Đo Tải") },
                                    .grant = { .role = str_of(kinds[k].role), .territory = m->communes[i].code } };
            make_one(m, &w, &m->communes[i]);
        }
}

static void make_citizens(struct making *m)
{
    for (size_t i = 0; i < m->n; i++) {
        struct dbr *r;
        struct person p;
        must(db_read_begin(m->app->db, &r, &m->e), m);
        must(person_by_id(r, &m->arena, m->people[i], &p, &m->e), m);
        db_read_end(r);
        struct making_one w = {
            .account = { .login = str_fmt(&m->arena, "do.dan.%zu", i), .name = p.name, .pid = p.pid, .person = p.id },
            .grant = { .role = STR("citizen") }
        };
        make_one(m, &w, &m->communes[i % m->n_communes]);
    }
}

int main(int argc, char **argv)
{
    static struct program p;
    static struct making m;
    int64_t wanted = 1000;
    if (argc > 1 && (!str_to_i64(str_of(argv[1]), &wanted) || wanted < 100 || wanted > MOST)) {
        fprintf(stderr, "users_make: from 100 to %d\n", MOST);
        return 2;
    }
    m.wanted = (size_t)wanted;
    program_init(&p);
    m.app = &p.app;
    arena_init(&m.arena, ARENA);
    must(program_open(&p.app, CLI_DB | CLI_SIGNER, &m.e), &m);
    m.today = instant_day(app_now(&p.app));
    must(password_hash(&m.arena, STR(PASSWORD), &m.encoded, &m.e), &m);
    find_people(&m);
    make_officers(&m);
    make_citizens(&m);
    arena_release(&m.arena);
    program_release(&p);
    return 0;
}
