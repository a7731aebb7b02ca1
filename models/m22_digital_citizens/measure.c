/* measure.c: what the plan office shows of row 22, counted as every page counts: the plan asks for 100 % of those who qualify. One look
 * at the register gives all five numbers.
 */
#include "models/m22_digital_citizens/citizens.h"

#include "gen/digital_citizens_queries.h"

/* In the order of the table below, which is that of the assets and then all of them together. */
enum { FIGURES = ASSETS_ + 1 };

static struct measure_count figure(int64_t holders, int64_t people)
{
    return (struct measure_count) { people > 0 ? holders : MEASURE_NOTHING, people };
}

static int asset_of_kind(int64_t kind)
{
    enum asset a;
    return asset_of_bit(kind, &a) ? (int)a : ASSET_ALL;
}

/* A day that was kept costs five rows; any other is counted from the register. */
static int kept(struct dbr *r, struct arena *a, struct day on, struct measure_count *out, struct err *e)
{
    struct digital_coverage_totals_rows rows;
    if (digital_coverage_totals(r, a, &(struct digital_coverage_totals_in) { .on_day = on }, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        out[asset_of_kind(rows.v[i].kind)] = figure(rows.v[i].holders, rows.v[i].people);
    return rows.n > 0;
}

/* Before the first evidence nobody had counted: that is no number, and not zero. */
static int begun(struct dbr *r, struct arena *a, struct day on, struct err *e)
{
    struct digital_evidence_first_row first;
    int got = digital_evidence_first(r, a, &first, e);
    return got == 1 ? first.counts_from.n <= on.n : got;
}

static int count(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct measure_count *out, struct err *e)
{
    struct coverage c;
    if (!asset_ages_of(app))
        return 0;
    for (int i = 0; i < FIGURES; i++)
        out[i] = (struct measure_count) { .numerator = MEASURE_NOTHING };
    int got = kept(r, a, on, out, e);
    if (got != 0)
        return got;
    got = begun(r, a, on, e);
    if (got != 1)
        return got;
    if (coverage_count(r, a, asset_ages_of(app), on, &c, e) != 0)
        return -1;
    for (int i = 0; i < FIGURES; i++)
        out[i] = figure(c.total.holders[i], c.total.people[i]);
    return 1;
}

#define PERCENT_OF_ELIGIBLE .plan_model = 22, .unit = MSG("người"), .target = TARGET_PERCENT, .goal = 100

const struct measure digital_measures[] = {
    { .name = "digital_citizens.eid", .what = MSG("Có định danh điện tử mức 2"), .count = count, PERCENT_OF_ELIGIBLE },
    { .name = "digital_citizens.payment", .what = MSG("Có tài khoản thanh toán"), PERCENT_OF_ELIGIBLE },
    { .name = "digital_citizens.address", .what = MSG("Có địa chỉ số"), PERCENT_OF_ELIGIBLE },
    { .name = "digital_citizens.signature", .what = MSG("Có chữ ký số"), PERCENT_OF_ELIGIBLE },
    { .name = "digital_citizens.all", .what = MSG("Có đủ mọi điều kiện"), PERCENT_OF_ELIGIBLE },
    { .name = NULL },
};
