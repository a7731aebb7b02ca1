/* admin.c: upstreams as the administrator sees them: which version holds, which will, which did; a new version is pasted as JSON. */
#include "engines/broker/pages.h"

#include "gen/broker_pages.h"

#include <string.h>

static const struct field upstream_fields[] = {
    { .name = "config",
      .type = FIELD_LINES,
      .required = true,
      .max = UPSTREAM_CONFIG_MAX,
      .label = MSG("Cấu hình (JSON)"),
      .help = MSG("Có hiệu lực từ ngày ghi trong mục from. Phiên bản cũ được giữ lại, không sửa.") },
    { .name = NULL },
};
const struct form upstream_form = { .name = "broker_upstream",
                                    .fields = upstream_fields,
                                    .max_body = 4 * UPSTREAM_CONFIG_MAX };

static struct str auth_label(enum upstream_auth a)
{
    static const struct str labels[] = { [AUTH_PRIVATE_KEY_JWT] = MSG("Khoá riêng, bộ phận ký số giữ"),
                                         [AUTH_SECRET_BASIC] = MSG("Mật khẩu trong tệp, gửi ở đầu yêu cầu"),
                                         [AUTH_SECRET_POST] = MSG("Mật khẩu trong tệp, gửi trong biểu mẫu") };
    return labels[a];
}

static int load(struct req *q, struct upstreams_view *v, struct err *e)
{
    struct broker_upstreams_all_rows rows;
    struct dbr *r = req_read(q, e);
    if (!r || broker_upstreams_all(r, q->arena, &rows, e) != 0)
        return -1;
    int32_t today = instant_day(q->now).n;
    struct str held = STR_NONE;
    for (size_t i = 0; i < rows.n; i++) {
        struct upstream_row_view row = { 0 };
        if (upstream_parse(q->arena, rows.v[i].config, &row.u, e) != 0)
            return -1;
        row.u.id = rows.v[i].id;
        row.auth = auth_label(row.u.auth);
        row.in_force = row.u.from.n <= today && !str_eq(held, row.u.name); /* newest first within a name */
        if (row.in_force) {
            held = row.u.name;
            row.down = provider_is_down(q->app, &row.u, q->now);
        }
        *vec_push(q->arena, &v->rows) = row;
    }
    return 0;
}

int upstreams_get(struct req *q, struct res *s, struct err *e)
{
    struct upstreams_view v;
    memset(&v, 0, sizeof(v));
    if (load(q, &v, e) != 0)
        return -1;
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    upstreams_page(&h, &v);
    return 0;
}

int upstream_prepare(struct req *q, struct err *e)
{
    struct upstream *u = arena_new(q->arena, struct upstream);
    struct err why = { 0 };
    q->work = u;
    if (upstream_parse(q->arena, req_form(q, "config"), u, &why) != 0) {
        struct tr_arg args[] = { { "member", str_dup(q->arena, str_of(why.field)) },
                                 { "why", tr(q->lang, err_sentence(&why)) } };
        return req_refuse_field(q, e, "config", tr_fill(q->arena, q->lang, MSGS("Mục {member}: {why}"), args, 2));
    }
    if (u->from.n < instant_day(q->now).n)
        return req_refuse_field(q, e, "config",
                                MSGS("Ngày bắt đầu (from) phải từ hôm nay trở đi: điều đã qua không viết lại."));
    return 0;
}

int upstream_put(struct tx *tx, struct arena *a, const struct upstream *u, struct str config, int64_t by, struct err *e)
{
    struct broker_upstream_same_day_row same;
    int found =
        broker_upstream_same_day(tx_reader(tx), a, &(struct broker_upstream_same_day_in) { u->name, u->from }, &same, e);
    if (found < 0)
        return -1;
    if (found == 1)
        return str_eq(same.config, config)
                   ? 0
                   : ERR_SAY(e, ERR_CONFLICT, MSGS("Ngày ấy đã có một cấu hình khác cho tên này. Xin chọn ngày khác."),
                             "%.*s has another configuration of that day", STR_ARG(u->name));
    struct broker_upstream_insert_in in = { .name = u->name,
                                            .from_day = u->from,
                                            .config = config,
                                            .added_at = tx_now(tx),
                                            .has_added_by = by != 0,
                                            .added_by = by };
    int64_t id;
    return broker_upstream_insert(tx, &in, &id, e) != 0 ? -1 : 1;
}

int upstream_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct upstream *u = q->work;
    int put = upstream_put(tx, q->arena, u, req_form(q, "config"), q->actor->account, e);
    if (put < 0)
        return -1;
    return link_record(q, tx, STR("broker.upstream_set"), q->actor->account, u->name, day_iso(q->arena, u->from), NULL, e);
}

int upstream_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/admin/upstreams"));
}
