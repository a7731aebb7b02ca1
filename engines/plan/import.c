/* import.c: from a file to checked rows. Columns are found by name, so swapped columns do no harm; a fault names its row, its column
 * and what stood there.
 */
#include "engines/plan/import.h"

#include "base/text.h"
#include "platform/office/sheet_in.h"

#include <stdio.h>

enum {
    NUMBER,
    GROUP,
    GROUP_NAME,
    NAME,
    NAME_APPENDIX,
    NAME_EN,
    GOAL,
    GOAL_SOURCE,
    LEAD,
    COORDINATING,
    FORCE,
    DEADLINE_BODY,
    DEADLINE_APPENDIX,
    DAY_BODY,
    DAY_APPENDIX,
    KIND,
    DIFFER,
    PLATFORM,
    TOOLS,
    ASSIGNMENTS,
    FORCE_BODY,
    NOTE,
    COLUMNS
};
static const char *const columns[COLUMNS] = { "number",
                                              "group",
                                              "group_name_vi",
                                              "name_vi",
                                              "name_appendix_vi_if_different",
                                              "name_en",
                                              "goal_vi",
                                              "goal_source",
                                              "lead",
                                              "coordinating",
                                              "deploying_force",
                                              "deadline_section2",
                                              "deadline_appendix",
                                              "deadline_section2_iso",
                                              "deadline_appendix_iso",
                                              "deadline_kind",
                                              "deadlines_differ",
                                              "platform",
                                              "tools_section2_vi",
                                              "assignments_section2_vi",
                                              "deploying_force_section2_vi",
                                              "note" };
enum { CELL_LETTERS = 8000 };

struct reading {
    struct arena *arena;
    const struct agency_names *names;
    struct plan_import *out;
    struct str cell[COLUMNS];
    int64_t row;
};

static void fault(struct reading *r, size_t column, struct str say)
{
    if (r->out->faults.n < IMPORT_FAULTS)
        *vec_push(r->arena, &r->out->faults) = (struct import_fault) {
            .row = r->row, .column = str_of(columns[column]), .say = say, .cell = str_dup(r->arena, r->cell[column])
        };
}

/* ---- one cell ---- */

static void clean_cells(struct reading *r)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        struct err why = { 0 };
        struct str clean = STR("");
        if (text_clean(r->arena, r->cell[i], TEXT_ONE_LINE, CELL_LETTERS, &clean, &why))
            fault(r, i, err_sentence(&why));
        r->cell[i] = clean;
    }
}

/* "31/12/2023" and "trước 31/12/2023" mean a day, "Trong năm 2023" its last one; "30/6" and other words mean none. A word that
 * looks like a date and is none ("31/6/2023") is a fault. */
static bool day_of_words(struct str words, struct day *out, bool *wrong)
{
    struct str rest = words, piece;
    while (str_cut(&rest, ' ', &piece)) {
        int slashes = 0;
        for (size_t i = 0; i < piece.n; i++)
            slashes += piece.p[i] == '/';
        if (slashes == 2 && piece.n <= 10 && piece.p[0] >= '0' && piece.p[0] <= '9') {
            *wrong = !day_parse_vi(piece, out);
            return !*wrong;
        }
    }
    int64_t year;
    ptrdiff_t at = str_find(words, STR("năm "));
    if (at < 0 || !str_to_i64(str_head(str_from(words, (size_t)at + sizeof("năm ") - 1), 4), &year))
        return false;
    return day_from_ymd((int)year, 12, 31, out);
}

static struct import_deadline read_deadline(struct reading *r, size_t words, size_t iso)
{
    struct import_deadline d = { .words = r->cell[words] };
    bool wrong = false;
    if (r->cell[iso].n) {
        d.has_day = day_parse_iso(r->cell[iso], &d.day);
        if (!d.has_day)
            fault(r, iso, MSGS("Không có ngày này. Xin ghi như 2023-12-31."));
        return d;
    }
    d.has_day = day_of_words(d.words, &d.day, &wrong);
    if (wrong)
        fault(r, words, MSGS("Không có ngày này trong lịch. Xin sửa lại như 30/6/2023."));
    return d;
}

static struct agency_codes agencies_of(struct reading *r, struct str text)
{
    struct agency_codes codes;
    agencies_in_text(r->arena, r->names, text, &codes);
    return codes;
}

/* Section II names its leads in sentences: whoever stands before "chủ trì". */
static struct agency_codes leads_of_body(struct reading *r)
{
    struct str rest = r->cell[ASSIGNMENTS], piece;
    struct buf b;
    buf_init(&b, r->arena, CELL_LETTERS * 4);
    while (str_cut(&rest, '|', &piece)) {
        ptrdiff_t at = str_find(piece, STR("chủ trì"));
        if (at > 0) {
            buf_put(&b, str_head(piece, (size_t)at));
            buf_lit(&b, "; ");
        }
    }
    return agencies_of(r, buf_str(&b));
}

/* ---- one row ---- */

static bool number_is_taken(const struct plan_import *p, int64_t number)
{
    for (size_t i = 0; i < p->rows.n; i++)
        if (p->rows.v[i].number == number)
            return true;
    return false;
}

static int64_t read_number(struct reading *r)
{
    int64_t n = 0;
    if (!str_to_i64(r->cell[NUMBER], &n) || n < 1 || n > 999)
        fault(r, NUMBER, MSGS("Số thứ tự mô hình là số từ 1 đến 999."));
    else if (number_is_taken(r->out, n))
        fault(r, NUMBER, MSGS("Số thứ tự này đã có ở dòng trên."));
    return n;
}

static void check_row(struct reading *r, const struct import_row *row)
{
    if (!row->group.n)
        fault(r, GROUP, MSGS("Thiếu nhóm của mô hình."));
    if (!row->name.n)
        fault(r, NAME, MSGS("Thiếu tên mô hình."));
    if (row->leads.n == 0)
        fault(r, LEAD, MSGS("Không nhận ra cơ quan chủ trì. Xin ghi như trong danh sách cơ quan của tỉnh."));
    if (!row->ongoing && !row->body.has_day && !row->appendix.has_day)
        fault(r, DEADLINE_APPENDIX, MSGS("Mô hình cần một thời hạn, hoặc ghi rõ là thường xuyên."));
}

static void read_row(struct reading *r)
{
    const struct str *c = r->cell;
    clean_cells(r);
    struct import_row row = { .row = r->row,
                              .number = read_number(r),
                              .group = c[GROUP],
                              .group_name = c[GROUP_NAME],
                              .name = c[NAME],
                              .name_appendix = c[NAME_APPENDIX].n ? c[NAME_APPENDIX] : c[NAME],
                              .name_en = c[NAME_EN].n ? c[NAME_EN] : c[NAME],
                              .goal = c[GOAL],
                              .goal_source = c[GOAL_SOURCE],
                              .lead = c[LEAD],
                              .coordinating = c[COORDINATING],
                              .force_appendix = c[FORCE],
                              .force_body = c[FORCE_BODY],
                              .platform = c[PLATFORM],
                              .tools = c[TOOLS],
                              .assignments = c[ASSIGNMENTS],
                              .note = c[NOTE],
                              .body = read_deadline(r, DEADLINE_BODY, DAY_BODY),
                              .appendix = read_deadline(r, DEADLINE_APPENDIX, DAY_APPENDIX),
                              .ongoing = str_eq(c[KIND], STR("ongoing")),
                              .same_deadline = str_eq(c[DIFFER], STR("no")),
                              .leads = agencies_of(r, c[LEAD]),
                              .partners = agencies_of(r, c[COORDINATING]),
                              .body_leads = leads_of_body(r) };
    check_row(r, &row);
    *vec_push(r->arena, &r->out->rows) = row;
}

/* ---- the file ---- */

static int find_columns(const struct sheet_row *head, size_t *at, struct err *e)
{
    for (size_t c = 0; c < COLUMNS; c++) {
        at[c] = SIZE_MAX;
        for (size_t i = 0; i < head->n; i++)
            if (str_eq(str_trim(head->cell[i].text), str_of(columns[c])))
                at[c] = i;
        if (at[c] != SIZE_MAX)
            continue;
        ERR_SAY(e, ERR_INPUT, MSGS("Tệp thiếu một cột. Xin giữ dòng tiêu đề như tệp mẫu models.csv."), "no column %s",
                columns[c]);
        snprintf(e->field, sizeof(e->field), "%s", columns[c]);
        return -1;
    }
    return 0;
}

static int read_rows(struct reading *r, struct sheet_in *sheet, struct err *e)
{
    struct sheet_row row;
    size_t at[COLUMNS];
    int got = sheet_next(sheet, &row, e);
    if (got < 0 || (got == 1 && find_columns(&row, at, e)))
        return -1;
    while (got == 1 && (got = sheet_next(sheet, &row, e)) == 1) {
        r->row = row.number;
        for (size_t i = 0; i < COLUMNS; i++)
            r->cell[i] = at[i] < row.n ? str_dup(r->arena, row.cell[at[i]].text) : STR("");
        read_row(r);
    }
    if (got == 0 && r->out->rows.n == 0)
        return ERR_SAY(e, ERR_INPUT, MSGS("Tệp không có dòng nào ngoài tiêu đề."), "no rows");
    return got;
}

int plan_import_read(struct arena *a, struct str bytes, const struct agency_names *names, struct plan_import *out,
                     struct err *e)
{
    struct sheet_in *sheet;
    struct reading r = { .arena = a, .names = names, .out = out };
    *out = (struct plan_import) { 0 };
    if (sheet_open(a, bytes, &(struct sheet_limits) { .rows = IMPORT_ROWS + 1 }, &sheet, e))
        return -1;
    return read_rows(&r, sheet, e);
}

struct str plan_import_heading(struct arena *a)
{
    struct buf b;
    buf_init(&b, a, 4096);
    for (size_t i = 0; i < COLUMNS; i++)
        buf_fmt(&b, "%s%s", i ? "," : "", columns[i]);
    buf_lit(&b, "\r\n");
    return buf_str(&b);
}
