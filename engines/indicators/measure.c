/* measure.c: the measures by name, and the day they count by. */
#include "engines/indicators/indicators.h"

enum { DAY_BEGINS = 8 }; /* when the law's morning clock ends */

const struct measure_text measure_texts[MEASURES_] = {
    [GUESTS_TONIGHT] = { STR_INIT("stays.guests_tonight"), MSG("Khách lưu trú trong đêm"), MSG("khách"),
                         MSG("Khách đã được khai báo, đến trước 08:00 sáng hôm sau và chưa rời đi trong ngày; không tính bản nháp, khai "
                             "báo đã huỷ và khách chỉ nghỉ theo giờ.") },
    [GUESTS_DECLARED] = { STR_INIT("stays.declared"), MSG("Khách được khai báo"), MSG("khách"),
                          MSG("Số khách trong các thông báo lưu trú gửi từ 08:00 đến 08:00 sáng hôm sau.") },
    [GUESTS_LATE] = { STR_INIT("stays.late"), MSG("Khách khai báo muộn"), MSG("khách"),
                      MSG("Trong số khách được khai báo, những khách khai sau hạn của Luật Cư trú 2020, Điều 30.") },
    [FACILITIES_DECLARED] = { STR_INIT("stays.facilities_declared"), MSG("Cơ sở có khai báo"), MSG("cơ sở"),
                              MSG("Cơ sở gửi ít nhất một thông báo lưu trú từ 08:00 đến 08:00 sáng hôm sau.") },
    [FACILITIES_OPEN] = { STR_INIT("stays.facilities_open"), MSG("Cơ sở đang mở"), MSG("cơ sở"),
                          MSG("Cơ sở lưu trú đang hoạt động vào lúc đếm.") },
};

bool measure_named(struct str name, enum indicator *out)
{
    for (enum indicator m = 0; m < MEASURES_; m++)
        if (str_eq(name, measure_texts[m].name)) {
            *out = m;
            return true;
        }
    return false;
}

struct day indicator_day_of(struct instant t)
{
    return instant_day((struct instant){ t.us - DAY_BEGINS * US_PER_HOUR });
}

struct instant indicator_day_begins(struct day d)
{
    return day_at(d, DAY_BEGINS, 0);
}
