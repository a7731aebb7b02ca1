/* rollup_book.c: the roll-up as a workbook: models, every number, what agencies wrote, conflicts, who reported; in Vietnamese, as the
 * paper.
 */
#include "engines/plan/rollup_tables.h"

#include "platform/office/sheet.h"

/* ---- models: one row each ---- */

static const struct sheet_column model_columns[] = {
    { STR_INIT("TT"), SHEET_WHOLE, 5 },
    { STR_INIT("Nhóm"), SHEET_TEXT, 6 },
    { STR_INIT("Mô hình"), SHEET_TEXT, 40 },
    { STR_INIT("Cơ quan chủ trì"), SHEET_TEXT, 15 },
    { STR_INIT("Thời hạn"), SHEET_TEXT, 16 },
    { STR_INIT("Ngày đến hạn"), SHEET_DAY, 11 },
    { STR_INIT("Số đo"), SHEET_TEXT, 24 },
    { STR_INIT("Đếm được"), SHEET_WHOLE, 14 },
    { STR_INIT("Trên tổng số"), SHEET_WHOLE, 9 },
    { STR_INIT("Tỷ lệ"), SHEET_PERCENT, 8 },
    { STR_INIT("Mục tiêu"), SHEET_TEXT, 15 },
    { STR_INIT("Cơ quan báo"), SHEET_PERCENT, 9 },
    { STR_INIT("Chênh lệch (điểm %)"), SHEET_DECIMAL, 10 },
    { STR_INIT("Tình trạng"), SHEET_TEXT, 15 },
    { STR_INIT("Chỗ chưa thống nhất"), SHEET_WHOLE, 10 },
};
static const struct sheet_def models = { STR_INIT("Mô hình"), model_columns, sizeof model_columns / sizeof *model_columns };

/* What was counted, over what, and the share; four cells with the goal. */
static void put_number(struct book *b, struct html *h, const struct plan_number *n)
{
    bool counted = n && n->counted;
    if (counted)
        sheet_whole(b, n->numerator);
    else
        sheet_text(b, STR("chưa có số đo"));
    if (counted && n->denominator) {
        sheet_whole(b, n->denominator);
        sheet_percent(b, (double)n->numerator / (double)n->denominator);
    } else {
        sheet_text(b, STR_NONE);
        sheet_text(b, STR_NONE);
    }
    sheet_text(b, goal_words(h, n));
}

static void put_claim(struct book *b, const struct plan_line *l)
{
    if (l->claimed)
        sheet_percent(b, l->claim / 100.0);
    else
        sheet_text(b, STR("chưa báo"));
    if (l->has_gap)
        sheet_decimal(b, l->gap / 10.0);
    else
        sheet_text(b, STR_NONE);
}

static void put_model(struct book *b, struct html *h, const struct plan_line *l)
{
    const struct plan_said *deadline = &l->said[PLAN_DEADLINE];
    const struct plan_number *n = plan_line_number(l);
    sheet_whole(b, l->number);
    sheet_text(b, l->group);
    sheet_text(b, l->name);
    sheet_text(b, agencies_words(h->arena, &l->leads));
    sheet_text(b, deadline->counts);
    if (deadline->has_day)
        sheet_day(b, deadline->day);
    else
        sheet_text(b, STR_NONE);
    sheet_text(b, n ? n->what : STR_NONE);
    put_number(b, h, n);
    put_claim(b, l);
    sheet_text(b, plan_status_label(l->status));
    sheet_whole(b, (int64_t)l->undecided);
    sheet_row_end(b);
}

/* ---- what agencies wrote ---- */

static const struct sheet_column word_columns[] = {
    { STR_INIT("TT"), SHEET_WHOLE, 5 },
    { STR_INIT("Mô hình"), SHEET_TEXT, 36 },
    { STR_INIT("Cơ quan phối hợp"), SHEET_TEXT, 20 },
    { STR_INIT("Đã làm"), SHEET_TEXT, 40 },
    { STR_INIT("Vướng mắc, việc tháng tới"), SHEET_TEXT, 40 },
};
static const struct sheet_def words = { STR_INIT("Nội dung báo cáo"), word_columns,
                                        sizeof word_columns / sizeof *word_columns };

static void put_words(struct book *b, struct html *h, const struct plan_line *l)
{
    sheet_whole(b, l->number);
    sheet_text(b, l->name);
    sheet_text(b, agencies_words(h->arena, &l->partners));
    sheet_text(b, l->did);
    sheet_text(b, l->next);
    sheet_row_end(b);
}

/* ---- every number, also where a model has several ---- */

static const struct sheet_column number_columns[] = {
    { STR_INIT("Mô hình"), SHEET_WHOLE, 9 },   { STR_INIT("Số đo"), SHEET_TEXT, 44 },
    { STR_INIT("Đếm được"), SHEET_WHOLE, 14 }, { STR_INIT("Trên tổng số"), SHEET_WHOLE, 0 },
    { STR_INIT("Tỷ lệ"), SHEET_PERCENT, 0 },   { STR_INIT("Mục tiêu"), SHEET_TEXT, 24 },
    { STR_INIT("Hết ngày"), SHEET_DAY, 0 },    { STR_INIT("Mã số đo"), SHEET_TEXT, 30 },
};
static const struct sheet_def numbers = { STR_INIT("Số đo"), number_columns,
                                          sizeof number_columns / sizeof *number_columns };

static void put_numbers(struct book *b, struct html *h, const struct plan_line *l)
{
    for (size_t i = 0; i < l->n_numbers; i++) {
        const struct plan_number *n = &l->numbers[i];
        sheet_whole(b, l->number);
        sheet_text(b, n->what);
        put_number(b, h, n);
        if (n->counted)
            sheet_day(b, n->on);
        else
            sheet_text(b, STR_NONE);
        sheet_text(b, n->measure ? str_of(n->measure->name) : STR_NONE);
        sheet_row_end(b);
    }
}

/* ---- conflicts, agencies ---- */

static const struct sheet_column conflict_columns[] = {
    { STR_INIT("Mô hình"), SHEET_WHOLE, 9 },
    { STR_INIT("Mục"), SHEET_TEXT, 18 },
    { STR_INIT("Phần II"), SHEET_TEXT, 36 },
    { STR_INIT("Phụ lục"), SHEET_TEXT, 36 },
    { STR_INIT("Điều cần làm rõ"), SHEET_TEXT, 36 },
    { STR_INIT("Quyết định"), SHEET_TEXT, 30 },
    { STR_INIT("Lý do"), SHEET_TEXT, 30 },
    { STR_INIT("Người quyết"), SHEET_TEXT, 20 },
    { STR_INIT("Lúc"), SHEET_MOMENT, 0 },
};
static const struct sheet_def conflicts = { STR_INIT("Chỗ chưa thống nhất"), conflict_columns,
                                            sizeof conflict_columns / sizeof *conflict_columns };

static void put_conflict(struct book *b, const struct plan_conflict *x)
{
    if (x->model)
        sheet_whole(b, x->model);
    else
        sheet_text(b, STR("cả Kế hoạch"));
    sheet_text(b, plan_field_label(x->field));
    sheet_text(b, x->body);
    sheet_text(b, x->appendix);
    sheet_text(b, x->question);
    sheet_text(b, x->decided ? x->words : STR("Chưa có quyết định"));
    if (x->decided) {
        sheet_text(b, x->reason);
        sheet_text(b, x->by);
        sheet_moment(b, x->at);
    }
    sheet_row_end(b);
}

static const struct sheet_column agency_columns[] = {
    { STR_INIT("Mã"), SHEET_TEXT, 14 },         { STR_INIT("Cơ quan"), SHEET_TEXT, 44 },
    { STR_INIT("Số mô hình"), SHEET_WHOLE, 0 }, { STR_INIT("Báo cáo"), SHEET_TEXT, 20 },
    { STR_INIT("Bản"), SHEET_WHOLE, 6 },        { STR_INIT("Ký lúc"), SHEET_MOMENT, 0 },
    { STR_INIT("Người ký"), SHEET_TEXT, 24 },
};
static const struct sheet_def agencies = { STR_INIT("Cơ quan"), agency_columns,
                                           sizeof agency_columns / sizeof *agency_columns };

static void put_agency(struct book *b, const struct plan_due *due)
{
    sheet_text(b, due->agency.code);
    sheet_text(b, due->agency.name);
    sheet_whole(b, (int64_t)due->models);
    sheet_text(b, plan_report_state_label(due->state));
    if (due->report)
        sheet_whole(b, due->version);
    else
        sheet_text(b, STR_NONE);
    if (due->signed_at.us) {
        sheet_moment(b, due->signed_at);
        sheet_text(b, due->signed_by);
    }
    sheet_row_end(b);
}

int rollup_workbook(const struct plan_rollup *u, struct arena *a, struct str *out, struct err *e)
{
    struct html h = paper_words(a);
    struct book *b = book_new(
        a, &(struct book_options) { .format = BOOK_XLSX,
                                    .title = str_fmt(a, "Báo cáo tháng %.*s", STR_ARG(plan_month_vi(a, u->all.month))),
                                    .author = u->issuer,
                                    .made = day_at(u->issued, 0, 0) });
    book_sheet(b, &models);
    for (size_t i = 0; i < u->all.n_lines; i++)
        put_model(b, &h, &u->all.lines[i]);
    book_sheet(b, &numbers);
    for (size_t i = 0; i < u->all.n_lines; i++)
        put_numbers(b, &h, &u->all.lines[i]);
    book_sheet(b, &words);
    for (size_t i = 0; i < u->all.n_lines; i++)
        put_words(b, &h, &u->all.lines[i]);
    book_sheet(b, &conflicts);
    for (size_t i = 0; i < u->conflicts.n; i++)
        put_conflict(b, &u->conflicts.v[i]);
    book_sheet(b, &agencies);
    for (size_t i = 0; i < u->dues.n; i++)
        put_agency(b, &u->dues.v[i]);
    return book_close(b, out, e);
}
