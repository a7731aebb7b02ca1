/* book_paper.c: form 06 of TT 01/2018/TT-VPCP as the office keeps it: a paper of A4 with a line for each case, a column to sign in, and the
 * hand of whoever keeps it below, as PDF and as DOCX.
 */
#include "engines/cases/book.h"

#include "base/text.h"
#include "engines/agencies/agencies.h"
#include "platform/office/document.h"

enum { BOOK_LINES_MOST = 1000 };

static const struct table_column columns[] = {
    { STR_INIT("TT"), 6, ALIGN_CENTRE },
    { STR_INIT("Mã hồ sơ"), 31, ALIGN_LEFT },
    { STR_INIT("Tên thủ tục"), 18, ALIGN_LEFT },
    { STR_INIT("Tên cá nhân, tổ chức"), 15, ALIGN_LEFT },
    { STR_INIT("Điện thoại"), 17, ALIGN_LEFT },
    { STR_INIT("Cơ quan chủ trì giải quyết"), 13, ALIGN_LEFT },
    { STR_INIT("Nhận hồ sơ"), 14, ALIGN_CENTRE },
    { STR_INIT("Hẹn trả kết quả"), 14, ALIGN_CENTRE },
    { STR_INIT("Trả kết quả"), 14, ALIGN_CENTRE },
    { STR_INIT("Phương thức nhận kết quả"), 11, ALIGN_LEFT },
    { STR_INIT("Ký nhận"), 10, ALIGN_LEFT },
    { STR_INIT("Ghi chú"), 9, ALIGN_LEFT },
};

int case_book_paper_prepare(struct req *q, struct err *e)
{
    struct case_book_count_row count;
    if (case_book_prepare(q, e))
        return -1;
    struct case_book_rows_in rows = case_book_asked_rows(q->work);
    struct case_book_count_in in = { .unit = rows.unit, .from = rows.from, .until = rows.until };
    struct dbr *r = req_read(q, e);
    if (!r || case_book_count(r, q->arena, &in, &count, e) != 1)
        return -1;
    return count.n <= BOOK_LINES_MOST
               ? 0
               : ERR_SAY(e, ERR_TOO_LARGE, MSGS("Bản in nhận nhiều nhất 1.000 hồ sơ. Xin chọn ít ngày hơn, hoặc tải tệp Excel."),
                         "%lld lines", (long long)count.n);
}

/* ---- lines ---- */

struct writing_book {
    const struct app *app;
    struct dbr *r;
    struct arena *arena;
    struct document *d;
    struct document_table *t;
    struct str place, place_within; /* "Xã Đắk Ru"; within a name "xã Đắk Ru" */
    struct agency_list agencies;
    int64_t n;
};

/* Kinds of units begin with plain letters: Xã, Phường, Thị trấn, Tỉnh. */
static struct str lower_first(struct arena *a, struct str s)
{
    bool capital = s.n > 0 && s.p[0] >= 'A' && s.p[0] <= 'Z';
    return capital ? str_fmt(a, "%c%.*s", s.p[0] - 'A' + 'a', STR_ARG(str_from(s, 1))) : s;
}

/* The commune's own authority, its police, or an agency of the province. */
static struct str holder_name(const struct writing_book *w, struct str agency)
{
    if (agency.n == 0)
        return str_fmt(w->arena, "UBND %.*s", STR_ARG(w->place_within));
    if (str_eq(agency, STR(CASE_COMMUNE_POLICE)))
        return str_fmt(w->arena, "Công an %.*s", STR_ARG(w->place_within));
    for (size_t i = 0; i < w->agencies.n; i++)
        if (str_eq(w->agencies.v[i].code, agency))
            return w->agencies.v[i].name;
    return agency;
}

static struct str when(const struct writing_book *w, bool has, struct instant t)
{
    return has ? instant_vi(w->arena, t) : STR_NONE;
}

static struct str remark(const struct case_book_rows_row *row)
{
    if (row->has_promised_on)
        return STR("Đã xin lỗi và hẹn lại");
    if (!row->has_ended_at || !row->has_on_time)
        return STR_NONE;
    return row->on_time ? STR("Đúng hạn") : STR("Quá hạn");
}

static int put_line(void *ctx, const struct case_book_rows_row *row)
{
    struct writing_book *w = ctx;
    struct arena *a = w->arena;
    struct case_number n = { row->organ, row->day, row->n };
    const struct str cells[] = { str_fmt(a, "%lld", (long long)++w->n),
                                 case_number_str(a, &n),
                                 row->service_name,
                                 row->name,
                                 row->phone,
                                 holder_name(w, str_or_empty(row->agency)),
                                 when(w, row->has_received_at, row->received_at),
                                 when(w, row->has_due_at, row->due_at),
                                 when(w, row->has_result_at, row->result_at),
                                 tr(LANG_VI, case_delivery_label((enum case_delivery)row->delivery)),
                                 STR_NONE,
                                 remark(row) };
    table_row(w->t);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        table_cell(w->t, cells[i].p ? str_dup(a, cells[i]) : STR_NONE); /* the row's text goes with the row */
    return 0;
}

/* ---- the paper ---- */

static void frame(const struct writing_book *w, const struct book_asked *b)
{
    const struct cases_state *s = cases_state(w->app);
    struct arena *a = w->arena;
    struct document *d = w->d;
    document_init(d, a);
    d->above = text_upper(a, str_fmt(a, "UBND %.*s", STR_ARG(w->place)));
    d->agency = STR("BỘ PHẬN TIẾP NHẬN\nVÀ TRẢ KẾT QUẢ");
    d->form = case_form_mark(s, a, STR("book"), b->until);
    d->place = case_date_place(s, w->place);
    d->on = instant_day(app_now(w->app));
    d->kind = STR("SỔ THEO DÕI HỒ SƠ");
    d->about = str_fmt(a, "Từ ngày %.*s đến ngày %.*s", STR_ARG(day_vi(a, b->from)), STR_ARG(day_vi(a, b->until)));
    d->mode = str_eq(str_of(w->app->settings.mode), STR("THẬT")) ? STR_NONE : str_of(w->app->settings.mode);
    d->made = app_now(w->app);
    document_authority(d, STR("NGƯỜI GIỮ SỔ"));
}

int case_book_document(const struct app *app, struct dbr *r, struct arena *a, const struct book_asked *b, struct document *d,
                       struct err *e)
{
    struct writing_book w = { .app = app, .r = r, .arena = a, .d = d };
    struct case_book_rows_in in = case_book_asked_rows(b);
    if (case_place_name(cases_state(app), r, a, &b->unit, b->until, &w.place, e) || agencies_on(r, a, b->until, &w.agencies, e))
        return -1;
    w.place_within = lower_first(a, w.place);
    frame(&w, b);
    document_sideways(d);
    w.t = document_table(d, columns, sizeof columns / sizeof *columns);
    if (case_book_rows(r, a, &in, put_line, &w, e))
        return -1;
    document_paragraph(d, str_fmt(a, "Sổ này có %lld hồ sơ.", (long long)w.n));
    return 0;
}

int case_book_paper_reply(struct req *q, struct res *s, struct err *e)
{
    static const struct {
        const char *end, *type;
        int (*render)(const struct document *d, struct arena *a, struct str *out, struct err *e);
    } kinds[] = { { ".pdf", "application/pdf", document_pdf },
                  { ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", document_docx } };
    const struct book_asked *b = q->work;
    struct document d;
    struct str bytes;
    struct dbr *r = req_read(q, e);
    size_t kind = str_ends(q->path, str_of(kinds[1].end));
    struct str stem = str_fmt(q->arena, "so-theo-doi-ho-so-%.*s%s", STR_ARG(day_iso(q->arena, b->until)), kinds[kind].end);
    if (!r || case_book_document(q->app, r, q->arena, b, &d, e) || kinds[kind].render(&d, q->arena, &bytes, e) ||
        res_download(q, s, kinds[kind].type, stem))
        return -1;
    res_body(q, s, bytes);
    return 0;
}
