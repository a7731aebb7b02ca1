/* parts_test.c: the kiosk's small parts: VietQR, what a session holds, labels of the pack, posts of an outage. */
#include "models/m02_kiosk/held.h"
#include "models/m02_kiosk/replay.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 8u << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static void test_held__opens_with_its_own_token_only(void **state)
{
    struct kiosk_held h = { .name = STR("Nguyễn Văn Demo"), .pid = STR("067090000123"), .born = STR("1990-02-01"), .level = 1,
                            .version = 7, .answers = STR("{\"answers\":{}}"), .code = STR("K7MQ-2XPA-9D") }, back;
    (void)state;
    struct str sealed = kiosk_held_seal(&arena, STR("token-one"), &h);
    assert_true(str_find(sealed, STR("067090000123")) < 0);
    assert_true(kiosk_held_open(&arena, STR("token-one"), sealed, &back));
    assert_true(str_eq(back.name, h.name) && str_eq(back.pid, h.pid) && str_eq(back.answers, h.answers) && back.version == 7);
    assert_false(kiosk_held_open(&arena, STR("token-two"), sealed, &back));
}

static void test_labels__the_source_is_needed(void **state)
{
    struct kiosk_labels l;
    struct err e = { 0 };
    (void)state;
    assert_int_equal(kiosk_labels_read(&arena, STR("key,lang,label,source\n"), &l, &e), 0);
    assert_int_equal(l.n, 0);
    assert_int_equal(kiosk_labels_read(&arena, STR("key,lang,label,source\nticket,xx,abc,\n"), &l, &e), -1);
    assert_non_null(strstr(e.detail, "row 2"));
}

static void test_posts__written_and_read_again(void **state)
{
    struct kiosk_posts p = { .n = 2 }, back;
    (void)state;
    p.v[0] = (struct kiosk_post) { .path = STR("/kiosk/card"), .body = STR("text=067090000123%7C%7CA") };
    p.v[1] = (struct kiosk_post) { .path = STR("/kiosk/check"), .body = STR("_key=1") };
    assert_int_equal(kiosk_posts_read(&arena, kiosk_posts_write(&arena, &p), &back, NULL), 0);
    assert_int_equal(back.n, 2);
    assert_true(str_eq(back.v[0].fields[0].value, STR("067090000123||A")));
    assert_true(str_eq(back.v[1].key, STR("1")) && back.v[1].n_fields == 0);
}

static void posts_refused(const char *text)
{
    struct kiosk_posts back;
    struct err e = { 0 };
    assert_int_equal(kiosk_posts_read(&arena, str_of(text), &back, &e), -1);
    assert_int_equal(e.code, ERR_INPUT);
}

static void test_posts__what_is_none_is_refused(void **state)
{
    (void)state;
    posts_refused("{}");
    posts_refused("{\"posts\":[]}");
    posts_refused("{\"posts\":[{\"path\":\"/admin\",\"body\":\"\"}]}");
    posts_refused("{\"posts\":[{\"path\":\"/kiosk/card\"}]}");
    posts_refused("{\"posts\":[{\"path\":\"/kiosk/card\",\"body\":\"a=%00\"}]}");
    posts_refused("not json");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_held__opens_with_its_own_token_only),
        cmocka_unit_test(test_labels__the_source_is_needed),
        cmocka_unit_test(test_posts__written_and_read_again),
        cmocka_unit_test(test_posts__what_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
