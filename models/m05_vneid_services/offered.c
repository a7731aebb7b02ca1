/* offered.c: which services are offered inside VNeID: the pack lists them, an administrator switches one off and on again, and a service
 * that cannot be finished there is not offered whatever the list says.
 */
#include "models/m05_vneid_services/vneid.h"

struct str vneid_service_state_label(enum vneid_service_state s)
{
    static const struct str labels[VNEID_SERVICE_STATES_] = {
        MSG("Đang mở"),           MSG("Đã tắt"),
        MSG("Chưa đến ngày mở"),  MSG("Chưa đưa lên kênh"),
        MSG("Không có hiệu lực"), MSG("Không làm trọn được trong VNeID")
    };
    return labels[s];
}

struct str vneid_service_state_say(enum vneid_service_state s)
{
    static const struct str says[VNEID_SERVICE_STATES_] = {
        MSG("Dịch vụ đang mở trong VNeID."),
        MSG("Dịch vụ này đang tạm tắt trong VNeID. Xin nộp ở danh mục dịch vụ công, hoặc đến một cửa."),
        MSG("Dịch vụ này chưa đến ngày mở trong VNeID. Xin nộp ở danh mục dịch vụ công, hoặc đến một cửa."),
        MSG("Dịch vụ này chưa có trong VNeID. Xin xem danh mục dịch vụ công."),
        MSG("Dịch vụ này hôm nay không có hiệu lực. Xin xem danh mục dịch vụ công."),
        MSG("Dịch vụ này có bước phải làm tại quầy nên không làm trọn trong VNeID. Xin xem hướng dẫn ở danh mục dịch vụ "
            "công."),
    };
    return says[s];
}

/* Scans can be sent where the door's row of the feature table says so. */
static bool takes_files(const struct vneid_channel *c)
{
    for (size_t i = 0; i < c->features.n; i++)
        if (str_eq(c->features.v[i].name, STR("Chụp và tải giấy tờ lên")))
            return c->features.v[i].can[DOOR_VNEID] != CAN_NO;
    return false;
}

static bool wants_files(const struct service_def *def)
{
    for (size_t i = 0; i < def->n_papers; i++)
        if (def->papers[i].source == SERVICE_PAPER && def->papers[i].required)
            return true;
    for (size_t i = 0; i < def->n_fields; i++)
        if (def->fields[i].type == SERVICE_FILE && def->fields[i].required)
            return true;
    return false;
}

bool vneid_can_finish(const struct vneid_channel *c, const struct service_def *def)
{
    return def->level == SERVICE_FULL && (takes_files(c) || !wants_files(def));
}

static enum vneid_service_state state_of(const struct vneid_channel *c, const struct vneid_listed *listed,
                                         const struct service_def *def, bool switched, bool offered, struct day on)
{
    if (!def)
        return VNEID_NO_SERVICE;
    if (!vneid_can_finish(c, def))
        return VNEID_UNFINISHED;
    if (switched)
        return offered ? VNEID_OFFERED : VNEID_SWITCHED_OFF;
    if (!listed)
        return VNEID_NOT_LISTED;
    return listed->from.n <= on.n ? VNEID_OFFERED : VNEID_NOT_YET;
}

static const struct vneid_listed *listed_as(const struct vneid_channel *c, struct str code)
{
    for (size_t i = 0; i < c->services.n; i++)
        if (str_eq(c->services.v[i].code, code))
            return &c->services.v[i];
    return NULL;
}

int vneid_service_on(const struct app *app, struct dbr *r, struct arena *a, struct str code, struct day on,
                     struct vneid_service *out, struct err *e)
{
    const struct vneid_channel *c = vneid_channel(app);
    const struct vneid_listed *listed = listed_as(c, code);
    const struct service_def *def = NULL;
    struct vneid_switch_of_row row;
    struct vneid_switch_of_in in = { .service = code, .before = day_at((struct day) { on.n + 1 }, 0, 0) };
    int switched = vneid_switch_of(r, a, &in, &row, e);
    int in_force = switched < 0 ? -1 : services_in_force(app, r, code, on, &def, e);
    if (in_force < 0)
        return -1;
    def = in_force == 1 ? def : NULL;
    *out = (struct vneid_service) { .code = code,
                                    .name = def ? def->name : code,
                                    .reason = STR(""),
                                    .by_name = STR(""),
                                    .level = listed ? listed->level : 2,
                                    .state = state_of(c, listed, def, switched == 1, switched == 1 && row.offered, on),
                                    .def = def };
    if (switched == 1) {
        out->reason = row.reason;
        out->by_name = row.by_name;
        out->at = row.at;
    }
    return 0;
}
