/* queue.c: lists of cases: what waits for somebody, what is mine, what is searched. */
#include "engines/cases/inside.h"

#include "base/text.h"

enum { LIST_MOST = 200 };

struct case_line case_line_of(const struct cases_state *s, const struct case_listed_row *row, struct instant now)
{
    const struct case_flow *f = case_flow_find(s, row->flow, row->flow_version);
    const struct case_flow_state *state = f ? case_state_named(f, row->state) : NULL;
    bool running = row->clock == CLOCK_RUNNING || row->clock == CLOCK_STANDING;
    return (struct case_line) { .id = row->id,
                                .revision = row->revision,
                                .number = { row->organ, row->day, row->n },
                                .service = row->service,
                                .service_name = row->service_name,
                                .name = row->name,
                                .state_label = state ? state->label : row->state,
                                .officer_name = row->officer_name,
                                .agency = row->agency,
                                .owner = (enum case_owner)row->owner,
                                .unit = row->unit,
                                .made_at = row->made_at,
                                .turn_at = row->turn_at,
                                .due = row->has_due_at ? row->due_at : (struct instant) { 0 },
                                .late = running && row->has_due_at && row->due_at.us < now.us,
                                .has_promise = row->has_promised_on,
                                .clock = (enum clock_state)row->clock,
                                .payment = (enum case_payment)row->payment,
                                .papers_needed = row->papers_needed,
                                .papers_here = row->papers_here };
}

static void list_of(const struct cases_state *s, struct arena *a, const struct case_listed_rows *rows, int most, struct instant now,
                    struct case_list *out)
{
    *out = (struct case_list) { .more = rows->n > (size_t)most };
    out->n = out->more ? (size_t)most : rows->n;
    out->v = arena_new_array(a, struct case_line, out->n);
    for (size_t i = 0; i < out->n; i++)
        out->v[i] = case_line_of(s, &rows->v[i], now);
    if (out->n == 0)
        return;
    out->next_turn = out->v[out->n - 1].turn_at;
    out->next_id = out->v[out->n - 1].id;
}

static int most_of(int most)
{
    return most < 1 ? 1 : most > LIST_MOST ? LIST_MOST : most;
}

/* Held by an agency of the province: its cases lie in many units. */
bool case_ask_of_agency(const struct case_queue_ask *ask)
{
    return ask->agency.n > 0 && !str_eq(ask->agency, STR(CASE_ANY_AGENCY)) && !str_eq(ask->agency, STR(CASE_COMMUNE_POLICE));
}

int case_queue(const struct app *app, struct dbr *r, struct arena *a, const struct case_queue_ask *ask, struct instant now,
               struct case_list *out, struct err *e)
{
    int most = most_of(ask->most);
    struct case_listed_rows rows;
    struct case_queue_unit_in in = { .unit = ask->unit,
                                     .owner = ask->owner,
                                     .after_turn = ask->after_turn,
                                     .after_id = ask->after_id,
                                     .officer = ask->officer,
                                     .due_from = ask->due_from,
                                     .due_before = ask->due_before,
                                     .desk = str_or_empty(ask->agency),
                                     .most = most + 1 };
    struct case_queue_agency_in by = { .agency = ask->agency,
                                       .owner = ask->owner,
                                       .after_turn = ask->after_turn,
                                       .after_id = ask->after_id,
                                       .officer = ask->officer,
                                       .due_from = ask->due_from,
                                       .due_before = ask->due_before,
                                       .most = most + 1 };
    if (case_ask_of_agency(ask) ? case_queue_agency(r, a, &by, &rows, e) : case_queue_unit(r, a, &in, &rows, e))
        return -1;
    list_of(cases_state(app), a, &rows, most, now, out);
    return 0;
}

struct instant case_soon(const struct app *app, struct instant now)
{
    const struct cases_state *s = cases_state(app);
    const struct case_rule *rule = case_rule_on(s, instant_day(now));
    struct day soon = calendar_add(&s->calendar, s->calendar.editions, instant_day(now), rule->soon_days);
    return day_at((struct day) { soon.n + 1 }, 0, 0);
}

int case_queue_counts(const struct app *app, struct dbr *r, struct arena *a, const struct case_queue_ask *ask,
                      struct instant now, struct case_counts *out, struct err *e)
{
    struct instant until = case_soon(app, now);
    struct case_counts_unit_in in = {
        .unit = ask->unit, .owner = ask->owner, .desk = str_or_empty(ask->agency), .now = now, .soon = until
    };
    struct case_counts_agency_in by = { .agency = ask->agency, .owner = ask->owner, .now = now, .soon = until };
    int got = case_ask_of_agency(ask) ? case_counts_agency(r, a, &by, out, e) : case_counts_unit(r, a, &in, out, e);
    return got < 0 ? -1 : 0;
}

int case_own(const struct app *app, struct dbr *r, struct arena *a, int64_t account, const struct pid *pid, int64_t before,
             int most, struct case_list *out, struct err *e)
{
    struct case_listed_rows rows;
    int64_t end = before > 0 ? before : INT64_MAX;
    most = most_of(most);
    struct case_own_pid_in by_pid = { .before = end, .most = most + 1 };
    struct case_own_account_in by_account = { .account = account, .before = end, .most = most + 1 };
    bool has_pid = pid && pid->v[0];
    if (has_pid)
        by_pid.pid = *pid;
    if (has_pid ? case_own_pid(r, a, &by_pid, &rows, e) : case_own_account(r, a, &by_account, &rows, e))
        return -1;
    list_of(cases_state(app), a, &rows, most, app_now(app), out);
    return 0;
}

/* ---- search ---- */

static int search_number(const struct app *app, struct dbr *r, struct arena *a, const struct case_number *n,
                         struct case_list *out, struct err *e)
{
    struct case_id_by_number_row id;
    struct case_listed_rows rows = { 0 };
    int got =
        case_id_by_number(r, a, &(struct case_id_by_number_in) { .organ = n->organ, .day = n->day, .n = n->n }, &id, e);
    if (got < 0 || (got == 1 && case_line_by_id(r, a, &(struct case_line_by_id_in) { .id = id.id }, &rows, e)))
        return -1;
    list_of(cases_state(app), a, &rows, 1, app_now(app), out);
    return 0;
}

/* The first key that does not begin with this one: its last byte one higher (folded keys are ASCII below 0x7f). */
static struct str key_end(struct arena *a, struct str key)
{
    char *p = arena_alloc(a, key.n);
    for (size_t i = 0; i < key.n; i++)
        p[i] = key.p[i];
    p[key.n - 1] = (char)(p[key.n - 1] + 1);
    return (struct str) { p, key.n };
}

static int search_name(const struct app *app, struct dbr *r, struct arena *a, const struct unit_code *unit, struct str text,
                       int most, struct case_list *out, struct err *e)
{
    struct str key = text_fold(a, text);
    struct case_listed_rows rows = { 0 };
    if (key.n >= 2 && (unsigned char)key.p[key.n - 1] < 0x7f && unit_code_str(unit).n > 0) {
        struct case_search_name_in in = { .unit = *unit, .key = key, .end = key_end(a, key), .most = most + 1 };
        if (case_search_name(r, a, &in, &rows, e))
            return -1;
    }
    list_of(cases_state(app), a, &rows, most, app_now(app), out);
    return 0;
}

int case_search(const struct app *app, struct dbr *r, struct arena *a, const struct unit_code *unit, struct str text,
                int most, struct case_list *out, struct err *e)
{
    struct case_number number;
    struct pid pid;
    struct err no_pid = { 0 };
    struct str plain = str_trim(str_head(text, 200));
    if (case_number_parse(a, plain, &number))
        return search_number(app, r, a, &number, out, e);
    if (pid_parse(plain, instant_day(app_now(app)), &pid, &no_pid) == 0)
        return case_own(app, r, a, 0, &pid, 0, most, out, e);
    return search_name(app, r, a, unit, plain, most_of(most), out, e);
}
