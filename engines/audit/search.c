/* search.c: the administrator looks into the log. Looking is an act too, so the page is recorded. */
#include "engines/audit/audit_pages.h"
#include "gen/audit_pages.h"

enum { PAGE_ROWS = 50 };

struct str audit_event_label(const struct app *app, struct str action)
{
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct event *v = (*m)->events; v && v->name; v++)
            if (str_eq(str_of(v->name), action))
                return v->what;
    return action;
}

struct str audit_role_title(const struct app *app, struct str role)
{
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct role *r = (*m)->roles; r && r->name; r++)
            if (str_eq(str_of(r->name), role))
                return r->title;
    return role;
}

int search_write(struct req *q, struct tx *tx, struct err *e)
{
    struct audit_record rec = audit_of(q, STR("audit.searched"));
    rec.object = str_head(q->query_raw.p ? q->query_raw : STR(""), 200);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

static struct audit_search_in search_terms(struct req *q, struct search_view *v)
{
    struct audit_search_in in = { .before = INT64_MAX, .since = { 0 }, .until = { INT64_MAX }, .action = STR(""), .object = STR(""),
                                  .most = PAGE_ROWS };
    struct day d;
    int64_t n;
    v->action = req_query(q, "action");
    v->object = req_query(q, "object");
    v->account = req_query(q, "account");
    v->from = req_query(q, "from");
    v->until = req_query(q, "until");
    if (v->action.n)
        in.action = v->action;
    if (v->object.n)
        in.object = v->object;
    if (str_to_i64(v->account, &n))
        in.account_is = n;
    if (str_to_i64(req_query(q, "before"), &n))
        in.before = n;
    if (day_parse_iso(v->from, &d) || day_parse_vi(v->from, &d))
        in.since = day_at(d, 0, 0);
    if (day_parse_iso(v->until, &d) || day_parse_vi(v->until, &d))
        in.until = day_at((struct day){ d.n + 1 }, 0, 0);
    return in;
}

/* The next page asks the same question from the last row shown. */
static struct str next_page(struct req *q, const struct search_view *v)
{
    struct buf b;
    const struct {
        const char *name;
        struct str value;
    } kept[] = { { "action", v->action }, { "object", v->object }, { "account", v->account }, { "from", v->from }, { "until", v->until } };
    buf_init(&b, q->arena, 4096);
    buf_fmt(&b, "/admin/audit?before=%lld", (long long)v->rows.v[v->rows.n - 1].id);
    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
        if (kept[i].value.n == 0)
            continue;
        struct html part = { .out = &b, .arena = q->arena };
        buf_fmt(&b, "&%s=", kept[i].name);
        html_query(&part, kept[i].value);
    }
    return buf_str(&b);
}

int search_reply(struct req *q, struct res *s, struct err *e)
{
    struct search_view v = { .app = q->app };
    struct dbr *r = req_read(q, e);
    struct audit_search_in in = search_terms(q, &v);
    if (!r || audit_search(r, q->arena, &in, &v.rows, e) != 0)
        return -1;
    if (v.rows.n == PAGE_ROWS)
        v.next_href = next_page(q, &v);
    struct html h = res_html(q, s);
    audit_search_page(&h, &v);
    return 0;
}

int record_write(struct req *q, struct tx *tx, struct err *e)
{
    struct audit_record rec = audit_of(q, STR("audit.record_seen"));
    rec.object = str_fmt(q->arena, "audit/%.*s", STR_ARG(str_head(req_param(q, "id"), 20)));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int record_reply(struct req *q, struct res *s, struct err *e)
{
    int64_t id;
    struct record_view v = { .app = q->app };
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "record id");
    struct dbr *r = req_read(q, e);
    int found = r ? audit_by_id(r, q->arena, &(struct audit_by_id_in){ .id = id }, &v.record, e) : -1;
    if (found < 0)
        return -1;
    if (found == 0)
        return ERR(e, ERR_NOT_FOUND, "record %lld", (long long)id);
    int sealed = audit_evidence(r, q->signer, q->arena, id, &v.evidence, e);
    if (sealed < 0)
        return -1;
    v.sealed = sealed == 1;
    struct html h = res_html(q, s);
    audit_record_page(&h, &v);
    return 0;
}
