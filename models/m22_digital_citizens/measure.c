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

/* One walk for as many days as it can carry. */
static int count_from_register(const struct app *app, struct dbr *r, struct arena *a, const struct day *on, size_t n,
                               struct measure_count *const *out, struct err *e)
{
    struct coverage c[COVERAGE_DAYS_MOST];
    for (size_t at = 0, slice; at < n; at += slice) {
        slice = n - at < COVERAGE_DAYS_MOST ? n - at : COVERAGE_DAYS_MOST;
        if (coverage_count_days(r, a, asset_ages_of(app), on + at, slice, c, e) != 0)
            return -1;
        for (size_t d = 0; d < slice; d++)
            for (int i = 0; i < FIGURES; i++)
                out[at + d][i] = figure(c[d].total.holders[i], c[d].total.people[i]);
    }
    return 0;
}

static int count_days(const struct app *app, struct dbr *r, struct arena *a, const struct day *on, size_t n,
                      struct measure_count *out, struct err *e)
{
    struct day *left = arena_new_array(a, struct day, n);
    struct measure_count **places = arena_new_array(a, struct measure_count *, n);
    size_t n_left = 0;
    if (!asset_ages_of(app))
        return 0;
    for (size_t i = 0; i < n; i++) {
        int got = kept(r, a, on[i], &out[i * FIGURES], e), some = got == 0 ? begun(r, a, on[i], e) : 0;
        if (got < 0 || some < 0)
            return -1;
        if (some) {
            left[n_left] = on[i];
            places[n_left++] = &out[i * FIGURES];
        }
    }
    return count_from_register(app, r, a, left, n_left, places, e);
}

static int count(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct measure_count *out, struct err *e)
{
    for (int i = 0; i < FIGURES; i++)
        out[i] = (struct measure_count) { .numerator = MEASURE_NOTHING };
    return count_days(app, r, a, &on, 1, out, e) == 0 ? 1 : -1;
}

#define PERCENT_OF_ELIGIBLE .plan_model = 22, .unit = MSG("người"), .target = TARGET_PERCENT, .goal = 100

const struct measure digital_measures[] = {
    { .name = "digital_citizens.eid", .what = MSG("Có định danh điện tử mức 2"), .count = count, .count_days = count_days,
      PERCENT_OF_ELIGIBLE },
    { .name = "digital_citizens.payment", .what = MSG("Có tài khoản thanh toán"), PERCENT_OF_ELIGIBLE },
    { .name = "digital_citizens.address", .what = MSG("Có địa chỉ số"), PERCENT_OF_ELIGIBLE },
    { .name = "digital_citizens.signature", .what = MSG("Có chữ ký số"), PERCENT_OF_ELIGIBLE },
    { .name = "digital_citizens.all", .what = MSG("Có đủ mọi điều kiện"), PERCENT_OF_ELIGIBLE },
    { .name = NULL },
};
