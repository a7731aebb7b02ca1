/* papers_pdf.c: papers to keep: that a case was sent, and what the authority gave, each with a code that leads back. */
#include "models/m01_essential_services/own.h"

#include "engines/people/people.h"
#include "platform/office/document.h"

static int place_name(struct req *q, struct dbr *r, const struct case_view *c, struct str *out, struct err *e)
{
    struct unit u;
    int got = unit_by_code(r, q->arena, c->unit, instant_day(c->made_at), &u, e);
    *out = got == 1 ? u.name : STR("");
    return got < 0 ? -1 : 0;
}

int own_sent_pdf(struct req *q, struct res *s, struct err *e)
{
    struct case_view c;
    struct document d;
    struct str place, pdf;
    struct dbr *r = req_read(q, e);
    if (!r || own_case_of(q, &c, e) || place_name(q, r, &c, &place, e))
        return -1;
    document_init(&d, q->arena);
    d.agency = str_fmt(q->arena, "UBND %.*s", STR_ARG(place));
    d.number = c.number_text;
    d.place = place;
    d.on = instant_day(c.made_at);
    d.kind = STR("PHIẾU XÁC NHẬN");
    d.about = STR("Đã gửi hồ sơ trực tuyến");
    d.mode = str_eq(c.mode, STR("THẬT")) ? STR("") : c.mode;
    d.made = c.made_at;
    document_paragraph(&d, str_fmt(q->arena, "Người nộp: %.*s", STR_ARG(c.name)));
    document_paragraph(&d, str_fmt(q->arena, "Thủ tục: %.*s", STR_ARG(c.service.name)));
    document_paragraph(&d, str_fmt(q->arena, "Gửi lúc: %.*s", STR_ARG(instant_vi(q->arena, c.made_at))));
    document_paragraph(&d, str_fmt(q->arena, "Phí, lệ phí: %.*s", STR_ARG(money_vi(q->arena, c.fee))));
    document_qr(&d, str_fmt(q->arena, "%s/theo-doi?number=%.*s", q->app->settings.base_url, STR_ARG(c.number_text)));
    document_paragraph(&d, STR("Quét mã để theo dõi hồ sơ. Phiếu này chưa phải giấy tiếp nhận và hẹn trả kết quả."));
    if (document_pdf(&d, q->arena, &pdf, e) ||
        res_download(q, s, "application/pdf", str_fmt(q->arena, "%.*s.pdf", STR_ARG(c.number_text))))
        return -1;
    res_body(q, s, pdf);
    return 0;
}

int own_letter_pdf(struct req *q, struct res *s, struct err *e)
{
    struct case_view c;
    struct case_letters letters;
    struct str pdf;
    int64_t id;
    struct dbr *r = req_read(q, e);
    if (!r || own_case_of(q, &c, e) || case_letters_of(r, q->arena, c.id, &letters, e))
        return -1;
    for (size_t i = 0; req_param_id(q, "letter", &id) && i < letters.n; i++) {
        const struct case_letter *l = &letters.v[i];
        if (l->id != id || l->kind == PAPER_CONTROL)
            continue;
        if (case_letter_pdf(q->app, r, q->arena, &c, l, &pdf, e) ||
            res_download(q, s, "application/pdf",
                         str_fmt(q->arena, "%.*s-%lld.pdf", STR_ARG(c.number_text), (long long)id)))
            return -1;
        res_body(q, s, pdf);
        return 0;
    }
    return ERR(e, ERR_NOT_FOUND, "no letter %.*s", STR_ARG(str_head(req_param(q, "letter"), 20)));
}
