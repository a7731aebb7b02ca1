#include "base/map.h"

enum { ROOM_FIRST = 16 };

void map_init(struct map *m, struct arena *a, uint64_t key0, uint64_t key1)
{
    *m = (struct map) { .arena = a, .key = { key0, key1 } };
}

/* The slot that holds the key, or the empty one where it belongs. There is always an empty one. */
static struct map_slot *slot_for(const struct map *m, struct map_slot *slots, size_t room, struct str key)
{
    size_t at = (size_t)siphash24(m->key[0], m->key[1], key.p, key.n) & (room - 1);
    while (slots[at].value && !str_eq(slots[at].key, key))
        at = (at + 1) & (room - 1);
    return &slots[at];
}

void *map_get(const struct map *m, struct str key)
{
    return m->n ? slot_for(m, m->slots, m->room, key)->value : NULL;
}

static void grow(struct map *m)
{
    size_t room = m->room ? m->room * 2 : ROOM_FIRST;
    struct map_slot *slots = arena_new_array(m->arena, struct map_slot, room);
    for (size_t i = 0; i < m->room; i++)
        if (m->slots[i].value)
            *slot_for(m, slots, room, m->slots[i].key) = m->slots[i];
    m->slots = slots;
    m->room = room;
}

void *map_set(struct map *m, struct str key, void *value)
{
    if (m->n + 1 > m->room / 4 * 3)
        grow(m);
    struct map_slot *s = slot_for(m, m->slots, m->room, key);
    void *before = s->value;
    if (!before)
        m->n++;
    *s = (struct map_slot) { .key = key, .value = value };
    return before;
}
