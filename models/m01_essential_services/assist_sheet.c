/* assist_sheet.c: who has neither an account nor a phone signs by hand: a sheet with the answers to print, and its scan, which goes
 * with the case. The letters at the foot of the sheet are made from the answers, so that a signature under other answers is not taken.
 */
#include "models/m01_essential_services/assist.h"

#include "platform/crypto/crypto.h"
#include "platform/office/document.h"

enum { SHEET_LETTERS = 8 };

/* "3F9A12CD": enough to tell two states of one draft apart; the case keeps the whole hash. */
static struct str sheet_letters(struct arena *a, const struct filing *f)
{
    struct hash32 h = sha256(f->draft.body);
    return str_fmt(a, "%02X%02X%02X%02X", h.b[0], h.b[1], h.b[2], h.b[3]);
}

static void add_answers(struct document *d, struct arena *a, const struct service_summary *all)
{
    for (size_t i = 0; i < all->pages.n; i++) {
        document_heading(d, 2, all->pages.v[i].title);
        for (size_t k = 0; k < all->pages.v[i].lines.n; k++) {
            const struct service_summary_line *l = &all->pages.v[i].lines.v[k];
            if (l->words.n)
                document_item(d, str_fmt(a, "%.*s: %.*s", STR_ARG(l->label), STR_ARG(l->words)));
        }
    }
}

static void add_signatures(struct document *d, struct req *q, const struct filing *f)
{
    document_paragraph(d, STR("Tôi đã đọc hoặc được đọc cho nghe những điều trên, thấy đúng, và đồng ý để gửi hồ sơ này."));
    document_paragraph(d, str_fmt(q->arena, "Người điền giúp: %.*s.", STR_ARG(q->actor->name)));
    document_paragraph(d, str_fmt(q->arena, "Mã bản in: %.*s", STR_ARG(sheet_letters(q->arena, f))));
    document_authority(d, STR("NGƯỜI XÁC NHẬN"));
    d->signer = f->row.name;
}

int assist_sheet_pdf(struct req *q, struct res *s, struct err *e)
{
    struct filing f;
    struct service_summary all;
    struct document d;
    struct str pdf;
    if (filing_of_request(q, &f, e) || services_summary_of(&f.answers, LANG_VI, STR_NONE, &all, e))
        return -1;
    if (!f.row.assisted)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Hồ sơ này do chính người nộp điền, không cần bản xác nhận."), "not assisted");
    document_init(&d, q->arena);
    d.on = instant_day(q->now);
    d.kind = STR("BẢN XÁC NHẬN");
    d.about = str_fmt(q->arena, "Hồ sơ điền giúp: %.*s", STR_ARG(f.def->name));
    d.mode = str_eq(str_of(q->app->settings.mode), STR("THẬT")) ? STR("") : str_of(q->app->settings.mode);
    d.made = q->now;
    document_paragraph(&d, str_fmt(q->arena, "Nộp cho: %.*s, số định danh %.*s", STR_ARG(f.row.name), STR_ARG(pid_str(&f.row.pid))));
    add_answers(&d, q->arena, &all);
    add_signatures(&d, q, &f);
    if (document_pdf(&d, q->arena, &pdf, e) ||
        res_download(q, s, "application/pdf", str_fmt(q->arena, "xac-nhan-%lld.pdf", (long long)f.draft.id)))
        return -1;
    res_body(q, s, pdf);
    return 0;
}

/* ---- the signed sheet comes back ---- */

static const struct field signed_fields[] = {
    { .name = "sheet",
      .type = FIELD_TEXT,
      .required = true,
      .max = SHEET_LETTERS,
      .label = MSG("Mã bản in, ở cuối bản đã ký"),
      .help = MSG("Tám chữ, ví dụ 3F9A12CD.") },
    { .name = "scan",
      .type = FIELD_FILE,
      .required = true,
      .max = CASE_FILE_MAX,
      .label = MSG("Ảnh chụp bản đã ký"),
      .help = MSG("Chụp bằng điện thoại cũng được, tối đa 4 MB.") },
    { .name = NULL },
};
const struct form assist_signed_form = {
    .name = "assist_signed", .fields = signed_fields, .multipart = true, .max_body = CASE_FILE_MAX + (64 << 10)
};

struct field_view assist_signed_field(struct html *h)
{
    struct field_view f = field_of(h, &assist_signed_form, "scan");
    f.accept = STR("image/jpeg,image/png,image/webp,application/pdf");
    return f;
}

struct signed_work {
    struct filing f;
    struct case_paper_new paper;
};

int assist_signed_prepare(struct req *q, struct err *e)
{
    struct signed_work *w = arena_new(q->arena, struct signed_work);
    const struct part *part = req_file(q, "scan");
    struct err why = { 0 };
    q->work = w;
    if (filing_of_request(q, &w->f, e))
        return -1;
    if (!str_eq_nocase(req_form(q, "sheet"), sheet_letters(q->arena, &w->f)))
        return req_refuse_field(q, e, "sheet",
                                MSGS("Mã này không phải của tờ khai như bây giờ. Nếu đã sửa sau khi in, xin in lại và ký lại."));
    w->paper = (struct case_paper_new) { .slot = ASSIST_SHEET_SLOT, .kind = CASE_SCAN };
    if (part) {
        w->paper.file_name = part->filename;
        w->paper.bytes = part->bytes;
    }
    return case_paper_check(&w->paper, &why) ? req_refuse_field(q, e, "scan", err_sentence(&why)) : 0;
}

int assist_signed_write(struct req *q, struct tx *tx, struct err *e)
{
    struct signed_work *w = q->work;
    struct filing_scan_drop_in old = { .draft = w->f.draft.id, .slot = ASSIST_SHEET_SLOT };
    return filing_scan_drop(tx, &old, NULL, e) || filing_scan_keep(tx, w->f.draft.id, &w->paper, e) ||
                   assist_confirmed(q, tx, &w->f, STR("paper"), e)
               ? -1
               : 0;
}
