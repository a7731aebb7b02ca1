/* vec.h: typed arrays that grow in an arena.
 *
 *     VEC(struct guest) guests = {0};
 *     struct guest *g = vec_push(a, &guests);     // zeroed new element
 *     for (size_t i = 0; i < guests.n; i++) use(&guests.v[i]);
 *
 * VEC(struct guest) expands to: struct { struct guest *v; size_t n, room; }
 */
#ifndef BON_BASE_VEC_H
#define BON_BASE_VEC_H

#include "base/arena.h"

#define VEC(type)       \
    struct {            \
        type *v;        \
        size_t n, room; \
    }

/* Makes room for one more element of `size` bytes; returns the (perhaps moved) array. */
void *vec_grow(struct arena *a, void *v, size_t n, size_t *room, size_t size);

/* As vec_grow where nothing may jump (inside another library's frames): *room stays as it was when there is no memory. */
void *vec_grow_try(struct arena *a, void *v, size_t n, size_t *room, size_t size);

/* The new element, zeroed, or NULL. */
#define vec_try(a, vec)                                                                              \
    ((vec)->v = vec_grow_try((a), (vec)->v, (vec)->n, &(vec)->room, sizeof(*(vec)->v)), \
     (vec)->n < (vec)->room ? &(vec)->v[(vec)->n++] : NULL)

#define vec_push(a, vec) \
    ((vec)->v = vec_grow((a), (vec)->v, (vec)->n, &(vec)->room, sizeof(*(vec)->v)), &(vec)->v[(vec)->n++])

#endif
