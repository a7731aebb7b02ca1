/* letter_paper.c: forms 01 to 05 (TT 01/2018/TT-VPCP) as A5 papers, from what was written down when they were given. */
#include "engines/cases/letter_paper.h"

#include "base/text.h"
#include "platform/crypto/jose.h"

#include <jansson.h>

/* What stands in a letter, read back from its body. */
struct facts {
    struct arena *arena;
    struct document *d;
    const struct case_view *c;
    const struct case_letter *l;
    const json_t *body;
};

/* "10:05 16/02/2024", or dots to fill in by hand. */
static struct str time_of(const struct facts *f, const char *key)
{
    struct instant t;
    return instant_parse(str_or_empty(json_str_at(f->body, key)), &t) ? instant_vi(f->arena, t) : STR("…………………");
}

static struct str day_of(const struct facts *f, const char *key)
{
    struct day d;
    return day_parse_iso(str_or_empty(json_str_at(f->body, key)), &d) ? day_vi(f->arena, d) : STR("…………………");
}

static void line(const struct facts *f, const char *label, struct str value)
{
    if (value.n)
        document_paragraph(f->d, str_fmt(f->arena, "%s: %.*s", label, STR_ARG(value)));
}

static void list(const struct facts *f, const char *key)
{
    const json_t *all = json_object_get(f->body, key);
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *v = json_array_get(all, i);
        struct str item = json_str(v);
        document_paragraph(f->d, str_fmt(f->arena, "%zu. %.*s", i + 1, STR_ARG(item)));
    }
}

static void qr(const struct facts *f, const struct app *app)
{
    struct str base = str_of(app->settings.base_url);
    document_qr(f->d, str_fmt(f->arena, "%.*s/follow?number=%.*s", STR_ARG(base), STR_ARG(f->c->number_text)));
    document_paragraph(
        f->d, str_fmt(f->arena,
                      "Quét mã hoặc mở %.*s/follow, ghi số hồ sơ và mã theo dõi để biết hồ sơ đang ở đâu. Mã hình không "
                      "chứa thông tin cá nhân.",
                      STR_ARG(base)));
}

/* ---- each form ---- */

static void receipt(const struct facts *f)
{
    line(f, "Đã nhận hồ sơ của", json_str_at(f->body, "name"));
    line(f, "Người nộp thay", json_str_at(f->body, "filer"));
    line(f, "Số điện thoại", json_str_at(f->body, "phone"));
    line(f, "Nội dung yêu cầu giải quyết", json_str_at(f->body, "service"));
    document_paragraph(f->d, STR("Giấy tờ đã nộp:"));
    if (json_array_size(json_object_get(f->body, "papers")) == 0)
        document_paragraph(f->d, STR("Không phải nộp giấy tờ: dữ liệu được lấy từ các cơ sở dữ liệu."));
    list(f, "papers");
    line(f, "Thời gian nhận hồ sơ", time_of(f, "received"));
    line(f, "Thời gian trả kết quả", time_of(f, "due"));
    line(f, "Cách nhận kết quả", json_str_at(f->body, "delivery"));
    line(f, "Phí, lệ phí", f->c->fee.dong ? money_vi(f->arena, f->c->fee) : STR("không"));
}

static void supplement(const struct facts *f)
{
    line(f, "Hồ sơ của", json_str_at(f->body, "name"));
    line(f, "Nội dung yêu cầu giải quyết", json_str_at(f->body, "service"));
    document_paragraph(f->d, STR("Để giải quyết được hồ sơ này, xin ông/bà bổ sung những giấy tờ, nội dung sau:"));
    list(f, "words");
    document_paragraph(f->d,
                       STR("Đây là lần yêu cầu bổ sung duy nhất. Thời gian chờ bổ sung không tính vào thời hạn giải quyết; "
                           "ngày hẹn trả kết "
                           "quả được tính lại khi nhận đủ. Nếu có điều chưa rõ, xin liên hệ bộ phận một cửa nơi nộp."));
}

static void refusal(const struct facts *f)
{
    line(f, "Hồ sơ của", json_str_at(f->body, "name"));
    line(f, "Nội dung yêu cầu giải quyết", json_str_at(f->body, "service"));
    document_paragraph(f->d, STR("Hồ sơ này không được tiếp nhận, giải quyết vì:"));
    list(f, "words");
    document_paragraph(f->d, STR("Nếu không đồng ý, ông/bà có quyền khiếu nại đến cơ quan giải quyết theo Luật Khiếu nại."));
}

static void apology(const struct facts *f)
{
    document_to(f->d, str_fmt(f->arena, "Ông/bà %.*s", STR_ARG(json_str_at(f->body, "name"))));
    document_paragraph(f->d,
                       str_fmt(f->arena, "Ngày %.*s, chúng tôi nhận hồ sơ %.*s về việc: %.*s, và hẹn trả kết quả lúc %.*s.",
                               STR_ARG(time_of(f, "received")), STR_ARG(f->c->number_text),
                               STR_ARG(json_str_at(f->body, "service")), STR_ARG(time_of(f, "due"))));
    document_paragraph(f->d, STR("Đến nay chúng tôi chưa có kết quả giải quyết. Lý do:"));
    list(f, "words");
    document_paragraph(
        f->d, str_fmt(f->arena,
                      "Chúng tôi thành thật xin lỗi ông/bà, và hẹn trả kết quả vào ngày %.*s. Luật chỉ cho hẹn lại một lần.",
                      STR_ARG(day_of(f, "promised"))));
}

/* One line for each hand-over, with what it says of the days (form 05). */
static const struct table_column control_columns[] = { { STR_INIT("TT"), 1, ALIGN_CENTRE },
                                                       { STR_INIT("Việc"), 4, ALIGN_LEFT },
                                                       { STR_INIT("Người thực hiện"), 4, ALIGN_LEFT },
                                                       { STR_INIT("Thời gian"), 3, ALIGN_CENTRE },
                                                       { STR_INIT("Ghi chú"), 4, ALIGN_LEFT } };

static void control(const struct facts *f, const struct case_steps *steps)
{
    struct document_table *t;
    line(f, "Hồ sơ của", json_str_at(f->body, "name"));
    line(f, "Nội dung yêu cầu giải quyết", json_str_at(f->body, "service"));
    t = document_table(f->d, control_columns, 5);
    for (size_t i = 0; i < steps->n; i++) {
        const struct case_step *s = &steps->v[i];
        table_row(t);
        table_cell(t, str_fmt(f->arena, "%zu", i + 1));
        table_cell(t, s->label);
        table_cell(t, s->name);
        table_cell(t, instant_vi(f->arena, s->at));
        table_cell(t, s->reason);
    }
    if (f->c->ended_at.us && f->c->due.us)
        line(f, "Kết quả so với thời hạn",
             f->c->on_time ? (instant_day(f->c->ended_at).n < instant_day(f->c->due).n ? STR("Trước hạn") : STR("Đúng hạn"))
                           : STR("Quá hạn"));
}

/* ---- the whole ---- */

static struct str office_of(const struct facts *f)
{
    struct str place = text_upper(f->arena, str_or_empty(json_str_at(f->body, "place")));
    return str_fmt(f->arena, "UBND %.*s", STR_ARG(place));
}

static void frame(struct facts *f, const struct app *app)
{
    static const char *const signers[PAPER_KINDS_] = { [PAPER_RECEIPT] = "NGƯỜI TIẾP NHẬN HỒ SƠ",
                                                       [PAPER_SUPPLEMENT] = "NGƯỜI YÊU CẦU BỔ SUNG",
                                                       [PAPER_REFUSAL] = "NGƯỜI TỪ CHỐI",
                                                       [PAPER_APOLOGY] = "THỦ TRƯỞNG CƠ QUAN",
                                                       [PAPER_CONTROL] = "NGƯỜI LẬP PHIẾU" };
    static const char *const forms[PAPER_KINDS_] = { [PAPER_RECEIPT] = "receipt",
                                                     [PAPER_SUPPLEMENT] = "supplement",
                                                     [PAPER_REFUSAL] = "refusal",
                                                     [PAPER_APOLOGY] = "apology",
                                                     [PAPER_CONTROL] = "control" };
    struct document *d = f->d;
    struct str mode = f->c->mode;
    d->half = true;
    d->above = office_of(f);
    d->agency = STR("BỘ PHẬN TIẾP NHẬN\nVÀ TRẢ KẾT QUẢ");
    d->number = f->c->number_text;
    d->place = case_date_place(cases_state(app), str_or_empty(json_str_at(f->body, "place")));
    d->form = case_form_mark(cases_state(app), f->arena, str_of(forms[f->l->kind]), instant_day(f->l->at));
    d->on = instant_day(f->l->at);
    d->kind = text_upper(f->arena, case_paper_label(f->l->kind));
    d->mode = str_eq(mode, STR("THẬT")) ? STR_NONE : mode;
    d->made = f->l->at;
    document_authority(d, str_of(signers[f->l->kind]));
    d->signer = f->l->account ? f->l->name : STR_NONE; /* what the system made is signed by hand */
}

static void fill(const struct facts *f, const struct app *app, const struct case_steps *steps)
{
    static void (*const forms[PAPER_KINDS_])(const struct facts *) = {
        [PAPER_RECEIPT] = receipt, [PAPER_SUPPLEMENT] = supplement, [PAPER_REFUSAL] = refusal, [PAPER_APOLOGY] = apology
    };
    if (f->l->kind == PAPER_CONTROL)
        control(f, steps);
    else
        forms[f->l->kind](f);
    if (f->l->kind == PAPER_RECEIPT)
        qr(f, app);
}

int case_letter_document(const struct app *app, struct arena *a, const struct case_view *c, const struct case_steps *steps,
                         const struct case_letter *l, struct document *d, struct err *e)
{
    json_t *body;
    if (l->kind <= PAPER_NONE || l->kind >= PAPER_RESULT)
        return ERR(e, ERR_NOT_FOUND, "letter %lld is no form", (long long)l->id);
    if (json_read(a, l->body, &body, e))
        return -1;
    struct facts f = { .arena = a, .d = d, .c = c, .l = l, .body = body };
    document_init(d, a);
    frame(&f, app);
    fill(&f, app, steps);
    return 0;
}

/* "Xã Đắk Ru" out of the body: who gives the result. */
static struct str place_in(struct arena *a, struct str body)
{
    json_t *root;
    struct err unread = { 0 };
    return json_read(a, body, &root, &unread) == 0 ? str_or_empty(json_str_at(root, "place")) : STR("");
}

int case_letter_pdf(const struct app *app, struct dbr *r, struct arena *a, const struct case_view *c,
                    const struct case_letter *l, struct str *pdf, struct err *e)
{
    struct document d;
    struct case_steps steps = { 0 };
    int is_signed = l->kind == PAPER_RESULT ? case_letter_signed(r, a, l->id, pdf, e) : 0;
    if (is_signed != 0)
        return is_signed < 0 ? -1 : 0;
    if (l->kind == PAPER_CONTROL && case_steps_of(app, r, a, c, 0, &steps, e))
        return -1;
    int made = l->kind == PAPER_RESULT ? case_result_document(app, r, a, c, l, place_in(a, l->body), &d, e)
                                       : case_letter_document(app, a, c, &steps, l, &d, e);
    return made || document_pdf(&d, a, pdf, e) ? -1 : 0;
}

int case_letter_preview(const struct case_by *by, struct dbr *r, struct instant now, const struct case_view *c, enum case_paper_kind kind,
                        struct str words, struct str *pdf, struct err *e)
{
    struct document d;
    struct case_steps steps = { 0 };
    struct case_letter l = {
        .kind = kind, .at = now, .account = by->record.account, .name = str_or_empty(by->record.account_name)
    };
    struct case_letter_facts facts = { .c = c, .words = words, .promised = c->promised };
    if (case_letter_facts_of(by, r, &facts, e) || case_letter_body(by->arena, &facts, &l.body, e) ||
        (kind == PAPER_CONTROL && case_steps_of(by->app, r, by->arena, c, 0, &steps, e)) ||
        case_letter_document(by->app, by->arena, c, &steps, &l, &d, e))
        return -1;
    d.mode = STR("BẢN XEM TRƯỚC, CHƯA GỬI");
    return document_pdf(&d, by->arena, pdf, e);
}
