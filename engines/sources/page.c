/* page.c: words of states and choices. */
#include "engines/sources/inside.h"

#include "gen/sources_pages.h"

static const struct field choice_fields[] = {
    { .name = "slot", .type = FIELD_HIDDEN, .required = true, .max = 60, .label = MSG("Giấy tờ") },
    { .name = "choice", .type = FIELD_HIDDEN, .max = 20, .label = MSG("Bạn muốn làm thế nào?") },
    { .name = NULL },
};
const struct form source_choice_form = { .name = "source_choice", .fields = choice_fields };

struct str source_state_label(enum source_state s)
{
    static const struct str words[SOURCE_STATES_] = {
        [SOURCE_HERE] = MSG("Đã lấy từ nguồn, không phải nộp"),
        [SOURCE_CACHED] = MSG("Dùng dữ liệu đã lấy lần trước"),
        [SOURCE_DECLARED] = MSG("Bạn cam đoan, kiểm tra sau"),
        [SOURCE_WAITS] = MSG("Chờ nguồn trả lời"),
        [SOURCE_DOWN] = MSG("Nguồn không trả lời, cần chọn"),
        [SOURCE_OTHER_PERSON] = MSG("Nguồn trả lời nhầm người, cần chọn"),
        [SOURCE_NOTHING] = MSG("Nguồn không có dữ liệu, cần chọn"),
        [SOURCE_UNASKED] = MSG("Chưa hỏi nguồn"),
    };
    return words[s];
}

enum tag_kind source_state_tag(enum source_state s)
{
    static const enum tag_kind tags[SOURCE_STATES_] = {
        [SOURCE_HERE] = TAG_ACCEPTED, [SOURCE_CACHED] = TAG_SENT,   [SOURCE_DECLARED] = TAG_SENT,
        [SOURCE_WAITS] = TAG_QUEUED,  [SOURCE_DOWN] = TAG_LATE,     [SOURCE_OTHER_PERSON] = TAG_REFUSED,
        [SOURCE_NOTHING] = TAG_LATE,  [SOURCE_UNASKED] = TAG_PLAIN,
    };
    return tags[s];
}

/* Members of answers as people call them; a member that nobody has named yet is shown as it is. */
struct str source_member_label(struct str member)
{
    static const struct {
        struct str member, label;
    } known[] = {
        { STR_INIT("address"), MSG("Địa chỉ") },
        { STR_INIT("amount"), MSG("Số tiền") },
        { STR_INIT("birth_date"), MSG("Ngày sinh") },
        { STR_INIT("birth_day"), MSG("Ngày sinh") },
        { STR_INIT("code"), MSG("Mã") },
        { STR_INIT("ethnic"), MSG("Dân tộc") },
        { STR_INIT("found"), MSG("Thấy gì") },
        { STR_INIT("hash"), MSG("Mã băm SHA-256") },
        { STR_INIT("issued"), MSG("Ngày cấp") },
        { STR_INIT("name"), MSG("Tên") },
        { STR_INIT("nationality"), MSG("Quốc tịch") },
        { STR_INIT("number"), MSG("Số") },
        { STR_INIT("officer"), MSG("Cán bộ") },
        { STR_INIT("pid"), MSG("Số định danh cá nhân") },
        { STR_INIT("residence"), MSG("Nơi thường trú") },
        { STR_INIT("sex"), MSG("Giới tính") },
        { STR_INIT("valid_until"), MSG("Có giá trị đến") },
        { STR_INIT("where"), MSG("Tra ở đâu") },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(known[i].member, member))
            return known[i].label;
    return member;
}

struct field_view source_choice_field(struct html *h, const struct source_take *t, int64_t row)
{
    struct field_view f = field_of(h, &source_choice_form, "choice");
    f.type = FIELD_CHOICE;
    f.required = true;
    if (t->offers & SERVICE_DECLARE)
        field_option(h, &f, STR("declare"), MSGS("Cam đoan ngay bây giờ, cơ quan kiểm tra sau"));
    if (t->offers & SERVICE_CACHED) {
        struct tr_arg args[] = { { "at", instant_vi(h->arena, t->kept_as_of) }, { NULL, { NULL, 0 } } };
        field_option(h, &f, STR("cached"),
                     tr_fill(h->arena, h->lang, MSGS("Dùng dữ liệu đã lấy lúc {at}, ngày này ghi trong hồ sơ"), args, 1));
    }
    if (t->offers & SERVICE_WAIT)
        field_option(h, &f, STR("wait"), MSGS("Chờ nguồn hoạt động lại: bản nháp được giữ, có lại thì báo cho tôi"));
    field_option(h, &f, STR("again"), MSGS("Hỏi lại nguồn ngay"));
    return field_row(h, f, row);
}

void sources_draw_take(struct html *h, const struct source_take *t, struct str action, struct str key, int64_t row)
{
    source_card(h, t, action, key, row);
}
