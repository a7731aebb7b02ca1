/* board_book.c: the board as a list to take along: CSV and XLSX from one definition, the same filter as the page. */
#include "engines/plan/board.h"
#include "platform/office/export.h"

static const struct sheet_column columns[] = {
    { MSG("Mô hình"), SHEET_WHOLE, 9 },
    { MSG("Nhóm"), SHEET_TEXT, 7 },
    { MSG("Tên mô hình"), SHEET_TEXT, 60 },
    { MSG("Cơ quan chủ trì"), SHEET_TEXT, 24 },
    { MSG("Hạn đang dùng"), SHEET_DAY, 0 },
    { MSG("Hạn theo phần II"), SHEET_TEXT, 28 },
    { MSG("Hạn theo phụ lục"), SHEET_TEXT, 22 },
    { MSG("Tình trạng"), SHEET_TEXT, 26 },
    { MSG("Cơ quan báo"), SHEET_PERCENT, 0 },
    { MSG("Đo được so với mục tiêu"), SHEET_PERCENT, 0 },
    { MSG("Số đo"), SHEET_WHOLE, 0 },
    { MSG("Trên tổng số"), SHEET_WHOLE, 0 },
    { MSG("Việc quá hạn"), SHEET_WHOLE, 0 },
};

/* What is not there stays an empty cell: no number is not zero. */
static void put_none(struct book *b)
{
    sheet_text(b, STR_NONE);
}

static void put_due(struct book *b, const struct plan_said *due)
{
    if (due->has_day && !due->disputed)
        sheet_day(b, due->day);
    else
        put_none(b);
    sheet_text(b, due->body);
    sheet_text(b, due->appendix);
}

static void put_numbers(struct book *b, const struct plan_line *l)
{
    const struct plan_number *n = plan_line_number(l);
    bool counted = n && n->counted;
    if (l->claimed)
        sheet_percent(b, l->claim / 100.0);
    else
        put_none(b);
    if (line_counted(l))
        sheet_percent(b, plan_number_progress(n) / 1000.0);
    else
        put_none(b);
    if (counted)
        sheet_whole(b, n->numerator);
    else
        put_none(b);
    if (counted && n->denominator > 0)
        sheet_whole(b, n->denominator);
    else
        put_none(b);
}

static void put_line(struct req *q, struct book *b, const struct plan_line *l)
{
    sheet_whole(b, l->number);
    sheet_text(b, l->group);
    sheet_text(b, l->name);
    sheet_text(b, agencies_words(q->arena, &l->leads));
    put_due(b, &l->said[PLAN_DEADLINE]);
    sheet_text(b, tr(q->lang, plan_status_label(l->status)));
    put_numbers(b, l);
    sheet_whole(b, l->tasks_late);
    sheet_row_end(b);
}

int board_book(struct req *q, struct res *s, const struct board_view *v, struct err *e)
{
    struct book *b = export_begin(q, MSGS("Bảng theo dõi kế hoạch"));
    book_sheet(b, &(struct sheet_def) { MSGS("Mô hình"), columns, sizeof columns / sizeof *columns });
    for (size_t i = 0; i < v->shown.n; i++)
        for (size_t j = 0; j < v->shown.v[i].n; j++)
            put_line(q, b, v->shown.v[i].lines[j]);
    return export_end(q, s, b, str_fmt(q->arena, "bang-theo-doi-%.*s", STR_ARG(day_iso(q->arena, v->all->on))), e);
}

struct str board_file_href(const struct html *h, const struct board_view *v, enum book_format format)
{
    const char *extension = book_extension(format);
    if (v->query.n == 0)
        return str_fmt(h->arena, "/plan/board.%s", extension);
    return str_fmt(h->arena, "/plan/board.%s?%.*s", extension, STR_ARG(v->query));
}
