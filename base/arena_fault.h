/* arena_fault.h: lets a test make one allocation fail (make torture). Nobody else includes this. */
#ifndef BON_BASE_ARENA_FAULT_H
#define BON_BASE_ARENA_FAULT_H

#include "base/arena.h"

/* The nth allocation from now (1: the next) finds the arena full, once; later ones succeed again. Stretching in place (arena_grow) takes
 * nothing from the system and is not counted. 0 disarms. Survives
 * arena_clear, so that a worker's arena can be armed before the request that shall suffer. */
void arena_fail_at(struct arena *a, unsigned nth);

/* Whether an armed failure has not struck yet: the round in which it is still waiting is the last one needed. */
bool arena_fault_waits(const struct arena *a);

#endif
