/* paper.c: the fixed words of an administrative paper, NĐ 30/2020/NĐ-CP, phụ lục I. */
#include "platform/html/components.h"

struct str paper_nation(void)
{
    return STR("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
}

struct str paper_motto(void)
{
    return STR("Độc lập - Tự do - Hạnh phúc");
}

/* Days below 10 and months 1 and 2 carry a zero in front, as the decree asks. */
struct str paper_place(struct html *h, const struct paper_view *p)
{
    int year, month, day;
    day_to_ymd(p->on, &year, &month, &day);
    return str_fmt(h->arena, "%.*s, ngày %02d tháng %s%d năm %d", STR_ARG(p->place), day, month <= 2 ? "0" : "", month,
                   year);
}
