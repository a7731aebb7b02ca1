/* device_desk.c: the administrator's pages: which devices there are and how they are; a new one with its one-time code; locked, told
 * something new, revoked.
 */
#include "engines/edge/config.h"
#include "engines/edge/inside.h"

#include "engines/people/people.h"
#include "gen/edge_pages.h"

#include <stdio.h>

static const struct field device_fields[] = {
    { .name = "name",
      .type = FIELD_TEXT,
      .required = true,
      .max = 60,
      .label = MSG("Tên máy"),
      .help = MSG("Ngắn, dán cả trên thân máy, ví dụ KB-01.") },
    { .name = "unit",
      .type = FIELD_TEXT,
      .required = true,
      .max = 10,
      .label = MSG("Mã xã"),
      .help = MSG("Mã của xã có một cửa nơi đặt máy, ví dụ 24763.") },
    { .name = "place", .type = FIELD_TEXT, .required = true, .max = 200, .label = MSG("Chỗ đặt máy") },
    { .name = NULL },
};
const struct form edge_device_form = { .name = "edge_device", .fields = device_fields, .max_body = 8 * 1024 };

static const struct field lock_fields[] = {
    { .name = "why",
      .type = FIELD_TEXT,
      .required = true,
      .max = 200,
      .label = MSG("Vì sao khoá"),
      .help = MSG("Người đến máy chỉ thấy máy đang tạm khoá; lý do này cho kỹ thuật viên.") },
    { .name = NULL },
};
const struct form edge_lock_form = { .name = "edge_lock", .fields = lock_fields, .max_body = 8 * 1024 };

/* ---- the list ---- */

struct device_state {
    struct str label;
    enum tag_kind tag;
};

static struct device_state state_of(bool enrolled, bool revoked, bool locked)
{
    if (revoked)
        return (struct device_state) { MSGS("Đã thu hồi"), TAG_VOID };
    if (!enrolled)
        return (struct device_state) { MSGS("Chờ ghi danh"), TAG_DRAFT };
    return locked ? (struct device_state) { MSGS("Đang khoá"), TAG_LATE } : (struct device_state) { MSGS("Đang phục vụ"), TAG_ACCEPTED };
}

/* The worst that a device has said of itself, in one word. */
static struct device_state health_words(const struct edge_health *h, struct instant now)
{
    if (h->at.us == 0)
        return (struct device_state) { MSGS("Chưa báo"), TAG_PLAIN };
    if (edge_is_silent(h, now))
        return (struct device_state) { MSGS("Mất liên lạc"), TAG_REFUSED };
    if (!edge_can_print(h))
        return (struct device_state) { MSGS("Không in được"), TAG_REFUSED };
    if (!edge_reader_works(h))
        return (struct device_state) { MSGS("Đầu đọc hỏng"), TAG_REFUSED };
    bool low = str_eq(h->paper, STR("low")) || str_eq(h->ink, STR("low")) || h->disk_mb < 500 || h->temperature > 70;
    return low ? (struct device_state) { MSGS("Cần chăm sóc"), TAG_LATE } : (struct device_state) { MSGS("Tốt"), TAG_ACCEPTED };
}

static void put_line(struct req *q, const struct edge_devices_row *row, struct devices_view *v)
{
    struct device_line *l = vec_push(q->arena, &v->lines);
    struct edge_health h = { .at = row->at,
                             .paper = row->paper.p ? row->paper : STR("none"),
                             .ink = row->ink.p ? row->ink : STR("none"),
                             .reader = row->reader.p ? row->reader : STR("none"),
                             .disk_mb = row->disk_mb,
                             .temperature = row->temperature };
    struct device_state state = state_of(row->has_enrolled_at, row->has_revoked_at, row->has_locked_at);
    struct device_state health = health_words(&h, q->now);
    *l = (struct device_line) { .id = row->id,
                                .name = row->name,
                                .place = row->place,
                                .unit = str_dup(q->arena, unit_code_str(&row->unit)),
                                .state = state.label,
                                .state_tag = state.tag,
                                .health = health.label,
                                .health_tag = health.tag,
                                .version = str_or_empty(row->version),
                                .at = row->at,
                                .waiting = row->waiting,
                                .skew_ms = row->skew_ms };
}

int edge_devices_get(struct req *q, struct res *s, struct err *e)
{
    struct edge_devices_rows rows;
    struct devices_view v = { .key = req_form_key(q) };
    struct dbr *r = req_read(q, e);
    if (!r || edge_devices(r, q->arena, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        put_line(q, &rows.v[i], &v);
    struct html h = res_html(q, s);
    edge_devices_page(&h, &v);
    return 0;
}

/* ---- acts on one ---- */

struct device_work {
    struct edge_device d;
    struct str code;
    struct edge_config_signed config;
};

static int record(struct req *q, struct tx *tx, const struct edge_device *d, const char *action, struct err *e)
{
    struct audit_record rec = audit_of(q, str_of(action));
    rec.unit = d->unit;
    rec.object = str_fmt(q->arena, "device/%lld", (long long)d->id);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

static int code_write(struct req *q, struct tx *tx, const struct device_work *w, struct err *e)
{
    return edge_code_insert(tx,
                            &(struct edge_code_insert_in) { .hash = edge_code_hash(q->arena, w->code),
                                                            .device = w->d.id,
                                                            .expires_at = { tx_now(tx).us + EDGE_CODE_HOURS * US_PER_HOUR } },
                            NULL, e);
}

int edge_device_new_prepare(struct req *q, struct err *e)
{
    struct device_work *w = arena_new(q->arena, struct device_work);
    struct unit u;
    struct dbr *r = req_read(q, e);
    q->work = w;
    if (!r)
        return -1;
    int got = unit_code_parse(req_form(q, "unit"), &w->d.unit) ? edge_commune(r, q->arena, w->d.unit, q->now, &u, e) : 0;
    if (got < 0)
        return -1;
    if (got == 0)
        return req_refuse_field(q, e, "unit",
                                MSGS("Không có xã nào đang hoạt động mang mã này. Xin xem lại mã trong danh mục đơn vị hành chính."));
    w->d.name = req_form(q, "name");
    w->d.place = req_form(q, "place");
    w->code = edge_code_new(q->arena);
    return 0;
}

int edge_device_new_write(struct req *q, struct tx *tx, struct err *e)
{
    struct device_work *w = q->work;
    if (edge_device_add(tx, &w->d.unit, w->d.name, w->d.place, &w->d.id, e) || code_write(q, tx, w, e) ||
        record(q, tx, &w->d, "edge.device_made", e))
        return -1;
    req_outcome(q, str_fmt(q->arena, "%lld", (long long)w->d.id));
    return 0;
}

static int draw_device(struct req *q, struct res *s, const struct device_work *w, struct str code, struct err *e)
{
    struct device_view v = { .d = w->d, .key = req_form_key(q), .code = code };
    struct edge_config_signed config;
    struct unit u;
    struct dbr *r = req_read(q, e);
    if (!r || edge_health_of(r, q->arena, w->d.id, &v.health, e) || edge_config_of(r, q->arena, w->d.id, &config, e))
        return -1;
    int got = edge_commune(r, q->arena, w->d.unit, q->now, &u, e);
    if (got < 0)
        return -1;
    struct device_state state = state_of(w->d.public_key.p != NULL, w->d.revoked, w->d.locked);
    v.unit_name = got == 1 ? u.name : unit_code_str(&w->d.unit);
    v.state = state.label;
    v.state_tag = state.tag;
    v.silent = edge_is_silent(&v.health, q->now);
    v.config = config.number;
    struct html h = res_html(q, s);
    edge_device_page(&h, &v);
    return 0;
}

/* The code is shown by the answer to the act and nowhere else; the same act sent again shows the page without it. */
int edge_device_new_reply(struct req *q, struct res *s, struct err *e)
{
    struct device_work *w = q->work;
    if (q->replayed)
        return res_redirect(s, str_fmt(q->arena, "/admin/devices/%.*s", STR_ARG(q->outcome)));
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    return draw_device(q, s, w, w->code, e);
}

static int find(struct req *q, struct device_work *w, struct err *e)
{
    int64_t id;
    struct dbr *r = req_read(q, e);
    int got = !r ? -1 : req_param_id(q, "id", &id) ? edge_device_by_id(r, q->arena, id, &w->d, e) : 0;
    return got == 0 ? ERR(e, ERR_NOT_FOUND, "no such device") : got < 0 ? -1 : 0;
}

int edge_device_get(struct req *q, struct res *s, struct err *e)
{
    struct device_work w = { 0 };
    return find(q, &w, e) ? -1 : draw_device(q, s, &w, STR(""), e);
}

int edge_device_prepare(struct req *q, struct err *e)
{
    struct device_work *w = arena_new(q->arena, struct device_work);
    q->work = w;
    if (find(q, w, e))
        return -1;
    return w->d.revoked ? ERR_SAY(e, ERR_CONFLICT, MSGS("Máy này đã bị thu hồi. Xin ghi một máy mới."), "revoked") : 0;
}

int edge_device_code_prepare(struct req *q, struct err *e)
{
    if (edge_device_prepare(q, e))
        return -1;
    ((struct device_work *)q->work)->code = edge_code_new(q->arena);
    return 0;
}

int edge_device_code_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct device_work *w = q->work;
    return code_write(q, tx, w, e) || record(q, tx, &w->d, "edge.code_made", e) ? -1 : 0;
}

int edge_device_code_reply(struct req *q, struct res *s, struct err *e)
{
    const struct device_work *w = q->work;
    if (q->replayed)
        return edge_to_device(q, s, e);
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    return draw_device(q, s, w, w->code, e);
}

int edge_device_revoke_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct device_work *w = q->work;
    return edge_device_revoke(tx, &(struct edge_device_revoke_in) { .id = w->d.id, .now = tx_now(tx) }, NULL, e) ||
                   record(q, tx, &w->d, "edge.revoked", e)
               ? -1
               : 0;
}

int edge_device_lock_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct device_work *w = q->work;
    struct edge_device_lock_in in = { .id = w->d.id, .has_now = true, .now = tx_now(tx), .why = req_form(q, "why") };
    return edge_device_lock(tx, &in, NULL, e) || record(q, tx, &w->d, "edge.locked", e) ? -1 : 0;
}

int edge_device_unlock_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct device_work *w = q->work;
    return edge_device_lock(tx, &(struct edge_device_lock_in) { .id = w->d.id }, NULL, e) ||
                   record(q, tx, &w->d, "edge.unlocked", e)
               ? -1
               : 0;
}

int edge_device_config_prepare(struct req *q, struct err *e)
{
    if (edge_device_prepare(q, e))
        return -1;
    struct device_work *w = q->work;
    return edge_config_make(q, &w->d, &w->config, e);
}

int edge_device_config_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct device_work *w = q->work;
    return edge_config_store(tx, w->d.id, &w->config, e) || record(q, tx, &w->d, "edge.config_published", e) ? -1 : 0;
}

int edge_to_device(struct req *q, struct res *s, struct err *e)
{
    struct str id = req_param(q, "id");
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/admin/devices/%.*s", STR_ARG(id)));
}
