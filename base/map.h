/* map.h: text -> pointer, open addressing, in an arena. Keys are borrowed: they must live as long as the map.
 * The hash is SipHash-2-4 under the map's own key, so that hostile keys cannot be made to collide.
 */
#ifndef BON_BASE_MAP_H
#define BON_BASE_MAP_H

#include "base/str.h"

struct map_slot {
    struct str key;
    void *value; /* NULL: the slot is empty */
};

struct map {
    struct map_slot *slots;
    size_t n, room;
    uint64_t key[2];
    struct arena *arena;
};

void map_init(struct map *m, struct arena *a, uint64_t key0, uint64_t key1);
void *map_get(const struct map *m, struct str key);
/* value must not be NULL. Returns the value that stood there before, or NULL. */
void *map_set(struct map *m, struct str key, void *value);

uint64_t siphash24(uint64_t key0, uint64_t key1, const void *bytes, size_t n);

#endif
