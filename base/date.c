#include "base/date.h"

#include <time.h>

enum {
    DAYS_4_YEARS = 4 * 365 + 1,
    DAYS_100_YEARS = 25 * DAYS_4_YEARS - 1,
    DAYS_400_YEARS = 4 * DAYS_100_YEARS + 1,
    /* 0001-01-01 to 1970-01-01: four whole centuries and more: checked by the round trip in test/date_test.c */
    DAYS_BEFORE_1970 = 719162,
};

static bool leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days of the year before the first of that month; month 13 gives the year's length. */
static int days_before_month(int year, int month)
{
    static const short common[] = { 0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 };
    return common[month] + (month > 2 && leap(year));
}

bool day_from_ymd(int year, int month, int day, struct day *out)
{
    if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1)
        return false;
    int before = days_before_month(year, month);
    if (day > days_before_month(year, month + 1) - before)
        return false;
    int y = year - 1;
    out->n = 365 * y + y / 4 - y / 100 + y / 400 + before + day - 1 - DAYS_BEFORE_1970;
    return true;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* What floor_div leaves, 0 … b-1. Not a - floor_div(a, b) * b, which overflows at the beginning of time. */
static int64_t floor_rest(int64_t a, int64_t b)
{
    int64_t rest = a % b;
    return rest < 0 ? rest + b : rest;
}

void day_to_ymd(struct day d, int *year, int *month, int *day)
{
    int64_t n = (int64_t)d.n + DAYS_BEFORE_1970;
    int64_t cycles = floor_div(n, DAYS_400_YEARS);
    int left = (int)floor_rest(n, DAYS_400_YEARS);
    /* the last day of a leap cycle would count as a fifth century, or a fifth year */
    int centuries = left / DAYS_100_YEARS < 3 ? left / DAYS_100_YEARS : 3;
    left -= centuries * DAYS_100_YEARS;
    int fours = left / DAYS_4_YEARS;
    left -= fours * DAYS_4_YEARS;
    int years = left / 365 < 3 ? left / 365 : 3;
    left -= years * 365;
    int y = (int)(cycles * 400) + centuries * 100 + fours * 4 + years + 1;
    int m = left / 31 + 1; /* right or one too small: no month is longer */
    if (left >= days_before_month(y, m + 1))
        m++;
    *year = y;
    *month = m;
    *day = left - days_before_month(y, m) + 1;
}

int day_of_week(struct day d)
{
    /* 1970-01-01 was a Thursday */
    return (int)floor_rest((int64_t)d.n + 3, 7) + 1;
}

/* The Vietnamese day and the microseconds since its midnight. The offset is added after the division, so that no instant
 * overflows. */
static struct day split(struct instant t, int64_t *since_midnight)
{
    int64_t n = floor_div(t.us, US_PER_DAY);
    int64_t us = floor_rest(t.us, US_PER_DAY) + VN_OFFSET_US;
    if (us >= US_PER_DAY) {
        us -= US_PER_DAY;
        n++;
    }
    *since_midnight = us;
    return (struct day) { (int32_t)n };
}

struct day instant_day(struct instant t)
{
    int64_t us;
    return split(t, &us);
}

struct instant day_at(struct day d, int hour, int minute)
{
    return (struct instant) { d.n * US_PER_DAY + hour * US_PER_HOUR + minute * US_PER_MINUTE - VN_OFFSET_US };
}

void instant_local(struct instant t, struct day *d, int *hour, int *minute, int *second)
{
    int64_t us;
    *d = split(t, &us);
    *hour = (int)(us / US_PER_HOUR);
    *minute = (int)(us / US_PER_MINUTE % 60);
    *second = (int)(us / US_PER_SECOND % 60);
}

struct instant instant_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (struct instant) { now.tv_sec * US_PER_SECOND + now.tv_nsec / 1000 };
}

int64_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * US_PER_SECOND + now.tv_nsec / 1000;
}
