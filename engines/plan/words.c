/* words.c: what things are called on the screen. */
#include "engines/plan/inside.h"

const char *plan_field_name(enum plan_field f)
{
    static const char *const names[] = { "name", "lead", "coordinating", "force", "deadline", "platform" };
    ASSERT(f < PLAN_FIELDS_);
    return names[f];
}

struct str plan_field_label(struct str field)
{
    static const struct {
        struct str field, label;
    } labels[] = {
        { STR_INIT("name"), MSG("Tên mô hình") },
        { STR_INIT("lead"), MSG("Cơ quan chủ trì") },
        { STR_INIT("coordinating"), MSG("Cơ quan phối hợp") },
        { STR_INIT("force"), MSG("Lực lượng triển khai") },
        { STR_INIT("deadline"), MSG("Thời hạn") },
        { STR_INIT("platform"), MSG("Nền tảng") },
        { STR_INIT("group"), MSG("Nhóm mô hình") },
        { STR_INIT("text"), MSG("Câu chữ") },
    };
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
        if (str_eq(labels[i].field, field))
            return labels[i].label;
    return field;
}

struct str plan_status_label(enum plan_status s)
{
    static const struct str labels[] = {
        [PLAN_ONGOING] = MSG("Thường xuyên"),
        [PLAN_WAITING] = MSG("Chưa đến hạn"),
        [PLAN_SOON] = MSG("Sắp đến hạn"),
        [PLAN_MET] = MSG("Đạt theo số đo"),
        [PLAN_SAID_DONE] = MSG("Báo xong, chưa có số đo"),
        [PLAN_LATE] = MSG("Quá hạn"),
    };
    ASSERT(s < PLAN_STATUSES_);
    return labels[s];
}

struct str plan_report_state_label(enum plan_report_state s)
{
    static const struct str labels[] = {
        [REPORT_NONE] = MSG("Chưa đến kỳ"), [REPORT_DRAFT] = MSG("Đang soạn"),          [REPORT_SIGNED] = MSG("Đã ký"),
        [REPORT_LATE] = MSG("Ký muộn"),     [REPORT_MISSING] = MSG("Quá hạn, chưa ký"),
    };
    ASSERT(s <= REPORT_MISSING);
    return labels[s];
}
