/* module.c: the contract of edge: devices, what they say and are told, and the queue of the hall. */
#include "engines/edge/inside.h"

static const struct event events[] = {
    { "edge.device_made", MSG("Ghi một máy mới") },
    { "edge.code_made", MSG("Tạo mã ghi danh cho một máy") },
    { "edge.enrolled", MSG("Máy ghi danh bằng khoá của mình") },
    { "edge.revoked", MSG("Thu hồi một máy") },
    { "edge.locked", MSG("Khoá máy từ xa") },
    { "edge.unlocked", MSG("Mở khoá máy") },
    { "edge.config_published", MSG("Gửi cấu hình mới cho máy") },
    { "edge.block_given", MSG("Cấp dải số tạm cho máy") },
    { "edge.acts_came", MSG("Nhận phiếu từ máy sau khi có mạng lại") },
    { "edge.number_taken", MSG("Phát số thứ tự") },
    { "edge.number_called", MSG("Gọi một số") },
    { "edge.number_served", MSG("Phục vụ xong một số") },
    { "edge.number_skipped", MSG("Gọi mà không đến") },
    { "edge.call_answered", MSG("Đến giúp người ở kiốt") },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { EDGE_MAY_KEEP, ROLES("administrator"), MSG("Ghi danh, khoá, thu hồi kiốt và thiết bị") },
    { EDGE_MAY_QUEUE, ROLES("one_stop_clerk"), MSG("Gọi số, giúp người ở kiốt, nhập phiếu nhận khi mất mạng") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_COMMUNE, 15, MSG("Gọi số"), "/counter/queue", EDGE_MAY_QUEUE },
    { MENU_ADMIN, 40, MSG("Kiốt và thiết bị"), "/admin/devices", EDGE_MAY_KEEP },
    { .path = NULL },
};

#define DEVICE \
    .open = "devices are known by the keys that they made", .machine = edge_refuse, .own_key = true, .json = true, \
    .form = &edge_json_form, .no_idempotency = true
#define QUEUE                                                                                                  \
    .may = EDGE_MAY_QUEUE, .form = &edge_desk_form, .prepare = edge_queue_prepare, .reply = edge_queue_reply,   \
    .again = edge_queue_desk_get

static const struct route routes[] = {
    GET("/admin/devices", edge_devices_get, .may = EDGE_MAY_KEEP, .title = MSG("Kiốt và thiết bị")),
    POST("/admin/devices", .may = EDGE_MAY_KEEP, .form = &edge_device_form, .prepare = edge_device_new_prepare,
         .write = edge_device_new_write, .reply = edge_device_new_reply, .again = edge_devices_get, .title = MSG("Ghi một máy mới")),
    GET("/admin/devices/{id}", edge_device_get, .may = EDGE_MAY_KEEP, .title = MSG("Một máy")),
    POST("/admin/devices/{id}/code", .may = EDGE_MAY_KEEP, .form = &empty_form, .prepare = edge_device_code_prepare,
         .write = edge_device_code_write, .reply = edge_device_code_reply, .title = MSG("Tạo mã ghi danh")),
    POST("/admin/devices/{id}/lock", .may = EDGE_MAY_KEEP, .form = &edge_lock_form, .prepare = edge_device_prepare,
         .write = edge_device_lock_write, .reply = edge_to_device, .again = edge_device_get, .title = MSG("Khoá máy")),
    POST("/admin/devices/{id}/unlock", .may = EDGE_MAY_KEEP, .form = &empty_form, .prepare = edge_device_prepare,
         .write = edge_device_unlock_write, .reply = edge_to_device, .title = MSG("Mở khoá máy")),
    POST("/admin/devices/{id}/config", .may = EDGE_MAY_KEEP, .form = &empty_form, .prepare = edge_device_config_prepare,
         .write = edge_device_config_write, .reply = edge_to_device, .title = MSG("Gửi cấu hình mới")),
    POST("/admin/devices/{id}/revoke", .may = EDGE_MAY_KEEP, .form = &empty_form, .prepare = edge_device_prepare,
         .write = edge_device_revoke_write, .reply = edge_to_device, .title = MSG("Thu hồi máy")),
    POST("/api/v1/edge/enrol", DEVICE, .prepare = edge_enrol_prepare, .write = edge_enrol_write, .reply = edge_enrol_reply,
         .title = MSG("Máy ghi danh")),
    POST("/api/v1/edge/beat", DEVICE, .prepare = edge_beat_prepare, .write = edge_beat_write, .reply = edge_beat_reply,
         .title = MSG("Máy báo sức khoẻ")),
    POST("/api/v1/edge/block", DEVICE, .prepare = edge_block_prepare, .write = edge_block_write, .reply = edge_block_reply,
         .title = MSG("Máy xin dải số tạm")),
    POST("/api/v1/edge/acts", DEVICE, .prepare = edge_acts_prepare, .write = edge_acts_write, .reply = edge_acts_reply,
         .title = MSG("Máy gửi phiếu đã nhận khi mất mạng")),
    GET("/counter/queue", edge_queue_desk_get, .may = EDGE_MAY_QUEUE, .title = MSG("Gọi số")),
    POST("/counter/queue/next", QUEUE, .write = edge_queue_next_write, .title = MSG("Gọi số tiếp theo")),
    POST("/counter/queue/again", QUEUE, .write = edge_queue_again_write, .title = MSG("Gọi lại")),
    POST("/counter/queue/done", QUEUE, .write = edge_queue_done_write, .title = MSG("Phục vụ xong")),
    POST("/counter/queue/skip", QUEUE, .write = edge_queue_skip_write, .title = MSG("Không đến")),
    POST("/counter/queue/call", QUEUE, .write = edge_queue_call_write, .title = MSG("Đến giúp người ở kiốt")),
    POST("/counter/queue/ticket", .may = EDGE_MAY_QUEUE, .form = &edge_ticket_form, .prepare = edge_queue_prepare,
         .write = edge_queue_ticket_write, .reply = edge_queue_reply, .again = edge_queue_desk_get, .title = MSG("Phát số")),
    GET("/queue/{unit}", edge_hall_get, .open = "the screen in the hall: numbers and windows, nobody's name", .title = MSG("Số đang gọi")),
    GET("/queue/{unit}/live", edge_hall_live, .open = "the screen in the hall: says only that something changed",
        .title = MSG("Số đang gọi, tự cập nhật")),
    ROUTE_END,
};

const struct module edge_module = {
    .name = "edge",
    .title = MSG("Kiốt, thiết bị, hàng đợi ở sảnh một cửa"),
    .needs = NEEDS("audit", "accounts", "people", "credentials", "cases"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .events = events,
    .commands = edge_commands,
    .migrations = edge_migrations,
    .statements = edge_statements,
};
