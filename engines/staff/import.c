/* import.c: the whole personnel list as a file: first looked at, then confirmed. Nothing happens before; what is confirmed is what was
 * looked at, or it is refused.
 */
#include "engines/staff/pages.h"

#include "gen/staff_pages.h"
#include "platform/crypto/crypto.h"

#include <string.h>

enum { FILE_MOST = 4 << 20, KEPT_MOST = 6 << 20 };

static const struct field file_fields[] = {
    { .name = "file",
      .type = FIELD_FILE,
      .required = true,
      .max = FILE_MOST,
      .label = MSG("Danh sách nhân sự (XLSX hoặc CSV)"),
      .help = MSG("Toàn bộ cán bộ đang công tác. Ai không có trong danh sách sẽ được coi là đã nghỉ.") },
    { .name = NULL },
};
const struct form staff_file_form = {
    .name = "staff_file", .fields = file_fields, .max_body = FILE_MOST + 65536, .multipart = true
};

static const struct field confirm_fields[] = {
    { .name = "kept", .type = FIELD_HIDDEN, .required = true, .max = KEPT_MOST, .label = MSG("Danh sách") },
    { .name = "mark", .type = FIELD_HIDDEN, .required = true, .max = 64, .label = MSG("Dấu của bản xem trước") },
    { .name = "leavers",
      .type = FIELD_INT,
      .min = 0,
      .max = 1000000,
      .label = MSG("Số người nghỉ"),
      .help = MSG("Số người nghỉ vượt mức thường. Gõ đúng con số để xác nhận.") },
    { .name = NULL },
};
const struct form staff_confirm_form = { .name = "staff_confirm", .fields = confirm_fields, .max_body = KEPT_MOST + 65536 };

static const char template_csv[] = "\xEF\xBB\xBFMã cán bộ,Họ tên,Tên đăng nhập,Cơ quan,Chức danh,Thư điện tử,Vai trò\r\n"
                                   "CB-0001,Nguyễn Thị Mẫu,nguyen.mau,Sở TT&TT,Chuyên viên,,\r\n";

static int make_plan(struct req *q, struct str file, struct staff_plan *out, struct err *e)
{
    struct staff_asking ask = { .r = req_read(q, e), .a = q->arena, .app = q->app, .today = instant_day(q->now) };
    return ask.r ? staff_plan_make(&ask, file, out, e) : -1;
}

static int show(struct req *q, struct res *s, struct staff_import_view *v)
{
    v->key = req_form_key(q);
    v->leavers_most = staff_leavers_most(v->plan.active);
    struct html h = res_html(q, s);
    staff_import_page(&h, v);
    return 0;
}

int staff_import_get(struct req *q, struct res *s, struct err *e)
{
    struct staff_import_view v;
    (void)e;
    memset(&v, 0, sizeof(v));
    return show(q, s, &v);
}

int staff_import_again(struct req *q, struct res *s, struct err *e)
{
    struct staff_import_view none, *v = q->work ? q->work : &none;
    (void)e;
    memset(&none, 0, sizeof(none));
    return show(q, s, v);
}

int staff_template_get(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    if (res_download(q, s, "text/csv; charset=utf-8", STR("mau-danh-sach-nhan-su.csv")) != 0)
        return -1;
    buf_put_bytes(&s->body, template_csv, sizeof(template_csv) - 1);
    return 0;
}

/* ---- looking ---- */

int staff_preview_prepare(struct req *q, struct err *e)
{
    const struct part *file = req_file(q, "file");
    struct staff_import_view *v = arena_new(q->arena, struct staff_import_view);
    q->work = v;
    if (!file || file->bytes.n == 0)
        return req_refuse_field(q, e, "file", MSGS("Xin chọn tệp danh sách nhân sự."));
    if (make_plan(q, file->bytes, &v->plan, e) != 0)
        return -1;
    v->previewed = true;
    v->file = str_base64url(q->arena, file->bytes.p, file->bytes.n);
    return 0;
}

int staff_preview_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return show(q, s, q->work);
}

/* ---- confirming ---- */

struct confirming {
    struct staff_import_view view; /* first: shown again when refused */
};

int staff_confirm_prepare(struct req *q, struct err *e)
{
    struct confirming *w = arena_new(q->arena, struct confirming);
    struct str file;
    q->work = w;
    if (!str_unbase64url(q->arena, req_form(q, "kept"), &file))
        return ERR_SAY(e, ERR_INPUT, MSGS("Danh sách trong trang đã hỏng. Xin tải tệp lên lại."), "kept file");
    struct staff_plan *plan = &w->view.plan;
    if (make_plan(q, file, plan, e) != 0)
        return -1;
    w->view.previewed = true;
    w->view.file = req_form(q, "kept");
    if (plan->faults.n > 0 || !str_eq(plan->mark, req_form(q, "mark")))
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Cán bộ trong hệ thống vừa thay đổi sau lúc xem trước. Xin xem lại rồi xác nhận."), "mark");
    int64_t leavers = plan->count[STAFF_LEAVES];
    if (leavers > staff_leavers_most(plan->active) && (!req_form_has(q, "leavers") || req_form_int(q, "leavers") != leavers))
        return req_refuse_field(q, e, "leavers",
                                MSGS("Quá nhiều người nghỉ cùng lúc. Xin kiểm tra danh sách và gõ đúng số người nghỉ."));
    return 0;
}

int staff_confirm_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct confirming *w = q->work;
    struct staff_acting act = { .app = q->app, .tx = tx, .a = q->arena, .by = audit_of(q, STR("staff.list_applied")) };
    if (staff_plan_apply(&act, &w->view.plan, e) != 0)
        return -1;
    req_outcome(q, str_fmt(q->arena, "%lld %lld %lld", (long long)w->view.plan.count[STAFF_JOINS],
                           (long long)w->view.plan.count[STAFF_MOVES], (long long)w->view.plan.count[STAFF_LEAVES]));
    return 0;
}

int staff_confirm_reply(struct req *q, struct res *s, struct err *e)
{
    struct staff_import_view v;
    struct str rest = q->outcome, piece;
    memset(&v, 0, sizeof(v));
    v.done = true;
    for (int i = 0; i < STAFF_CHANGES_; i++)
        if (!str_cut(&rest, ' ', &piece) || !str_to_i64(piece, &v.plan.count[i]))
            return ERR(e, ERR_INTERNAL, "outcome of a list");
    return show(q, s, &v);
}
