/* words.c: the words of the file format. A new kind of field, source or event of life is a row here. */
#include "engines/services/words.h"

const struct service_word service_levels[] = {
    { STR_INIT("full"), MSG("Trực tuyến toàn trình"), SERVICE_FULL },
    { STR_INIT("partial"), MSG("Trực tuyến một phần"), SERVICE_PARTIAL },
    { STR_INIT("info"), MSG("Chưa nộp trực tuyến được"), SERVICE_INFO },
    { { NULL, 0 }, { NULL, 0 }, 0 },
};
const struct service_word service_unit_levels[] = {
    { STR_INIT("commune"), MSG("Cấp xã"), SERVICE_COMMUNE },
    { STR_INIT("province"), MSG("Cấp tỉnh"), SERVICE_PROVINCE },
    { { NULL, 0 }, { NULL, 0 }, 0 },
};
const struct service_word service_sources[] = {
    { STR_INIT("citizen_data"), MSG("Lấy từ cơ sở dữ liệu dân cư"), SERVICE_CITIZEN_DATA },
    { STR_INIT("vault"), MSG("Lấy từ kho giấy tờ điện tử của bạn"), SERVICE_VAULT },
    { STR_INIT("exchange"), MSG("Lấy từ hệ thống của cơ quan khác"), SERVICE_EXCHANGE },
    { STR_INIT("officer_lookup"), MSG("Cán bộ tự tra cứu"), SERVICE_OFFICER_LOOKUP },
    { STR_INIT("declaration"), MSG("Bạn cam đoan, không phải nộp giấy"), SERVICE_DECLARATION },
    { STR_INIT("paper"), MSG("Còn phải nộp giấy"), SERVICE_PAPER },
    { { NULL, 0 }, { NULL, 0 }, 0 },
};
const struct service_word service_fallbacks[] = {
    { STR_INIT("wait"), MSG("chờ hệ thống hoạt động lại"), SERVICE_WAIT },
    { STR_INIT("cached"), MSG("dùng số liệu đã lấy lần trước, có ghi ngày"), SERVICE_CACHED },
    { STR_INIT("declare"), MSG("khai trước, kiểm tra sau"), SERVICE_DECLARE },
    { { NULL, 0 }, { NULL, 0 }, 0 },
};
const struct service_word service_deliveries[] = {
    { STR_INIT("electronic"), MSG("bản điện tử"), SERVICE_ELECTRONIC },
    { STR_INIT("counter"), MSG("nhận tại nơi tiếp nhận"), SERVICE_COUNTER },
    { STR_INIT("post"), MSG("gửi qua bưu điện"), SERVICE_POST },
    { { NULL, 0 }, { NULL, 0 }, 0 },
};
const struct service_word service_field_types[] = {
    { STR_INIT("text"), MSG("Một dòng chữ"), SERVICE_TEXT },
    { STR_INIT("lines"), MSG("Nhiều dòng chữ"), SERVICE_LINES },
    { STR_INIT("day"), MSG("Ngày"), SERVICE_DAY },
    { STR_INIT("pid"), MSG("Số định danh cá nhân"), SERVICE_PID },
    { STR_INIT("int"), MSG("Số"), SERVICE_INT },
    { STR_INIT("money"), MSG("Số tiền"), SERVICE_MONEY },
    { STR_INIT("choice"), MSG("Chọn một"), SERVICE_CHOICE },
    { STR_INIT("checks"), MSG("Chọn nhiều"), SERVICE_CHECKS },
    { STR_INIT("yes_no"), MSG("Có hay không"), SERVICE_YES_NO },
    { STR_INIT("phone"), MSG("Số điện thoại"), SERVICE_PHONE },
    { STR_INIT("email"), MSG("Thư điện tử"), SERVICE_EMAIL },
    { STR_INIT("unit"), MSG("Xã, phường"), SERVICE_UNIT },
    { STR_INIT("address"), MSG("Địa chỉ"), SERVICE_ADDRESS },
    { STR_INIT("person"), MSG("Một người: số định danh, họ tên, ngày sinh"), SERVICE_PERSON },
    { STR_INIT("file"), MSG("Tệp"), SERVICE_FILE },
    { { NULL, 0 }, { NULL, 0 }, 0 },
};
const struct service_word service_rules[] = {
    { STR_INIT("past_day"), MSG("Không sau hôm nay"), SERVICE_PAST_DAY },
    { STR_INIT("future_day"), MSG("Không trước hôm nay"), SERVICE_FUTURE_DAY },
    { STR_INIT("adult_day"), MSG("Đủ 18 tuổi"), SERVICE_ADULT_DAY },
    { { NULL, 0 }, { NULL, 0 }, 0 },
};
const struct service_word service_life_events[] = {
    { STR_INIT("birth"), MSG("Sinh con"), 0 },
    { STR_INIT("school"), MSG("Đi học"), 1 },
    { STR_INIT("work"), MSG("Đi làm"), 2 },
    { STR_INIT("job_loss"), MSG("Mất việc"), 3 },
    { STR_INIT("marriage"), MSG("Kết hôn"), 4 },
    { STR_INIT("moving"), MSG("Chuyển nơi ở"), 5 },
    { STR_INIT("house_land"), MSG("Nhà đất"), 6 },
    { STR_INIT("electricity"), MSG("Điện sinh hoạt"), 7 },
    { STR_INIT("vehicle"), MSG("Xe cộ"), 8 },
    { STR_INIT("travel"), MSG("Đi xa, xuất cảnh"), 9 },
    { STR_INIT("lost_papers"), MSG("Mất giấy tờ"), 10 },
    { STR_INIT("illness"), MSG("Ốm đau, bảo hiểm y tế"), 11 },
    { STR_INIT("old_age"), MSG("Tuổi già"), 12 },
    { STR_INIT("death"), MSG("Người thân qua đời"), 13 },
    { STR_INIT("business"), MSG("Kinh doanh"), 14 },
    { STR_INIT("tax"), MSG("Thuế, lệ phí"), 15 },
    { STR_INIT("justice"), MSG("Tư pháp, toà án"), 16 },
    { { NULL, 0 }, { NULL, 0 }, 0 },
};

const struct service_word *service_word_named(const struct service_word *list, struct str word)
{
    for (; list->word.p; list++)
        if (str_eq(list->word, word))
            return list;
    return NULL;
}

const struct service_word *service_word_of(const struct service_word *list, int value)
{
    for (; list->word.p; list++)
        if (list->value == value)
            return list;
    return NULL;
}

static struct str label_of(const struct service_word *list, int value)
{
    const struct service_word *w = service_word_of(list, value);
    return w ? w->label : STR("");
}

struct str service_level_label(enum service_level l)
{
    return label_of(service_levels, (int)l);
}

struct str service_unit_level_label(enum service_unit_level l)
{
    return label_of(service_unit_levels, (int)l);
}

struct str service_source_label(enum service_source s)
{
    return label_of(service_sources, (int)s);
}

struct str service_fallback_label(unsigned one)
{
    return label_of(service_fallbacks, (int)one);
}

struct str service_delivery_label(unsigned one)
{
    return label_of(service_deliveries, (int)one);
}

struct str service_field_type_label(enum service_field_type t)
{
    return label_of(service_field_types, (int)t);
}

struct str service_event_label(struct str life_event)
{
    const struct service_word *w = service_word_named(service_life_events, life_event);
    return w ? w->label : life_event;
}

bool service_prefill_known(struct str word)
{
    static const struct str people[] = { STR_INIT("applicant"), STR_INIT("spouse"), STR_INIT("father"), STR_INIT("mother"),
                                         STR_INIT("child") };
    static const struct str of_person[] = { STR_INIT("person"),      STR_INIT("name"),     STR_INIT("birth_day"),
                                            STR_INIT("sex"),         STR_INIT("pid"),      STR_INIT("ethnic"),
                                            STR_INIT("nationality"), STR_INIT("religion"), STR_INIT("residence"),
                                            STR_INIT("origin"),      STR_INIT("phone"),    STR_INIT("email") };
    static const struct str of_organisation[] = { STR_INIT("name"),  STR_INIT("tax_code"), STR_INIT("address"),
                                                  STR_INIT("phone"), STR_INIT("email"),    STR_INIT("representative") };
    struct str part = word, who;
    if (!str_cut(&part, '.', &who))
        return false;
    if (str_eq(who, STR("organisation"))) {
        for (size_t i = 0; i < sizeof(of_organisation) / sizeof(of_organisation[0]); i++)
            if (str_eq(part, of_organisation[i]))
                return true;
        return false;
    }
    bool somebody = false;
    for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++)
        somebody |= str_eq(who, people[i]);
    for (size_t i = 0; somebody && i < sizeof(of_person) / sizeof(of_person[0]); i++)
        if (str_eq(part, of_person[i]))
            return true;
    return false;
}

size_t service_parts(enum service_field_type t, const char *const **names)
{
    static const char *const one[] = { "" }, *const address[] = { "unit", "line" },
                             *const person[] = { "pid", "name", "born" };
    *names = t == SERVICE_ADDRESS ? address : t == SERVICE_PERSON ? person : one;
    return t == SERVICE_ADDRESS ? 2 : t == SERVICE_PERSON ? 3 : 1;
}
