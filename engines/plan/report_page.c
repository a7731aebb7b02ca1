/* report_page.c: an agency's monthly report on the screen: numbers stand, words and the claim are written. */
#include "engines/plan/pages.h"

#include "gen/plan_pages.h"

#include <string.h>

enum { WORDS_MAX = 4000, ROW_WORDS_MAX = 1500, CLAIM_TOP = 100 };

static const struct field report_fields[] = {
    { .name = "edit", .type = FIELD_INT, .required = true, .min = 1, .max = 1000000, .label = MSG("Lần ghi") },
    { .name = "words", .type = FIELD_LINES, .max = WORDS_MAX, .label = MSG("Tình hình chung, kiến nghị") },
    { .name = "model", .type = FIELD_INT, .many = true, .min = 1, .max = 999, .label = MSG("Mô hình") },
    { .name = "numbers", .type = FIELD_TEXT, .many = true, .max = 2000, .label = MSG("Số đo") },
    { .name = "claim",
      .type = FIELD_INT,
      .many = true,
      .min = 0,
      .max = CLAIM_TOP,
      .label = MSG("Tự đánh giá mức hoàn thành (%)") },
    { .name = "did", .type = FIELD_LINES, .many = true, .max = ROW_WORDS_MAX, .label = MSG("Đã làm") },
    { .name = "next", .type = FIELD_LINES, .many = true, .max = ROW_WORDS_MAX, .label = MSG("Vướng mắc, việc tháng tới") },
    { .name = NULL },
};
const struct form report_form = { .name = "plan_report", .fields = report_fields, .max_body = 512 * 1024 };

static const struct field sign_fields[] = {
    { .name = "edit", .type = FIELD_INT, .required = true, .min = 1, .max = 1000000, .label = MSG("Lần ghi") },
    { .name = NULL },
};
const struct form sign_form = { .name = "plan_sign", .fields = sign_fields };

static const struct field correct_fields[] = {
    { .name = "reason",
      .type = FIELD_LINES,
      .required = true,
      .min = 5,
      .max = 500,
      .label = MSG("Lý do đính chính"),
      .help = MSG("Lý do đi cùng bản mới; bản đã ký vẫn còn nguyên.") },
    { .name = NULL },
};
const struct form correct_form = { .name = "plan_correct", .fields = correct_fields };


/* ---- showing ---- */

static struct report_shown_row row_shown(struct req *q, const struct report *x, size_t i)
{
    const struct report_row *row = &x->rows[i];
    struct report_shown_row s = { .row = *row,
                                  .claim = row->has_claim ? str_fmt(q->arena, "%d", row->claim) : STR(""),
                                  .did = row->did,
                                  .next = row->next,
                                  .numbers = report_numbers_text(q->arena, row) };
    s.shown = arena_new_array(q->arena, struct plan_number, row->n_numbers);
    s.n_shown = row->n_numbers;
    for (size_t k = 0; k < row->n_numbers; k++)
        s.shown[k] = number_of_report(&row->numbers[k], x->head.measured);
    return s;
}

/* After a refusal everything stands as it was typed. */
static void put_typed(struct req *q, struct report_view *v)
{
    if (!q->refused || !req_form(q, "edit").n)
        return;
    v->words = req_form(q, "words");
    for (size_t i = 0; i < v->n; i++) {
        int64_t model;
        for (size_t k = 0; str_to_i64(req_form_nth(q, "model", k), &model); k++) {
            if (model != v->rows[i].row.model)
                continue;
            v->rows[i].claim = req_form_nth(q, "claim", k);
            v->rows[i].did = req_form_nth(q, "did", k);
            v->rows[i].next = req_form_nth(q, "next", k);
        }
    }
}

static enum plan_report_state state_of(const struct report *x)
{
    if (!x->head.has_signed_at)
        return REPORT_DRAFT;
    return x->head.late ? REPORT_LATE : REPORT_SIGNED;
}

static int load_view(struct req *q, int64_t id, struct report_view *v, struct err *e)
{
    struct dbr *r = req_read(q, e);
    int got = r ? report_load(q->app, r, q->arena, id, &v->x, e) : -1;
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR(e, ERR_NOT_FOUND, "report %lld", (long long)id);
    struct plan_report_versions_in which = { .month = v->x.head.month, .agency = v->x.head.agency };
    if (plan_report_versions(r, q->arena, &which, &v->versions, e))
        return -1;
    v->rows = arena_new_array(q->arena, struct report_shown_row, v->x.n);
    v->n = v->x.n;
    for (size_t i = 0; i < v->n; i++)
        v->rows[i] = row_shown(q, &v->x, i);
    bool own = req_may_agency(q, PLAN_REPORT_MAY, v->x.head.agency) != NULL, open = !v->x.head.has_closed_at;
    v->words = v->x.head.words;
    v->state = state_of(&v->x);
    v->newest = v->versions.n ? v->versions.v[0].id : id;
    v->may_edit = own && open && !v->x.head.has_signed_at;
    v->may_correct = own && open && v->x.head.has_signed_at && v->newest == id;
    v->ignored = str_eq(req_query(q, "kept"), STR("1"));
    v->key = req_form_key(q);
    put_typed(q, v);
    return 0;
}

int report_get(struct req *q, struct res *s, struct err *e)
{
    int64_t id;
    struct report_view v;
    memset(&v, 0, sizeof(v));
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "report id");
    if (load_view(q, id, &v, e))
        return -1;
    struct html h = res_html(q, s);
    report_page(&h, &v);
    return 0;
}

/* ---- saving ---- */

static int own_report(struct req *q, int64_t *id, struct err *e)
{
    struct plan_report_by_id_row head;
    struct dbr *r = req_read(q, e);
    if (!req_param_id(q, "id", id))
        return ERR(e, ERR_NOT_FOUND, "report id");
    int got = r ? plan_report_by_id(r, q->arena, &(struct plan_report_by_id_in) { .id = *id }, &head, e) : -1;
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR(e, ERR_NOT_FOUND, "report %lld", (long long)*id);
    return refuse_other_agency(q, PLAN_REPORT_MAY, head.agency, e);
}

int report_prepare(struct req *q, struct err *e)
{
    struct report_edit *in = arena_new(q->arena, struct report_edit);
    VEC(struct report_edit_row) rows = { 0 };
    int64_t model, claim;
    if (own_report(q, &in->report, e))
        return -1;
    for (size_t i = 0; str_to_i64(req_form_nth(q, "model", i), &model); i++) {
        bool claimed = str_to_i64(req_form_nth(q, "claim", i), &claim);
        *vec_push(q->arena, &rows) = (struct report_edit_row) { .model = model,
                                                                .has_claim = claimed,
                                                                .claim = claimed ? (int)claim : 0,
                                                                .did = req_form_nth(q, "did", i),
                                                                .next = req_form_nth(q, "next", i),
                                                                .numbers = req_form_nth(q, "numbers", i) };
    }
    in->edit = req_form_int(q, "edit");
    in->words = str_or_empty(req_form(q, "words"));
    in->rows = rows.v;
    in->n = rows.n;
    q->work = in;
    return 0;
}

int report_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t ignored;
    const struct report_edit *in = q->work;
    struct audit_record by = audit_of(q, STR("plan.report_saved"));
    if (report_save(q->app, tx, q->arena, in, &by, &ignored, e))
        return -1;
    req_outcome(q, str_fmt(q->arena, "%lld%s", (long long)in->report, ignored ? "?kept=1" : ""));
    return 0;
}

int report_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/plan/reports/%.*s", STR_ARG(q->outcome)));
}

/* ---- signing, correcting ---- */

int sign_prepare(struct req *q, struct err *e)
{
    int64_t *id = arena_new(q->arena, int64_t);
    q->work = id;
    return own_report(q, id, e);
}

int sign_write(struct req *q, struct tx *tx, struct err *e)
{
    const int64_t *id = q->work;
    struct audit_record by = audit_of(q, STR("plan.report_signed"));
    req_outcome(q, str_fmt(q->arena, "%lld", (long long)*id));
    return report_sign(q->app, tx, q->arena, *id, req_form_int(q, "edit"), &by, e);
}

int correct_prepare(struct req *q, struct err *e)
{
    return sign_prepare(q, e);
}

int correct_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t fresh;
    const int64_t *id = q->work;
    struct audit_record by = audit_of(q, STR("plan.report_corrected"));
    if (report_correct(q->app, tx, q->arena, *id, req_form(q, "reason"), &by, &fresh, e))
        return -1;
    req_outcome(q, str_fmt(q->arena, "%lld", (long long)fresh));
    return 0;
}

/* ---- what a signature stands for, to take away ---- */

static int signed_report(struct req *q, struct report *x, struct err *e)
{
    int64_t id;
    struct dbr *r = req_read(q, e);
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "report id");
    int got = r ? report_load(q->app, r, q->arena, id, x, e) : -1;
    if (got < 0)
        return -1;
    return got == 1 && x->head.has_audit ? 0 : ERR(e, ERR_NOT_FOUND, "no signed report %lld", (long long)id);
}

int report_evidence(struct req *q, struct res *s, struct err *e)
{
    struct report x;
    struct str json;
    if (signed_report(q, &x, e))
        return -1;
    int got = audit_evidence(req_read(q, e), q->signer, q->arena, x.head.audit, &json, e);
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR_SAY(e, ERR_BUSY, MSGS("Nhật ký đang niêm phong bản ghi này. Xin thử lại sau một giây."),
                       "not sealed yet");
    return res_text(s, "application/json; charset=utf-8", json);
}

int report_text_get(struct req *q, struct res *s, struct err *e)
{
    struct report x;
    if (signed_report(q, &x, e))
        return -1;
    return res_text(s, "application/json; charset=utf-8", report_text(q->arena, &x));
}
