/* place.c: which kiosk a page is asked for by, and what it can finish today. In a site that is a simulation as a whole, a browser may
 * stand in for the kiosk of one name, so that anybody can try the face; nowhere else.
 */
#include "models/m02_kiosk/kiosk.h"

static bool is_simulation(const struct app *app)
{
    return str_eq(str_of(app->settings.mode), STR("MÔ PHỎNG"));
}

int kiosk_place_of(struct req *q, struct kiosk_place *out, struct err *e)
{
    struct dbr *r = req_read(q, e);
    int got = r ? edge_device_of(q, &out->device, e) : -1;
    out->boxed = got == 1;
    if (got == 0 && is_simulation(q->app))
        got = edge_device_by_name(r, q->arena, STR(KIOSK_MODEL), &out->device, e);
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Trang này chỉ mở trên kiốt đã ghi danh. Xin dùng cổng dịch vụ công trên máy của mình."),
                       "no device");
    if (out->device.locked)
        return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Máy này đang tạm khoá để kiểm tra. Xin đến quầy một cửa bên cạnh."), "locked");
    if (edge_health_of(r, q->arena, out->device.id, &out->health, e))
        return -1;
    out->prints = edge_can_print(&out->health);
    out->reads = edge_reader_works(&out->health);
    return 0;
}
