/* warnings.c: what does not go together on a paper, as bits that rows keep and as words for whoever holds the paper. */
#include "engines/identity/identity.h"

/* In the order in which they matter. */
static const struct identity_warning_words words[] = {
    { WARNING_EXPIRED, "expired", MSG("Giấy tờ đã hết hạn.") },
    { WARNING_SEX, "sex_differs", MSG("Giới tính khác với giới tính ghi trong số định danh.") },
    { WARNING_BIRTH_YEAR, "birth_year_differs", MSG("Năm sinh khác với năm sinh ghi trong số định danh.") },
    { WARNING_PROVINCE, "province_unknown", MSG("Ba số đầu của số định danh không phải mã tỉnh quen thuộc.") },
};

struct identity_warning_list identity_warnings(int64_t bits)
{
    struct identity_warning_list list = { .n = 0 };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (bits & words[i].bit)
            list.v[list.n++] = words[i];
    return list;
}
