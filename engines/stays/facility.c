/* facility.c: the places where people lodge. */
#include "engines/stays/stays_internal.h"

struct facility facility_of(const struct facility_row *row)
{
    return (struct facility){ .id = row->id, .code = row->code, .name = row->name, .kind = row->kind, .unit = row->unit,
                              .address = row->address, .phone = row->phone, .lat_e6 = (int32_t)row->lat_e6,
                              .lon_e6 = (int32_t)row->lon_e6, .rooms = (int32_t)row->rooms, .open = row->open };
}

int facility_by_id(struct dbr *r, struct arena *a, int64_t id, struct facility *out, struct err *e)
{
    struct facility_row row;
    int found = facility_row_by_id(r, a, &(struct facility_row_by_id_in){ .id = id }, &row, e);
    if (found == 1)
        *out = facility_of(&row);
    return found;
}

struct str facility_kind_label(struct str kind)
{
    static const struct {
        struct str kind, label;
    } labels[] = {
        { STR_INIT("hotel"), MSG("Khách sạn") },     { STR_INIT("nha_nghi"), MSG("Nhà nghỉ") },
        { STR_INIT("homestay"), MSG("Homestay") },   { STR_INIT("rental"), MSG("Nhà cho thuê") },
        { STR_INIT("hospital"), MSG("Cơ sở khám, chữa bệnh") }, { STR_INIT("coach"), MSG("Xe khách đường dài") },
    };
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
        if (str_eq(labels[i].kind, kind))
            return labels[i].label;
    return kind;
}

struct str stay_state_label(enum stay_state s)
{
    static const struct str labels[] = {
        [STAY_DRAFT] = MSG("Nháp"),          [STAY_QUEUED] = MSG("Xếp hàng"), [STAY_SENT] = MSG("Đã gửi"),
        [STAY_ACCEPTED] = MSG("Tiếp nhận"),  [STAY_REFUSED] = MSG("Từ chối"), [STAY_VOID] = MSG("Đã huỷ"),
    };
    ASSERT(s >= STAY_DRAFT && s <= STAY_VOID);
    return labels[s];
}
