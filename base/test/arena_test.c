#include "base/arena.h"
#include "base/test/check.h"
#include "base/test/full.h"

#include <stdlib.h>
#include <string.h>

static bool all_zero(const unsigned char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i])
            return false;
    return true;
}

static void test_alloc__gives_zeroed_aligned_bytes_that_do_not_overlap(void **state)
{
    unsigned char *before = NULL;
    size_t before_n = 0;
    for (size_t n = 0; n < 3000; n += 7) {
        unsigned char *p = arena_alloc(*state, n);
        assert_int_equal((uintptr_t)p % 16, 0);
        assert_true(all_zero(p, n));
        memset(p, 0xA5, n);
        for (size_t i = 0; i < before_n; i++)
            assert_int_equal(before[i], 0xA5);
        before = p;
        before_n = n;
    }
}

static void test_alloc__of_nothing_gives_a_place_of_its_own(void **state)
{
    void *p = arena_alloc(*state, 0), *q = arena_alloc(*state, 0);
    assert_non_null(p);
    assert_ptr_not_equal(p, q);
}

static void test_clear__gives_the_same_place_again_and_zeroed(void **state)
{
    struct arena *a = *state;
    unsigned char *p = arena_alloc(a, 1000);
    memset(p, 0xFF, 1000);
    arena_alloc(a, 200000); /* more than is kept */
    arena_clear(a);
    assert_int_equal(a->used, 0);
    unsigned char *again = arena_alloc(a, 1000);
    assert_ptr_equal(again, p);
    assert_true(all_zero(again, 1000));
}

static void test_clear__keeps_no_big_first_allocation(void **state)
{
    struct arena *a = *state;
    arena_alloc(a, 1 << 20);
    arena_clear(a);
    memset(arena_alloc(a, 4096), 1, 4096);
    arena_clear(a);
    assert_true(all_zero(arena_alloc(a, 4096), 4096));
}

static void test_clear__keeps_the_chunk_that_the_same_work_fits_in(void **state)
{
    struct arena *a = *state;
    arena_alloc(a, 6 * 1024);
    char *in_second = arena_alloc(a, 3 * 1024);
    arena_clear(a);
    assert_ptr_equal(arena_alloc(a, 6 * 1024), in_second);
    assert_true(all_zero(arena_alloc(a, 3 * 1024), 3 * 1024));
}

static void test_big_piece__leaves_the_current_chunk_in_use(void **state)
{
    struct arena *a = *state;
    arena_alloc(a, 7 * 1024); /* fills the first chunk nearly */
    char *in_second = arena_alloc(a, 3 * 1024);
    arena_alloc(a, 1 << 20);
    char *next = arena_alloc(a, 16);
    assert_true(next > in_second && next < in_second + 16 * 1024);
}

static void test_cap__try_gives_null_and_marks_the_arena(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1024);
    assert_non_null(arena_try(&a, 1000));
    assert_false(a.refused);
    assert_null(arena_try(&a, 100));
    assert_true(a.refused);
    assert_non_null(arena_try(&a, 16));
    arena_release(&a);
}

static void test_cap__alloc_jumps_to_the_owner(void **state)
{
    (void)state;
    static struct arena a;
    jmp_buf back;
    arena_init(&a, 1024);
    a.on_full = &back;
    if (setjmp(back) == 0) {
        arena_alloc(&a, 2000);
        fail_msg("arena_alloc came back although the arena is full");
    }
    assert_true(a.refused);
    arena_release(&a);
}

static void test_array__a_product_that_overflows_is_full(void **state)
{
    struct arena *a = *state;
    jmp_buf back;
    a->on_full = &back;
    if (setjmp(back) == 0) {
        volatile size_t half = SIZE_MAX / 2;
        arena_array(a, half, 3);
        fail_msg("arena_array came back with less than was asked for");
    }
    assert_true(a->refused);
}

static void test_try__sizes_near_the_end_of_size_t_are_refused(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, SIZE_MAX);
    for (size_t less = 0; less < 40; less++) {
        volatile size_t n = SIZE_MAX - less;
        assert_null(arena_try(&a, n));
    }
    arena_release(&a);
}

static void test_grow__stretches_the_newest_allocation_in_place(void **state)
{
    char *p = arena_alloc(*state, 10);
    memcpy(p, "0123456789", 10);
    char *q = arena_grow(*state, p, 10, 5000);
    assert_ptr_equal(p, q);
    assert_memory_equal(q, "0123456789", 10);
    assert_true(all_zero((unsigned char *)q + 10, 4990));
}

static void test_grow__moves_what_has_a_younger_neighbour(void **state)
{
    char *p = arena_alloc(*state, 10);
    memcpy(p, "0123456789", 10);
    char *neighbour = arena_alloc(*state, 10);
    char *q = arena_grow(*state, p, 10, 40);
    memset(q + 10, 'x', 30);
    assert_ptr_not_equal(p, q);
    assert_memory_equal(q, "0123456789", 10);
    assert_true(all_zero((unsigned char *)neighbour, 10));
}

static void test_grow__by_halves_keeps_every_byte(void **state)
{
    unsigned char *p = NULL;
    size_t n = 0;
    while (n < 400000) {
        size_t more = n + n / 2 + 1;
        p = arena_grow(*state, p, n, more);
        for (; n < more; n++) {
            assert_int_equal(p[n], 0);
            p[n] = (unsigned char)(n * 31);
        }
    }
    for (size_t i = 0; i < n; i++)
        assert_int_equal(p[i], (unsigned char)(i * 31));
}

static void test_fault__strikes_the_allocation_it_chooses(void **state)
{
    struct arena *a = *state;
    struct count_down c = { { counts_down }, 3 };
    a->fault = &c.fault;
    assert_non_null(arena_try(a, 8));
    assert_non_null(arena_try(a, 8));
    assert_int_equal(c.left, 1);
    assert_null(arena_try(a, 8));
    assert_non_null(arena_try(a, 8));
}

static void test_fault__survives_clear_and_comes_to_children(void **state)
{
    struct arena *a = *state;
    struct count_down c = { { counts_down }, 3 };
    a->fault = &c.fault;
    arena_clear(a);
    struct arena *child = arena_child(a);
    assert_non_null(arena_try(child, 8));
    assert_null(arena_try(child, 8));
}

/* Deferred things write down that they went. */
static char gone[8], name_a[] = "a", name_b[] = "b", name_c[] = "c";

static void goes(void *name)
{
    size_t n = strlen(gone);
    gone[n] = *(const char *)name;
    gone[n + 1] = '\0';
}

static void test_defer__runs_the_last_first_at_clear_and_at_release(void **state)
{
    struct arena *a = *state;
    gone[0] = 0;
    arena_defer(a, goes, name_a);
    arena_defer(arena_child(a), goes, name_c);
    arena_defer(a, goes, name_b);
    assert_string_equal(gone, "");
    arena_clear(a);
    assert_string_equal(gone, "cba");
    arena_clear(a);
    assert_string_equal(gone, "cba");
    arena_defer(a, goes, name_a);
    arena_release(a);
    assert_string_equal(gone, "cbaa");
}

static void test_defer__without_memory_lets_go_and_jumps(void **state)
{
    struct arena *a = *state;
    jmp_buf full;
    struct count_down c = { { counts_down }, 1 };
    gone[0] = 0;
    a->fault = &c.fault;
    a->on_full = &full;
    if (setjmp(full) == 0) {
        arena_defer(a, goes, name_a);
        fail_msg("it came back");
    }
    a->on_full = NULL;
    assert_string_equal(gone, "a");
    arena_clear(a);
    assert_string_equal(gone, "a");
}

struct filling {
    struct arena *a;
    size_t n;
    bool held_within;
};

static void fills(void *ctx)
{
    struct filling *f = ctx;
    arena_alloc(f->a, f->n);
}

static void fills_twice(void *ctx)
{
    struct filling *f = ctx;
    f->held_within = arena_holds(f->a, fills, f);
    arena_alloc(f->a, f->n);
}

static void test_holds__says_when_it_was_full_and_puts_the_way_back_from_before_in_its_place(void **state)
{
    struct arena *a = *state;
    jmp_buf outer;
    struct filling fits = { a, 16, false }, small = { arena_child(a), 16, false },
                   large = { arena_child(a), 9 << 20, false };
    a->on_full = &outer;
    assert_true(arena_holds(a, fills, &fits));
    assert_true(arena_holds(small.a, fills, &small));
    assert_ptr_equal(a->on_full, &outer);
    assert_false(arena_holds(a, fills, &large));
    assert_ptr_equal(a->on_full, &outer);
    large.held_within = true;
    assert_false(arena_holds(large.a, fills_twice, &large)); /* the inner one has its own, the outer one's is there again */
    assert_false(large.held_within);
    assert_ptr_equal(a->on_full, &outer);
    a->on_full = NULL;
}

static void test_release__may_be_called_twice_and_on_nothing(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 100000);
    arena_alloc(&a, 50000);
    arena_release(&a);
    arena_release(&a);
    arena_release(NULL);
    assert_null(a.chunk);
    assert_non_null(arena_alloc(&a, 10));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_alloc__gives_zeroed_aligned_bytes_that_do_not_overlap),
        in_arena(test_alloc__of_nothing_gives_a_place_of_its_own),
        in_arena(test_clear__gives_the_same_place_again_and_zeroed),
        in_arena(test_clear__keeps_no_big_first_allocation),
        in_arena(test_clear__keeps_the_chunk_that_the_same_work_fits_in),
        in_arena(test_big_piece__leaves_the_current_chunk_in_use),
        in_arena(test_cap__try_gives_null_and_marks_the_arena),
        in_arena(test_cap__alloc_jumps_to_the_owner),
        in_arena(test_array__a_product_that_overflows_is_full),
        in_arena(test_try__sizes_near_the_end_of_size_t_are_refused),
        in_arena(test_grow__stretches_the_newest_allocation_in_place),
        in_arena(test_grow__moves_what_has_a_younger_neighbour),
        in_arena(test_grow__by_halves_keeps_every_byte),
        in_arena(test_fault__strikes_the_allocation_it_chooses),
        in_arena(test_fault__survives_clear_and_comes_to_children),
        in_arena(test_defer__runs_the_last_first_at_clear_and_at_release),
        in_arena(test_defer__without_memory_lets_go_and_jumps),
        in_arena(test_holds__says_when_it_was_full_and_puts_the_way_back_from_before_in_its_place),
        in_arena(test_release__may_be_called_twice_and_on_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
