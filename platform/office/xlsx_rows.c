/* xlsx_rows.c: one sheet, a piece at a time. A row under way lives in an arena of its own; when its end comes it is copied to
 * those that wait, and what waits is given before more is parsed. So memory is that of one piece, however long the sheet.
 */
#include "platform/office/sheet_in_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 4096, GRID_ROWS = 1048576 };

enum inside { IN_NOTHING, IN_VALUE, IN_INLINE };

struct open_cell {
    size_t column;
    char type; /* first letter of t: s shared, i inline, b truth, e error, d day in ISO, n number; S: a text ("str") */
    bool day_style;
    size_t n; /* bytes of text so far */
};

struct xlsx_rows {
    struct sheet_in *s;
    struct xml *xml;
    struct arena *open_arena;
    char *text; /* of the cell under way: room for the longest */
    bool in_data, in_row, in_cell, in_phonetic, ended;
    enum inside inside;
    struct open_cell cell;
    struct sheet_row row; /* under way */
    size_t next_column;   /* the least place of the next cell */
    int64_t last_row;
    VEC(struct sheet_row) waiting; /* in row_arena */
    size_t given;
};

/* ---- refusals, from inside libxml2 ---- */

static void no_room(struct xlsx_rows *r)
{
    xml_refuse(r->xml, ERR_TOO_LARGE, NULL, MSGS("Tệp bung ra quá lớn nên không được mở. Xin tách thành các tệp nhỏ hơn."),
               "sheet: no room");
}

static void refuse_at(struct xlsx_rows *r, enum err_code code, size_t column, struct str say, const char *detail)
{
    char letters[4], place[32];
    size_t at = sizeof letters;
    for (size_t left = column + 1; left && at; left = (left - 1) / 26)
        letters[--at] = (char)('A' + (left - 1) % 26);
    snprintf(place, sizeof place, "%.*s%lld", (int)(sizeof letters - at), letters + at, (long long)r->row.number);
    xml_refuse(r->xml, code, place, say, detail);
}

static void refuse_shape(struct xlsx_rows *r, const char *detail)
{
    xml_refuse(r->xml, ERR_INPUT, NULL, MSGS("Tệp có cấu trúc lạ nên không được đọc."), detail);
}

/* ---- rows ---- */

static void start_row(struct xlsx_rows *r, const struct xml_attributes *attributes)
{
    int64_t number = r->last_row + 1;
    struct str given = xml_attribute(attributes, "r");
    if (given.p && !str_to_i64(given, &number))
        number = 0;
    if (number <= r->last_row || number > GRID_ROWS) {
        refuse_shape(r, "XLSX: rows out of order");
        return;
    }
    arena_clear(r->open_arena);
    r->row = (struct sheet_row) { .number = number };
    r->last_row = number;
    r->next_column = 0;
    r->in_row = true;
    if (xlsx_true(xml_attribute(attributes, "hidden"))) {
        char at[32];
        snprintf(at, sizeof at, "dòng %lld", (long long)number);
        sheet_note(r->s, SHEET_HIDDEN_ROW, str_of(at));
    }
}

static bool copy_text(struct arena *a, struct str *s)
{
    char *p = arena_try(a, s->n);
    if (p && s->n)
        memcpy(p, s->p, s->n);
    s->p = p;
    return p != NULL;
}

static void end_row(struct xlsx_rows *r)
{
    r->in_row = false;
    if (!r->row.cell)
        return; /* only styles, nothing in it */
    struct sheet_row *kept = vec_try(r->s->row_arena, &r->waiting);
    struct sheet_cell *cells = arena_try(r->s->row_arena, r->row.n * sizeof *cells);
    if (!kept || !cells) {
        no_room(r);
        return;
    }
    memcpy(cells, r->row.cell, r->row.n * sizeof *cells);
    for (size_t i = 0; i < r->row.n; i++)
        if (cells[i].text.p && !copy_text(r->s->row_arena, &cells[i].text))
            no_room(r);
    *kept = (struct sheet_row) { r->row.number, cells, r->row.n };
}

/* ---- cells ---- */

static char type_of(struct str t)
{
    return !t.p ? 'n' : str_eq(t, STR("str")) ? 'S' : t.n ? t.p[0] : 'n';
}

static void start_cell(struct xlsx_rows *r, const struct xml_attributes *attributes)
{
    struct str address = xml_attribute(attributes, "r");
    int64_t row = r->row.number, style = 0;
    size_t column = r->next_column;
    if (address.p && (!xlsx_address_parse(address, &column, &row) || row != r->row.number || column < r->next_column)) {
        refuse_shape(r, "XLSX: cells out of order");
        return;
    }
    str_to_i64(xml_attribute(attributes, "s"), &style);
    r->next_column = column + 1;
    r->in_cell = true;
    r->cell = (struct open_cell) { .column = column, .type = type_of(xml_attribute(attributes, "t")) };
    if (style >= 0 && (size_t)style < r->s->book.day_styles.n)
        r->cell.day_style = r->s->book.day_styles.v[style];
}

/* The place for a cell with something in it; NULL once refused. */
static struct sheet_cell *place_cell(struct xlsx_rows *r)
{
    size_t most = r->s->limits.columns;
    if (r->cell.column >= most) {
        refuse_at(r, ERR_TOO_LARGE, r->cell.column,
                  MSGS("Trang tính có nhiều cột hơn mức được nhận. Xin xoá các cột thừa rồi gửi lại."),
                  "sheet: too many columns");
        return NULL;
    }
    if (!r->row.cell) {
        r->row.cell = arena_try(r->open_arena, most * sizeof *r->row.cell);
        if (!r->row.cell) {
            no_room(r);
            return NULL;
        }
    }
    r->row.n = r->cell.column + 1;
    return &r->row.cell[r->cell.column];
}

static void settle_text(struct xlsx_rows *r, struct str text)
{
    struct sheet_cell *c = text.n ? place_cell(r) : NULL;
    if (!c)
        return;
    c->kind = CELL_TEXT;
    c->text = text;
    if (!copy_text(r->open_arena, &c->text) || !xlsx_unescape(r->open_arena, c->text, &c->text))
        no_room(r);
}

static void settle_shared(struct xlsx_rows *r, struct str text)
{
    int64_t i = -1;
    if (!str_to_i64(text, &i) || i < 0 || (size_t)i >= r->s->book.strings.n) {
        refuse_shape(r, "XLSX: a shared string that is not there");
        return;
    }
    struct str shared = r->s->book.strings.v[i];
    struct sheet_cell *c = shared.n ? place_cell(r) : NULL;
    if (c)
        *c = (struct sheet_cell) { .kind = CELL_TEXT, .text = shared };
}

static void settle_number(struct xlsx_rows *r, struct str text)
{
    struct sheet_cell v = { .kind = CELL_NUMBER };
    if (!str_to_double(text, &v.number)) {
        refuse_at(r, ERR_INPUT, r->cell.column, MSGS("Ô này ghi kiểu số nhưng không phải số. Xin sửa rồi gửi lại."),
                  "XLSX: not a number");
        return;
    }
    if (r->cell.day_style) {
        v.kind = CELL_DAY;
        if (!xlsx_day(v.number, r->s->book.from_1904, &v.day, &v.second)) {
            refuse_at(r, ERR_INPUT, r->cell.column,
                      MSGS("Ô này ghi kiểu ngày nhưng không có ngày như vậy. Xin sửa rồi gửi lại."), "XLSX: not a day");
            return;
        }
    }
    struct sheet_cell *c = place_cell(r);
    if (c)
        *c = v;
}

/* t="d": 2023-09-30, perhaps with a time that is cut to whole seconds. */
static void settle_iso_day(struct xlsx_rows *r, struct str text)
{
    struct sheet_cell v = { .kind = CELL_DAY };
    char full[40];
    struct instant t;
    snprintf(full, sizeof full, "%.*sZ", (int)(text.n < 32 ? text.n : 32), text.p);
    bool read = day_parse_iso(text, &v.day);
    if (!read && instant_parse(str_of(full), &t)) {
        v.day = (struct day) { (int32_t)(t.us / US_PER_DAY) };
        v.second = (int)(t.us % US_PER_DAY / US_PER_SECOND);
        read = t.us >= 0;
    }
    struct sheet_cell *c = NULL;
    if (read)
        c = place_cell(r);
    else
        refuse_at(r, ERR_INPUT, r->cell.column,
                  MSGS("Ô này ghi kiểu ngày nhưng không có ngày như vậy. Xin sửa rồi gửi lại."), "XLSX: not a day");
    if (c)
        *c = v;
}

static void settle_cell(struct xlsx_rows *r)
{
    struct str text = { r->text, r->cell.n };
    r->in_cell = false;
    if (r->cell.type == 'i' || r->cell.type == 'S') {
        settle_text(r, text);
        return;
    }
    text = str_trim(text);
    if (!text.n)
        return;
    if (r->cell.type == 's')
        settle_shared(r, text);
    else if (r->cell.type == 'd')
        settle_iso_day(r, text);
    else if (r->cell.type == 'e')
        refuse_at(r, ERR_INPUT, r->cell.column, MSGS("Ô này báo lỗi của bảng tính (như #N/A). Xin sửa rồi gửi lại."),
                  "XLSX: an error value");
    else if (r->cell.type == 'b') {
        struct sheet_cell *c = place_cell(r);
        if (c)
            *c = (struct sheet_cell) { .kind = CELL_TRUTH, .number = xlsx_true(text) };
    } else
        settle_number(r, text);
}

/* ---- elements ---- */

static void start_in_cell(struct xlsx_rows *r, struct str name)
{
    if (str_eq(name, STR("f")))
        refuse_at(r, ERR_INPUT, r->cell.column,
                  MSGS("Ô này có công thức. Xin chép rồi dán lại dạng giá trị (Paste Values), lưu và gửi lại."),
                  "XLSX: a formula");
    else if (str_eq(name, STR("v")))
        r->inside = IN_VALUE;
    else if (str_eq(name, STR("rPh")))
        r->in_phonetic = true;
    else if (str_eq(name, STR("t")) && !r->in_phonetic)
        r->inside = IN_INLINE;
}

static void note_hidden_columns(struct xlsx_rows *r, const struct xml_attributes *attributes)
{
    int64_t from = 0, to = 0;
    char at[32];
    if (!xlsx_true(xml_attribute(attributes, "hidden")) || !str_to_i64(xml_attribute(attributes, "min"), &from) ||
        !str_to_i64(xml_attribute(attributes, "max"), &to) || from < 1 || to < from)
        return;
    int n = snprintf(at, sizeof at, from == to ? "cột %lld" : "cột %lld–%lld", (long long)from, (long long)to);
    sheet_note(r->s, SHEET_HIDDEN_COLUMN, (struct str) { at, (size_t)n });
}

static void on_start(struct xml *x, void *ctx, struct str name, const struct xml_attributes *attributes)
{
    struct xlsx_rows *r = ctx;
    (void)x;
    if (r->in_cell)
        start_in_cell(r, name);
    else if (r->in_row && str_eq(name, STR("c")))
        start_cell(r, attributes);
    else if (r->in_data && !r->in_row && str_eq(name, STR("row")))
        start_row(r, attributes);
    else if (!r->in_data && str_eq(name, STR("sheetData")))
        r->in_data = true;
    else if (!r->in_data && str_eq(name, STR("col")))
        note_hidden_columns(r, attributes);
    else if (!r->in_data && str_eq(name, STR("mergeCell")))
        sheet_note(r->s, SHEET_MERGED, str_or_empty(xml_attribute(attributes, "ref")));
}

static void on_end(struct xml *x, void *ctx, struct str name)
{
    struct xlsx_rows *r = ctx;
    (void)x;
    r->inside = IN_NOTHING;
    if (str_eq(name, STR("rPh")))
        r->in_phonetic = false;
    else if (r->in_cell && str_eq(name, STR("c")))
        settle_cell(r);
    else if (r->in_row && !r->in_cell && str_eq(name, STR("row")))
        end_row(r);
    else if (r->in_data && !r->in_row && str_eq(name, STR("sheetData")))
        r->in_data = false;
}

static void on_text(struct xml *x, void *ctx, struct str text)
{
    struct xlsx_rows *r = ctx;
    (void)x;
    if (!r->in_cell || r->inside == IN_NOTHING)
        return;
    if (text.n > r->s->limits.cell - r->cell.n) {
        refuse_at(r, ERR_TOO_LARGE, r->cell.column, MSGS("Ô này dài hơn mức được nhận. Xin rút gọn rồi gửi lại."),
                  "sheet: a long text");
        return;
    }
    memcpy(r->text + r->cell.n, text.p, text.n);
    r->cell.n += text.n;
}

/* ---- from outside ---- */

void xlsx_rows_new(struct sheet_in *s)
{
    struct xlsx_rows *r = arena_new(s->arena, struct xlsx_rows);
    r->s = s;
    r->open_arena = arena_child(s->arena);
    r->text = arena_alloc(s->arena, s->limits.cell);
    s->xlsx = r;
}

char *xlsx_rows_text(struct sheet_in *s)
{
    return s->xlsx->text;
}

int xlsx_rows_open(struct sheet_in *s, struct err *e)
{
    static const struct xml_handler handler = { on_start, on_end, on_text };
    return package_enter(s->package, s->book.sheet_part, e) || xml_open(&handler, s->xlsx, &s->xlsx->xml, e) ? -1 : 0;
}

void xlsx_rows_close(struct xlsx_rows *r)
{
    if (!r)
        return;
    xml_close(r->xml);
    r->xml = NULL;
}

/* What a person would read in the cell; made here, where memory may run out with a jump. */
static void word_cell(struct arena *a, struct sheet_cell *c)
{
    if (c->kind == CELL_NUMBER)
        c->text = str_fmt(a, "%.15g", c->number);
    else if (c->kind == CELL_TRUTH)
        c->text = c->number != 0 ? STR("TRUE") : STR("FALSE");
    else if (c->kind == CELL_DAY && c->second == 0)
        c->text = day_vi(a, c->day);
    else if (c->kind == CELL_DAY)
        c->text = str_fmt(a, "%02d:%02d %.*s", c->second / 3600, c->second / 60 % 60, STR_ARG(day_vi(a, c->day)));
}

static int parse_more(struct xlsx_rows *r, struct err *e)
{
    char piece[PIECE];
    r->waiting.v = NULL;
    r->waiting.n = r->waiting.room = r->given = 0;
    arena_clear(r->s->row_arena);
    while (r->waiting.n == 0 && !r->ended) {
        int got = package_read(r->s->package, piece, sizeof piece, e);
        if (got < 0 || (got > 0 ? xml_feed(r->xml, piece, (size_t)got, e) : xml_finish(r->xml, e)))
            return -1;
        r->ended = got == 0;
    }
    return 0;
}

int xlsx_rows_next(struct sheet_in *s, struct sheet_row *row, struct err *e)
{
    struct xlsx_rows *r = s->xlsx;
    if (r->given == r->waiting.n && parse_more(r, e))
        return -1;
    if (r->given == r->waiting.n)
        return 0;
    *row = r->waiting.v[r->given++];
    for (size_t i = 0; i < row->n; i++)
        word_cell(s->row_arena, &row->cell[i]);
    return 1;
}
