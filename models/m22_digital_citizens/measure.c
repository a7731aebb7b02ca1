/* measure.c: what the plan office shows of row 22, counted as every page counts: the plan asks for 100 % of those who qualify. */
#include "models/m22_digital_citizens/citizens.h"

#include "gen/digital_citizens_queries.h"

/* A day that was kept costs a row; any other is counted from the register. */
static int kept(struct dbr *r, struct arena *a, struct day on, int asset, struct measure_count *out, struct err *e)
{
    struct digital_coverage_sums_rows rows;
    struct digital_coverage_sums_in in = { .kind = asset == ASSET_ALL ? 0 : asset_bit((enum asset)asset), .first = on, .last = on };
    if (digital_coverage_sums(r, a, &in, &rows, e) != 0)
        return -1;
    if (rows.n == 1)
        *out = (struct measure_count) { rows.v[0].holders, rows.v[0].people };
    return rows.n == 1;
}

/* Before the first evidence nobody had counted: that is no number, and not zero. */
static int begun(struct dbr *r, struct arena *a, struct day on, struct err *e)
{
    struct digital_evidence_first_row first;
    int got = digital_evidence_first(r, a, &first, e);
    return got == 1 ? first.counts_from.n <= on.n : got;
}

static int count_asset(const struct app *app, struct dbr *r, struct arena *a, struct day on, int asset,
                       struct measure_count *out, struct err *e)
{
    struct coverage c;
    if (!asset_ages_of(app))
        return 0;
    int got = kept(r, a, on, asset, out, e);
    if (got != 0)
        return got;
    got = begun(r, a, on, e);
    if (got != 1)
        return got;
    if (coverage_count(r, a, asset_ages_of(app), on, &c, e) != 0)
        return -1;
    if (c.total.people[asset] == 0)
        return 0;
    *out = (struct measure_count) { c.total.holders[asset], c.total.people[asset] };
    return 1;
}

/* One function for each row of the table below: a contract is data, and its functions carry no argument for which one is asked. */
#define COUNT_OF(name, asset)                                                                                  \
    static int name(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct measure_count *out, \
                    struct err *e)                                                                             \
    {                                                                                                          \
        return count_asset(app, r, a, on, asset, out, e);                                                      \
    }
COUNT_OF(count_eid, ASSET_EID)
COUNT_OF(count_payment, ASSET_PAYMENT)
COUNT_OF(count_address, ASSET_ADDRESS)
COUNT_OF(count_signature, ASSET_SIGNATURE)
COUNT_OF(count_all, ASSET_ALL)

#define PERCENT_OF_ELIGIBLE .plan_model = 22, .unit = MSG("người"), .target = TARGET_PERCENT, .goal = 100

const struct measure digital_measures[] = {
    { .name = "digital_citizens.eid", .what = MSG("Có định danh điện tử mức 2"), .count = count_eid, PERCENT_OF_ELIGIBLE },
    { .name = "digital_citizens.payment",
      .what = MSG("Có tài khoản thanh toán"),
      .count = count_payment,
      PERCENT_OF_ELIGIBLE },
    { .name = "digital_citizens.address", .what = MSG("Có địa chỉ số"), .count = count_address, PERCENT_OF_ELIGIBLE },
    { .name = "digital_citizens.signature", .what = MSG("Có chữ ký số"), .count = count_signature, PERCENT_OF_ELIGIBLE },
    { .name = "digital_citizens.all", .what = MSG("Có đủ mọi điều kiện"), .count = count_all, PERCENT_OF_ELIGIBLE },
    { .name = NULL },
};
