/* wards.c: for whom somebody acts: children that the register of people knows, and wards by a paper. */
#include "engines/guardians/inside.h"

#include "engines/accounts/accounts.h"
#include "engines/people/people.h"

#define REGISTER "guardians"

enum { WARDS_MOST = CHILDREN_MOST + PAPER_WARDS_MOST };

/* ---- as capacities ---- */

static struct capacity of_child(struct arena *a, const struct minor *child, struct day today)
{
    return (struct capacity){ .role = STR(ROLE_GUARDIAN),
                              .source = str_fmt(a, REGISTER ".child/%lld", (long long)child->id),
                              .behalf = child->name,
                              .ward = child->id,
                              .from = today,
                              .until = majority_day(child->born) };
}

static struct capacity of_paper(struct arena *a, const struct guardianships_of_guardian_row *row)
{
    return (struct capacity){ .role = STR(ROLE_GUARDIAN),
                              .source = str_fmt(a, REGISTER ".paper/%lld", (long long)row->id),
                              .behalf = row->name,
                              .ward = row->ward,
                              .from = row->from_day,
                              .until = row->until_day };
}

static int wards_read(struct tx *tx, struct arena *a, int64_t guardian, struct capacity out[WARDS_MOST], size_t *n, struct err *e)
{
    struct minor children[CHILDREN_MOST];
    struct guardianships_of_guardian_rows papers;
    struct day today = instant_day(tx_now(tx));
    struct guardianships_of_guardian_in in = { .guardian = guardian, .today = today };
    size_t n_children;
    if (children_under_age(tx_reader(tx), a, guardian, today, children, &n_children, e) != 0 ||
        guardianships_of_guardian(tx_reader(tx), a, &in, &papers, e) != 0)
        return -1;
    *n = 0;
    for (size_t i = 0; i < n_children; i++)
        out[(*n)++] = of_child(a, &children[i], today);
    for (size_t i = 0; i < papers.n; i++)
        if (!papers.v[i].has_died)
            out[(*n)++] = of_paper(a, &papers.v[i]);
    return 0;
}

int guardians_tell_accounts(struct tx *tx, struct arena *a, int64_t guardian, struct err *e)
{
    struct capacity all[WARDS_MOST];
    struct person who;
    size_t n;
    int found = person_by_id(tx_reader(tx), a, guardian, &who, e);
    if (found <= 0 || wards_read(tx, a, guardian, all, &n, e) != 0)
        return found == 0 ? 0 : -1;
    return capacities_set_person(tx, a, who.pid, STR(REGISTER), all, who.has_died ? 0 : n, e);
}

int guardians_session_rule(struct req *q, struct tx *tx, const struct proof *shown, struct session_limits *out, struct err *e)
{
    struct capacity all[WARDS_MOST];
    struct account account;
    size_t n;
    (void)out;
    int found = account_find(tx_reader(tx), q->arena, shown->account, &account, e);
    if (found <= 0 || account.person == 0)
        return found < 0 ? -1 : 0;
    return wards_read(tx, q->arena, account.person, all, &n, e) != 0
               ? -1
               : capacities_set(tx, q->arena, account.id, STR(REGISTER), all, n, e);
}

/* ---- may they? ---- */

static int is_parent(struct dbr *r, struct arena *a, int64_t guardian, int64_t ward, struct day on, bool *yes, struct err *e)
{
    struct guardian_parents_row row;
    int found = guardian_parents(r, a, &(struct guardian_parents_in){ .id = ward }, &row, e);
    if (found < 0)
        return -1;
    *yes = found == 1 && !(row.has_died && row.died.n <= on.n) && majority_day(row.born).n > on.n &&
           ((row.has_mother && row.mother == guardian) || (row.has_father && row.father == guardian));
    return 0;
}

int guardian_on(struct dbr *r, struct arena *a, int64_t guardian, int64_t ward, struct day on, enum guardian_kind *out, struct err *e)
{
    struct guardianship_on_day_row row;
    struct guardianship_on_day_in in = { .guardian = guardian, .ward = ward, .on = on };
    bool parent;
    if (is_parent(r, a, guardian, ward, on, &parent, e) != 0)
        return -1;
    int found = parent ? 0 : guardianship_on_day(r, a, &in, &row, e);
    if (found < 0)
        return -1;
    *out = parent ? GUARDIAN_PARENT : found == 1 ? GUARDIAN_BY_PAPER : GUARDIAN_NOT;
    return 0;
}

/* ---- deaths that the register of people has heard of since ---- */

struct death {
    struct arena *arena;
    int64_t paper; /* guardianship, 0: a child's */
    int64_t guardian, ward;
    struct day died;
    struct str mode;
};

static int end_by_death(struct tx *tx, void *arg, struct err *e)
{
    const struct death *d = arg;
    struct guardianship_end_in in = { .until_day = d->died, .end_reason = STR("death"), .id = d->paper };
    struct audit_record rec = { .action = STR("guardians.ended_by_death"),
                                .account_name = STR("bon"),
                                .subject = d->ward,
                                .purpose = MSGS("Kết thúc việc giám hộ vì có người đã mất"),
                                .object = str_fmt(d->arena, "person/%lld", (long long)d->guardian),
                                .mode = d->mode };
    if ((d->paper != 0 && guardianship_end(tx, &in, NULL, e) != 0) || guardians_tell_accounts(tx, d->arena, d->guardian, e) != 0)
        return -1;
    return audit_write(tx, d->arena, &rec, NULL, e);
}

static int read_deaths(struct job_run *j, struct guardianships_of_dead_rows *papers, struct wards_of_dead_rows *wards, struct err *e)
{
    struct dbr *r;
    struct day today = instant_day(j->now);
    if (db_read_in(j->db, j->arena, &r, e) != 0)
        return -1;
    int result = guardianships_of_dead(r, j->arena, &(struct guardianships_of_dead_in){ .today = today }, papers, e);
    if (result == 0)
        result = wards_of_dead(r, j->arena, &(struct wards_of_dead_in){ .today = today }, wards, e);
    db_read_end(r);
    return result;
}

int guardians_review_job(struct job_run *j, struct err *e)
{
    struct guardianships_of_dead_rows papers;
    struct wards_of_dead_rows wards;
    struct str mode = str_of(j->app->settings.mode);
    int result = read_deaths(j, &papers, &wards, e);
    for (size_t i = 0; result == 0 && i < papers.n; i++) {
        const struct guardianships_of_dead_row *row = &papers.v[i];
        struct death d = { j->arena, row->id, row->guardian, row->ward, row->died, mode };
        result = db_write_in(j->db, j->arena, end_by_death, &d, e);
    }
    for (size_t i = 0; result == 0 && i < wards.n; i++) {
        struct death d = { .arena = j->arena, .guardian = wards.v[i].guardian, .ward = wards.v[i].ward, .mode = mode };
        result = db_write_in(j->db, j->arena, end_by_death, &d, e);
    }
    return result;
}
