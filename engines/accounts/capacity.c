/* capacity.c: what other registers know of a person (head of a company, mother of a child) as grants of that person's accounts. The facts
 * stay in their register; here is what a request needs of them, so that looking up a session asks nothing more. A register says the
 * whole list again at every sign-in and with every act of its own.
 */
#include "engines/accounts/accounts_internal.h"

int hats_keep(struct tx *tx, int64_t account, struct err *e)
{
    struct sessions_keep_hat_in in = { .account = account, .today = instant_day(tx_now(tx)) };
    return sessions_keep_hat(tx, &in, NULL, e);
}

static const struct capacity *capacity_from(const struct capacity *v, size_t n, struct str source)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].source, source))
            return &v[i];
    return NULL;
}

static bool is_given(const struct capacities_of_rows *rows, struct str source)
{
    for (size_t i = 0; i < rows->n; i++)
        if (str_eq(rows->v[i].source, source))
            return true;
    return false;
}

static int end_one(struct tx *tx, const struct capacities_of_row *row, struct err *e)
{
    struct capacity_end_in in = { .until_day = instant_day(tx_now(tx)), .id = row->id };
    return capacity_end(tx, &in, NULL, e);
}

static int follow(struct tx *tx, const struct capacities_of_row *row, const struct capacity *c, struct err *e)
{
    bool same = row->until_day.n == c->until.n && str_eq(str_or_empty(row->behalf), str_or_empty(c->behalf)) &&
                str_eq(str_or_empty(row->scope), str_or_empty(c->scope));
    struct capacity_change_in in = { .until_day = c->until, .behalf = c->behalf, .scope = c->scope, .id = row->id };
    return same ? 0 : capacity_change(tx, &in, NULL, e);
}

static int give(struct tx *tx, int64_t account, const struct capacity *c, struct err *e)
{
    struct capacity_insert_in in = { .account = account, .role = c->role, .from_day = c->from, .until_day = c->until,
                                     .given_at = tx_now(tx), .has_organisation = c->organisation != 0,
                                     .organisation = c->organisation, .has_ward = c->ward != 0, .ward = c->ward,
                                     .behalf = c->behalf, .scope = c->scope, .source = c->source };
    int64_t id;
    return hats_keep(tx, account, e) != 0 ? -1 : capacity_insert(tx, &in, &id, e);
}

int capacities_set(struct tx *tx, struct arena *a, int64_t account, struct str source, const struct capacity *v, size_t n, struct err *e)
{
    struct capacities_of_rows rows;
    struct capacities_of_in in = { .account = account, .register_name = source, .today = instant_day(tx_now(tx)) };
    if (capacities_of(tx_reader(tx), a, &in, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        const struct capacity *c = capacity_from(v, n, rows.v[i].source);
        if ((c ? follow(tx, &rows.v[i], c, e) : end_one(tx, &rows.v[i], e)) != 0)
            return -1;
    }
    for (size_t i = 0; i < n; i++)
        if (!is_given(&rows, v[i].source) && v[i].until.n > in.today.n && give(tx, account, &v[i], e) != 0)
            return -1;
    return 0;
}

int capacities_set_person(struct tx *tx, struct arena *a, struct pid pid, struct str source, const struct capacity *v, size_t n,
                          struct err *e)
{
    struct account accounts[8];
    size_t found;
    if (accounts_find_pid(tx_reader(tx), a, pid, accounts, sizeof(accounts) / sizeof(accounts[0]), &found, e) != 0)
        return -1;
    for (size_t i = 0; i < found; i++)
        if (capacities_set(tx, a, accounts[i].id, source, v, n, e) != 0)
            return -1;
    return 0;
}
