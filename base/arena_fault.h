/* arena_fault.h: lets a test make allocations fail (make torture). Nobody else includes this. */
#ifndef BON_BASE_ARENA_FAULT_H
#define BON_BASE_ARENA_FAULT_H

#include "base/arena.h"

/* arena.fault, when there is one, is asked at each allocation, in the thread and on the stack of who allocates: true lets it find the
 * arena full. Stretching in place (arena_grow) takes nothing from the system and is not asked about. It survives arena_clear, so that
 * a worker's arena can be armed before the request that shall suffer, and children have their parent's. */
struct arena_fault {
    bool (*strikes)(struct arena_fault *f);
};

#endif
