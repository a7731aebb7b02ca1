/* hats.c: a person chooses in which capacity to work. What is asked for is looked up among the account's own grants of today, never
 * believed; a try at one that is not among them is refused and recorded.
 */
#include "engines/accounts/accounts_pages.h"
#include "gen/accounts_pages.h"

#include <string.h>

static const struct field hat_fields[] = {
    { .name = "hat", .type = FIELD_INT, .required = true, .min = 1, .max = 2147483647, .label = MSG("Tư cách") },
    { .name = "next", .type = FIELD_HIDDEN, .max = 4000, .label = MSG("Trang tiếp theo") },
    { .name = NULL },
};
const struct form hat_form = { .name = "hat", .fields = hat_fields };

static struct str title_of(const struct app *app, struct str name)
{
    const struct role *role = role_by_name(app, name);
    return role ? role->title : name;
}

/* ---- the page ---- */

int hats_get(struct req *q, struct res *s, struct err *e)
{
    struct hats_view v = { .ended = STR(""), .next = req_query(q, "next") };
    struct hat_of_account_row row;
    struct hat_of_account_in in = { .id = q->actor->hat_chosen, .account = q->actor->account };
    struct dbr *r = req_read(q, e);
    int found = r && actor_hat_ended(q->actor) ? hat_of_account(r, q->arena, &in, &row, e) : 0;
    if (!r || found < 0)
        return -1;
    if (found == 1) {
        v.ended = title_of(q->app, row.role);
        v.ended_of = row.behalf;
        v.ended_last.n = row.until_day.n - 1;
    }
    struct html h = res_html(q, s);
    hats(&h, &v);
    return 0;
}

/* ---- the choice ---- */

struct choosing {
    const struct grant *hat; /* NULL: refused */
    struct hat_refused_view refused;
};

static const struct grant *own_hat(const struct actor *actor, int64_t id)
{
    for (size_t i = 0; i < actor->n_hats; i++)
        if (actor->hats[i].id == id)
            return &actor->hats[i];
    return NULL;
}

/* One's own that has ended is named; of any other grant nothing is told. */
static int name_refused(struct req *q, struct choosing *w, int64_t id, struct err *e)
{
    struct hat_of_account_row row;
    struct dbr *r = req_read(q, e);
    int found = r ? hat_of_account(r, q->arena, &(struct hat_of_account_in){ .id = id, .account = q->actor->account }, &row, e) : -1;
    w->refused.title = STR("");
    if (found == 1 && row.until_day.n <= instant_day(q->now).n)
        w->refused = (struct hat_refused_view){ .title = title_of(q->app, row.role), .of = row.behalf,
                                                .last = { row.until_day.n - 1 } };
    return found < 0 ? -1 : 0;
}

int hat_prepare(struct req *q, struct err *e)
{
    struct choosing *w = arena_new(q->arena, struct choosing);
    int64_t id = req_form_int(q, "hat");
    q->work = w;
    w->hat = own_hat(q->actor, id);
    return w->hat ? 0 : name_refused(q, w, id, e);
}

int hat_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct choosing *w = q->work;
    struct audit_record rec = audit_of(q, w->hat ? STR("accounts.hat_chosen") : STR("accounts.hat_refused"));
    rec.object = str_fmt(q->arena, "grant/%lld", (long long)req_form_int(q, "hat"));
    if (w->hat) {
        struct session_hat_set_in in = { .hat = w->hat->id, .id = q->actor->session, .account = q->actor->account };
        if (session_hat_set(tx, &in, NULL, e) != 0)
            return -1;
        rec.role = w->hat->role;
        rec.hat = w->hat->id;
    }
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int hat_reply(struct req *q, struct res *s, struct err *e)
{
    const struct choosing *w = q->work;
    struct str next = req_form(q, "next");
    (void)e;
    if (w->hat)
        return res_redirect(s, is_own_path(next) ? next : STR("/home"));
    s->status = 403;
    struct html h = res_html(q, s);
    hat_refused(&h, &w->refused);
    return 0;
}
