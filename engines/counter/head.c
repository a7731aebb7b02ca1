/* head.c: what goes to whoever signs, beside the flow: a case that somebody cannot go on with alone, a complaint that waits. */
#include "engines/counter/inside.h"

static const struct field raise_fields[] = {
    { .name = "reason",
      .type = FIELD_LINES,
      .required = true,
      .max = 1000,
      .label = MSG("Vì sao cần lãnh đạo cho ý kiến"),
      .help = MSG("Lượt xử lý vẫn ở bạn; lãnh đạo trả lời ngay trong hồ sơ này.") },
    { .name = NULL },
};
const struct form counter_raise_form = { .name = "counter_raise", .fields = raise_fields };

static const struct field guide_fields[] = {
    { .name = "answer", .type = FIELD_LINES, .required = true, .max = 1000, .label = MSG("Ý kiến của lãnh đạo") },
    { .name = NULL },
};
const struct form counter_guide_form = { .name = "counter_guide", .fields = guide_fields };

static const struct field complaint_fields[] = {
    { .name = "complaint", .type = FIELD_INT, .required = true, .min = 1, .max = 2000000000 },
    { .name = "answer", .type = FIELD_LINES, .required = true, .max = 2000, .label = MSG("Trả lời người phản ánh") },
    { .name = NULL },
};
const struct form counter_complaint_form = { .name = "counter_complaint", .fields = complaint_fields };

bool counter_may_raise(struct req *q, const struct case_view *c)
{
    return c->open && c->owner != OWNER_CITIZEN && c->owner != OWNER_APPROVER && case_may_work(q, c, c->owner);
}

bool counter_may_guide(struct req *q, const struct case_view *c)
{
    return case_may_work(q, c, OWNER_APPROVER);
}

bool counter_may_answer(struct req *q, const struct case_view *c)
{
    return case_may_work(q, c, OWNER_APPROVER) || case_may_work(q, c, OWNER_ONE_STOP);
}

static int open_act(struct req *q, bool (*may)(struct req *, const struct case_view *), struct err *e)
{
    struct case_view *c = q->work = arena_new(q->arena, struct case_view);
    if (counter_case_find(q, c, e))
        return -1;
    return may(q, c) ? 0 : counter_refuse_elsewhere(e);
}

int counter_raise_prepare(struct req *q, struct err *e)
{
    return open_act(q, counter_may_raise, e);
}

int counter_raise_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct case_view *c = q->work;
    struct case_by by = case_by_request(q);
    return case_raise_to_head(tx, &by, c->id, req_form(q, "reason"), e);
}

int counter_guide_prepare(struct req *q, struct err *e)
{
    return open_act(q, counter_may_guide, e);
}

int counter_guide_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct case_view *c = q->work;
    struct case_by by = case_by_request(q);
    return case_raise_answer(tx, &by, c->id, req_form(q, "answer"), e);
}

int counter_complaint_prepare(struct req *q, struct err *e)
{
    return open_act(q, counter_may_answer, e);
}

int counter_complaint_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct case_view *c = q->work;
    struct case_by by = case_by_request(q);
    return case_answer_complaint(tx, &by, c->id, req_form_int(q, "complaint"), req_form(q, "answer"), e);
}
