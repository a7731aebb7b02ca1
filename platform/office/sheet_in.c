/* sheet_in.c: which format it is, and CSV. */
#include "platform/office/sheet_in_inside.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { ROWS_PRESET = 10000, COLUMNS_PRESET = 64, CELL_PRESET = 32 * 1024 };

static const struct str note_texts[] = {
    [SHEET_MERGED] = MSG("ô gộp: chỉ ô đầu có nội dung"),
    [SHEET_HIDDEN_ROW] = MSG("dòng ẩn, vẫn được đọc"),
    [SHEET_HIDDEN_COLUMN] = MSG("cột ẩn, vẫn được đọc"),
    [SHEET_HIDDEN_SHEET] = MSG("trang tính ẩn, không được đọc"),
};

struct str sheet_note_say(enum sheet_note_kind k)
{
    return note_texts[k];
}

const sheet_notes *sheet_notes_of(const struct sheet_in *s)
{
    return &s->notes;
}

/* Called inside libxml2 too, so nothing jumps; a note that finds no room is one beyond the most. */
void sheet_note(struct sheet_in *s, enum sheet_note_kind kind, struct str at)
{
    char *p = s->notes.n < NOTES_MAX ? arena_try(s->arena, at.n) : NULL;
    struct sheet_note *note = p ? vec_try(s->arena, &s->notes) : NULL;
    if (!note)
        return;
    if (at.n)
        memcpy(p, at.p, at.n);
    *note = (struct sheet_note) { kind, { p, at.n } };
}

struct str sheet_address(struct arena *a, size_t column, int64_t row)
{
    char letters[8];
    size_t at = sizeof letters;
    for (size_t left = column + 1; left && at; left = (left - 1) / 26)
        letters[--at] = (char)('A' + (left - 1) % 26);
    struct str name = { letters + at, sizeof letters - at };
    return row ? str_fmt(a, "%.*s%lld", STR_ARG(name), (long long)row) : str_dup(a, name);
}

/* ---- CSV ---- */

/* Excel of a Vietnamese Windows separates by semicolons, a paste by tabs. The heading tells. */
static char separator_of(struct str text)
{
    struct str line = text, rest = text;
    str_cut(&rest, '\n', &line);
    return str_find_char(line, '\t') >= 0 ? '\t' : str_find_char(line, ';') >= 0 ? ';' : ',';
}

static int open_csv(struct sheet_in *s, struct str bytes, struct err *e)
{
    if (!text_is_utf8(bytes) || memchr(bytes.p, 0, bytes.n))
        return ERR_SAY(e, ERR_INPUT,
                       MSGS("Tệp không phải chữ Unicode (UTF-8). Trong Excel hãy lưu dạng XLSX hoặc CSV UTF-8."),
                       "CSV: not UTF-8");
    s->is_csv = true;
    csv_init(
        &s->csv, bytes,
        &(struct csv_limits) { .separator = separator_of(bytes), .columns = s->limits.columns, .cell = s->limits.cell });
    return 0;
}

static int csv_refusal(const struct sheet_in *s, struct err *e)
{
    if (!e)
        return -1;
    e->say = MSGS("Dòng này không đúng dạng CSV: thừa cột, ô quá dài, hoặc dấu nháy kép chưa đóng. Xin sửa rồi gửi lại.");
    snprintf(e->field, sizeof e->field, "dòng %lld", (long long)s->csv.row);
    return -1;
}

static int next_csv(struct sheet_in *s, struct sheet_row *row, struct err *e)
{
    struct csv_row got = { 0 };
    int more = csv_next(&s->csv, s->row_arena, &got, e);
    if (more <= 0)
        return more < 0 ? csv_refusal(s, e) : 0;
    struct sheet_cell *cell = arena_new_array(s->row_arena, struct sheet_cell, got.n);
    for (size_t i = 0; i < got.n; i++)
        if (got.cell[i].n)
            cell[i] = (struct sheet_cell) { .kind = CELL_TEXT, .text = got.cell[i] };
    *row = (struct sheet_row) { got.number, cell, got.n };
    return 1;
}

/* ---- both ---- */

static int open_xlsx(struct sheet_in *s, struct str bytes, struct err *e)
{
    struct package_limits limits = { .unpacked = s->limits.unpacked };
    xlsx_rows_new(s);
    return package_open(bytes, &limits, &s->package, e) || xlsx_open_book(s, e) || xlsx_rows_open(s, e) ? -1 : 0;
}

static int open_format(struct sheet_in *s, struct str bytes, struct err *e)
{
    if (str_starts(bytes, STR("PK\x03\x04")))
        return open_xlsx(s, bytes, e);
    if (str_starts(bytes, STR("\xD0\xCF\x11\xE0")))
        return ERR_SAY(e, ERR_INPUT,
                       MSGS("Tệp có mật khẩu hoặc thuộc dạng XLS cũ. Xin bỏ mật khẩu, lưu dạng XLSX rồi gửi lại."),
                       "sheet: an OLE compound file");
    return open_csv(s, bytes, e);
}

static void let_go(void *sheet)
{
    const struct sheet_in *s = sheet;
    xlsx_rows_close(s->xlsx);
    package_close(s->package);
}

int sheet_open(struct arena *a, struct str bytes, const struct sheet_limits *limits, struct sheet_in **out, struct err *e)
{
    struct sheet_in *s = arena_new(a, struct sheet_in);
    s->arena = a;
    s->row_arena = arena_child(a);
    if (limits)
        s->limits = *limits;
    s->limits.rows = s->limits.rows ? s->limits.rows : ROWS_PRESET;
    s->limits.columns = s->limits.columns ? s->limits.columns : COLUMNS_PRESET;
    s->limits.cell = s->limits.cell ? s->limits.cell : CELL_PRESET;
    bytes = (struct str) { bytes.p ? bytes.p : "", bytes.n };
    arena_defer(a, let_go, s);
    if (open_format(s, bytes, e))
        return -1;
    *out = s;
    return 0;
}

static int refuse_more_rows(struct sheet_in *s, int64_t at, struct err *e)
{
    ERR_SAY(e, ERR_TOO_LARGE, MSGS("Tệp có nhiều dòng hơn mức được nhận. Xin tách thành các tệp nhỏ hơn."),
            "sheet: more than %lld rows", (long long)s->limits.rows);
    if (e)
        snprintf(e->field, sizeof e->field, "dòng %lld", (long long)at);
    return -1;
}

int sheet_next(struct sheet_in *s, struct sheet_row *row, struct err *e)
{
    struct sheet_row got = { 0 };
    if (s->is_csv)
        arena_clear(s->row_arena);
    int more = s->is_csv ? next_csv(s, &got, e) : xlsx_rows_next(s, &got, e);
    if (more != 1)
        return more;
    if (s->rows == s->limits.rows)
        return refuse_more_rows(s, got.number, e);
    s->rows++;
    *row = got;
    return 1;
}

struct str sheet_text_at(const struct sheet_row *row, size_t at)
{
    return at < row->n ? str_or_empty(row->cell[at].text) : STR("");
}

static int refuse_heading(const char *name, size_t found, struct err *e)
{
    ERR_SAY(e, ERR_INPUT,
            found ? MSGS("Cột này có hai lần trong dòng tiêu đề. Xin bỏ một cột rồi gửi lại.")
                  : MSGS("Thiếu cột này. Xin giữ dòng tiêu đề như trong tệp mẫu."),
            "sheet: column %s stands there %zu times", name, found);
    if (e)
        snprintf(e->field, sizeof e->field, "%s", name);
    return -1;
}

int sheet_columns(struct sheet_in *s, const char *const *names, size_t n, size_t *at, struct err *e)
{
    struct sheet_row head = { 0 };
    if (sheet_next(s, &head, e) < 0)
        return -1;
    for (size_t i = 0; i < n; i++) {
        size_t found = 0;
        for (size_t k = 0; k < head.n; k++) {
            if (!str_eq(str_trim(sheet_text_at(&head, k)), str_of(names[i])))
                continue;
            found++;
            at[i] = k;
        }
        if (found != 1)
            return refuse_heading(names[i], found, e);
    }
    return 0;
}
