/* import.c: a group from a spreadsheet: an XLSX or CSV file, or cells pasted from Excel (tab-separated). All rows or none: every fault is
 * listed by row, and nobody is dropped in silence. Columns are found by their names, so swapped columns do no harm.
 */
#include "models/m09_hotel_stays/desk.h"

#include "gen/hotel_stays_pages.h"

#include "base/text.h"
#include "platform/office/sheet_in.h"

#include <string.h>

enum { FAULTS_MAX = 100 };

static const struct field import_fields[] = {
    { .name = "file", .type = FIELD_FILE, .max = 512 * 1024, .label = MSG("Tệp Excel (XLSX) hoặc CSV"), .help = MSG("Tối đa 60 khách") },
    { .name = "text", .type = FIELD_LINES, .max = 60000, .label = MSG("Hoặc dán từ Excel"), .help = MSG("Dán cả dòng tiêu đề") },
    { .name = NULL },
};
const struct form import_form = { .name = "import", .fields = import_fields, .max_body = 1024 * 1024, .multipart = true };

enum column { COLUMN_NAME, COLUMN_BORN, COLUMN_SEX, COLUMN_NUMBER, COLUMN_NATION, COLUMN_ROOM, COLUMN_REASON, COLUMN_GUARDIAN, COLUMNS_ };

/* Accepted headings, folded; the first is what the template writes. */
static const struct {
    const char *folded[4];
    bool required;
} columns[COLUMNS_] = {
    [COLUMN_NAME] = { { "ho ten", "ho va ten", "full name", "name" }, true },
    [COLUMN_BORN] = { { "ngay sinh", "nam sinh", "birth date", "dob" }, true },
    [COLUMN_SEX] = { { "gioi tinh", "sex", "gender", NULL }, true },
    [COLUMN_NUMBER] = { { "so giay to", "so cccd", "so dinh danh", "document" }, true },
    [COLUMN_NATION] = { { "quoc tich", "nationality", NULL, NULL }, false },
    [COLUMN_ROOM] = { { "phong", "room", NULL, NULL }, false },
    [COLUMN_REASON] = { { "ly do", "reason", NULL, NULL }, false },
    [COLUMN_GUARDIAN] = { { "di cung", "nguoi di cung", "guardian", NULL }, false },
};

static const char template_csv[] = "\xEF\xBB\xBF"
                                   "STT,Họ tên,Ngày sinh,Giới tính,Số giấy tờ,Quốc tịch,Phòng,Lý do,Đi cùng\r\n"
                                   "1,Nguyễn Văn Demo,01/02/1990,Nam,067090000123,VNM,101,Du lịch,\r\n";

struct import {
    struct new_guests guests;
    struct import_faults faults;
    size_t at[COLUMNS_]; /* place of each column; SIZE_MAX: not there */
};

static void fault(struct req *q, struct import *w, int64_t row, struct str say, struct str cell)
{
    if (w->faults.n < FAULTS_MAX)
        *vec_push(q->arena, &w->faults) = (struct import_fault){ .row = row, .say = say, .cell = cell };
}

static struct str cell_at(const struct import *w, const struct sheet_row *row, enum column c)
{
    return str_trim(sheet_text_at(row, w->at[c]));
}

static bool heading_is(struct str folded, enum column c)
{
    for (size_t i = 0; i < 4 && columns[c].folded[i]; i++)
        if (str_eq(folded, str_of(columns[c].folded[i])))
            return true;
    return false;
}

static bool find_columns(struct req *q, struct import *w, const struct sheet_row *head)
{
    for (enum column c = 0; c < COLUMNS_; c++) {
        w->at[c] = SIZE_MAX;
        for (size_t i = 0; i < head->n; i++)
            if (heading_is(text_fold(q->arena, str_trim(sheet_text_at(head, i))), c))
                w->at[c] = i;
        if (columns[c].required && w->at[c] == SIZE_MAX)
            fault(q, w, head->number, MSGS("Thiếu cột. Xin giữ dòng tiêu đề như trong tệp mẫu."), str_of(columns[c].folded[0]));
    }
    return w->faults.n == 0;
}

/* Who comes with somebody and has no number is a child. */
static int read_person(struct req *q, const struct import *w, const struct sheet_row *row, struct identity_read *id, struct err *e)
{
    struct str number = cell_at(w, row, COLUMN_NUMBER), name = cell_at(w, row, COLUMN_NAME), born = cell_at(w, row, COLUMN_BORN);
    struct str sex = cell_at(w, row, COLUMN_SEX), nation = cell_at(w, row, COLUMN_NATION);
    struct day today = instant_day(q->now);
    if (str_trim(number).n == 0 && str_trim(cell_at(w, row, COLUMN_GUARDIAN)).n > 0)
        return identity_child(q->arena, name, born, sex, nation, today, id, e);
    return identity_typed(q->arena, number, name, born, sex, nation, today, id, e);
}

static int read_guest(struct req *q, struct import *w, const struct sheet_row *row, struct err *e)
{
    struct identity_read id;
    struct err why = { .code = ERR_NONE };
    struct str room, reason, guardian;
    if (read_person(q, w, row, &id, &why) != 0 ||
        text_clean(q->arena, cell_at(w, row, COLUMN_ROOM), TEXT_ONE_LINE, 20, &room, &why) != 0 ||
        text_clean(q->arena, cell_at(w, row, COLUMN_REASON), TEXT_ONE_LINE, 60, &reason, &why) != 0 ||
        text_clean(q->arena, cell_at(w, row, COLUMN_GUARDIAN), TEXT_ONE_LINE, 100, &guardian, &why) != 0) {
        fault(q, w, row->number, err_sentence(&why), cell_at(w, row, COLUMN_NAME));
        return 0;
    }
    struct stay_guest_in *g = vec_push(q->arena, &w->guests);
    if (desk_guest(q, &id, g, e) != 0)
        return -1;
    g->room = room;
    g->guardian = guardian;
    g->is_child = guardian.n > 0;
    if (reason.n > 0)
        g->reason = reason;
    return 0;
}

static int read_rows(struct req *q, struct import *w, struct sheet_in *sheet, struct err *e)
{
    struct sheet_row row;
    struct err why = { .code = ERR_NONE };
    int got = sheet_next(sheet, &row, &why);
    if (got == 1 && !find_columns(q, w, &row))
        return 0;
    while (got == 1 && (got = sheet_next(sheet, &row, &why)) == 1) {
        if (w->guests.n == STAY_GUESTS_MAX) {
            fault(q, w, row.number, MSGS("Quá 60 khách. Xin chia thành nhiều tệp."), STR(""));
            return 0;
        }
        if (read_guest(q, w, &row, e) != 0)
            return -1;
    }
    if (got < 0)
        fault(q, w, 0, err_sentence(&why), str_dup(q->arena, str_of(why.field)));
    return 0;
}

int import_prepare(struct req *q, struct err *e)
{
    struct import *w = arena_new(q->arena, struct import);
    const struct part *file = req_file(q, "file");
    struct sheet_in *sheet;
    struct err why = { .code = ERR_NONE };
    struct str text = file && file->bytes.n > 0 ? file->bytes : req_form(q, "text");
    q->work = w; /* begins with struct new_guests: guests_write reads it */
    if (desk_facility(q, &w->guests.facility, e) != 0)
        return -1;
    if (text.n == 0)
        return req_refuse_field(q, e, "file", MSGS("Xin chọn một tệp Excel, CSV hoặc dán các dòng từ Excel."));
    if (sheet_open(q->arena, text, &(struct sheet_limits) { .columns = 32, .cell = 4096 }, &sheet, &why) != 0)
        return req_refuse_field(q, e, "file", err_sentence(&why));
    if (read_rows(q, w, sheet, e) != 0)
        return -1;
    if (w->faults.n > 0)
        return ERR_SAY(e, ERR_FORM,
                       MSGS("Có dòng chưa đúng nên chưa khách nào được thêm. Sửa các dòng dưới đây rồi gửi lại."), "%zu faults",
                       w->faults.n);
    return w->guests.n > 0 ? 0 : req_refuse_field(q, e, "file", MSGS("Tệp không có khách nào."));
}

static int import_page(struct req *q, struct res *s, const struct import *w, struct err *e)
{
    struct import_view v;
    memset(&v, 0, sizeof(v));
    if (desk_facility(q, &v.facility, e) != 0)
        return -1;
    v.key = req_form_key(q);
    if (w)
        v.faults = w->faults;
    struct html h = res_html(q, s);
    import_page_html(&h, &v);
    return 0;
}

int import_get(struct req *q, struct res *s, struct err *e)
{
    return import_page(q, s, NULL, e);
}

int import_again(struct req *q, struct res *s, struct err *e)
{
    return import_page(q, s, q->work, e);
}

int import_template(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    if (res_download(q, s, "text/csv; charset=utf-8", STR("mau-khach-luu-tru.csv")) != 0)
        return -1;
    buf_put_bytes(&s->body, template_csv, sizeof(template_csv) - 1);
    return 0;
}
