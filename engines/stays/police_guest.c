/* police_guest.c: one guest whole, and a night as a file: both are looks at people, so both are recorded before they are
 * shown, with who, why and what.
 */
#include "engines/stays/police.h"

#include "platform/office/export.h"
#include "base/json.h"
#include "base/text.h"
#include "gen/stays_pages.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_NUMBER_MAX = 60, ELSEWHERE_MOST = 20 /* as in the statements */ };

/* Why an officer looks; the citizen reads this text under "Ai đã xem dữ liệu của tôi". */
static const struct choice purposes[] = {
    { "check", MSG("Kiểm tra lưu trú tại cơ sở") },
    { "overlap", MSG("Xác minh một người khai ở hai nơi") },
    { "report", MSG("Xác minh tin báo, tố giác") },
    { "missing", MSG("Tìm người mất liên lạc, người bị nạn") },
    { "case", MSG("Phục vụ hồ sơ, vụ việc đang giải quyết") },
    { .value = NULL },
};

const struct form police_purpose_form = {
    .name = "police_purpose",
    .fields =
        (const struct field[]) {
            { .name = "purpose", .type = FIELD_CHOICE, .required = true, .choices = purposes, .label = MSG("Lý do xem") },
            { .name = "file", .type = FIELD_TEXT, .max = FILE_NUMBER_MAX, .label = MSG("Số hồ sơ, vụ việc") },
            { .name = NULL },
        },
};

static struct str purpose_named(struct str value)
{
    for (size_t i = 0; purposes[i].value; i++)
        if (value.p && str_eq(value, str_of(purposes[i].value)))
            return purposes[i].label;
    return STR_NONE;
}

struct str stay_outcome_label(struct str outcome)
{
    static const struct {
        struct str outcome, label;
    } labels[] = {
        { STR_INIT("sent"), MSG("đã gửi, chờ trả lời") }, { STR_INIT("accepted"), MSG("tiếp nhận") },
        { STR_INIT("refused"), MSG("từ chối") },          { STR_INIT("slow"), MSG("quá giờ chờ, sẽ gửi lại") },
        { STR_INIT("error"), MSG("lỗi, sẽ gửi lại") },
    };
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
        if (str_eq(labels[i].outcome, outcome))
            return labels[i].label;
    return outcome;
}

struct str police_sex_label(int64_t sex)
{
    static const struct str labels[] = { MSG("chưa rõ"), MSG("Nam"), MSG("Nữ"), MSG("khác") };
    return sex >= 0 && sex < 4 ? labels[sex] : labels[0];
}

enum tag_kind stay_state_tag(int64_t state)
{
    static const enum tag_kind kinds[] = {
        [STAY_DRAFT] = TAG_DRAFT,       [STAY_QUEUED] = TAG_QUEUED,   [STAY_SENT] = TAG_SENT,
        [STAY_ACCEPTED] = TAG_ACCEPTED, [STAY_REFUSED] = TAG_REFUSED, [STAY_VOID] = TAG_VOID
    };
    return state >= STAY_DRAFT && state <= STAY_VOID ? kinds[state] : TAG_PLAIN;
}

/* ---- finding ---- */

static int find(struct req *q, struct police_guest_view *v, struct err *e)
{
    int64_t id;
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    memset(v, 0, sizeof(*v));
    int found =
        req_param_id(q, "id", &id) ? stay_guest_full(r, q->arena, &(struct stay_guest_full_in) { .id = id }, &v->g, e) : 0;
    if (found < 0)
        return -1;
    if (found == 0)
        return ERR(e, ERR_NOT_FOUND, "no declared guest of that number");
    if (!police_may(q, &v->g.unit))
        return ERR(e, ERR_FORBIDDEN, "guest %lld lodges in another commune", (long long)id);
    v->number = stay_number(q->arena, v->g.facility, v->g.month, v->g.n);
    return 0;
}

static int by_arrival(const void *x, const void *y)
{
    const struct stay_other_row *a = x, *b = y;
    if (a->arrives_at.us != b->arrives_at.us)
        return a->arrives_at.us < b->arrives_at.us ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

/* Entered by its number, or too new for that (by_pid.c). */
static int elsewhere(struct dbr *r, struct arena *a, const struct stay_elsewhere_in *in, struct stay_other_rows *out, struct err *e)
{
    struct stay_other_rows fresh;
    struct stay_elsewhere_fresh_in fresh_in = { .pid = in->pid, .facility = in->facility, .arrived = in->arrived,
                                                .since = in->since, .until = in->until };
    if (stay_elsewhere(r, a, in, out, e) != 0 || stay_elsewhere_fresh(r, a, &fresh_in, &fresh, e) != 0)
        return -1;
    if (fresh.n == 0)
        return 0;
    struct stay_other_row *all = arena_new_array(a, struct stay_other_row, out->n + fresh.n);
    for (size_t i = 0; i < out->n + fresh.n; i++)
        all[i] = i < out->n ? out->v[i] : fresh.v[i - out->n];
    *out = (struct stay_other_rows) { .v = all, .n = out->n + fresh.n };
    qsort(all, out->n, sizeof(*all), by_arrival);
    if (out->n > ELSEWHERE_MOST)
        out->n = ELSEWHERE_MOST;
    return 0;
}

/* What happened to this declaration, and where else the same person is declared. Read together with the guest, before the look
 * is recorded: one read transaction for the request. */
static int history(struct req *q, struct police_guest_view *v, struct err *e)
{
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    struct stay_dispatches_of_guest_in dispatches = { .guest = v->g.id };
    struct stay_changes_of_guest_in changes = { .guest = v->g.id };
    if (stay_dispatches_of_guest(r, q->arena, &dispatches, &v->dispatches, e) != 0)
        return -1;
    if (v->g.revision > 0 && stay_changes_of_guest(r, q->arena, &changes, &v->changes, e) != 0)
        return -1;
    if (!pid_str(&v->g.pid).p)
        return 0;
    struct day arrived = instant_day(v->g.arrives_at);
    struct stay_elsewhere_in in = { .pid = v->g.pid,
                                    .facility = v->g.facility,
                                    .arrived = arrived,
                                    .since = day_at((struct day) { arrived.n - NIGHT_LOOK_BACK }, 0, 0),
                                    .until = day_at(v->g.leaves_on, 0, 0) };
    return elsewhere(r, q->arena, &in, &v->elsewhere, e);
}

/* Asks why first; shows what the list showed anyway. */
int police_ask(struct req *q, struct res *s, struct err *e)
{
    struct police_guest_view v;
    if (find(q, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    police_ask_page(&h, &v);
    return 0;
}

int police_guest_prepare(struct req *q, struct err *e)
{
    struct police_guest_view *v = arena_new(q->arena, struct police_guest_view);
    struct str file = req_query(q, "file");
    if (find(q, v, e) != 0)
        return -1;
    v->purpose = purpose_named(req_query(q, "purpose"));
    if (v->purpose.n == 0)
        return ERR_SAY(e, ERR_INPUT, MSGS("Xin chọn lý do xem; lý do được ghi vào nhật ký và người dân đọc được."),
                       "no purpose");
    if (text_clean(q->arena, file.p ? file : STR(""), TEXT_ONE_LINE, FILE_NUMBER_MAX, &v->file, e) != 0)
        return -1;
    q->work = v;
    return history(q, v, e);
}

int police_guest_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct police_guest_view *v = q->work;
    struct audit_record rec = audit_of(q, STR("stays.guest_seen"));
    struct buf b;
    struct json_out j;
    buf_init(&b, q->arena, 1024);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "file", v->file.n > 0 ? v->file : STR_NONE);
    json_out_int(&j, "guest", v->g.id);
    json_out_end(&j);
    ASSERT(!b.full);
    rec.detail = buf_str(&b);
    rec.unit = v->g.unit;
    rec.subject = v->g.has_person ? v->g.person : 0;
    rec.purpose = v->purpose;
    rec.object = str_fmt(q->arena, "stay_guest/%lld", (long long)v->g.id);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int police_guest_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    police_guest_page(&h, q->work);
    return 0;
}

/* ---- a night as a file ---- */

struct file_work {
    struct night night;
    struct scope_units units;
};

int police_file_prepare(struct req *q, struct err *e)
{
    struct file_work *w = arena_new(q->arena, struct file_work);
    struct day d = stay_night_on(q->now), asked;
    struct str unit = req_query(q, "unit"), day = req_query(q, "day");
    struct dbr *r = req_read(q, e);
    if (!r || police_units(q, &w->units, e) != 0)
        return -1;
    for (size_t i = 0; unit.n > 0 && i < w->units.n; i++)
        if (str_eq(unit, unit_code_str(&w->units.v[i].code)))
            w->units = (struct scope_units) { &w->units.v[i], 1 };
    if (day.n > 0 && (day_parse_iso(day, &asked) || day_parse_vi(day, &asked)))
        d = asked;
    if (night_load(r, q->arena, &w->units, d, &w->night, e) != 0)
        return -1;
    struct str search = req_query(q, "q");
    if (search.n > 0 && text_clean(q->arena, search, TEXT_ONE_LINE, FILE_NUMBER_MAX, &search, e) == 0)
        night_search(q->arena, &w->night, search);
    q->work = w;
    return 0;
}

int police_file_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct file_work *w = q->work;
    struct audit_record rec = audit_of(q, STR("stays.exported"));
    struct buf b;
    struct json_out j;
    buf_init(&b, q->arena, 8192);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_int(&j, "guests", (int64_t)w->night.guests.n);
    json_out_str(&j, "night", day_iso(q->arena, w->night.day));
    json_out_array(&j, "units");
    for (size_t i = 0; i < w->units.n; i++)
        json_out_item_str(&j, unit_code_str(&w->units.v[i].code));
    json_out_end(&j);
    json_out_end(&j);
    ASSERT(!b.full);
    rec.detail = buf_str(&b);
    if (w->units.n == 1)
        rec.unit = w->units.v[0].code;
    rec.object = str_fmt(q->arena, "stays/%.*s", STR_ARG(day_iso(q->arena, w->night.day)));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

static const struct sheet_column columns[] = {
    { MSG("Cơ sở"), SHEET_TEXT, 30 },        { MSG("Phòng"), SHEET_TEXT, 10 },     { MSG("Họ và tên"), SHEET_TEXT, 30 },
    { MSG("Sinh"), SHEET_TEXT, 12 },         { MSG("Giới tính"), SHEET_TEXT, 10 }, { MSG("Quốc tịch"), SHEET_TEXT, 10 },
    { MSG("Số định danh"), SHEET_TEXT, 16 }, { MSG("Đến"), SHEET_MOMENT, 0 },      { MSG("Đi"), SHEET_DAY, 0 },
    { MSG("Trạng thái"), SHEET_TEXT, 16 },   { MSG("Lý do muộn"), SHEET_TEXT, 30 },
};
static const struct sheet_def night_list = { MSG("Lưu trú trong đêm"), columns, sizeof(columns) / sizeof(columns[0]) };

static void put_guest(struct req *q, struct book *b, const struct stay_night_row *g)
{
    struct arena *a = q->arena;
    sheet_text(b, g->facility_name);
    sheet_text(b, g->room);
    sheet_text(b, g->name);
    sheet_text(b, birth_vi(a, g->born)); /* the day may be missing */
    sheet_text(b, tr(q->lang, police_sex_label(g->sex)));
    sheet_text(b, g->nationality);
    sheet_text(b, pid_str(&g->pid).p ? pid_masked(a, &g->pid) : STR_NONE);
    sheet_moment(b, g->arrives_at);
    sheet_day(b, g->leaves_on);
    sheet_text(b, tr(q->lang, stay_state_label((enum stay_state)g->state)));
    sheet_text(b, g->late ? g->late_cause : STR_NONE);
    sheet_row_end(b);
}

int police_file_reply(struct req *q, struct res *s, struct err *e)
{
    const struct file_work *w = q->work;
    struct book *b = export_begin(q, night_list.name);
    book_sheet(b, &night_list);
    for (size_t i = 0; i < w->night.guests.n; i++)
        put_guest(q, b, w->night.guests.v[i].row);
    return export_end(q, s, b, str_fmt(q->arena, "luu-tru-%.*s", STR_ARG(day_iso(q->arena, w->night.day))), e);
}
