/* read.c: a personnel list out of a CSV or XLSX file. Columns are found by their names; every fault is told by its row. */
#include "engines/staff/read.h"

#include "base/text.h"
#include "platform/office/sheet_in.h"

enum column { COLUMN_NUMBER, COLUMN_NAME, COLUMN_LOGIN, COLUMN_AGENCY, COLUMN_TITLE, COLUMN_EMAIL, COLUMN_ROLES, COLUMNS_ };

/* Accepted headings, folded. */
static const struct {
    const char *folded[4];
    bool required;
} columns[COLUMNS_] = {
    [COLUMN_NUMBER] = { { "ma can bo", "ma nhan vien", "so hieu", "externalid" }, true },
    [COLUMN_NAME] = { { "ho ten", "ho va ten", "name", NULL }, true },
    [COLUMN_LOGIN] = { { "ten dang nhap", "login", "username", NULL }, true },
    [COLUMN_AGENCY] = { { "co quan", "don vi", "agency", NULL }, true },
    [COLUMN_TITLE] = { { "chuc danh", "chuc vu", "title", NULL }, false },
    [COLUMN_EMAIL] = { { "thu dien tu", "email", NULL, NULL }, false },
    [COLUMN_ROLES] = { { "vai tro", "roles", NULL, NULL }, false },
};

struct reading {
    struct arena *a;
    const struct app *app;
    const struct agency_names *names;
    struct staff_lines *out;
    size_t at[COLUMNS_];
};

static void fault(struct reading *x, int64_t row, struct str who, struct str say)
{
    *vec_push(x->a, &x->out->faults) = (struct staff_fault) { row, str_dup(x->a, str_or_empty(who)), say };
}

static bool heading_is(struct str folded, int c)
{
    for (size_t i = 0; i < 4 && columns[c].folded[i]; i++)
        if (str_eq(folded, str_of(columns[c].folded[i])))
            return true;
    return false;
}

static void find_columns(struct reading *x, const struct sheet_row *head)
{
    for (int c = 0; c < COLUMNS_; c++) {
        x->at[c] = SIZE_MAX;
        for (size_t i = 0; i < head->n; i++)
            if (heading_is(text_fold(x->a, str_trim(head->cell[i].text)), c))
                x->at[c] = i;
        if (columns[c].required && x->at[c] == SIZE_MAX)
            fault(x, head->number, str_of(columns[c].folded[0]), MSGS("Thiếu cột. Xin giữ dòng tiêu đề như trong tệp mẫu."));
    }
}

static struct str cell(const struct reading *x, const struct sheet_row *row, enum column c)
{
    return x->at[c] < row->n && row->cell[x->at[c]].text.p ? str_dup(x->a, str_trim(row->cell[x->at[c]].text)) : STR("");
}

/* A code, or any way in which papers write the agency. */
static bool find_agency(const struct reading *x, struct str text, struct str *code)
{
    struct str key = text_fold(x->a, text);
    *code = STR("");
    if (text.n == 0)
        return true;
    for (size_t i = 0; i < x->names->n; i++)
        if (str_eq(x->names->v[i].code, text) || str_eq(x->names->v[i].key, key)) {
            *code = x->names->v[i].code;
            return true;
        }
    return false;
}

static bool seen_before(const struct staff_lines *l, const struct staff_record *in)
{
    for (size_t i = 0; i < l->lines.n; i++)
        if (str_eq(l->lines.v[i].record.external_id, in->external_id) || str_eq(l->lines.v[i].record.login, in->login))
            return true;
    return false;
}

static void read_line(struct reading *x, const struct sheet_row *row)
{
    struct err why = { .code = ERR_NONE };
    struct staff_record in = { .external_id = cell(x, row, COLUMN_NUMBER),
                               .name = cell(x, row, COLUMN_NAME),
                               .login = cell(x, row, COLUMN_LOGIN),
                               .title = cell(x, row, COLUMN_TITLE),
                               .email = cell(x, row, COLUMN_EMAIL) };
    struct str who = in.name.n > 0 ? in.name : in.external_id;
    if (!find_agency(x, cell(x, row, COLUMN_AGENCY), &in.agency)) {
        fault(x, row->number, who, MSGS("Không có cơ quan nào mang tên hoặc mã này hôm nay. Xem bon agencies list."));
        return;
    }
    if (staff_roles_read(x->a, cell(x, row, COLUMN_ROLES), &in.roles, &why) != 0 ||
        staff_record_check(x->a, x->app, &in, &why) != 0) {
        fault(x, row->number, who, err_sentence(&why));
        return;
    }
    if (seen_before(x->out, &in)) {
        fault(x, row->number, who, MSGS("Mã cán bộ hoặc tên đăng nhập này đã có ở một dòng trên."));
        return;
    }
    *vec_push(x->a, &x->out->lines) = (struct staff_line) { row->number, in };
}

static int read_rows(struct reading *x, struct sheet_in *sheet, struct err *why)
{
    struct sheet_row row;
    int got = sheet_next(sheet, &row, why);
    if (got == 1)
        find_columns(x, &row);
    if (got == 1 && x->out->faults.n > 0)
        return 0;
    while (got == 1 && x->out->faults.n < STAFF_FAULTS_MOST && (got = sheet_next(sheet, &row, why)) == 1)
        read_line(x, &row);
    return got < 0 ? -1 : 0;
}

void staff_lines_read(struct arena *a, const struct app *app, const struct agency_names *names,
                      struct str file, struct staff_lines *out)
{
    struct reading x = { .a = a, .app = app, .names = names, .out = out };
    struct err why = { .code = ERR_NONE };
    struct sheet_in *sheet = NULL;
    if (sheet_open(a, file, &(struct sheet_limits) { .rows = STAFF_ROWS_MOST + 1, .columns = 40 }, &sheet, &why) ||
        read_rows(&x, sheet, &why))
        fault(&x, 0, str_of(why.field), err_sentence(&why));
    else if (out->lines.n == 0 && out->faults.n == 0)
        fault(&x, 0, STR(""), MSGS("Danh sách không có ai."));
}
