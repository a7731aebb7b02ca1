/* warn.c: what ends soon is said at thirty, seven and one days: an app's own last day, and a secret when no other lives longer. */
#include "engines/apps/apps.h"

enum { FIRST = 30, SECOND = 7, LAST = 1 };

struct warning {
    struct str client, thing;
    struct day ends_on;
    int64_t days;
};
struct warnings {
    VEC(struct warning) v;
};

/* The tightest threshold that has been crossed; 0: none yet, or it has ended. */
static int64_t threshold(struct day ends_on, struct day today)
{
    int32_t left = ends_on.n - today.n;
    if (left <= 0)
        return 0;
    return left <= LAST ? LAST : left <= SECOND ? SECOND : left <= FIRST ? FIRST : 0;
}

static void add(struct arena *a, struct warnings *all, struct str client, const char *thing, struct day ends_on,
                struct day today)
{
    int64_t days = threshold(ends_on, today);
    if (days > 0)
        *vec_push(a, &all->v) = (struct warning) { client, str_of(thing), ends_on, days };
}

static int add_secret(struct dbr *r, struct arena *a, struct warnings *all, struct str client, struct instant now,
                      struct err *e)
{
    struct signon_secrets secrets;
    struct instant longest = { 0 };
    if (signon_secrets_read(r, a, client, now, &secrets, e) != 0)
        return -1;
    for (size_t i = 0; i < secrets.n; i++)
        if (secrets.v[i].expires_at.us > longest.us)
            longest = secrets.v[i].expires_at;
    if (longest.us > now.us)
        add(a, all, client, "secret", instant_day(longest), instant_day(now));
    return 0;
}

static int find(struct dbr *r, struct arena *a, struct instant now, struct warnings *all, struct err *e)
{
    struct apps_list_rows rows;
    if (apps_list(r, a, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        if (!str_eq(rows.v[i].status, STR("active")))
            continue;
        add(a, all, rows.v[i].client, "app", rows.v[i].valid_until, instant_day(now));
        if (add_secret(r, a, all, rows.v[i].client, now, e) != 0)
            return -1;
    }
    return 0;
}

static int put_write(struct tx *tx, void *arg, struct err *e)
{
    const struct warnings *all = arg;
    tx_unaudited(tx, "reminders worked out from days that are recorded");
    for (size_t i = 0; i < all->v.n; i++) {
        const struct warning *w = &all->v.v[i];
        struct app_warning_put_in in = { w->client, w->thing, w->ends_on, w->days, tx_now(tx) };
        if (app_warning_put(tx, &in, NULL, e) != 0)
            return -1;
    }
    return 0;
}

int apps_warn_job(struct job_run *j, struct err *e)
{
    struct warnings all = { 0 };
    struct dbr *r;
    if (db_read_in(j->db, j->arena, &r, e) != 0)
        return -1;
    int result = find(r, j->arena, j->now, &all, e);
    db_read_end(r);
    return result == 0 && all.v.n > 0 ? db_write_in(j->db, j->arena, put_write, &all, e) : result;
}
