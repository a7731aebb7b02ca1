/* sheet.c: files that agencies send. An input that begins with 'x' is the inside of a worksheet, with styles and shared strings
 * behind line ends, put into a sound package: so the search gets past the checksums. Any other is the file itself.
 */
#include "base/text.h"
#include "fuzz/fuzz.h"
#include "platform/office/sheet_in.h"
#include "platform/office/test/workbook.h"

enum { COLUMNS = 8, ROWS = 50, CELL = 200 };

void fuzz_start(void)
{
}

static struct str packed(struct arena *a, struct str input)
{
    struct str sheet = fuzz_line(&input), styles = fuzz_line(&input);
    return workbook_by_hand(
        a,
        &(struct hand_made) { .sheet = str_cstr(a, sheet), .styles = str_cstr(a, styles), .strings = str_cstr(a, input) });
}

static void check_cell(const struct sheet_cell *c)
{
    struct day last;
    day_from_ymd(9999, 12, 31, &last);
    ASSERT((c->kind == CELL_EMPTY) == (c->text.n == 0));
    ASSERT(c->text.n <= CELL && text_is_utf8(c->text));
    if (c->kind == CELL_DAY)
        ASSERT(c->day.n <= last.n && c->second >= 0 && c->second < 24 * 60 * 60);
}

static int read_all(struct sheet_in *s, struct err *e)
{
    struct sheet_row row;
    int64_t before = 0, rows = 0;
    int got;
    while ((got = sheet_next(s, &row, e)) == 1) {
        ASSERT(row.number > before && row.n <= COLUMNS && ++rows <= ROWS);
        before = row.number;
        for (size_t i = 0; i < row.n; i++)
            check_cell(&row.cell[i]);
    }
    ASSERT(sheet_notes_of(s)->n <= 100);
    return got;
}

void fuzz_one(struct arena *a, struct str input)
{
    const struct sheet_limits limits = { .rows = ROWS, .columns = COLUMNS, .cell = CELL, .unpacked = 4 << 20 };
    struct sheet_in *s = NULL;
    struct err e = { 0 };
    struct str file = str_starts(input, STR("x")) ? packed(a, str_from(input, 1)) : input;
    if (sheet_open(a, file, &limits, &s, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(s == NULL);
        return;
    }
    if (read_all(s, &e) < 0)
        fuzz_check_refusal(&e);
}
