/* csv.c: lists pasted or sent by facilities. The first byte chooses separator and limits; what is read and written with every
 * cell in quotes reads the same again.
 */
#include "base/csv.h"
#include "base/buf.h"
#include "fuzz/fuzz.h"

void fuzz_start(void)
{
}

static void put_cell(struct buf *b, struct str s, bool first)
{
    buf_put(b, first ? STR("\"") : STR(",\""));
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_put_char(b, '"');
        buf_put_char(b, s.p[i]);
    }
    buf_put_char(b, '"');
}

static void check_again(struct arena *a, const struct csv_row *row)
{
    struct buf b;
    struct csv c;
    struct csv_row again;
    struct err e = { 0 };
    buf_init(&b, a, FUZZ_ARENA / 8);
    for (size_t i = 0; i < row->n; i++)
        put_cell(&b, row->cell[i], i == 0);
    buf_put_char(&b, '\n');
    if (b.full)
        return;
    csv_init(&c, buf_str(&b), NULL);
    ASSERT(csv_next(&c, a, &again, &e) == 1 && again.n == row->n);
    for (size_t i = 0; i < row->n; i++)
        ASSERT(str_eq(str_head(again.cell[i], again.cell[i].n), str_head(row->cell[i], row->cell[i].n)));
    ASSERT(csv_next(&c, a, &again, &e) == 0);
}

void fuzz_one(struct arena *a, struct str input)
{
    static const char separators[] = { ',', ';', '\t', '|' };
    static const char *const names[] = { "name", "Họ tên" };
    unsigned char how = input.n ? (unsigned char)input.p[0] : 0;
    struct csv_limits limits = {
        .separator = separators[how & 3], .columns = how & 4 ? 3 : 0, .cell = how & 8 ? 16 : 0, .rows = how & 16 ? 2 : 0
    };
    struct csv c;
    struct csv_row row;
    struct err e = { 0 };
    size_t at[2];
    int got;
    int64_t before = 0;
    csv_init(&c, str_from(input, 1), &limits);
    if (csv_columns(&c, a, names, 2, at, &e) != 0)
        fuzz_check_refusal(&e);
    csv_init(&c, str_from(input, 1), &limits);
    while ((got = csv_next(&c, a, &row, &e)) == 1) {
        ASSERT(row.n > 0 && row.n <= (limits.columns ? limits.columns : 64) && row.number > before);
        ASSERT(csv_cell(&row, row.n).p == NULL);
        for (size_t i = 0; i < row.n; i++)
            ASSERT(row.cell[i].n <= (limits.cell ? limits.cell : 64 * 1024));
        before = row.number;
        check_again(a, &row);
    }
    ASSERT(limits.rows == 0 || before <= limits.rows);
    if (got < 0)
        fuzz_check_refusal(&e);
}
