/* turn.c: whose number is next, and how long it takes: arithmetic alone. Old people, pregnant women and people with disabilities go first
 * (Luật Người cao tuổi 39/2009 Điều 12, Luật Người khuyết tật 51/2010), but after two of them one without priority is called.
 */
#include "engines/edge/edge.h"

enum { MINUTES_EACH = 8, MINUTES_STEP = 5 };

enum edge_turn edge_turn_next(int64_t row, int64_t priority_waiting, int64_t plain_waiting)
{
    if (priority_waiting > 0 && (row < EDGE_PRIORITY_ROW || plain_waiting == 0))
        return TURN_PRIORITY;
    return plain_waiting > 0 ? TURN_PLAIN : TURN_NOBODY;
}

int64_t edge_turn_ahead(int64_t row, bool priority, int64_t place, int64_t priority_waiting, int64_t plain_waiting)
{
    for (int64_t ahead = 0;; ahead++) {
        enum edge_turn turn = edge_turn_next(row, priority_waiting, plain_waiting);
        if (turn == TURN_NOBODY)
            return ahead;
        if ((turn == TURN_PRIORITY) == priority && place-- == 0)
            return ahead;
        row = turn == TURN_PRIORITY ? row + 1 : 0;
        *(turn == TURN_PRIORITY ? &priority_waiting : &plain_waiting) -= 1;
    }
}

int64_t edge_wait_minutes(int64_t ahead, int64_t served, int64_t served_us, int64_t desks)
{
    int64_t each_us = served >= 3 ? served_us / served : MINUTES_EACH * US_PER_MINUTE;
    int64_t step_us = MINUTES_STEP * US_PER_MINUTE, total_us = ahead * each_us / (desks > 0 ? desks : 1);
    return (total_us + step_us - 1) / step_us * MINUTES_STEP;
}
