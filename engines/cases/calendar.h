/* calendar.h: which days are worked. Monday to Friday, save for holidays and for weekends that are worked in exchange: data of the
 * pack (calendar.csv), for which the Government publishes each year and sometimes changes within the year.
 *
 * The calendar has editions. Edition n knows all rows up to its own; a later row for the same day replaces an earlier one. A case
 * remembers the edition that its day was counted with, so that the count can be repeated years later.
 */
#ifndef BON_ENGINES_CASES_CALENDAR_H
#define BON_ENGINES_CASES_CALENDAR_H

#include "base/date.h"
#include "base/err.h"

enum { CALENDAR_EDITIONS_MAX = 64, CALENDAR_ROWS_MAX = 4096 };

enum work_day_kind {
    WORK_DAY,
    WORK_DAY_IN_EXCHANGE, /* a weekend that is worked: "làm bù" */
    DAY_WEEKEND,
    DAY_HOLIDAY,         /* by law */
    DAY_OFF_IN_EXCHANGE, /* "hoán đổi", worked on another day */
};

struct calendar_row {
    struct day day;
    int edition;
    enum work_day_kind kind;
    struct str name; /* "Tết Giáp Thìn" */
    bool confirmed;  /* seen in its source; else from memory, to be checked */
};
struct calendar_edition {
    struct str name;
    struct day last; /* beyond it nothing is known but the weekends */
};
struct work_calendar {
    struct calendar_edition edition[CALENDAR_EDITIONS_MAX + 1]; /* [0] is unused */
    int editions;                                               /* the newest */
    struct calendar_row *row;                                   /* by day, then by edition */
    size_t n;
};

/* text: the CSV file (edition, day, kind, name, source, confirmed). A fault is refused with its row. */
int calendar_read(struct arena *a, struct str text, struct work_calendar *out, struct err *e);

/* edition: 1 to calendar.editions. *name (may be NULL) is the holiday's, or empty. */
enum work_day_kind calendar_kind(const struct work_calendar *c, int edition, struct day d, struct str *name);
bool calendar_works(const struct work_calendar *c, int edition, struct day d);
struct day calendar_next_work_day(const struct work_calendar *c, int edition, struct day after);
/* The n-th working day after d; d itself for 0. */
struct day calendar_add(const struct work_calendar *c, int edition, struct day d, int n);
/* Working days in (from, to]; 0 when to is not after from. */
int calendar_between(const struct work_calendar *c, int edition, struct day from, struct day to);

#endif
