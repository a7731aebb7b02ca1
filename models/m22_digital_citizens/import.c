/* import.c: a list of evidence as a bank, the police or a certification body hands it over, or as a commune keeps it. All rows are
 * right or none is taken. A row without source and reference is only somebody's word: it is kept as a claim, which shows the team a
 * door and counts for nothing, so a padded list changes no figure.
 */
#include "models/m22_digital_citizens/pages.h"

#include "gen/digital_citizens_pages.h"

#include "base/csv.h"
#include "base/text.h"

#include <string.h>

enum { FAULTS_MOST = 100, ROWS_MOST = 2000, REFERENCE_MOST = 120 };

static const struct field import_fields[] = {
    { .name = "file", .type = FIELD_FILE, .max = 1024 * 1024, .label = MSG("Tệp CSV"), .help = MSG("Tối đa 2.000 dòng") },
    { .name = "text",
      .type = FIELD_LINES,
      .max = 400000,
      .label = MSG("Hoặc dán từ Excel"),
      .help = MSG("Dán cả dòng tiêu đề") },
    { .name = NULL },
};
const struct form digital_import_form = {
    .name = "digital_import", .fields = import_fields, .max_body = 2 * 1024 * 1024, .multipart = true
};

enum column { COLUMN_NUMBER, COLUMN_NAME, COLUMN_BORN, COLUMN_ASSET, COLUMN_SOURCE, COLUMN_REFERENCE, COLUMN_DAY, COLUMNS_ };
static const struct {
    const char *folded;
    bool required;
} columns[COLUMNS_] = {
    [COLUMN_NUMBER] = { "so dinh danh", true }, [COLUMN_NAME] = { "ho ten", true },
    [COLUMN_BORN] = { "ngay sinh", true },      [COLUMN_ASSET] = { "dieu kien", true },
    [COLUMN_SOURCE] = { "nguon", false },       [COLUMN_REFERENCE] = { "so tham chieu", false },
    [COLUMN_DAY] = { "ngay", false },
};
static const char template_csv[] =
    CSV_MARK "Số định danh,Họ tên,Ngày sinh,Điều kiện,Nguồn,Số tham chiếu,Ngày\r\n"
             "067090000123,Nguyễn Văn Demo,01/02/1990,payment,bank_list,Agribank văn bản 118/DS,14/03/2024\r\n";

struct import {
    size_t at[COLUMNS_];
    VEC(struct evidence_new) rows; /* source empty: a claim */
    struct import_view shown;
};

static int fault(struct req *q, struct import *w, int64_t row, struct str say, struct str cell)
{
    if (w->shown.faults.n < FAULTS_MOST)
        *vec_push(q->arena, &w->shown.faults) = (struct import_fault) { row, say, cell };
    return 0;
}

/* ---- columns ---- */

/* A list with a column of secrets is not read at all. */
static bool is_column_of_secrets(struct str folded)
{
    static const char *const words[] = { "mat khau", "password", "otp", "pin" };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_find(folded, str_of(words[i])) >= 0)
            return true;
    return false;
}

static void find_columns(struct req *q, struct import *w, const struct csv_row *head)
{
    for (int c = 0; c < COLUMNS_; c++)
        w->at[c] = SIZE_MAX;
    for (size_t i = 0; i < head->n; i++) {
        struct str folded = text_fold(q->arena, str_trim(head->cell[i]));
        if (is_column_of_secrets(folded))
            fault(q, w, head->number,
                  MSGS("Tệp có cột mật khẩu, mã PIN hoặc OTP nên không được đọc. Xin bỏ cột đó rồi gửi lại."),
                  head->cell[i]);
        for (int c = 0; c < COLUMNS_; c++)
            if (str_eq(folded, str_of(columns[c].folded)))
                w->at[c] = i;
    }
    for (int c = 0; c < COLUMNS_; c++)
        if (columns[c].required && w->at[c] == SIZE_MAX)
            fault(q, w, head->number, MSGS("Thiếu cột. Xin giữ dòng tiêu đề như trong tệp mẫu."), str_of(columns[c].folded));
}

static struct str cell(const struct import *w, const struct csv_row *row, enum column c)
{
    return w->at[c] < row->n ? str_trim(row->cell[w->at[c]]) : STR("");
}

/* ---- rows ---- */

/* Who the row is about, answered as match or no match only; somebody of another commune is no match. */
static int match(struct req *q, const struct import *w, const struct csv_row *row, int64_t *person, struct str *say,
                 struct err *e)
{
    struct person_claim claim = { .name = cell(w, row, COLUMN_NAME) };
    struct err why = { .code = ERR_NONE };
    struct resident p;
    int64_t id;
    enum person_match m;
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    *person = 0;
    if (pid_parse(cell(w, row, COLUMN_NUMBER), instant_day(q->now), &claim.pid, &why) != 0) {
        *say = err_sentence(&why);
        return 0;
    }
    *say = MSGS("Số định danh, họ tên và ngày sinh không khớp với ai trong địa bàn.");
    if (!birth_parse(cell(w, row, COLUMN_BORN), &claim.born))
        return 0;
    if (person_match(r, q->arena, &claim, &m, &id, e) != 0)
        return -1;
    int got = m == PERSON_MATCH ? resident_by_id(r, q->arena, id, instant_day(q->now), &p, e) : 0;
    if (got == 1 && p.unit.v[0] != '\0' && req_may(q, DIGITAL_SETTLE, &p.unit, 0))
        *person = id;
    return got < 0 ? -1 : 0;
}

static bool seen_before(const struct import *w, const struct evidence_new *x)
{
    for (size_t i = 0; i < w->rows.n; i++)
        if (w->rows.v[i].person == x->person && w->rows.v[i].asset == x->asset && str_eq(w->rows.v[i].source, x->source))
            return true;
    return false;
}

static int take_row(struct req *q, struct import *w, const struct csv_row *row, struct evidence_new *x, struct err *e)
{
    struct err why = { .code = ERR_NONE };
    struct str say;
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    if (secret_in(q->arena, x->reference, &say))
        return fault(q, w, row->number, say, cell(w, row, COLUMN_NAME));
    if (seen_before(w, x))
        return fault(q, w, row->number, MSGS("Dòng này lặp lại một dòng ở trên."), cell(w, row, COLUMN_NAME));
    if (x->source.n > 0 && evidence_check(r, q->arena, asset_ages_of(q->app), x, instant_day(q->now), &why) != 0) {
        if (why.code == ERR_FORM)
            return fault(q, w, row->number, why.say, cell(w, row, COLUMN_NAME));
        *e = why;
        return -1;
    }
    *vec_push(q->arena, &w->rows) = *x;
    return 0;
}

static int read_row(struct req *q, struct import *w, const struct csv_row *row, struct err *e)
{
    struct evidence_new x = { .source = cell(w, row, COLUMN_SOURCE), .by = q->actor->account, .by_name = q->actor->name };
    struct str say = STR_NONE, who = cell(w, row, COLUMN_NAME);
    struct err why = { .code = ERR_NONE };
    if (match(q, w, row, &x.person, &say, e) != 0)
        return -1;
    if (x.person == 0)
        return fault(q, w, row->number, say, who);
    if (!asset_named(cell(w, row, COLUMN_ASSET), &x.asset))
        return fault(q, w, row->number, MSGS("Điều kiện phải là eid, payment, address hoặc signature."), who);
    if (text_clean(q->arena, cell(w, row, COLUMN_REFERENCE), TEXT_ONE_LINE, REFERENCE_MOST, &x.reference, &why) != 0)
        return fault(q, w, row->number, err_sentence(&why), who);
    x.seen_on = instant_day(q->now);
    if (x.source.n > 0 && !day_typed(cell(w, row, COLUMN_DAY), &x.seen_on))
        return fault(q, w, row->number, MSGS("Ngày của bằng chứng chưa đúng. Ví dụ 14/03/2024."), who);
    return take_row(q, w, row, &x, e);
}

static int read_rows(struct req *q, struct import *w, struct str text, struct err *e)
{
    struct csv c;
    struct csv_row row;
    struct err why = { .code = ERR_NONE };
    char separator = str_find_char(str_head(text, (size_t)(str_find_char(text, '\n') + 1)), '\t') >= 0 ? '\t' : ',';
    csv_init(&c, text, &(struct csv_limits) { .separator = separator, .columns = 32, .cell = 4096, .rows = ROWS_MOST + 1 });
    int got = csv_next(&c, q->arena, &row, &why);
    if (got == 1)
        find_columns(q, w, &row);
    while (got == 1 && w->shown.faults.n < FAULTS_MOST && (got = csv_next(&c, q->arena, &row, &why)) == 1)
        if (row.number > 1 && w->at[COLUMN_NUMBER] != SIZE_MAX && read_row(q, w, &row, e) != 0)
            return -1;
    return got < 0 ? fault(q, w, c.row, err_sentence(&why), STR("")) : 0;
}

int digital_import_prepare(struct req *q, struct err *e)
{
    struct import *w = arena_new(q->arena, struct import);
    const struct part *file = req_file(q, "file");
    struct str text = file && file->bytes.n > 0 ? file->bytes : req_form(q, "text");
    q->work = w;
    if (text.n == 0)
        return req_refuse_field(q, e, "file", MSGS("Xin chọn một tệp CSV hoặc dán các dòng từ Excel."));
    if (!text_is_utf8(text))
        return req_refuse_field(q, e, "file",
                                MSGS("Tệp không phải chữ Unicode (UTF-8). Trong Excel hãy lưu dạng CSV UTF-8."));
    if (read_rows(q, w, text, e) != 0)
        return -1;
    if (w->shown.faults.n > 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Có dòng chưa đúng nên chưa dòng nào được ghi. Sửa các dòng dưới đây rồi gửi lại."),
                       "%zu faults", w->shown.faults.n);
    return w->rows.n > 0 ? 0 : req_refuse_field(q, e, "file", MSGS("Tệp không có dòng nào."));
}

/* ---- writing ---- */

static int put_claim(struct tx *tx, const struct evidence_new *x, struct err *e)
{
    struct digital_claim_put_in in = {
        .person = x->person, .kind = asset_bit(x->asset), .heard_on = x->seen_on, .recorded_by = x->by
    };
    return digital_claim_put(tx, &in, NULL, e);
}

int digital_import_write(struct req *q, struct tx *tx, struct err *e)
{
    struct import *w = q->work;
    struct audit_record rec = audit_of(q, STR("digital.evidence_recorded"));
    int64_t evidence = 0, claims = 0;
    for (size_t i = 0; i < w->rows.n; i++) {
        bool proven = w->rows.v[i].source.n > 0;
        if (proven ? asset_evidence_add(tx, q->arena, &w->rows.v[i], &rec, e) != 0 : put_claim(tx, &w->rows.v[i], e) != 0)
            return -1;
        evidence += proven;
        claims += !proven;
    }
    struct audit_record list = audit_of(q, STR("digital.list_taken"));
    list.detail = str_fmt(q->arena, "{\"claims\":%lld,\"evidence\":%lld}", (long long)claims, (long long)evidence);
    req_outcome(q, str_fmt(q->arena, "%lld %lld", (long long)evidence, (long long)claims));
    return audit_write(tx, q->arena, &list, NULL, e);
}

/* ---- pages ---- */

static int show(struct req *q, struct res *s, struct import_view *v)
{
    v->key = req_form_key(q);
    struct html h = res_html(q, s);
    digital_import_page(&h, v);
    return 0;
}

int digital_import_get(struct req *q, struct res *s, struct err *e)
{
    struct import_view v;
    (void)e;
    memset(&v, 0, sizeof(v));
    return show(q, s, &v);
}

int digital_import_again(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct import *w = q->work ? q->work : arena_new(q->arena, struct import);
    return show(q, s, &w->shown);
}

int digital_import_reply(struct req *q, struct res *s, struct err *e)
{
    struct import_view v = { .done = true };
    struct str rest = q->outcome, evidence;
    (void)e;
    if (!str_cut(&rest, ' ', &evidence) || !str_to_i64(evidence, &v.evidence) || !str_to_i64(rest, &v.claims))
        return ERR(e, ERR_INTERNAL, "outcome of an import");
    return show(q, s, &v);
}

int digital_import_template(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    if (res_download(q, s, "text/csv; charset=utf-8", STR("mau-bang-chung.csv")) != 0)
        return -1;
    buf_put_bytes(&s->body, template_csv, sizeof(template_csv) - 1);
    return 0;
}
