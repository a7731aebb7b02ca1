/* ical.h: due days in people's own calendars (RFC 5545): text/calendar with whole-day events and to-dos.
 *
 *     struct ical c;
 *     ical_begin(&c, &buf, STR("Kế hoạch 511: Sở Tư pháp"), q->now);
 *     ical_put(&c, &(struct ical_entry){ .kind = ICAL_TODO, .uid = …, .summary = …, .day = due, .sequence = version });
 *     ical_end(&c);
 *
 * A uid is one thing for ever; sequence grows with each change of its day, so that a calendar replaces what it has. Texts are
 * escaped, lines folded at 75 octets without cutting a letter. Whether everything fitted, the buffer says at the end.
 */
#ifndef BON_PLATFORM_OFFICE_ICAL_H
#define BON_PLATFORM_OFFICE_ICAL_H

#include "base/buf.h"
#include "base/date.h"

enum ical_kind { ICAL_EVENT, ICAL_TODO };

enum ical_state { ICAL_OPEN, ICAL_UNDER_WAY, ICAL_DONE, ICAL_CANCELLED }; /* an event knows only open and cancelled */

struct ical_entry {
    enum ical_kind kind;
    struct str uid;                  /* "task-17@plan.dichvucong.daknong.gov.vn" */
    struct str summary, description; /* one line; any number. description may be STR_NONE */
    struct str url;                  /* may be STR_NONE */
    struct day day;                  /* of the event; when the to-do is due */
    enum ical_state state;
    int64_t sequence;
    struct instant changed; /* us = 0: not said */
};

struct ical {
    struct buf *b;
    struct instant stamp;
};

/* stamp: when this calendar was made. */
void ical_begin(struct ical *c, struct buf *b, struct str name, struct instant stamp);
void ical_put(struct ical *c, const struct ical_entry *entry);
void ical_end(struct ical *c);

#define ICAL_TYPE "text/calendar; charset=utf-8"

#endif
