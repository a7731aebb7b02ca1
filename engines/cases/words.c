/* words.c: the words of this engine's enums. */
#include "engines/cases/inside.h"

struct str case_channel_label(enum case_channel c)
{
    static const struct str labels[CASE_CHANNELS_] = { MSG("Trực tuyến"), MSG("Tại một cửa"), MSG("Kiốt"), MSG("VNeID"),
                                                       MSG("Nhận khi mất mạng") };
    return labels[c];
}

struct str case_channel_name(enum case_channel c)
{
    static const struct str names[CASE_CHANNELS_] = { STR_INIT("online"), STR_INIT("counter"), STR_INIT("kiosk"),
                                                      STR_INIT("vneid"), STR_INIT("offline") };
    return names[c];
}

struct str case_acting_label(enum case_acting a)
{
    static const struct str labels[CASE_ACTINGS_] = { MSG("Tự nộp"), MSG("Nộp thay theo uỷ quyền"),
                                                      MSG("Người giám hộ nộp") };
    return labels[a];
}

struct str case_payment_label(enum case_payment p)
{
    static const struct str labels[CASE_PAYMENTS_] = { MSG("Không thu phí"), MSG("Chưa trả phí"), MSG("Đã trả phí"),
                                                       MSG("Được miễn phí") };
    return labels[p];
}

struct str case_delivery_label(enum case_delivery d)
{
    static const struct str labels[CASE_DELIVERIES_] = { MSG("Bản điện tử"), MSG("Nhận tại một cửa"),
                                                         MSG("Gửi qua bưu điện") };
    return labels[d];
}

struct str case_given_label(enum case_paper_given g)
{
    static const struct str labels[CASE_GIVENS_] = {
        MSG("Bản chụp"),     MSG("Lấy từ nguồn dữ liệu"), MSG("Dữ liệu đã lấy trước đó"),
        MSG("Lời cam đoan"), MSG("Cán bộ tra cứu"),       MSG("Bản giấy")
    };
    return labels[g];
}

/* Where nobody has compared the row with the text itself, the paper names no text. */
struct str case_form_mark(const struct cases_state *s, struct arena *a, struct str subject, struct day on)
{
    const struct dated_row *row = dated_on(&s->forms, subject, on);
    if (!row)
        return STR("");
    return row->confirmed ? str_fmt(a, "Mẫu số %.*s\n(Kèm theo %.*s)", STR_ARG(row->value), STR_ARG(row->source))
                          : str_fmt(a, "Mẫu số %.*s", STR_ARG(row->value));
}
