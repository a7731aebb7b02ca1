/* ticket.h: the queue of one hall on one day, as it is read for a new number, a window or the screen on the wall. */
#ifndef BON_ENGINES_EDGE_TICKET_H
#define BON_ENGINES_EDGE_TICKET_H

#include "engines/edge/inside.h"

enum { QUEUE_DESK_OPEN_MIN = 30 }; /* a window that called within so many minutes counts as open */

struct queue_state {
    struct unit_code unit;
    struct day day;
    struct edge_tickets_waiting_rows waiting; /* in order of coming */
    struct edge_tickets_called_rows called;   /* newest first */
    struct edge_ticket_day_row totals;
    int64_t priority_waiting, plain_waiting, desks;
    int64_t row; /* priority numbers called one after the other just now */
};
int edge_queue_state_read(struct dbr *r, struct arena *a, const struct unit_code *unit, struct instant now, struct queue_state *out,
                     struct err *e);
const struct edge_tickets_waiting_row *edge_queue_next(const struct queue_state *s); /* NULL: nobody waits */
int64_t edge_queue_wait_minutes(const struct queue_state *s, int64_t ahead);
int64_t edge_queue_wait_last(const struct queue_state *s); /* for whoever comes now */
struct str edge_queue_topic(struct arena *a, const struct unit_code *unit);

#endif
