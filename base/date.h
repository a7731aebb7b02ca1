/* date.h: days, instants and birth dates. The law's day is the Vietnamese one: UTC+7 all year, no summer time since 1975
 * (IANA Asia/Ho_Chi_Minh), so local time is arithmetic, not a time-zone table.
 */
#ifndef BON_BASE_DATE_H
#define BON_BASE_DATE_H

#include "base/str.h"

struct day {
    int32_t n; /* days since 1970-01-01, proleptic Gregorian */
};

struct instant {
    int64_t us; /* microseconds since 1970-01-01T00:00:00Z */
};

/* A birth date as the papers have it: the day, or the month and day, may be missing (0). */
struct birth {
    int16_t year;
    int8_t month, day;
};

#define US_PER_SECOND INT64_C(1000000)
#define US_PER_MINUTE (60 * US_PER_SECOND)
#define US_PER_HOUR (60 * US_PER_MINUTE)
#define US_PER_DAY (24 * US_PER_HOUR)
#define VN_OFFSET_US (7 * US_PER_HOUR)

bool day_from_ymd(int year, int month, int day, struct day *out); /* false: no such day; years 1000-9999 */
void day_to_ymd(struct day d, int *year, int *month, int *day);
int day_of_week(struct day d); /* 1 Monday … 7 Sunday */

/* The day in Vietnam at that instant, and the instant at which that day has the given local time. */
struct day instant_day(struct instant t);
struct instant day_at(struct day d, int hour, int minute);
void instant_local(struct instant t, struct day *d, int *hour, int *minute, int *second);

bool day_parse_iso(struct str s, struct day *out);  /* 2024-02-16 */
bool day_parse_vi(struct str s, struct day *out);   /* 16/02/2024, 16-2-2024, 16022024 */
bool instant_parse(struct str s, struct instant *out); /* RFC 3339: 2024-02-16T22:10:00+07:00 or Z, optional fraction */

struct str day_iso(struct arena *a, struct day d);         /* 2024-02-16 */
struct str day_vi(struct arena *a, struct day d);          /* 16/02/2024 */
struct str instant_iso(struct arena *a, struct instant t); /* 2024-02-16T15:10:00.000000Z */
struct str instant_vi(struct arena *a, struct instant t);  /* 22:10 16/02/2024 */
struct str clock_vi(struct arena *a, struct instant t);    /* 22:10 */

/* Stored form: "1990-02-01", "1990-02", "1990". Parses that, and 01/02/1990, 02/1990, 01021990, 1990. */
bool birth_parse(struct str s, struct birth *out);
struct str birth_iso(struct arena *a, struct birth b);
struct str birth_vi(struct arena *a, struct birth b); /* 01/02/1990, 02/1990, 1990 */
bool birth_eq(struct birth a, struct birth b);
/* Full years of age on a day; a missing month or day counts as 1 January / the first. */
int birth_age(struct birth b, struct day on);

struct instant instant_now(void); /* the machine's clock; only main and the dispatcher call it, all others get an argument */
int64_t monotonic_us(void);       /* for measuring, never for dates */

#endif
