/* start.c: what the pack says to this engine: hours, calendar, flows, and who carries a function. */
#include "engines/cases/inside.h"

#include "engines/agencies/agencies.h"
#include "platform/crypto/signer.h"

#define RULE_KEY "clock.case."
enum { COMPLAINT_DAYS = 10 }; /* where the pack's line does not say */

struct cases_state *cases_state(const struct app *app)
{
    return *app_engine_slot((struct app *)app, "cases");
}

/* ---- hours ---- */

static bool minute_of(struct str s, int *out)
{
    int64_t h, m;
    struct str rest = s, hours;
    if (!str_cut(&rest, ':', &hours) || !str_to_i64(hours, &h) || rest.n != 2 || !str_to_i64(rest, &m) || h < 0 || h > 23 ||
        m < 0 || m > 59)
        return false;
    *out = (int)(h * 60 + m);
    return true;
}

static bool days_of(struct str s, int *out)
{
    int64_t n;
    if (!str_to_i64(s, &n) || n < 1 || n > 60)
        return false;
    *out = (int)n;
    return true;
}

static bool rule_part(struct str name, struct str value, struct case_rule *r)
{
    if (str_eq(name, STR("late")))
        return minute_of(value, &r->late_minute);
    if (str_eq(name, STR("end")))
        return minute_of(value, &r->end_minute);
    if (str_eq(name, STR("offline")))
        return days_of(value, &r->offline_days);
    if (str_eq(name, STR("complaint")))
        return days_of(value, &r->complaint_days);
    return str_eq(name, STR("soon")) && days_of(value, &r->soon_days);
}

bool case_rule_parse(struct str text, struct case_rule *out)
{
    struct case_rule r = { .complaint_days = COMPLAINT_DAYS };
    struct str part;
    while (str_cut(&text, ',', &part)) {
        struct str value = str_trim(part), name;
        if (!str_cut(&value, ' ', &name) || !rule_part(name, str_trim(value), &r))
            return false;
    }
    if (r.late_minute == 0 || r.end_minute < r.late_minute || r.offline_days == 0 || r.soon_days == 0)
        return false;
    *out = r;
    return true;
}

static int read_rules(struct app *app, struct cases_state *s, struct err *e)
{
    for (size_t i = 0; i < s->conf.n; i++) {
        const struct pack_setting *line = &s->conf.v[i];
        struct case_rule rule;
        struct day from;
        if (!str_starts(line->key, STR(RULE_KEY)))
            continue;
        if (!day_parse_iso(str_from(line->key, sizeof(RULE_KEY) - 1), &from) || !case_rule_parse(line->value, &rule))
            return ERR(e, ERR_INPUT, "pack.conf: %.*s = %.*s", STR_ARG(line->key), STR_ARG(line->value));
        rule.from = from;
        *vec_push(&app->arena, &s->rules) = rule;
    }
    return 0;
}

const struct case_rule *case_rule_on(const struct cases_state *s, struct day d)
{
    static const struct case_rule law = { .late_minute = 15 * 60, .end_minute = 17 * 60, .offline_days = 5, .soon_days = 2,
                                          .complaint_days = COMPLAINT_DAYS };
    const struct case_rule *found = &law;
    for (size_t i = 0; i < s->rules.n; i++)
        if (s->rules.v[i].from.n <= d.n && s->rules.v[i].from.n >= found->from.n)
            found = &s->rules.v[i];
    return found;
}

struct day case_complaint_due(const struct app *app, struct instant at)
{
    const struct cases_state *s = cases_state(app);
    struct day on = instant_day(at);
    return calendar_add(&s->calendar, s->calendar.editions, on, case_rule_on(s, on)->complaint_days);
}

/* ---- who carries a function ---- */

int case_holder(const struct cases_state *s, struct dbr *r, struct arena *a, struct str function, bool of_province,
                struct day on, struct str *agency, struct err *e)
{
    struct agency found;
    struct str name = pack_value_on(&s->conf, str_cstr(a, str_fmt(a, "function.%.*s", STR_ARG(function))), on);
    *agency = STR_NONE;
    if (!of_province) {
        if (str_eq(name, STR("Công an cấp xã")))
            *agency = STR(CASE_COMMUNE_POLICE);
        return 0;
    }
    int got = name.p ? agency_named(r, a, name, on, &found, e) : 0;
    *agency = got == 1 ? found.code : pack_value(&s->conf, "case.otherwise");
    return got < 0 ? -1 : 0;
}

/* ---- the start ---- */

/* "Thành phố Gia Nghĩa" on a paper's date line is "Gia Nghĩa". */
static struct str place_of(struct str capital)
{
    struct str kind = STR("Thành phố ");
    return str_starts(capital, kind) ? str_from(capital, kind.n) : str_or_empty(capital);
}

static int read_dated(struct app *app, const char *name, struct dated_rows *out, struct err *e)
{
    struct str text;
    return pack_file(&app->arena, app->settings.pack_dir, name, &text, e) || dated_read(&app->arena, text, name, out, e) ? -1 : 0;
}

/* A code becomes part of every number of that unit: what no number can carry stops the start. */
static int check_organs(const struct cases_state *s, struct err *e)
{
    for (size_t i = 0; i < s->organs.n; i++)
        if (!case_is_organ(s->organs.v[i].value))
            return ERR(e, ERR_INPUT, "organs.csv: %.*s is no organ's code", STR_ARG(s->organs.v[i].value));
    return 0;
}

static int read_pack(struct app *app, struct cases_state *s, struct err *e)
{
    struct str text;
    if (pack_conf_read(&app->arena, app->settings.pack_dir, &s->conf, e) || read_rules(app, s, e) ||
        pack_file(&app->arena, app->settings.pack_dir, "calendar.csv", &text, e) ||
        calendar_read(&app->arena, text, &s->calendar, e) || read_dated(app, "organs.csv", &s->organs, e) ||
        read_dated(app, "case-forms.csv", &s->forms, e) || check_organs(s, e))
        return -1;
    s->province_name = str_or_empty(pack_value(&s->conf, "province.name"));
    s->capital = place_of(pack_value(&s->conf, "province.capital"));
    if (!unit_code_parse(str_or_empty(pack_value(&s->conf, "province.code")), &s->province))
        return ERR(e, ERR_INPUT, "pack.conf: province.code");
    return case_flows_load(app, s, e);
}

int cases_start(struct app *app, struct err *e)
{
    void **slot = app_engine_slot(app, "cases");
    struct cases_state *s = *slot ? *slot : arena_new(&app->arena, struct cases_state);
    *slot = s;
    if (!app->settings.pack_dir)
        return 0;
    *s = (struct cases_state) { 0 };
    if (app->signer && signer_vault_key(app->signer, &app->arena, STR("cases/follow"), &s->follow_key, e))
        return -1;
    return read_pack(app, s, e);
}

const struct work_calendar *case_calendar(const struct app *app)
{
    return &cases_state(app)->calendar;
}

int case_calendar_edition(const struct app *app)
{
    return cases_state(app)->calendar.editions;
}
