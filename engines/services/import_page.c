/* import_page.c: the catalogue as a download; and a file that the catalogue officer uploads. What is new in it becomes drafts, so that a
 * second person still looks at each before it is published.
 */
#include "engines/services/book.h"
#include "engines/services/editor.h"

#include "gen/services_pages.h"
#include "platform/crypto/crypto.h"
#include "platform/office/sheet.h"

static const struct field import_fields[] = {
    { .name = "file",
      .type = FIELD_FILE,
      .required = true,
      .max = 16 << 20,
      .label = MSG("Tệp Excel hoặc JSON"),
      .help = MSG("Như tệp tải từ trang này, hoặc tệp JSON của một dịch vụ.") },
    { .name = NULL },
};
const struct form services_import_form = {
    .name = "services_import", .fields = import_fields, .multipart = true, .max_body = 17 << 20
};

/* ---- out ---- */

int services_export_get(struct req *q, struct res *s, struct err *e)
{
    json_t *all;
    struct str bytes;
    bool book = str_ends(q->path, STR(".xlsx"));
    struct dbr *r = req_read(q, e);
    if (!r || services_all_json(r, q->arena, &all, e))
        return -1;
    int failed = book ? services_book_write(q->arena, all, q->now, &bytes, e) : json_canonical(q->arena, all, &bytes, e);
    const char *type = book ? book_type(BOOK_XLSX) : "application/json; charset=utf-8";
    if (failed || res_download(q, s, type, book ? STR("dich-vu-cong.xlsx") : STR("dich-vu-cong.json")))
        return -1;
    s->type = str_of(type);
    res_body(q, s, bytes);
    return 0;
}

/* ---- in ---- */

/* A new version of a service, on its way to become a draft. */
struct new_draft {
    struct str code, body;
    int64_t base;
};
struct import_work {
    service_files files;
    VEC(struct new_draft) drafts;
};

static const struct service_versions_row *published(const struct service_versions_rows *rows, int version)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->v[i].version == version)
            return &rows->v[i];
    return NULL;
}

static void add_fault(struct req *q, struct service_named_file *f, struct str say, int version)
{
    *vec_push(q->arena, &f->faults) =
        (struct service_fault) { STR("versions"), say, str_fmt(q->arena, "%.*s v%d", STR_ARG(f->file.code), version) };
}

/* The file's names and words around one of its versions. */
static int draft_body(struct req *q, const struct service_file *f, size_t version, struct str *out, struct err *e)
{
    json_t *body, *j;
    if (json_read(q->arena, f->bodies[version], &body, e))
        return -1;
    j = json_kept(q->arena, json_pack("{s:[O]}", "versions", body));
    services_put_head(j, f);
    return json_canonical(q->arena, j, out, e);
}

static int find_new(struct req *q, struct dbr *r, struct import_work *w, struct service_named_file *f, struct err *e)
{
    struct service_versions_rows rows;
    const struct service_file *file = &f->file;
    if (service_versions(r, q->arena, &(struct service_versions_in) { .service = file->code }, &rows, e))
        return -1;
    for (size_t i = 0; i < file->n_versions; i++) {
        const struct service_versions_row *there = published(&rows, file->versions[i]->version);
        struct new_draft d = { .code = file->code, .base = rows.n ? rows.v[rows.n - 1].id : 0 };
        if (there && !hash32_eq(&there->hash, &file->versions[i]->hash))
            add_fault(q, f,
                      MSGS("Phiên bản đã công bố thì không sửa được nữa. Xin lập một phiên bản mới với ngày hiệu lực mới."),
                      file->versions[i]->version);
        if (there)
            continue;
        if (draft_body(q, file, i, &d.body, e))
            return -1;
        *vec_push(q->arena, &w->drafts) = d;
    }
    return 0;
}

static int read_upload(struct req *q, struct import_work *w, struct err *e)
{
    const struct part *file = req_file(q, "file");
    struct str *known;
    size_t n;
    struct err why = { 0 };
    struct dbr *r = req_read(q, e);
    if (!r || !file || services_known_codes(r, q->arena, &known, &n, e))
        return -1;
    if (services_import_read(q->arena, file->bytes, known, n, &w->files, &why)) {
        req_refuse_field(q, e, "file", err_sentence(&why));
        return -1;
    }
    for (size_t i = 0; i < w->files.n; i++)
        if (!w->files.v[i].refused.n && w->files.v[i].faults.n == 0 && find_new(q, r, w, &w->files.v[i], e))
            return -1;
    return 0;
}

int services_import_prepare(struct req *q, struct err *e)
{
    struct import_work *w = q->work = arena_new(q->arena, struct import_work);
    if (read_upload(q, w, e))
        return -1;
    if (services_files_faults(&w->files))
        return req_refuse_field(q, e, "file", MSGS("Tệp có chỗ cần sửa, nêu ở bảng dưới; chưa ghi gì."));
    if (w->drafts.n == 0)
        return req_refuse_field(q, e, "file", MSGS("Tệp này giống hệt danh mục đang có, không có phiên bản nào mới."));
    return 0;
}

int services_import_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct import_work *w = q->work;
    struct audit_record rec = audit_of(q, STR("services.draft_made"));
    for (size_t i = 0; i < w->drafts.n; i++) {
        int64_t id;
        struct service_draft_insert_in in = { .service = w->drafts.v[i].code,
                                              .has_base = w->drafts.v[i].base > 0,
                                              .base = w->drafts.v[i].base,
                                              .body = w->drafts.v[i].body,
                                              .made_by = q->actor->account,
                                              .made_name = q->actor->name,
                                              .changed_by = q->actor->account,
                                              .changed_name = q->actor->name,
                                              .changed_at = tx_now(tx),
                                              .editors = services_draft_editors(q, STR("")) };
        if (service_draft_insert(tx, &in, &id, e))
            return -1;
    }
    rec.object = str_fmt(q->arena, "service_draft %zu", w->drafts.n);
    req_outcome(q, STR("/admin/services"));
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int services_import_get(struct req *q, struct res *s, struct err *e)
{
    struct services_import_view v = { .key = req_form_key(q),
                                      .files = q->work ? &((const struct import_work *)q->work)->files : NULL };
    (void)e;
    struct html h = res_html(q, s);
    services_import_page(&h, &v);
    return 0;
}
