/* The rooms that pages are written into: lent for as long as a request lasts, and left by a page that outgrows its own. */
#include "platform/http/rooms.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static void test_rooms__one_is_used_again_once_its_request_is_over(void **state)
{
    (void)state;
    struct rooms rooms;
    struct arena first, second;
    rooms_init(&rooms);
    arena_init(&first, 1 << 20);
    arena_init(&second, 1 << 20);
    char *a = rooms_lend(&rooms, &first), *b = rooms_lend(&rooms, &second);
    memset(a, 'a', ROOM_BYTES);
    memset(b, 'b', ROOM_BYTES);
    assert_ptr_not_equal(a, b);
    assert_int_equal(a[ROOM_BYTES - 1], 'a');
    arena_clear(&first);
    assert_ptr_equal(rooms_lend(&rooms, &second), a);
    arena_release(&second);
    arena_release(&first);
    rooms_release(&rooms);
}

static void test_rooms__no_more_are_kept_than_are_worth_it(void **state)
{
    (void)state;
    struct rooms rooms;
    struct arena arena;
    rooms_init(&rooms);
    arena_init(&arena, 1 << 20);
    for (int i = 0; i < 2 * ROOMS_KEPT; i++)
        rooms_lend(&rooms, &arena)[0] = 'x';
    arena_release(&arena);
    int kept = 0;
    for (int i = 0; i < SHARDS; i++)
        kept += rooms.shards[i].n;
    assert_int_equal(kept, ROOMS_KEPT);
    rooms_release(&rooms);
}

static void test_rooms__a_page_that_outgrows_its_room_goes_on_in_the_arena(void **state)
{
    (void)state;
    struct rooms rooms;
    struct arena arena;
    struct buf page;
    rooms_init(&rooms);
    arena_init(&arena, 1 << 20);
    buf_init(&page, &arena, 1 << 18);
    page.p = rooms_lend(&rooms, &arena);
    page.room = ROOM_BYTES;
    for (size_t i = 0; i < 3 * ROOM_BYTES; i++)
        buf_put_char(&page, (char)('a' + i % 26));
    assert_false(page.full);
    assert_int_equal(page.n, 3 * ROOM_BYTES);
    for (size_t i = 0; i < page.n; i++)
        assert_int_equal(page.p[i], 'a' + i % 26);
    arena_release(&arena);
    rooms_release(&rooms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rooms__one_is_used_again_once_its_request_is_over),
        cmocka_unit_test(test_rooms__no_more_are_kept_than_are_worth_it),
        cmocka_unit_test(test_rooms__a_page_that_outgrows_its_room_goes_on_in_the_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
