#include "base/vec.h"

#include <stdint.h>
#include <string.h>

enum { ROOM_FIRST = 8 };

void *vec_grow(struct arena *a, void *v, size_t n, size_t *room, size_t size)
{
    if (n < *room) {
        /* A vector that was cut short (n lowered) may hold an old element here. */
        memset((char *)v + n * size, 0, size);
        return v;
    }
    size_t want = *room ? *room * 2 : ROOM_FIRST, bytes;
    if (__builtin_mul_overflow(want, size, &bytes) || want < *room)
        return arena_array(a, SIZE_MAX, SIZE_MAX); /* full: does not return */
    v = arena_grow(a, v, *room * size, bytes);
    *room = want;
    return v;
}

void *vec_grow_try(struct arena *a, void *v, size_t n, size_t *room, size_t size)
{
    if (n < *room) {
        memset((char *)v + n * size, 0, size);
        return v;
    }
    size_t want = *room ? *room * 2 : ROOM_FIRST, bytes;
    if (__builtin_mul_overflow(want, size, &bytes) || want < *room)
        return v;
    void *grown = arena_try(a, bytes);
    if (!grown)
        return v;
    if (n)
        memcpy(grown, v, n * size);
    *room = want;
    return grown;
}
