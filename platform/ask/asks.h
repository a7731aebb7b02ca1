/* asks.h: several questions under way side by side (ask.h says what a question is). Starting one waits for nothing but the name of a
 * foreign address; asks_turn moves all of them and waits as long as it is told, so a job may leave them under way between its turns.
 * What libcurl holds for them goes with the arenas at the latest: a full one that jumps out in between leaks nothing.
 */
#ifndef BON_PLATFORM_ASKS_H
#define BON_PLATFORM_ASKS_H

#include "platform/ask/ask.h"

struct asks;
struct ask_under_way;

int asks_open(struct arena *a, struct asks **out, struct err *e);
void asks_close(struct asks *s); /* drops every question that is left; NULL-safe, may be called twice */

/* The question is dropped when `a` goes, if it is not over by then. On failure there is nothing to drop. */
int asks_start(struct asks *s, struct arena *a, const struct ask *in, struct ask_under_way **out, struct err *e);
/* Until none is under way, or for at most wait_ms; 0: does what can be done at once. */
int asks_turn(struct asks *s, int wait_ms, struct err *e);

bool ask_came(const struct ask_under_way *w); /* it is over: answered or failed */
bool ask_was_slow(const struct ask_under_way *w); /* it failed because the time was over */
/* Once, when it came: as ask_over_http gives it. Drops it; the answer lives in the arena. */
int ask_take(struct ask_under_way *w, struct ask_answer *out, struct err *e);
void ask_drop(struct ask_under_way *w); /* whatever it has come to; NULL-safe, may be called twice */

#endif
