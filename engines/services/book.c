/* book.c: one table of columns says how the catalogue lies in a workbook; it is walked in both directions. */
#include "engines/services/book.h"

#include "platform/crypto/crypto.h"
#include "platform/office/sheet.h"
#include "platform/office/sheet_in.h"

#include <stdio.h>
#include <stdlib.h>

enum how { TEXT, WHOLE, TRUTH, LIST, JSON };

struct column {
    const char *title;
    const char *inside; /* object that the member lies in, or NULL */
    const char *member;
    enum how how;
    bool head; /* of the service, not of its version */
};

/* A value that its column cannot hold as it is (null, an empty text, a list with a mark in it) stands there as JSON behind this. */
#define AS_JSON "json:"
#define YES     "có"
#define NO      "không"

static const struct column service_columns[] = {
    { "Mã", NULL, "code", TEXT, true },
    { "Tên", NULL, "name", TEXT, true },
    { "Lĩnh vực", NULL, "sector", TEXT, true },
    { "Tên lĩnh vực", NULL, "sector_name", TEXT, true },
    { "Mã quốc gia", NULL, "national_code", TEXT, true },
    { "Việc trong đời", NULL, "life_events", LIST, true },
    { "Từ khoá", NULL, "keywords", LIST, true },
    { "Phiên bản", NULL, "version", WHOLE, false },
    { "Từ ngày", NULL, "valid_from", TEXT, false },
    { "Đến hết ngày", NULL, "valid_to", TEXT, false },
    { "Mức", NULL, "level", TEXT, false },
    { "Lý do", NULL, "reason", TEXT, false },
    { "Chức năng", NULL, "function", TEXT, false },
    { "Cấp", NULL, "unit_level", TEXT, false },
    { "Ai được nộp", NULL, "who", TEXT, false },
    { "Mức đăng nhập", NULL, "sign_in", WHOLE, false },
    { "Căn cứ", NULL, "legal_basis", JSON, false },
    { "Số ngày", "time", "days", WHOLE, false },
    { "Trả trong ngày nếu trước", "time", "same_day_before", TEXT, false },
    { "Ghi chú thời gian", "time", "note", TEXT, false },
    { "Đã xác nhận thời gian", "time", "confirmed", TRUTH, false },
    { "Quy trình", NULL, "flow", TEXT, false },
    { "Kết quả", "result", "name", TEXT, false },
    { "Mẫu kết quả", "result", "form_no", TEXT, false },
    { "Cách nhận", "result", "delivery", LIST, false },
    { "Người ký", "result", "signer_title", TEXT, false },
    { "Nội dung giấy", "result", "paper", JSON, false },
    { "Liên thông", NULL, "bundle", JSON, false },
};
static const struct column page_columns[] = {
    { "Tên ngắn", NULL, "id", TEXT, false },    { "Tiêu đề", NULL, "title", TEXT, false },
    { "Lời dẫn", NULL, "intro", TEXT, false },  { "Chỉ khi", NULL, "when", JSON, false },
    { "Lặp lại", NULL, "repeat", JSON, false },
};
static const struct column field_columns[] = {
    { "Tên ngắn", NULL, "id", TEXT, false },        { "Kiểu", NULL, "type", TEXT, false },
    { "Lời hỏi", NULL, "label", TEXT, false },      { "Giải thích", NULL, "help", TEXT, false },
    { "Bắt buộc", NULL, "required", TRUTH, false }, { "Nhỏ nhất", NULL, "min", WHOLE, false },
    { "Lớn nhất", NULL, "max", WHOLE, false },      { "Lựa chọn", NULL, "choices", JSON, false },
    { "Lấy sẵn từ", NULL, "prefill", TEXT, false }, { "Kiểm tra", NULL, "check", TEXT, false },
    { "Chỉ khi", NULL, "when", JSON, false },
};
static const struct column paper_columns[] = {
    { "Tên ngắn", NULL, "id", TEXT, false },
    { "Tên giấy tờ", NULL, "name", TEXT, false },
    { "Ghi chú", NULL, "note", TEXT, false },
    { "Mẫu số", NULL, "form_no", TEXT, false },
    { "Bắt buộc", NULL, "required", TRUTH, false },
    { "Chỉ khi", NULL, "when", JSON, false },
    { "Nguồn", "source", "kind", TEXT, false },
    { "Hệ thống", "source", "system", TEXT, false },
    { "Điền sẵn", "source", "fields", JSON, false },
    { "Khi gián đoạn", NULL, "fallback", TEXT, false },
    { "Kiểm tra sau", NULL, "post_check", TRUTH, false },
};
static const struct column fee_columns[] = {
    { "Tên ngắn", NULL, "id", TEXT, false },
    { "Khoản thu", NULL, "label", TEXT, false },
    { "Ghi chú", NULL, "note", TEXT, false },
    { "Mức", NULL, "amount", WHOLE, false },
    { "Nhân với", NULL, "times", TEXT, false },
    { "Chỉ khi", NULL, "when", JSON, false },
    { "Đã xác nhận", NULL, "confirmed", TRUTH, false },
};

enum which { SERVICES, PAPERS, FIELDS, FEES, PAGES, SHEETS_ };
struct sheet {
    const char *name;
    const struct column *columns;
    size_t n;
    const char *array; /* of the version; fields lie in a page's */
    size_t keys;       /* columns before: code, version, page */
};
#define COLUMNS(a) (a), sizeof(a) / sizeof((a)[0])
static const struct sheet sheets[SHEETS_] = {
    [SERVICES] = { "Dịch vụ", COLUMNS(service_columns), NULL, 0 },
    [PAPERS] = { "Giấy tờ", COLUMNS(paper_columns), "papers", 2 },
    [FIELDS] = { "Biểu mẫu", COLUMNS(field_columns), "fields", 3 },
    [FEES] = { "Lệ phí", COLUMNS(fee_columns), "fee", 2 },
    [PAGES] = { "Bước", COLUMNS(page_columns), "pages", 2 },
};
static const char *const key_titles[] = { "Mã", "Phiên bản", "Trang" };
#define EMPTY_TITLE "Phần để trống" /* arrays that are there and have nothing in them */
enum { COLUMNS_MOST = 40 };

/* ---- out ---- */

static bool is_plain(struct str s)
{
    return s.n > 0 && !str_starts(s, STR(AS_JSON)) && s.p[0] != ' ' && s.p[s.n - 1] != ' ';
}

static struct str joined(struct arena *a, const json_t *list)
{
    struct str all = STR("");
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct str one = json_str(json_array_get(list, i));
        if (!json_is_string(json_array_get(list, i)) || !is_plain(one) || str_find_char(one, '|') >= 0)
            return STR("");
        all = str_fmt(a, "%.*s%s%.*s", STR_ARG(all), i ? " | " : "", STR_ARG(one));
    }
    return all;
}

static struct str as_json(struct arena *a, const json_t *j, const char *mark)
{
    return str_fmt(a, "%s%.*s", mark, STR_ARG(json_text(a, j, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY)));
}

static void put_cell(struct book *b, struct arena *a, const struct column *c, const json_t *j)
{
    struct str list = c->how == LIST && json_is_array(j) ? joined(a, j) : STR("");
    if (!j)
        sheet_text(b, STR_NONE);
    else if (c->how == WHOLE && json_is_integer(j))
        sheet_whole(b, json_integer_value(j));
    else if (c->how == TRUTH && json_is_boolean(j))
        sheet_text(b, json_is_true(j) ? STR(YES) : STR(NO));
    else if (c->how == TEXT && json_is_string(j) && is_plain(json_str(j)))
        sheet_text(b, json_str(j));
    else if (list.n)
        sheet_text(b, list);
    else
        sheet_text(b, as_json(a, j, c->how == JSON ? "" : AS_JSON));
}

static void put_cells(struct book *b, struct arena *a, const struct sheet *s, const json_t *head, const json_t *j)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct column *c = &s->columns[i];
        const json_t *object = c->head ? head : c->inside ? json_object_get(j, c->inside) : j;
        put_cell(b, a, c, json_object_get(object, c->member));
    }
}

static void put_keys(struct book *b, const json_t *file, const json_t *version, const json_t *page)
{
    sheet_text(b, json_str_at(file, "code"));
    sheet_whole(b, json_integer_value(json_object_get(version, "version")));
    if (page)
        sheet_text(b, json_str_at(page, "id"));
}

static void put_rows(struct book *b, struct arena *a, const struct sheet *s, const json_t *file, const json_t *version,
                     const json_t *page, const json_t *array)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        put_keys(b, file, version, page);
        put_cells(b, a, s, file, json_array_get(array, i));
        sheet_row_end(b);
    }
}

static void put_empty(struct book *b, const json_t *version)
{
    static const char *const names[] = { "papers", "fee" };
    char text[32] = "";
    for (size_t i = 0; i < 2; i++) {
        const json_t *j = json_object_get(version, names[i]);
        size_t n = str_of(text).n;
        if (json_is_array(j) && json_array_size(j) == 0)
            snprintf(text + n, sizeof(text) - n, "%s%s", n ? " | " : "", names[i]);
    }
    sheet_text(b, str_of(text));
}

static void put_version(struct book *b, struct arena *a, enum which w, const json_t *file, const json_t *version)
{
    const json_t *pages = json_object_get(json_object_get(version, "form"), "pages");
    switch (w) {
    case SERVICES:
        put_cells(b, a, &sheets[w], file, version);
        put_empty(b, version);
        sheet_row_end(b);
        break;
    case PAGES:
        put_rows(b, a, &sheets[w], file, version, NULL, pages);
        break;
    case FIELDS:
        for (size_t i = 0; i < json_array_size(pages); i++)
            put_rows(b, a, &sheets[w], file, version, json_array_get(pages, i),
                     json_object_get(json_array_get(pages, i), "fields"));
        break;
    default:
        put_rows(b, a, &sheets[w], file, version, NULL, json_object_get(version, sheets[w].array));
    }
}

static void put_sheet(struct book *b, struct arena *a, enum which w, const json_t *files)
{
    const struct sheet *s = &sheets[w];
    struct sheet_column *columns = arena_new_array(a, struct sheet_column, COLUMNS_MOST);
    size_t n = 0;
    for (size_t i = 0; i < s->keys; i++)
        columns[n++] = (struct sheet_column) { str_of(key_titles[i]), i == 1 ? SHEET_WHOLE : SHEET_TEXT, 0 };
    for (size_t i = 0; i < s->n; i++)
        columns[n++] =
            (struct sheet_column) { str_of(s->columns[i].title), s->columns[i].how == WHOLE ? SHEET_WHOLE : SHEET_TEXT, 0 };
    if (w == SERVICES)
        columns[n++] = (struct sheet_column) { STR(EMPTY_TITLE), SHEET_TEXT, 0 };
    struct sheet_def *def = arena_new(a, struct sheet_def); /* the book looks at it until the sheet ends */
    *def = (struct sheet_def) { str_of(s->name), columns, n };
    book_sheet(b, def);
    for (size_t f = 0; f < json_array_size(files); f++) {
        const json_t *file = json_array_get(files, f), *versions = json_object_get(file, "versions");
        for (size_t v = 0; v < json_array_size(versions); v++)
            put_version(b, a, w, file, json_array_get(versions, v));
    }
}

int services_book_write(struct arena *a, const json_t *files, struct instant made, struct str *bytes, struct err *e)
{
    struct book *b =
        book_new(a, &(struct book_options) { .format = BOOK_XLSX, .title = STR("Danh mục dịch vụ công"), .made = made });
    for (enum which w = SERVICES; w < SHEETS_; w++)
        put_sheet(b, a, w, files);
    return book_close(b, bytes, e);
}

/* ---- in ---- */

struct reading {
    struct arena *a;
    json_t *files;
    const struct sheet *s;
    size_t at[COLUMNS_MOST];
    const struct sheet_row *row;
    struct err *e;
};

static int refuse(struct reading *r, struct str say, const char *title)
{
    ERR_SAY(r->e, ERR_INPUT, say, "%s, row %lld, %s", r->s->name, (long long)r->row->number, title);
    if (r->e)
        snprintf(r->e->field, sizeof(r->e->field), "%s, dòng %lld", r->s->name, (long long)r->row->number);
    return -1;
}

/* A day that a spreadsheet has made of a text is the text again. */
static struct str cell_text(struct reading *r, size_t place)
{
    size_t at = r->at[place];
    if (at < r->row->n && r->row->cell[at].kind == CELL_DAY)
        return day_iso(r->a, r->row->cell[at].day);
    return str_trim(sheet_text_at(r->row, at));
}

static json_t *list_json(struct str text)
{
    json_t *list = json_array();
    struct str one;
    while (str_cut(&text, '|', &one)) {
        one = str_trim(one);
        json_array_append_new(list, json_stringn(one.p ? one.p : "", one.n));
    }
    return list;
}

static json_t *parsed(struct str text)
{
    return json_loadb(text.p ? text.p : "", text.n, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
}

/* NULL: the cell cannot be read as its column's kind. */
static json_t *cell_json(const struct column *c, struct str text)
{
    int64_t n;
    if (str_starts(text, STR(AS_JSON)))
        return parsed(str_from(text, sizeof(AS_JSON) - 1));
    switch (c->how) {
    case WHOLE:
        return str_to_i64(text, &n) ? json_integer(n) : NULL;
    case TRUTH:
        return str_eq(text, STR(YES)) ? json_true() : str_eq(text, STR(NO)) ? json_false() : NULL;
    case LIST:
        return list_json(text);
    case JSON:
        return parsed(text);
    default:
        return json_stringn(text.p, text.n);
    }
}

static json_t *object_in(json_t *object, const char *key)
{
    json_t *inner = json_object_get(object, key);
    if (!inner)
        json_object_set_new(object, key, inner = json_object());
    return inner;
}

static int read_cells(struct reading *r, json_t *head, json_t *j)
{
    for (size_t i = 0; i < r->s->n; i++) {
        const struct column *c = &r->s->columns[i];
        struct str text = cell_text(r, r->s->keys + i);
        if (!text.n)
            continue;
        json_t *value = cell_json(c, text);
        if (!value)
            return refuse(r, MSGS("Ô này không đọc được. Xin xem lại kiểu của cột."), c->title);
        json_object_set_new(c->head ? head : c->inside ? object_in(j, c->inside) : j, c->member, value);
    }
    return 0;
}

static json_t *file_of(const json_t *files, struct str code)
{
    for (size_t i = 0; i < json_array_size(files); i++)
        if (str_eq(json_str_at(json_array_get(files, i), "code"), code))
            return json_array_get(files, i);
    return NULL;
}

static json_t *version_of(const json_t *file, int64_t number)
{
    const json_t *versions = json_object_get(file, "versions");
    for (size_t i = 0; i < json_array_size(versions); i++)
        if (json_integer_value(json_object_get(json_array_get(versions, i), "version")) == number)
            return json_array_get(versions, i);
    return NULL;
}

static int read_service(struct reading *r)
{
    json_t *file = file_of(r->files, cell_text(r, 0)), *version;
    struct str empty = cell_text(r, r->s->n), one;
    if (!file) {
        json_array_append_new(r->files, file = json_object());
        json_object_set_new(file, "versions", json_array());
    }
    json_array_append_new(json_object_get(file, "versions"), version = json_object());
    if (read_cells(r, file, version))
        return -1;
    while (empty.n && str_cut(&empty, '|', &one))
        json_object_setn_new(version, str_trim(one).p, str_trim(one).n, json_array());
    return 0;
}

static json_t *page_with(const json_t *version, struct str id)
{
    const json_t *pages = json_object_get(json_object_get(version, "form"), "pages");
    for (size_t i = 0; i < json_array_size(pages); i++)
        if (str_eq(json_str_at(json_array_get(pages, i), "id"), id))
            return json_array_get(pages, i);
    return NULL;
}

static json_t *array_in(json_t *object, const char *key)
{
    json_t *array = json_object_get(object, key);
    if (!array)
        json_object_set_new(object, key, array = json_array());
    return array;
}

static int read_part(struct reading *r)
{
    int64_t number = 0;
    json_t *version = str_to_i64(cell_text(r, 1), &number) ? version_of(file_of(r->files, cell_text(r, 0)), number) : NULL;
    json_t *holder = r->s == &sheets[FIELDS] ? page_with(version, cell_text(r, 2)) : version;
    if (!holder)
        return refuse(r, MSGS("Dòng này nói về dịch vụ, phiên bản hoặc trang mà các trang tính khác không có."),
                      key_titles[r->s->keys - 1]);
    if (r->s == &sheets[PAGES])
        holder = object_in(holder, "form");
    json_t *j = json_object();
    json_array_append_new(array_in(holder, r->s->array), j);
    return read_cells(r, NULL, j);
}

static int read_rows(struct reading *r, struct sheet_in *in)
{
    const char *names[COLUMNS_MOST];
    struct sheet_row row;
    size_t n = 0;
    int got = 0;
    for (size_t i = 0; i < r->s->keys; i++)
        names[n++] = key_titles[i];
    for (size_t i = 0; i < r->s->n; i++)
        names[n++] = r->s->columns[i].title;
    if (r->s == &sheets[SERVICES])
        names[n++] = EMPTY_TITLE;
    if (sheet_columns(in, names, n, r->at, r->e))
        return -1;
    r->row = &row;
    while ((got = sheet_next(in, &row, r->e)) == 1)
        if (r->s == &sheets[SERVICES] ? read_service(r) : read_part(r))
            return -1;
    return got;
}

static int read_sheet(struct reading *r, struct str bytes)
{
    struct sheet_in *in;
    struct sheet_limits limits = { .rows = 200000, .cell = 120 << 10, .sheet = str_of(r->s->name) };
    return sheet_open(r->a, bytes, &limits, &in, r->e) ? -1 : read_rows(r, in);
}

int services_book_read(struct arena *a, struct str bytes, json_t **out, struct err *e)
{
    static const enum which order[] = { SERVICES, PAGES, FIELDS, PAPERS, FEES };
    struct reading r = { .a = a, .files = json_kept(a, json_array()), .e = e };
    for (size_t i = 0; i < SHEETS_; i++) {
        r.s = &sheets[order[i]];
        if (read_sheet(&r, bytes))
            return -1;
    }
    *out = r.files;
    return 0;
}
