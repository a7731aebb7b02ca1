/* scim_groups.c: /scim/v2/Groups: the roles a personnel list may give, each with its officers. A territorial role is one group for each
 * place: "commune_police@24763". Groups cannot be made or deleted: they are what the program knows how to do.
 */
#include "engines/staff/scim.h"


#include <string.h>

enum { REPLY_MOST = 2 << 20 };

struct group {
    struct staff_role_wanted wanted;
    const struct role *role;
};

static struct str group_id(struct arena *a, const struct staff_role_wanted *w)
{
    return w->territory.n > 0 ? str_fmt(a, "%.*s@%.*s", STR_ARG(w->role), STR_ARG(w->territory)) : w->role;
}

static void put_group(struct req *q, struct json_out *j, const struct group *g,
                      const struct staff_role_members_rows *members)
{
    struct str id = group_id(q->arena, &g->wanted), title = tr(q->lang, g->role->title);
    json_out_str(j, "displayName",
                 g->wanted.territory.n > 0 ? str_fmt(q->arena, "%.*s, %.*s", STR_ARG(title), STR_ARG(g->wanted.territory))
                                           : title);
    json_out_str(j, "id", id);
    if (members) {
        json_out_array(j, "members");
        for (size_t i = 0; i < members->n; i++) {
            json_out_item_object(j);
            json_out_str(j, "display", members->v[i].name);
            json_out_str(j, "value", str_fmt(q->arena, "%lld", (long long)members->v[i].id));
            json_out_end(j);
        }
        json_out_end(j);
    }
    json_out_object(j, "meta");
    json_out_str(j, "location", str_fmt(q->arena, "%s/scim/v2/Groups/%.*s", q->app->settings.base_url, STR_ARG(id)));
    json_out_str(j, "resourceType", STR("Group"));
    json_out_end(j);
    json_out_array(j, "schemas");
    json_out_item_str(j, STR(SCIM_GROUP));
    json_out_end(j);
}

/* ---- which there are ---- */

struct groups {
    VEC(struct group) v;
};

static void add_roles(struct req *q, struct groups *all)
{
    for (const struct module *const *m = q->app->modules; *m; m++)
        for (const struct role *r = (*m)->roles; r && r->name; r++)
            if (!r->territorial && staff_role_named(q->app, str_of(r->name)))
                *vec_push(q->arena, &all->v) = (struct group) { { str_of(r->name), STR("") }, r };
}

static int add_places(struct req *q, struct dbr *r, struct groups *all, struct err *e)
{
    struct staff_role_places_rows rows;
    if (staff_role_places(r, q->arena, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        const struct role *role = staff_role_named(q->app, rows.v[i].role);
        if (role)
            *vec_push(q->arena, &all->v) = (struct group) { { rows.v[i].role, rows.v[i].territory }, role };
    }
    return 0;
}

int scim_groups_get(struct req *q, struct res *s, struct err *e)
{
    struct groups all;
    struct buf b;
    struct json_out j;
    struct dbr *r = req_read(q, e);
    memset(&all, 0, sizeof(all));
    if (!r)
        return -1;
    if (req_query(q, "filter").n > 0)
        return scim_fail(e, ERR_INPUT, 400, "invalidFilter",
                         MSGS("Danh sách nhóm không lọc được; mỗi nhóm đọc được bằng id của nó."));
    add_roles(q, &all);
    if (add_places(q, r, &all, e) != 0)
        return -1;
    buf_init(&b, q->arena, REPLY_MOST);
    scim_list_open(&j, &b);
    for (size_t i = 0; i < all.v.n; i++) {
        json_out_item_object(&j);
        put_group(q, &j, &all.v.v[i], NULL);
        json_out_end(&j);
    }
    int64_t n = (int64_t)all.v.n;
    scim_list_close(&j, &(struct scim_list) { .start = 1, .n = n, .total = n });
    return scim_reply(q, s, 200, &b);
}

/* ---- one ---- */

static int group_of_request(struct req *q, struct group *out, struct err *e)
{
    struct err why = { .code = ERR_NONE };
    struct str rest = req_param(q, "id");
    *out = (struct group) { .wanted = { .territory = STR("") } };
    str_cut(&rest, '@', &out->wanted.role);
    if (rest.n > 0)
        out->wanted.territory = rest;
    out->role = staff_role_named(q->app, out->wanted.role);
    /* The agency is each member's own. */
    if (!out->role || staff_role_check(q->app, &out->wanted, STR("-"), &why) != 0)
        return scim_fail(e, ERR_NOT_FOUND, 404, "", MSGS("Không có nhóm mang id này."));
    return 0;
}

static int reply_group(struct req *q, struct res *s, const struct group *g, struct err *e)
{
    struct staff_role_members_rows members;
    struct staff_role_members_in in = { .role = g->wanted.role, .territory = g->wanted.territory };
    struct dbr *r;
    struct buf b;
    struct json_out j;
    if (db_read_begin(q->db, &r, e) != 0)
        return -1;
    int result = staff_role_members(r, q->arena, &in, &members, e);
    db_read_end(r);
    if (result != 0)
        return -1;
    buf_init(&b, q->arena, REPLY_MOST);
    json_out_init(&j, &b);
    json_out_open(&j);
    put_group(q, &j, g, &members);
    json_out_end(&j);
    return scim_reply(q, s, 200, &b);
}

int scim_group_get(struct req *q, struct res *s, struct err *e)
{
    struct group g;
    return group_of_request(q, &g, e) != 0 ? -1 : reply_group(q, s, &g, e);
}

/* ---- members ---- */

struct grouping {
    struct group group;
    struct scim_members members;
};

int scim_group_prepare(struct req *q, struct err *e)
{
    struct grouping *w = arena_new(q->arena, struct grouping);
    q->work = w;
    return group_of_request(q, &w->group, e) != 0 ? -1 : scim_patch_members(q->arena, q->json, &w->members, e);
}

static int find_member(struct staff_acting *act, int64_t id, struct staff_row *out, struct err *e)
{
    int got = staff_by_id(tx_reader(act->tx), act->a, &(struct staff_by_id_in) { .id = id }, out, e);
    if (got < 0)
        return -1;
    if (got == 0 || out->gone || !out->active)
        return scim_fail(e, ERR_INPUT, 400, "invalidValue", MSGS("Một thành viên không phải cán bộ đang công tác."));
    return 0;
}

static bool is_added(const struct scim_members *m, int64_t id)
{
    for (size_t i = 0; i < m->add.n; i++)
        if (m->add.v[i] == id)
            return true;
    return false;
}

static int drop_others(struct staff_acting *act, const struct grouping *w, struct err *e)
{
    struct staff_role_members_rows there;
    struct staff_role_members_in in = { .role = w->group.wanted.role, .territory = w->group.wanted.territory };
    if (staff_role_members(tx_reader(act->tx), act->a, &in, &there, e) != 0)
        return -1;
    for (size_t i = 0; i < there.n; i++) {
        struct staff_row who;
        if (is_added(&w->members, there.v[i].id))
            continue;
        if (staff_by_id(tx_reader(act->tx), act->a, &(struct staff_by_id_in) { .id = there.v[i].id }, &who, e) != 1 ||
            staff_role_take(act, &who, &w->group.wanted, e) != 0)
            return -1;
    }
    return 0;
}

static int give_to(struct staff_acting *act, const struct grouping *w, int64_t id, struct err *e)
{
    struct staff_row who;
    struct err why = { .code = ERR_NONE };
    if (find_member(act, id, &who, e) != 0)
        return -1;
    if (staff_role_check(act->app, &w->group.wanted, who.agency, &why) != 0)
        return scim_fail(e, ERR_INPUT, 400, "invalidValue", err_sentence(&why));
    return staff_role_give(act, &who, &w->group.wanted, e);
}

static int take_from(struct staff_acting *act, const struct grouping *w, int64_t id, struct err *e)
{
    struct staff_row who;
    int got = staff_by_id(tx_reader(act->tx), act->a, &(struct staff_by_id_in) { .id = id }, &who, e);
    if (got != 1)
        return got < 0
                   ? -1
                   : scim_fail(e, ERR_INPUT, 400, "invalidValue", MSGS("Một thành viên không phải cán bộ đang công tác."));
    return staff_role_take(act, &who, &w->group.wanted, e);
}

int scim_group_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct grouping *w = q->work;
    struct staff_acting act = { .app = q->app, .tx = tx, .a = q->arena, .by = audit_of(q, STR("staff.group_changed")) };
    act.by.object = str_fmt(q->arena, "group/%.*s", STR_ARG(group_id(q->arena, &w->group.wanted)));
    if (audit_write(tx, q->arena, &act.by, NULL, e) != 0 || (w->members.replace && drop_others(&act, w, e) != 0))
        return -1;
    for (size_t i = 0; i < w->members.take.n; i++)
        if (take_from(&act, w, w->members.take.v[i], e) != 0)
            return -1;
    for (size_t i = 0; i < w->members.add.n; i++)
        if (give_to(&act, w, w->members.add.v[i], e) != 0)
            return -1;
    return 0;
}

int scim_group_reply(struct req *q, struct res *s, struct err *e)
{
    return reply_group(q, s, &((const struct grouping *)q->work)->group, e);
}
