/* plan.c: a whole personnel list against the officers there are: who joins, who moves and in what, who is not in it any more. Nothing
 * happens here; apply does what a plan says, and only when it is still the same plan.
 */
#include "engines/accounts/accounts.h"
#include "engines/staff/read.h"

#include "platform/crypto/crypto.h"

struct planning {
    const struct staff_asking *ask;
    struct staff_all_active_rows there;
    bool *named; /* whoever of them is in the list */
    struct staff_plan *plan;
};

static void fault(struct planning *p, const struct staff_line *line, struct str say)
{
    *vec_push(p->ask->a, &p->plan->faults) = (struct staff_fault) { line->row, line->record.name, say };
}

static void change(struct planning *p, enum staff_change_kind kind, const struct staff_line *line, int64_t staff,
                   struct str what)
{
    *vec_push(p->ask->a, &p->plan->changes) =
        (struct staff_change) { .kind = kind, .row = line->row, .staff = staff, .record = line->record, .what = what };
    p->plan->count[kind]++;
}

/* ---- what is different ---- */

static void tell(struct buf *b, struct str was, struct str becomes)
{
    if (str_eq(was, becomes))
        return;
    if (b->n > 0)
        buf_lit(b, "; ");
    buf_fmt(b, "%.*s → %.*s", STR_ARG(was.n > 0 ? was : STR("–")), STR_ARG(becomes.n > 0 ? becomes : STR("–")));
}

static void tell_role(struct buf *b, char sign, struct str role, struct str territory)
{
    if (b->n > 0)
        buf_lit(b, "; ");
    buf_fmt(b, "%c%.*s%s%.*s", sign, STR_ARG(role), territory.n > 0 ? "@" : "", STR_ARG(territory));
}

static bool has_role(const staff_roles_wanted *all, struct str role, struct str territory)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].role, role) && str_eq(all->v[i].territory, territory))
            return true;
    return false;
}

static bool holds(const struct staff_roles_rows *all, const struct staff_role_wanted *w)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].role, w->role) && str_eq(all->v[i].territory, w->territory))
            return true;
    return false;
}

static int differences(struct planning *p, const struct staff_all_active_row *now, const struct staff_record *in,
                       struct str *what, struct err *e)
{
    struct staff_roles_rows held;
    struct buf b;
    buf_init(&b, p->ask->a, 4096);
    if (staff_roles(p->ask->r, p->ask->a, &(struct staff_roles_in) { .staff = now->id }, &held, e) != 0)
        return -1;
    tell(&b, now->name, in->name);
    tell(&b, now->title, in->title);
    tell(&b, now->email, in->email);
    tell(&b, now->agency, in->agency);
    for (size_t i = 0; i < held.n; i++)
        if (!has_role(&in->roles, held.v[i].role, held.v[i].territory))
            tell_role(&b, '-', held.v[i].role, held.v[i].territory);
    for (size_t i = 0; i < in->roles.n; i++)
        if (!holds(&held, &in->roles.v[i]))
            tell_role(&b, '+', in->roles.v[i].role, in->roles.v[i].territory);
    *what = buf_str(&b);
    return 0;
}

static struct str roles_of(struct planning *p, const struct staff_record *in)
{
    struct buf b;
    buf_init(&b, p->ask->a, 4096);
    for (size_t i = 0; i < in->roles.n; i++)
        tell_role(&b, '+', in->roles.v[i].role, in->roles.v[i].territory);
    return b.n > 0 ? buf_str(&b) : STR("");
}

/* ---- one line ---- */

static int joins(struct planning *p, const struct staff_line *line, struct err *e)
{
    struct staff_row gone;
    int64_t other;
    int got = staff_by_external(p->ask->r, p->ask->a,
                                &(struct staff_by_external_in) { .external_id = line->record.external_id }, &gone, e);
    int taken = got < 0 ? -1 : account_by_name(p->ask->r, p->ask->a, line->record.login, &other, e);
    if (taken < 0)
        return -1;
    if (got == 1)
        fault(p, line, MSGS("Người mang mã này đã nghỉ. Xin mở lại ở trang Cán bộ trước khi đưa vào danh sách."));
    else if (taken == 1)
        fault(p, line, MSGS("Tên đăng nhập này đã thuộc về một tài khoản khác."));
    else
        change(p, STAFF_JOINS, line, 0, roles_of(p, &line->record));
    return 0;
}

static int compare(struct planning *p, const struct staff_line *line, size_t i, struct err *e)
{
    const struct staff_all_active_row *now = &p->there.v[i];
    struct str what;
    p->named[i] = true;
    if (!str_eq(now->login, line->record.login)) {
        fault(p, line, MSGS("Tên đăng nhập khác với tên đang có của cán bộ này. Tên đăng nhập không đổi qua danh sách."));
        return 0;
    }
    if (differences(p, now, &line->record, &what, e) != 0)
        return -1;
    if (what.n > 0)
        change(p, STAFF_MOVES, line, now->id, what);
    else
        p->plan->same++;
    return 0;
}

/* Both are in order of number: staff_all_active by the query, so a search by halves. */
static size_t find(const struct planning *p, struct str external_id)
{
    size_t low = 0, high = p->there.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(p->there.v[middle].external_id, external_id);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

static void add_leavers(struct planning *p)
{
    for (size_t i = 0; i < p->there.n; i++) {
        const struct staff_all_active_row *s = &p->there.v[i];
        struct staff_line line = { 0, { s->external_id, s->login, s->name, s->title, s->email, s->agency, { 0 } } };
        if (!p->named[i])
            change(p, STAFF_LEAVES, &line, s->id, STR(""));
    }
}

/* Who is there with which version, and the file: so a plan that was looked at is the plan that is done. */
static struct str mark_of(struct planning *p, struct str file)
{
    struct buf b;
    struct hash32 of_file = sha256(file);
    buf_init(&b, p->ask->a, 64 + 24 * (p->plan->changes.n + 1));
    buf_put(&b, str_hex(p->ask->a, of_file.b, sizeof(of_file.b)));
    for (size_t i = 0; i < p->plan->changes.n; i++)
        buf_fmt(&b, "%d:%lld\n", (int)p->plan->changes.v[i].kind, (long long)p->plan->changes.v[i].staff);
    struct hash32 h = sha256(buf_str(&b));
    return str_hex(p->ask->a, h.b, 16);
}

int staff_plan_make(const struct staff_asking *ask, struct str file, struct staff_plan *out, struct err *e)
{
    struct agency_names names;
    struct staff_lines lines = { 0 };
    struct planning p = { .ask = ask, .plan = out };
    *out = (struct staff_plan) { 0 };
    if (agency_names_on(ask->r, ask->a, ask->today, &names, e) != 0 || staff_all_active(ask->r, ask->a, &p.there, e) != 0)
        return -1;
    p.named = arena_new_array(ask->a, bool, p.there.n);
    out->active = (int64_t)p.there.n;
    staff_lines_read(ask->a, ask->app, &names, file, &lines);
    out->faults.v = lines.faults.v;
    out->faults.n = lines.faults.n;
    out->faults.room = lines.faults.room;
    for (size_t i = 0; i < lines.lines.n; i++) {
        size_t at = find(&p, lines.lines.v[i].record.external_id);
        if ((at == SIZE_MAX ? joins(&p, &lines.lines.v[i], e) : compare(&p, &lines.lines.v[i], at, e)) != 0)
            return -1;
    }
    if (out->faults.n == 0)
        add_leavers(&p);
    out->mark = mark_of(&p, file);
    return 0;
}

int64_t staff_leavers_most(int64_t active)
{
    return active / 10 > 5 ? active / 10 : 5;
}

/* ---- doing it ---- */

static int apply_move(struct staff_acting *act, const struct staff_change *c, struct err *e)
{
    struct staff_row now;
    int got = staff_by_id(tx_reader(act->tx), act->a, &(struct staff_by_id_in) { .id = c->staff }, &now, e);
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_CONFLICT, "staff %lld is gone", (long long)c->staff);
    return staff_move(act, &now, &c->record, true, e);
}

static int apply_one(struct staff_acting *act, const struct staff_change *c, struct err *e)
{
    int64_t id;
    switch (c->kind) {
    case STAFF_JOINS:
        return staff_join(act, &c->record, &id, e);
    case STAFF_MOVES:
        return apply_move(act, c, e);
    case STAFF_LEAVES:
        return staff_leave(act, c->staff, false, e);
    case STAFF_CHANGES_:
        break;
    }
    return ERR(e, ERR_INTERNAL, "kind %d", (int)c->kind);
}

int staff_plan_apply(struct staff_acting *act, const struct staff_plan *plan, struct err *e)
{
    ASSERT(plan->faults.n == 0);
    for (size_t i = 0; i < plan->changes.n; i++)
        if (apply_one(act, &plan->changes.v[i], e) != 0)
            return -1;
    struct audit_record rec = act->by;
    rec.action = STR("staff.list_applied");
    rec.detail = str_fmt(act->a, "{\"joined\":%lld,\"left\":%lld,\"moved\":%lld}", (long long)plan->count[STAFF_JOINS],
                         (long long)plan->count[STAFF_LEAVES], (long long)plan->count[STAFF_MOVES]);
    return audit_write(act->tx, act->a, &rec, NULL, e);
}
