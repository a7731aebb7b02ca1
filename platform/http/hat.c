/* hat.c: in which of their capacities somebody acts. A person may be a citizen, an officer, the agent of a company and somebody's parent,
 * each with rights of its own; a session has one of them on. Who has only one never hears of it.
 */
#include "platform/http/inside.h"

bool actor_hat_ended(const struct actor *actor)
{
    return actor->hat_chosen != 0 && !actor->hat;
}

/* What ended is not replaced silently, not even by the only one left: an act meant for a company would become its owner's own. */
bool actor_must_choose_hat(const struct actor *actor)
{
    return !actor->hat && (actor_hat_ended(actor) ? actor->n_hats > 0 : actor->n_hats > 1 && actor->n_grants == 0);
}

struct str hat_url(struct req *q, struct str next)
{
    struct buf b;
    buf_init(&b, q->arena, LIMIT_URL * 4);
    struct html h = { .out = &b, .arena = q->arena };
    buf_lit(&b, "/hats?next=");
    html_query(&h, is_own_path(next) ? next : STR("/home"));
    return buf_str(&b);
}
