/* statements_test.c: every statement of every module is prepared and explained on the engine of BON_TEST_DB. On SQLite, whose
 * plans do not depend on how full the tables are, a walk over a whole big table is a failure unless it stands below with its reason.
 */
#include "tests/fixture.h"
#include "tests/tap.h"

#include <stdio.h>
#include <string.h>

/* Tables that grow with the province or with the years. */
static const char *const big_tables[] = { "person",
                                          "household",
                                          "residence",
                                          "card",
                                          "stay_guest",
                                          "stay_declaration",
                                          "audit_record",
                                          "audit_seal",
                                          "digital_evidence",
                                          "digital_visit",
                                          "case_record",
                                          "case_answers",
                                          "case_step",
                                          "case_clock",
                                          "case_paper",
                                          "case_letter",
                                          "case_event",
                                          "case_draft",
                                          "payment_order",
                                          "payment_receipt",
                                          "payment_notice",
                                          "payment_settlement",
                                          "notice",
                                          "notice_out",
                                          "notice_contact",
                                          "signon_grant",
                                          "signon_request",
                                          "signon_family",
                                          "signon_code",
                                          "signon_token",
                                          "signon_refresh",
                                          "signon_shown",
                                          "signon_farewell",
                                          "signon_ask",
                                          "signon_salt",
                                          "broker_link",
                                          "broker_session",
                                          "broker_pending",
                                          "broker_spent",
                                          "broker_recheck",
                                          "account_session",
                                          "paper_check",
                                          NULL };

/* Statements that walk over a big table on purpose. */
static const struct {
    const char *statement, *why;
} walks[] = {
    { "people_count", "a gauge of /metrics: counts the entries of the smallest index, 20 ms for a province" },
    { "person_any", "LIMIT 1 inside: looks at one row" },
    { "stay_state_count", "asked by tests only" },
    { "stay_rows_each", "asked by tests only: compares two histories row by row" },
    { "stay_pid_span", "from the newest guest backwards to the first that is no draft" },
    { "residents_all", "a job counts the province when evidence has moved; a page only for a day that was not kept" },
    { "digital_any", "LIMIT 1 inside: looks at one row" },
    { "digital_held_each", "beside residents_all: who holds what on a day" },
    { "digital_person_most", "the last entry of an index" },
    { "case_totals_row", "once a day for the plan office, by a patient job" },
    { "payment_notices_open", "an index of those that nobody has settled, and at most 200 of them" },
    { "register_by_household", "bon seed walks over everyone" },
    { NULL, NULL },
};

static bool may_walk(const char *statement)
{
    for (size_t i = 0; walks[i].statement; i++)
        if (strcmp(walks[i].statement, statement) == 0)
            return true;
    return false;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool next_word(struct str *rest, struct str *word)
{
    size_t from = 0, to;
    while (from < rest->n && !is_word(rest->p[from]))
        from++;
    for (to = from; to < rest->n && is_word(rest->p[to]); to++)
        ;
    *word = str_head(str_from(*rest, from), to - from);
    *rest = str_from(*rest, to);
    return word->n > 0;
}

/* "FROM stay_guest AS g", "JOIN stay_guest g": is `name` what this statement calls that table? */
static bool is_called(struct str sql, const char *table, struct str name)
{
    struct str word;
    if (str_eq(name, str_of(table)))
        return true;
    while (next_word(&sql, &word)) {
        if (!str_eq(word, str_of(table)))
            continue;
        struct str after = sql, alias;
        if (!next_word(&after, &alias))
            return false;
        if (str_eq_nocase(alias, STR("as")))
            next_word(&after, &alias);
        if (str_eq(alias, name))
            return true;
    }
    return false;
}

/* The big table that a line of the plan walks over, or NULL. "SCAN g USING COVERING INDEX …" walks as well. */
static const char *walked(const struct db_stmt *s, struct str line)
{
    struct str name;
    line = str_trim(line);
    if (!str_starts(line, STR("SCAN ")))
        return NULL;
    line = str_from(line, 5);
    if (!next_word(&line, &name))
        return NULL;
    for (const char *const *t = big_tables; *t; t++)
        if (is_called(str_of(s->sql[DB_SQLITE]), *t, name))
            return *t;
    return NULL;
}

/* A row that is asked for by LIMIT 1 from the end of an index is no walk: its plan says SCAN all the same. */
static bool stops_early(const struct db_stmt *s)
{
    struct str sql = str_of(s->sql[DB_SQLITE]);
    return str_find(sql, STR("ORDER BY")) >= 0 && str_find(sql, STR("LIMIT 1")) >= 0 && str_find(sql, STR("WHERE")) < 0;
}

static const char *find_walk(const struct db_stmt *s, struct str plan)
{
    struct str line;
    if (str_find(plan, STR("USE TEMP B-TREE FOR ORDER BY")) < 0 && stops_early(s))
        return NULL;
    while (plan.n > 0 && str_cut(&plan, '\n', &line)) {
        const char *table = walked(s, line);
        if (table)
            return table;
    }
    return NULL;
}

static void check(struct fixture *f, struct tap *t, const struct db_stmt *s)
{
    struct err e = { 0 };
    struct str plan = STR_NONE;
    char why[400];
    bool good = db_explain(f->p.app.db, s, &f->arena, &plan, &e) == 0;
    const char *table = good && db_engine(f->p.app.db) == DB_SQLITE && !may_walk(s->name) ? find_walk(s, plan) : NULL;
    if (table)
        snprintf(why, sizeof(why), "walks over all of %s: %.*s", table, (int)(plan.n < 300 ? plan.n : 300), plan.p);
    else
        snprintf(why, sizeof(why), "%s", e.detail);
    for (char *p = why; *p; p++)
        if (*p == '\n')
            *p = ';';
    tap_case(t, good && !table, why, "%s (%s) is prepared and explained", s->name, s->source);
}

int main(void)
{
    static struct fixture f;
    struct tap t = { 0 };
    fixture_open(&f);
    for (const struct module *const *m = f.p.app.modules; *m; m++)
        for (const struct db_stmt *const *s = (*m)->statements; s && *s; s++)
            check(&f, &t, *s);
    fixture_close(&f);
    return tap_end(&t);
}
