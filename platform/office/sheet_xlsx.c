/* sheet_xlsx.c: XLSX through libxlsxwriter. It writes to a name, so the name is that of memory (memfd): nothing personal lies in
 * a directory, nor stays there after a crash. Its rows go through temporary files that it unlinks at once, in $TMPDIR.
 */
#include "platform/office/sheet_inside.h"

#include "base/text.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
    PAPER_A4 = 9,
    SERIAL_EPOCH = 25569, /* 1/1/1970 counted from 30/12/1899 */
    CELL_BYTES = 32767 * 4,
    LINE_POINTS = 15,
    LINES_MAX = 27, /* a row is at most 409 points high */
};

struct xlsx_book {
    int fd;
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_format *head, *cell[SHEET_TYPES_];
    char *text; /* CELL_BYTES + 1: libxlsxwriter wants a NUL behind each text */
};

static const struct {
    const char *format;
    int width;
} types[SHEET_TYPES_] = {
    [SHEET_TEXT] = { "General", 24 }, [SHEET_WHOLE] = { "#,##0", 11 },    [SHEET_DECIMAL] = { "#,##0.##", 12 },
    [SHEET_PERCENT] = { "0.0%", 10 }, [SHEET_DAY] = { "dd/mm/yyyy", 12 }, [SHEET_MOMENT] = { "hh:mm dd/mm/yyyy", 18 },
};

/* ---- opening ---- */

static void set_properties(struct xlsx_book *x, const struct book *b)
{
    lxw_doc_properties p = {
        .title = b->title,
        .author = b->author,
        .created = (time_t)(b->o.made.us / US_PER_SECOND),
    };
    workbook_set_properties(x->workbook, &p);
}

static lxw_format *format_of(lxw_workbook *workbook, const char *number)
{
    lxw_format *f = workbook_add_format(workbook);
    format_set_num_format(f, number);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    format_set_border(f, LXW_BORDER_HAIR);
    return f;
}

static void make_formats(struct xlsx_book *x)
{
    for (int i = 0; i < SHEET_TYPES_; i++)
        x->cell[i] = format_of(x->workbook, types[i].format);
    format_set_text_wrap(x->cell[SHEET_TEXT]);
    x->head = format_of(x->workbook, "General");
    format_set_bold(x->head);
    format_set_text_wrap(x->head);
    format_set_align(x->head, LXW_ALIGN_CENTER);
    format_set_align(x->head, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bg_color(x->head, 0xE8EEF2);
}

static bool open_memory(struct xlsx_book *x)
{
    char name[32];
    x->fd = memfd_create("xlsx", MFD_CLOEXEC);
    if (x->fd < 0)
        return false;
    snprintf(name, sizeof name, "/proc/self/fd/%d", x->fd);
    lxw_workbook_options o = { .constant_memory = LXW_TRUE };
    x->workbook = workbook_new_opt(name, &o);
    return x->workbook != NULL;
}

static void let_go(void *book)
{
    struct xlsx_book *x = book;
    lxw_workbook_free(x->workbook);
    if (x->fd >= 0)
        close(x->fd);
}

int xlsx_book_new(struct book *b)
{
    struct xlsx_book *x = b->xlsx = arena_new(b->arena, struct xlsx_book);
    x->fd = -1;
    x->text = arena_alloc(b->arena, CELL_BYTES + 1);
    arena_defer(b->arena, let_go, x);
    if (!open_memory(x))
        return -1;
    set_properties(x, b);
    make_formats(x);
    return 0;
}

/* ---- rows ---- */

/* The text with a NUL behind it, in the book's own room: one for all cells. */
static const char *ended(struct book *b, struct str s)
{
    if (s.n > CELL_BYTES || (s.n && memchr(s.p, 0, s.n))) {
        book_fail(b, ERR_TOO_LARGE, "a text is too long for a cell");
        s.n = 0;
    }
    if (s.n)
        memcpy(b->xlsx->text, s.p, s.n);
    b->xlsx->text[s.n] = 0;
    return b->xlsx->text;
}

static void set_up_print(struct xlsx_book *x)
{
    worksheet_set_landscape(x->sheet);
    worksheet_set_paper(x->sheet, PAPER_A4);
    worksheet_fit_to_pages(x->sheet, 1, 0);
    worksheet_repeat_rows(x->sheet, 0, 0);
    worksheet_set_margins(x->sheet, 0.6, 0.6, 0.8, 0.8);
    worksheet_set_header(x->sheet, "&L&A");
    worksheet_set_footer(x->sheet, "&C&P/&N");
    worksheet_freeze_panes(x->sheet, 1, 0);
}

/* The arrows in the heading rule over the rows that are there. */
static void finish_sheet(struct book *b, const struct sheet_def *def, size_t rows)
{
    if (b->xlsx->sheet && rows > 1)
        worksheet_autofilter(b->xlsx->sheet, 0, 0, (lxw_row_t)(rows - 1), (lxw_col_t)(def->n - 1));
}

static int width_of(const struct sheet_column *c)
{
    return c->width ? c->width : types[c->type].width;
}

/* Lines that a text takes in its column; a guess by letters, since only a spreadsheet has the typeface. */
static size_t lines_of(const struct sheet_column *c, struct str text)
{
    size_t letters = (size_t)width_of(c) > 2 ? (size_t)width_of(c) - 1 : 1, lines = 0;
    struct str piece;
    while (str_cut(&text, '\n', &piece))
        lines += piece.n ? (text_length(piece) + letters - 1) / letters : 1;
    return lines;
}

/* Excel fits a row to its text when it opens the file, LibreOffice and phones do not. */
void xlsx_book_row_end(struct book *b)
{
    double height = LINE_POINTS * (double)(b->lines < LINES_MAX ? b->lines : LINES_MAX);
    if (b->lines > 1)
        worksheet_set_row(b->xlsx->sheet, (lxw_row_t)b->row, height, NULL);
}

void xlsx_book_sheet(struct book *b, const struct sheet_def *def)
{
    struct xlsx_book *x = b->xlsx;
    if (b->def)
        finish_sheet(b, b->def, b->row);
    x->sheet = workbook_add_worksheet(x->workbook, ended(b, tr(b->o.lang, def->name)));
    if (!x->sheet) {
        book_fail(b, ERR_INTERNAL, "a sheet's name is not one");
        return;
    }
    set_up_print(x);
    for (size_t i = 0; i < def->n; i++) {
        worksheet_set_column(x->sheet, (lxw_col_t)i, (lxw_col_t)i, width_of(&def->columns[i]), NULL);
    }
}

static double serial_of(struct day d)
{
    return (double)d.n + SERIAL_EPOCH;
}

/* Minutes are enough for people; a fraction of a second would print as 59.9999. */
static double serial_of_moment(struct instant t)
{
    struct day d;
    int hour, minute, second;
    instant_local(t, &d, &hour, &minute, &second);
    return serial_of(d) + (hour * 60 + minute) / 1440.0;
}

static lxw_error put_value(struct book *b, const struct sheet_value *v)
{
    struct xlsx_book *x = b->xlsx;
    lxw_row_t row = (lxw_row_t)b->row;
    lxw_col_t column = (lxw_col_t)b->column;
    lxw_format *f = b->row == 0 ? x->head : x->cell[v->type];
    if (v->type == SHEET_TEXT)
        return v->text.n ? worksheet_write_string(x->sheet, row, column, ended(b, v->text), f)
                         : worksheet_write_blank(x->sheet, row, column, f);
    double number = v->type == SHEET_DAY      ? serial_of(v->day)
                    : v->type == SHEET_MOMENT ? serial_of_moment(v->moment)
                                              : v->number;
    if (!isfinite(number))
        return LXW_ERROR_PARAMETER_VALIDATION;
    return worksheet_write_number(x->sheet, row, column, number, f);
}

void xlsx_book_cell(struct book *b, const struct sheet_value *v)
{
    size_t lines = v->type == SHEET_TEXT && v->text.n ? lines_of(&b->def->columns[b->column], v->text) : 1;
    lxw_error failed = put_value(b, v);
    b->lines = lines > b->lines ? lines : b->lines;
    if (failed == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        book_fail(b, ERR_TOO_LARGE, "a text is too long for a cell");
    else if (failed != LXW_NO_ERROR)
        book_fail(b, ERR_INTERNAL, lxw_strerror(failed));
}

/* ---- closing ---- */

static int read_back(struct book *b, struct str *bytes, struct err *e)
{
    struct stat s;
    if (fstat(b->xlsx->fd, &s) || (size_t)s.st_size > b->o.max)
        return ERR(e, ERR_TOO_LARGE, "the workbook is over %zu bytes", b->o.max);
    char *p = arena_try(b->arena, (size_t)s.st_size);
    if (!p)
        return ERR(e, ERR_TOO_LARGE, "no room for a workbook of %lld bytes", (long long)s.st_size);
    if (pread(b->xlsx->fd, p, (size_t)s.st_size, 0) != s.st_size)
        return ERR(e, ERR_INTERNAL, "workbook: %s", strerror(errno));
    *bytes = (struct str) { p, (size_t)s.st_size };
    return 0;
}

int xlsx_book_close(struct book *b, struct str *bytes, struct err *e)
{
    if (b->def)
        finish_sheet(b, b->def, b->row);
    lxw_error failed = workbook_close(b->xlsx->workbook); /* frees it as well */
    b->xlsx->workbook = NULL;
    return failed ? ERR(e, failed == LXW_ERROR_CREATING_TMPFILE ? ERR_DISK_FULL : ERR_INTERNAL, "workbook: %s", lxw_strerror(failed))
                  : read_back(b, bytes, e);
}
