/* rollup_json.c: the roll-up for other programs; rollup.schema.json describes it. What nobody measured has no numerator, and is
 * not 0; what nobody claimed has no claim.
 */
#include "engines/plan/board.h"
#include "engines/plan/rollup_paper.h"

#include "base/json.h"

enum { JSON_MAX = 4 << 20 };

static const char *const states[] = { [REPORT_NONE] = "none",
                                      [REPORT_DRAFT] = "draft",
                                      [REPORT_SIGNED] = "signed",
                                      [REPORT_LATE] = "late",
                                      [REPORT_MISSING] = "missing" };
static const char *const targets[] = {
    [TARGET_NONE] = "none", [TARGET_AT_LEAST] = "at_least", [TARGET_PERCENT] = "percent", [TARGET_LEVEL] = "level"
};

/* Absent rather than empty. */
static void put_text(struct json_out *j, const char *key, struct str s)
{
    json_out_str(j, key, s.n ? s : STR_NONE);
}

static void put_agencies(struct json_out *j, struct arena *a, const struct plan_dues *dues)
{
    json_out_array(j, "agencies");
    for (size_t i = 0; i < dues->n; i++) {
        const struct plan_due *due = &dues->v[i];
        json_out_item_object(j);
        json_out_str(j, "code", due->agency.code);
        json_out_int(j, "models", (int64_t)due->models);
        json_out_str(j, "name", due->agency.name);
        if (due->signed_at.us)
            json_out_str(j, "signed_at", instant_iso(a, due->signed_at));
        put_text(j, "signed_by", due->signed_by);
        json_out_str(j, "state", str_of(states[due->state]));
        if (due->report)
            json_out_int(j, "version", due->version);
        json_out_end(j);
    }
    json_out_end(j);
}

static void put_decision(struct json_out *j, struct arena *a, const struct plan_conflict *x)
{
    json_out_object(j, "decision");
    json_out_str(j, "at", instant_iso(a, x->at));
    json_out_str(j, "by", x->by);
    json_out_str(j, "reason", x->reason);
    json_out_str(j, "words", x->words);
    json_out_end(j);
}

static void put_conflicts(struct json_out *j, struct arena *a, const struct plan_conflicts *all)
{
    json_out_array(j, "conflicts");
    for (size_t i = 0; i < all->n; i++) {
        const struct plan_conflict *x = &all->v[i];
        json_out_item_object(j);
        put_text(j, "appendix", x->appendix);
        put_text(j, "body", x->body);
        if (x->decided)
            put_decision(j, a, x);
        json_out_str(j, "field", x->field);
        json_out_int(j, "id", x->id);
        json_out_int(j, "model", x->model);
        put_text(j, "question", x->question);
        json_out_end(j);
    }
    json_out_end(j);
}

static void put_deadline(struct json_out *j, struct arena *a, const struct plan_said *said)
{
    json_out_object(j, "deadline");
    put_text(j, "appendix", said->appendix);
    put_text(j, "body", said->body);
    put_text(j, "counts", said->counts);
    if (said->has_day)
        json_out_str(j, "day", day_iso(a, said->day));
    json_out_bool(j, "disputed", said->disputed);
    json_out_end(j);
}

static void put_numbers(struct json_out *j, struct arena *a, const struct plan_line *l)
{
    json_out_array(j, "numbers");
    for (size_t i = 0; i < l->n_numbers; i++) {
        const struct plan_number *n = &l->numbers[i];
        json_out_item_object(j);
        json_out_bool(j, "counted", n->counted);
        if (n->counted && n->denominator)
            json_out_int(j, "denominator", n->denominator);
        if (n->target != TARGET_NONE)
            json_out_int(j, "goal", n->goal);
        if (n->measure)
            json_out_str(j, "measure", str_of(n->measure->name));
        if (n->counted) {
            json_out_int(j, "numerator", n->numerator);
            json_out_str(j, "on", day_iso(a, n->on));
        }
        json_out_str(j, "target", str_of(targets[n->target]));
        put_text(j, "unit", n->unit);
        put_text(j, "what", n->what);
        json_out_end(j);
    }
    json_out_end(j);
}

static void put_model(struct json_out *j, struct arena *a, const struct plan_line *l)
{
    json_out_item_object(j);
    if (l->claimed)
        json_out_int(j, "claim", l->claim);
    json_out_int(j, "conflicts", (int64_t)l->conflicts);
    put_deadline(j, a, &l->said[PLAN_DEADLINE]);
    put_text(j, "did", l->did);
    if (l->has_gap)
        json_out_int(j, "gap_tenths", l->gap);
    json_out_str(j, "group", l->group);
    json_out_array(j, "leads");
    for (size_t i = 0; i < l->leads.n; i++)
        json_out_item_str(j, l->leads.v[i].code);
    json_out_end(j);
    json_out_str(j, "name", l->name);
    put_text(j, "next", l->next);
    json_out_int(j, "number", l->number);
    put_numbers(j, a, l);
    json_out_str(j, "status", str_of(status_name(l->status)));
    json_out_int(j, "undecided", (int64_t)l->undecided);
    json_out_end(j);
}

int rollup_json(const struct plan_rollup *u, struct arena *a, struct str *out, struct err *e)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, JSON_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    put_agencies(&j, a, &u->dues);
    put_conflicts(&j, a, &u->conflicts);
    json_out_str(&j, "issued", day_iso(a, u->issued));
    json_out_str(&j, "issuer", u->issuer);
    json_out_str(&j, "measured_on", day_iso(a, u->all.on));
    json_out_str(&j, "mode", u->mode);
    json_out_array(&j, "models");
    for (size_t i = 0; i < u->all.n_lines; i++)
        put_model(&j, a, &u->all.lines[i]);
    json_out_end(&j);
    json_out_str(&j, "month", plan_month_iso(a, u->all.month));
    json_out_object(&j, "plan");
    json_out_str(&j, "day", day_iso(a, u->plan_day));
    json_out_str(&j, "number", u->plan_number);
    json_out_end(&j);
    json_out_str(&j, "province", u->province);
    json_out_str(&j, "schema", STR("bon-plan-rollup-1"));
    json_out_end(&j);
    if (b.full)
        return ERR(e, ERR_TOO_LARGE, "the roll-up's JSON is over %d bytes", JSON_MAX);
    *out = buf_str(&b);
    return 0;
}
