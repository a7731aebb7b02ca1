/* source.c: what a source of papers' data answers about one person. What is taken is canonical, speaks of that person, and reads the
 * same again; a refusal has a code and leaves the result untouched.
 */
#include "engines/sources/inside.h"

#include "fuzz/fuzz.h"

static const char question[] =
    "{\"about\":{\"born\":\"1990-02-01\",\"name\":\"Nguyễn Văn Demo\",\"pid\":\"067090000123\"},"
    "\"members\":[\"map_no\",\"name\",\"plot_no\"],\"paper\":\"own_home\",\"service\":\"DVC04\",\"system\":\"datdai\"}";

void fuzz_start(void)
{
}

void fuzz_one(struct arena *a, struct str input)
{
    struct source_question q;
    struct source_answer out = { .mode = STR("as before") }, again;
    struct err e = { 0 };
    struct instant now;
    ASSERT(instant_parse(STR("2026-11-23T13:00:00Z"), &now) && source_question_read(a, str_of(question), &q));
    if (source_answer_read(a, input, &q, now, &out, &e) != 0) {
        ASSERT((e.code == ERR_SOURCE || e.code == ERR_CONFLICT) && e.detail[0]);
        ASSERT(str_eq(out.mode, STR("as before")) && out.body.n == 0);
        return;
    }
    ASSERT(str_find(out.body, STR("\"pid\":\"067090000123\"")) > 0);
    ASSERT(source_answer_read(a, out.body, &q, now, &again, &e) == 0);
    ASSERT(str_eq(again.body, out.body) && str_eq(again.mode, out.mode) && again.as_of.us == out.as_of.us);
}
