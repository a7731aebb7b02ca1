/* breached_page.c: how good the list is against which new passwords are compared: for administrators, for machines, and loudly in the log
 * when there is only the small one that the program brings along. */
#include "engines/credentials/breached_page.h"
#include "engines/credentials/password.h"
#include "gen/credentials_pages.h"

static int look(struct app *app, struct arena *a, struct breached_list *out, struct err *e)
{
    return breached_list_of(breached_path(a, &app->settings), out, e);
}

static int64_t days_old(const struct breached_list *l, struct instant now)
{
    return l->loaded == 0 ? 0 : (now.us - l->loaded_at.us) / US_PER_DAY;
}

int breached_get(struct req *q, struct res *s, struct err *e)
{
    struct breached_view v = { .path = str_of(breached_path(q->arena, &q->app->settings)) };
    if (look(q->app, q->arena, &v.list, e) != 0)
        return -1;
    v.days = days_old(&v.list, q->now);
    struct html h = res_html(q, s);
    breached_page(&h, &v);
    return 0;
}

/* ---- for machines ---- */

static int read_for(struct app *app, struct breached_list *out, struct err *e)
{
    struct arena a;
    arena_init(&a, 8 * 1024);
    int result = look(app, &a, out, e);
    arena_release(&a);
    return result;
}

int breached_health(struct app *app, struct err *e)
{
    struct breached_list l;
    return read_for(app, &l, e);
}

int breached_count(struct app *app, struct arena *a, double *out, struct err *e)
{
    struct breached_list l;
    if (look(app, a, &l, e) != 0)
        return -1;
    *out = (double)l.loaded;
    return 0;
}

int breached_age(struct app *app, struct arena *a, double *out, struct err *e)
{
    struct breached_list l;
    if (look(app, a, &l, e) != 0)
        return -1;
    *out = (double)days_old(&l, app_now(app)) * 86400;
    return 0;
}

int breached_start(struct app *app, struct err *e)
{
    struct breached_list l;
    char n[24];
    if (!app->serves || app->settings.demo) /* a demonstration's passwords stand on the sign-in page */
        return 0;
    if (read_for(app, &l, e) != 0 || l.loaded > 0)
        return 0; /* a broken one is told by /healthz; setting a password says so too */
    snprintf(n, sizeof(n), "%lld", (long long)l.common);
    LOG(&app->log, LOG_WARN, "credentials.only_common_passwords", LF("known", str_of(n)),
        LF("load", STR("bon credentials breached DIR")));
    return 0;
}
