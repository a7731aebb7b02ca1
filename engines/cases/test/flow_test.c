#include "engines/cases/flow.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* A small flow; each test changes one piece of it. */
#define STATES                                                                                                                       \
    "{'id':'submitted','label':'Mới đăng ký','citizen':'Đã gửi','clock':'none','owner':'one_stop','national':1},"           \
    "{'id':'processing','label':'Đang xử lý','citizen':'Đang giải quyết','clock':'run','owner':'specialist','national':4}," \
    "{'id':'asked','label':'Chờ bổ sung','citizen':'Xin bổ sung','clock':'stop','owner':'citizen','national':5},"              \
    "{'id':'done','label':'Xong','citizen':'Đã có kết quả','clock':'end','owner':'one_stop','national':9}"
#define MOVES                                                                                                         \
    "{'id':'receive','label':'Tiếp "                                                                                \
    "nhận','from':['submitted'],'to':'processing','role':'one_stop','effect':'start','paper':'receipt'},"           \
    "{'id':'ask','label':'Yêu cầu bổ "                                                                           \
    "sung','from':['processing'],'to':'asked','role':'specialist','effect':'stop','paper':'supplement',"              \
    "'reason':true,'once':true},"                                                                                     \
    "{'id':'bring','label':'Nộp bổ sung','from':['asked'],'to':'processing','role':'citizen','effect':'resume'}," \
    "{'id':'finish','label':'Xong','from':['processing'],'to':'done','role':'specialist','effect':'end','paper':'result'}"
#define FLOW(states, moves) "{'name':'small','version':1,'title':'Thử','states':[" states "],'moves':[" moves "]}"

static int setup(void **state)
{
    static struct arena a;
    arena_init(&a, 16u << 20);
    *state = &a;
    return 0;
}

static int teardown(void **state)
{
    arena_release(*state);
    return 0;
}

static int read_flow(struct arena *a, const char *text, struct case_flow *f, struct err *e)
{
    char *json = str_cstr(a, str_of(text));
    for (char *p = json; *p; p++)
        if (*p == '\'')
            *p = '"';
    return case_flow_read(a, STR("small.json"), str_of(json), f, e);
}

static void refused(void **state, const char *text, const char *detail)
{
    struct case_flow f;
    struct err e = { 0 };
    assert_int_equal(read_flow(*state, text, &f, &e), -1);
    assert_string_equal(e.detail, detail);
}

static void test_flow__a_good_one_is_read(void **state)
{
    struct case_flow f;
    struct err e = { 0 };
    if (read_flow(*state, FLOW(STATES, MOVES), &f, &e))
        fail_msg("%s", e.detail);
    assert_int_equal(f.n_states, 4);
    assert_int_equal(f.n_moves, 4);
    const struct case_flow_move *ask = case_move_named(&f, STR("ask"));
    assert_int_equal(ask->stop, CLOCK_STOP_SUPPLEMENT); /* from its paper */
    assert_int_equal(ask->share_days, -1);
    assert_true(case_move_leaves(&f, ask, case_state_named(&f, STR("processing"))));
    assert_false(case_move_leaves(&f, ask, case_state_named(&f, STR("done"))));
}

static void test_flow__an_unknown_key_is_refused_by_name(void **state)
{
    refused(state, FLOW("{'id':'submitted','colour':'red'}," STATES, MOVES),
            "small.json: states[0].colour: is no key of this form");
    refused(state, FLOW(STATES, "{'id':'x','label':'X','from':['nowhere'],'to':'done','role':'one_stop'}," MOVES),
            "small.json: moves[0].from/to: names no state");
    refused(state, FLOW(STATES, "{'id':'x','label':'X','from':['submitted'],'to':'done'}," MOVES),
            "small.json: moves[0].role: is one_stop, specialist, approver or citizen");
}

static void test_flow__a_state_that_nobody_reaches_is_refused(void **state)
{
    refused(state,
            FLOW(STATES ",{'id':'lost','label':'Lạc','citizen':'…','clock':'run','owner':'specialist','national':4}",
                 MOVES ",{'id':'out','label':'Ra','from':['lost'],'to':'done','role':'specialist','effect':'end'}"),
            "flow small: no move leads to this state: lost");
}

static void test_flow__a_state_without_a_way_to_an_end_is_refused(void **state)
{
    refused(state,
            FLOW(STATES ",{'id':'trap','label':'Kẹt','citizen':'…','clock':'run','owner':'specialist','national':4}",
                 MOVES ",{'id':'in','label':'Vào','from':['processing'],'to':'trap','role':'specialist'}"),
            "flow small: from this state no end can be reached: trap");
}

static void test_flow__an_effect_fits_the_clocks(void **state)
{
    refused(state,
            FLOW(STATES, MOVES
                 ",{'id':'x','label':'X','from':['submitted'],'to':'asked','role':'one_stop','effect':'stop','once':true}"),
            "flow small: a move that no clock allows: x");
    refused(
        state,
        FLOW(STATES, MOVES ",{'id':'x','label':'X','from':['processing'],'to':'done','role':'one_stop','effect':'none'}"),
        "flow small: the effect does not fit the clocks of its states: x");
}

static void test_flow__more_papers_may_be_asked_for_only_once(void **state)
{
    refused(state,
            FLOW(STATES, MOVES
                 ",{'id':'again','label':'Nữa','from':['processing'],'to':'asked','role':'specialist','effect':'stop'}"),
            "flow small: more papers are asked for once: again");
}

static void test_flow__ids_are_unique(void **state)
{
    refused(
        state,
        FLOW(STATES, MOVES ",{'id':'ask','label':'X','from':['submitted'],'to':'done','role':'one_stop','effect':'end'}"),
        "flow small: two moves have one id: ask");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flow__a_good_one_is_read),
        cmocka_unit_test(test_flow__an_unknown_key_is_refused_by_name),
        cmocka_unit_test(test_flow__a_state_that_nobody_reaches_is_refused),
        cmocka_unit_test(test_flow__a_state_without_a_way_to_an_end_is_refused),
        cmocka_unit_test(test_flow__an_effect_fits_the_clocks),
        cmocka_unit_test(test_flow__more_papers_may_be_asked_for_only_once),
        cmocka_unit_test(test_flow__ids_are_unique),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
