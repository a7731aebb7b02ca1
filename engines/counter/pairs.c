/* pairs.c: two open cases about one thing, as two offices that were cut off make them, or somebody who filed twice: both are
 * listed side by side for a person to look at. What is decided is said in words and kept; the case that falls away is moved by
 * its own move.
 */
#include "engines/counter/office.h"

#include "gen/counter_pages.h"

static const struct field settle_fields[] = {
    { .name = "one", .type = FIELD_HIDDEN, .required = true, .max = 20 },
    { .name = "other", .type = FIELD_HIDDEN, .required = true, .max = 20 },
    { .name = "words", .type = FIELD_TEXT, .required = true, .min = 5, .max = 300, .label = MSG("Đã xem xét thế nào"),
      .help = MSG("Ví dụ: hai vợ chồng nộp ở hai xã, giữ hồ sơ đầu, hồ sơ sau đã rút") },
    { .name = NULL },
};
const struct form counter_pair_form = { .name = "counter_pair", .fields = settle_fields };

static int own_pairs(struct req *q, struct case_pairs *out, struct err *e)
{
    struct counter_desks all;
    const struct counter_desk *desk;
    struct dbr *r = req_read(q, e);
    return !r || counter_desk_asked(q, &all, &desk, e) || case_pairs_of(r, q->arena, &desk->unit, out, e) ? -1 : 0;
}

int counter_pairs_get(struct req *q, struct res *s, struct err *e)
{
    struct pairs_view v = { .key = req_form_key(q) };
    struct case_pairs pairs;
    if (own_pairs(q, &pairs, e))
        return -1;
    for (size_t i = 0; i < pairs.n; i++) {
        const struct case_pair *p = &pairs.v[i];
        *vec_push(q->arena, &v.lines) = (struct pair_line) { *p, counter_unit_name(q, &p->unit), counter_unit_name(q, &p->other_unit) };
    }
    struct html h = res_html(q, s);
    counter_pairs(&h, &v);
    return 0;
}

struct settling {
    int64_t one, other;
};

int counter_pair_prepare(struct req *q, struct err *e)
{
    struct settling *w = q->work = arena_new(q->arena, struct settling);
    struct case_pairs pairs;
    if (own_pairs(q, &pairs, e))
        return -1;
    if (str_to_i64(req_form(q, "one"), &w->one) && str_to_i64(req_form(q, "other"), &w->other))
        for (size_t i = 0; i < pairs.n; i++)
            if (pairs.v[i].one.id == w->one && pairs.v[i].other.id == w->other)
                return 0;
    return ERR_SAY(e, ERR_CONFLICT, MSGS("Cặp hồ sơ này đã có người giải quyết."), "no such pair");
}

int counter_pair_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct settling *w = q->work;
    struct case_by by = case_by_request(q);
    return case_settle_double(tx, &by, w->one, w->other, req_form(q, "words"), e);
}

int counter_pair_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/counter/pairs"));
}
