/* module.c: model 2 of the plan: the kiosk at the one-stop desk. */
#include "models/m02_kiosk/pages.h"

static const struct event events[] = {
    { "kiosk.forgot", MSG("Kiốt quên một phiên: máy đã quên") },
    { "kiosk.slip_known", MSG("Phiếu nhận khi mất mạng trùng hồ sơ đã nhận") },
    { "kiosk.slip_to_desk", MSG("Phiếu nhận khi mất mạng được chuyển cho cửa") },
    { "kiosk.slip_seen", MSG("Xem phiếu nhận khi mất mạng") },
    { "kiosk.slip_done", MSG("Xử lý xong phiếu nhận khi mất mạng") },
    { .name = NULL },
};

static int forget_job(struct job_run *j, struct err *e)
{
    int64_t forgotten;
    return kiosk_forget_left(j->app, j->arena, j->now, &forgotten, e);
}

static int replay_job(struct job_run *j, struct err *e)
{
    int64_t done;
    return kiosk_replay_all(j->app, j->arena, j->now, &done, e);
}

const struct job kiosk_jobs[] = {
    { .name = "kiosk.forget",
      .every_us = 30 * US_PER_SECOND,
      .run = forget_job,
      .what = MSG("Quên những phiên kiốt không ai kết thúc") },
    { .name = "kiosk.replay",
      .every_us = 5 * US_PER_SECOND,
      .run = replay_job,
      .what = MSG("Biến phiếu nhận khi mất mạng thành hồ sơ") },
    { .name = NULL },
};

/* Nobody signs in at a kiosk: the device is known, the person says who they are to the case alone. */
#define KIOSK .open = "a kiosk is for whoever stands before it; the device is known by its token"
#define ACT   KIOSK, .form = &empty_form

static const struct route routes[] = {
    GET("/kiosk", kiosk_get, KIOSK, .title = MSG("Kiốt")),
    GET("/kiosk/ticket", kiosk_ticket_get, KIOSK, .title = MSG("Lấy số ở kiốt")),
    POST("/kiosk/ticket", KIOSK, .form = &kiosk_lane_form, .prepare = kiosk_ticket_prepare, .write = kiosk_ticket_write,
         .reply = kiosk_ticket_reply, .again = kiosk_ticket_get, .title = MSG("Lấy số ở kiốt")),
    GET("/kiosk/card", kiosk_card_get, KIOSK, .title = MSG("Đọc thẻ ở kiốt")),
    POST("/kiosk/card", KIOSK, .form = &kiosk_card_form, .prepare = kiosk_card_prepare, .write = kiosk_keep_write,
         .reply = kiosk_card_reply, .again = kiosk_card_get, .no_idempotency = true, .title = MSG("Đọc thẻ ở kiốt")),
    GET("/kiosk/typed", kiosk_typed_get, KIOSK, .title = MSG("Gõ thông tin trên thẻ")),
    POST("/kiosk/typed", KIOSK, .form = &kiosk_typed_form, .prepare = kiosk_card_prepare, .write = kiosk_keep_write,
         .reply = kiosk_card_reply, .again = kiosk_typed_get, .no_idempotency = true, .title = MSG("Gõ thông tin trên thẻ")),
    GET("/kiosk/services", kiosk_services_get, KIOSK, .title = MSG("Chọn việc ở kiốt")),
    POST("/kiosk/services/{code}", ACT, .prepare = kiosk_choose_prepare, .write = kiosk_keep_write, .reply = kiosk_to_form,
         .no_idempotency = true, .title = MSG("Chọn việc ở kiốt")),
    GET("/kiosk/file/{page}/{item}", kiosk_page_get, KIOSK, .title = MSG("Một trang của hồ sơ ở kiốt")),
    POST("/kiosk/file/{page}/{item}", KIOSK, .form = &services_post_form, .prepare = kiosk_page_prepare, .write = kiosk_keep_write,
         .reply = kiosk_to_form, .again = kiosk_page_get, .no_idempotency = true, .title = MSG("Một trang của hồ sơ ở kiốt")),
    GET("/kiosk/check", kiosk_check_get, KIOSK, .title = MSG("Xem lại hồ sơ ở kiốt")),
    POST("/kiosk/check", KIOSK, .form = &kiosk_check_form, .prepare = kiosk_submit_prepare, .write = kiosk_submit_write,
         .reply = kiosk_submit_reply, .again = kiosk_check_get, .title = MSG("Nộp hồ sơ ở kiốt")),
    GET("/kiosk/done", kiosk_done_get, KIOSK, .title = MSG("Đã nộp ở kiốt")),
    GET("/kiosk/find", kiosk_find_get, KIOSK, .title = MSG("Xem hồ sơ ở kiốt")),
    POST("/kiosk/find", KIOSK, .form = &kiosk_find_form, .prepare = kiosk_find_prepare, .write = kiosk_find_write,
         .reply = kiosk_find_reply, .again = kiosk_find_get, .no_idempotency = true, .title = MSG("Xem hồ sơ ở kiốt")),
    POST("/kiosk/pay", ACT, .prepare = kiosk_pay_prepare, .write = kiosk_pay_write, .reply = kiosk_pay_reply,
         .title = MSG("Trả phí ở kiốt")),
    GET("/kiosk/pay/{reference}", kiosk_pay_get, KIOSK, .title = MSG("Trả phí ở kiốt")),
    POST("/kiosk/pay/{reference}/arrived", ACT, .prepare = kiosk_paid_prepare, .write = kiosk_paid_write, .reply = kiosk_paid_reply,
         .title = MSG("Ngân hàng mô phỏng: tiền đã đến")),
    POST("/kiosk/rate", KIOSK, .form = &kiosk_rate_form, .prepare = kiosk_rate_prepare, .write = kiosk_rate_write,
         .reply = kiosk_rate_reply, .title = MSG("Đánh giá ở kiốt")),
    POST("/kiosk/call", ACT, .prepare = kiosk_call_prepare, .write = kiosk_call_write, .reply = kiosk_to_start,
         .title = MSG("Gọi người giúp ở kiốt")),
    POST("/kiosk/uncover", ACT, .prepare = kiosk_uncover_prepare, .write = kiosk_uncover_write, .reply = kiosk_to_start,
         .title = MSG("Mở lại màn hình kiốt")),
    POST("/kiosk/forget", ACT, .prepare = kiosk_forget_prepare, .write = kiosk_forget_write, .reply = kiosk_forget_reply,
         .no_idempotency = true, .title = MSG("Kiốt quên phiên này")),
    GET_RECORDED("/counter/kiosk/{id}", .may = EDGE_MAY_QUEUE, .prepare = kiosk_slip_prepare, .write = kiosk_slip_seen_write,
                 .reply = kiosk_slip_reply, .title = MSG("Phiếu nhận khi mất mạng")),
    POST("/counter/kiosk/{id}", .may = EDGE_MAY_QUEUE, .form = &kiosk_slip_form, .prepare = kiosk_slip_end_prepare,
         .write = kiosk_slip_end_write, .reply = kiosk_slip_end_reply, .title = MSG("Xong phiếu nhận khi mất mạng")),
    ROUTE_END,
};

const struct module kiosk_module = {
    .name = "kiosk",
    .plan_model = 2,
    .title = MSG("Kiốt dịch vụ công tại một cửa"),
    .works = MSG("Lấy số, nộp hồ sơ bằng thẻ, xem hồ sơ, trả phí VietQR; mất mạng vẫn nhận phiếu, và mỗi phiên máy quên có chứng cứ"),
    .needs = NEEDS("audit", "people", "identity", "credentials", "services", "cases", "sources", "payments", "edge"),
    .routes = routes,
    .events = events,
    .measures = kiosk_measures,
    .jobs = kiosk_jobs,
    .commands = kiosk_commands,
    .migrations = kiosk_migrations,
    .statements = kiosk_statements,
    .start = kiosk_start,
    .seed = kiosk_seed,
};
