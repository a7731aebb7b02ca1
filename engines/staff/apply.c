/* apply.c: somebody joins, moves, leaves, comes back: account, roles and sessions follow in the same transaction, with a record each. */
#include "engines/staff/staff.h"

#include "base/text.h"
#include "engines/accounts/accounts.h"

static struct day open_end(void)
{
    struct day d;
    day_from_ymd(9999, 12, 31, &d);
    return d;
}

static struct day today(const struct staff_acting *act)
{
    return instant_day(tx_now(act->tx));
}

static int record(struct staff_acting *act, struct str action, int64_t staff, struct str detail, struct err *e)
{
    struct audit_record rec = act->by;
    rec.action = action;
    rec.object = str_fmt(act->a, "staff/%lld", (long long)staff);
    rec.detail = detail;
    return audit_write(act->tx, act->a, &rec, NULL, e);
}

/* ---- roles ---- */

static bool same_role(struct str role, struct str territory, const struct staff_role_wanted *w)
{
    return str_eq(role, w->role) && str_eq(territory, w->territory);
}

static int give(struct staff_acting *act, int64_t staff, int64_t account, struct str agency,
                const struct staff_role_wanted *w, struct err *e)
{
    const struct role *role = staff_role_named(act->app, w->role);
    struct grant_new g = {
        .account = account, .role = w->role, .from = today(act), .until = open_end(), .by = act->by.account
    };
    struct staff_role_insert_in in = { .staff = staff, .role = w->role, .territory = w->territory };
    if (!role)
        return ERR(e, ERR_INTERNAL, "role %.*s passed the check", STR_ARG(w->role));
    if (role->territorial)
        unit_code_parse(w->territory, &g.territory);
    if (role->agency)
        g.agency = agency;
    return grant_create(act->tx, &g, &in.account_grant, e) != 0 ? -1 : staff_role_insert(act->tx, &in, NULL, e);
}

static int take(struct staff_acting *act, int64_t account, int64_t grant, struct err *e)
{
    struct staff_role_delete_in in = { .account_grant = grant };
    return grant_end_on(act->tx, account, grant, today(act), e) != 0 ? -1 : staff_role_delete(act->tx, &in, NULL, e);
}

static bool wanted(const struct staff_record *in, const struct staff_roles_row *held)
{
    for (size_t i = 0; i < in->roles.n; i++)
        if (same_role(held->role, held->territory, &in->roles.v[i]))
            return true;
    return false;
}

static bool is_held(const struct staff_roles_rows *held, const struct staff_role_wanted *w)
{
    for (size_t i = 0; i < held->n; i++)
        if (same_role(held->v[i].role, held->v[i].territory, w))
            return true;
    return false;
}

static int read_roles(struct staff_acting *act, int64_t staff, struct staff_roles_rows *out, struct err *e)
{
    return staff_roles(tx_reader(act->tx), act->a, &(struct staff_roles_in) { .staff = staff }, out, e);
}

/* A role that is held in an agency ends with the old one and begins anew in the new one. */
static bool stays(struct staff_acting *act, const struct staff_row *now, const struct staff_record *in,
                  const struct staff_roles_row *held)
{
    const struct role *role = staff_role_named(act->app, held->role);
    return wanted(in, held) && !(role && role->agency && !str_eq(now->agency, in->agency));
}

static int change_roles(struct staff_acting *act, const struct staff_row *now, const struct staff_record *in,
                        struct err *e)
{
    struct staff_roles_rows held;
    if (read_roles(act, now->id, &held, e) != 0)
        return -1;
    for (size_t i = 0; i < held.n; i++)
        if (!stays(act, now, in, &held.v[i]) && take(act, now->account, held.v[i].account_grant, e) != 0)
            return -1;
    if (read_roles(act, now->id, &held, e) != 0)
        return -1;
    for (size_t i = 0; i < in->roles.n; i++)
        if (!is_held(&held, &in->roles.v[i]) && give(act, now->id, now->account, in->agency, &in->roles.v[i], e) != 0)
            return -1;
    return 0;
}

int staff_role_give(struct staff_acting *act, const struct staff_row *now, const struct staff_role_wanted *w,
                    struct err *e)
{
    struct staff_roles_rows held;
    struct staff_touch_in touch = { .changed_at = tx_now(act->tx), .id = now->id };
    if (read_roles(act, now->id, &held, e) != 0)
        return -1;
    if (is_held(&held, w))
        return 0;
    if (give(act, now->id, now->account, now->agency, w, e) != 0 || staff_touch(act->tx, &touch, NULL, e) != 0)
        return -1;
    return record(act, STR("staff.role_given"), now->id, STR_NONE, e);
}

int staff_role_take(struct staff_acting *act, const struct staff_row *now, const struct staff_role_wanted *w,
                    struct err *e)
{
    struct staff_roles_rows held;
    struct staff_touch_in touch = { .changed_at = tx_now(act->tx), .id = now->id };
    if (read_roles(act, now->id, &held, e) != 0)
        return -1;
    for (size_t i = 0; i < held.n; i++)
        if (same_role(held.v[i].role, held.v[i].territory, w))
            return take(act, now->account, held.v[i].account_grant, e) != 0 || staff_touch(act->tx, &touch, NULL, e) != 0
                       ? -1
                       : record(act, STR("staff.role_ended"), now->id, STR_NONE, e);
    return 0;
}

/* ---- people ---- */

int staff_join(struct staff_acting *act, const struct staff_record *in, int64_t *id, struct err *e)
{
    struct account_new account = { .login = in->login, .name = in->name };
    struct staff_insert_in row = { .external_id = in->external_id,
                                   .login = in->login,
                                   .name = in->name,
                                   .name_key = text_fold(act->a, in->name),
                                   .title = in->title,
                                   .email = in->email,
                                   .agency = in->agency,
                                   .made_at = tx_now(act->tx),
                                   .changed_at = tx_now(act->tx) };
    if (account_create(act->tx, act->a, &account, &row.account, e) != 0)
        return e->code == ERR_CONFLICT ? ERR_SAY(e, ERR_CONFLICT, MSGS("Đã có tài khoản mang tên đăng nhập này."), "login")
                                       : -1;
    if (staff_insert(act->tx, &row, id, e) != 0)
        return -1;
    for (size_t i = 0; i < in->roles.n; i++)
        if (give(act, *id, row.account, in->agency, &in->roles.v[i], e) != 0)
            return -1;
    return record(act, STR("staff.joined"), *id, STR_NONE, e);
}

int staff_move(struct staff_acting *act, const struct staff_row *now, const struct staff_record *in, bool with_roles,
               struct err *e)
{
    struct staff_set_in set = {
        .name = in->name, .name_key = text_fold(act->a, in->name), .title = in->title, .email = in->email,
        .agency = in->agency, .changed_at = tx_now(act->tx), .id = now->id
    };
    if (!str_eq(now->name, in->name) && account_rename(act->tx, act->a, now->account, in->name, e) != 0)
        return -1;
    if ((with_roles && change_roles(act, now, in, e) != 0) || staff_set(act->tx, &set, NULL, e) != 0)
        return -1;
    return record(act, STR("staff.moved"), now->id, STR_NONE, e);
}

/* Whoever leaves can do nothing from this moment on: not even with a role that was given by hand. */
int staff_leave(struct staff_acting *act, int64_t id, bool gone, struct err *e)
{
    struct staff_row now;
    struct staff_roles_rows held;
    struct staff_end_in end = { .gone = gone, .now = tx_now(act->tx), .left_by = act->by.account, .id = id };
    int got = staff_by_id(tx_reader(act->tx), act->a, &(struct staff_by_id_in) { .id = id }, &now, e);
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR(e, ERR_NOT_FOUND, "staff %lld", (long long)id);
    if (read_roles(act, id, &held, e) != 0)
        return -1;
    for (size_t i = 0; i < held.n; i++)
        if (take(act, now.account, held.v[i].account_grant, e) != 0)
            return -1;
    if (account_leave(act->tx, now.account, e) != 0 || staff_end(act->tx, &end, NULL, e) != 0)
        return -1;
    return record(act, STR("staff.left"), id, STR_NONE, e);
}

int staff_return(struct staff_acting *act, int64_t id, struct err *e)
{
    struct staff_row now;
    struct staff_return_row_in in = { .changed_at = tx_now(act->tx), .id = id };
    int got = staff_by_id(tx_reader(act->tx), act->a, &(struct staff_by_id_in) { .id = id }, &now, e);
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "staff %lld", (long long)id);
    if (account_return(act->tx, now.account, e) != 0 || staff_return_row(act->tx, &in, NULL, e) != 0)
        return -1;
    return record(act, STR("staff.returned"), id, STR_NONE, e);
}
