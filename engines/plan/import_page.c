/* import_page.c: a plan as a file: looked at first, row by row beside the plan there is, then confirmed. A file with a fault writes
 * nothing; a plan that is there is never written over.
 */
#include "engines/plan/import_page.h"

#include "gen/plan_pages.h"
#include "platform/crypto/crypto.h"

#include <string.h>

enum { FILE_MOST = 1 << 20, KEPT_MOST = 3 << 19 };

static const struct field file_fields[] = {
    { .name = "file",
      .type = FIELD_FILE,
      .required = true,
      .max = FILE_MOST,
      .label = MSG("Tệp kế hoạch (XLSX hoặc CSV)"),
      .help = MSG("Mỗi mô hình một dòng, các cột như tệp mẫu. Tối đa 1 MB.") },
    { .name = NULL },
};
const struct form plan_file_form = {
    .name = "plan_file", .fields = file_fields, .max_body = FILE_MOST + 65536, .multipart = true
};

static const struct field confirm_fields[] = {
    { .name = "kept", .type = FIELD_HIDDEN, .required = true, .max = KEPT_MOST, .label = MSG("Tệp đã xem trước") },
    { .name = "mark", .type = FIELD_HIDDEN, .required = true, .max = 64, .label = MSG("Dấu của bản xem trước") },
    { .name = NULL },
};
const struct form plan_confirm_form = { .name = "plan_confirm", .fields = confirm_fields, .max_body = KEPT_MOST + 65536 };

/* ---- a file beside the plan there is ---- */

static const struct plan_models_row *model_there(const struct plan_models_rows *rows, int64_t number)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->v[i].number == number)
            return &rows->v[i];
    return NULL;
}

static void compare(struct req *q, struct plan_import_view *v, const struct plan_models_rows *there)
{
    for (size_t i = 0; i < v->import.rows.n; i++) {
        const struct import_row *row = &v->import.rows.v[i];
        const struct plan_models_row *now = model_there(there, row->number);
        import_conflicts found = { 0 };
        plan_conflicts_find(q->arena, row, &found);
        *vec_push(q->arena, &v->lines) = (struct plan_import_line) {
            .row = row,
            .conflicts = (int64_t)found.n,
            .change = !now ? IMPORT_NEW : str_eq(now->name, row->name_appendix) ? IMPORT_SAME : IMPORT_RENAMED,
        };
        v->conflicts += (int64_t)found.n;
    }
    v->there = (int64_t)there->n;
}

static int look(struct req *q, struct str file, struct plan_import_view *v, struct err *e)
{
    struct agency_names names;
    struct plan_models_rows there;
    struct err why = { .code = ERR_NONE };
    struct dbr *r = req_read(q, e);
    if (!r || agency_names_on(r, q->arena, plan_state(q->app)->day, &names, e) || plan_models(r, q->arena, &there, e))
        return -1;
    if (plan_import_read(q->arena, file, &names, &v->import, &why))
        return req_refuse_field(q, e, "file", err_sentence(&why));
    compare(q, v, &there);
    struct hash32 hash = sha256(file);
    v->mark = str_hex(q->arena, hash.b, sizeof(hash.b));
    v->file = str_base64url(q->arena, file.p, file.n);
    v->previewed = true;
    return 0;
}

static int show(struct req *q, struct res *s, struct plan_import_view *v)
{
    v->key = req_form_key(q);
    struct html h = res_html(q, s);
    plan_import_page(&h, v);
    return 0;
}

int plan_import_get(struct req *q, struct res *s, struct err *e)
{
    struct plan_import_view v;
    (void)e;
    memset(&v, 0, sizeof(v));
    return show(q, s, &v);
}

int plan_import_again(struct req *q, struct res *s, struct err *e)
{
    struct plan_import_view none, *v = q->work ? q->work : &none;
    (void)e;
    memset(&none, 0, sizeof(none));
    return show(q, s, v);
}

int plan_preview_prepare(struct req *q, struct err *e)
{
    const struct part *file = req_file(q, "file");
    struct plan_import_view *v = arena_new(q->arena, struct plan_import_view);
    q->work = v;
    if (!file || file->bytes.n == 0)
        return req_refuse_field(q, e, "file", MSGS("Xin chọn tệp kế hoạch."));
    return look(q, file->bytes, v, e);
}

int plan_preview_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return show(q, s, q->work);
}

/* ---- confirming ---- */

int plan_confirm_prepare(struct req *q, struct err *e)
{
    struct plan_import_view *v = arena_new(q->arena, struct plan_import_view);
    struct str file;
    q->work = v;
    if (!str_unbase64url(q->arena, req_form(q, "kept"), &file))
        return ERR_SAY(e, ERR_INPUT, MSGS("Tệp trong trang đã hỏng. Xin tải tệp lên lại."), "kept file");
    if (look(q, file, v, e))
        return -1;
    if (v->import.faults.n > 0 || !str_eq(v->mark, req_form(q, "mark")))
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Tệp không phải bản vừa xem trước. Xin xem lại rồi xác nhận."), "mark");
    return 0;
}

int plan_confirm_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct plan_import_view *v = q->work;
    struct plan_importing in = { q->arena, &v->import, plan_state(q->app)->day };
    struct audit_record rec = audit_of(q, STR("plan.imported"));
    rec.object = plan_state(q->app)->number;
    return plan_import_write(tx, &in, e) || audit_write(tx, q->arena, &rec, NULL, e) ? -1 : 0;
}

int plan_confirm_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/plan"));
}

/* The heading alone; packs/dak_nong/models.csv is a whole example. */
int plan_template_get(struct req *q, struct res *s, struct err *e)
{
    struct str bom = STR("\xEF\xBB\xBF");
    (void)e;
    if (res_download(q, s, "text/csv; charset=utf-8", STR("mau-ke-hoach.csv")) != 0)
        return -1;
    buf_put(&s->body, bom);
    buf_put(&s->body, plan_import_heading(q->arena));
    return 0;
}

struct str import_change_label(enum import_change c)
{
    static const struct str labels[] = { MSG("mới"), MSG("giống kế hoạch đang có"), MSG("khác tên với kế hoạch đang có") };
    return labels[c];
}

enum tag_kind import_change_tag(enum import_change c)
{
    return c == IMPORT_NEW ? TAG_ACCEPTED : c == IMPORT_SAME ? TAG_PLAIN : TAG_LATE;
}
