/* ticket.c: numbers of a hall: given out, and how long each will wait. */
#include "engines/edge/ticket.h"

static const struct {
    struct str name, label;
} lanes[LANES_] = {
    [LANE_PLAIN] = { STR_INIT("plain"), MSG("Lấy số thường") },
    [LANE_OLD] = { STR_INIT("old"), MSG("Người từ 60 tuổi") },
    [LANE_PREGNANT] = { STR_INIT("pregnant"), MSG("Phụ nữ mang thai, có con nhỏ") },
    [LANE_DISABLED] = { STR_INIT("disabled"), MSG("Người khuyết tật") },
};

struct str edge_lane_label(enum edge_lane l)
{
    return lanes[l].label;
}

struct str edge_lane_name(enum edge_lane l)
{
    return lanes[l].name;
}

bool edge_lane_named(struct str name, enum edge_lane *out)
{
    for (int l = 0; l < LANES_; l++)
        if (str_eq(name, lanes[l].name)) {
            *out = (enum edge_lane)l;
            return true;
        }
    return false;
}

struct str edge_ticket_text(struct arena *a, bool priority, int64_t number)
{
    return str_fmt(a, "%c%03lld", priority ? 'U' : 'A', (long long)number);
}

int edge_queue_state_read(struct dbr *r, struct arena *a, const struct unit_code *unit, struct instant now, struct queue_state *out,
                     struct err *e)
{
    struct day day = instant_day(now);
    struct edge_desks_open_row desks;
    *out = (struct queue_state) { .unit = *unit, .day = day };
    if (edge_tickets_waiting(r, a, &(struct edge_tickets_waiting_in) { .unit = *unit, .day = day }, &out->waiting, e) ||
        edge_tickets_called(r, a, &(struct edge_tickets_called_in) { .unit = *unit, .day = day }, &out->called, e) ||
        edge_ticket_day(r, a, &(struct edge_ticket_day_in) { .unit = *unit, .day = day }, &out->totals, e) < 0 ||
        edge_desks_open(r, a,
                        &(struct edge_desks_open_in) { .unit = *unit,
                                                       .day = day,
                                                       .since = { now.us - QUEUE_DESK_OPEN_MIN * US_PER_MINUTE } },
                        &desks, e) < 0)
        return -1;
    out->desks = desks.n;
    for (size_t i = 0; i < out->waiting.n; i++)
        *(out->waiting.v[i].priority ? &out->priority_waiting : &out->plain_waiting) += 1;
    while (out->row < (int64_t)out->called.n && out->called.v[out->row].priority)
        out->row++;
    return 0;
}

int64_t edge_queue_wait_minutes(const struct queue_state *s, int64_t ahead)
{
    return edge_wait_minutes(ahead, s->totals.served, s->totals.served_us, s->desks);
}

int64_t edge_queue_wait_last(const struct queue_state *s)
{
    return edge_queue_wait_minutes(s, s->priority_waiting + s->plain_waiting);
}

const struct edge_tickets_waiting_row *edge_queue_next(const struct queue_state *s)
{
    enum edge_turn turn = edge_turn_next(s->row, s->priority_waiting, s->plain_waiting);
    for (size_t i = 0; turn != TURN_NOBODY && i < s->waiting.n; i++)
        if (s->waiting.v[i].priority == (turn == TURN_PRIORITY))
            return &s->waiting.v[i];
    return NULL;
}

int edge_ticket_take(struct tx *tx, struct arena *a, const struct edge_device *d, enum edge_lane lane,
                     struct edge_ticket *out, struct err *e)
{
    struct instant now = tx_now(tx);
    bool priority = lane != LANE_PLAIN;
    struct queue_state s;
    struct edge_ticket_top_row top;
    if (edge_queue_state_read(tx_reader(tx), a, &d->unit, now, &s, e) ||
        edge_ticket_top(tx_reader(tx), a,
                        &(struct edge_ticket_top_in) { .unit = d->unit, .day = s.day, .priority = priority }, &top, e) < 0)
        return -1;
    int64_t before = priority ? s.priority_waiting : s.plain_waiting;
    int64_t ahead = edge_turn_ahead(s.row, priority, before, s.priority_waiting + priority, s.plain_waiting + !priority);
    *out = (struct edge_ticket) { .number = top.top + 1,
                                  .priority = priority,
                                  .text = edge_ticket_text(a, priority, top.top + 1),
                                  .ahead = ahead,
                                  .wait_minutes = edge_queue_wait_minutes(&s, ahead) };
    struct edge_ticket_insert_in in = { .unit = d->unit,
                                        .day = s.day,
                                        .lane = lanes[lane].name,
                                        .number = out->number,
                                        .priority = priority,
                                        .has_device = d->id > 0,
                                        .device = d->id,
                                        .now = now };
    return edge_ticket_insert(tx, &in, &out->id, e);
}
