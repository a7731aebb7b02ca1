/* files.c: a paper of the applicant's as it was scanned. Looking at it is recorded like opening the case. */
#include "engines/counter/inside.h"

struct paper_look {
    struct case_view c;
    struct str bytes, media_type;
};

int counter_paper_prepare(struct req *q, struct err *e)
{
    struct paper_look *w = q->work = arena_new(q->arena, struct paper_look);
    int64_t paper;
    if (counter_case_find(q, &w->c, e))
        return -1;
    struct dbr *r = req_read(q, e);
    int got = r && req_param_id(q, "paper", &paper) ? case_paper_bytes(r, q->arena, w->c.id, paper, &w->bytes, &w->media_type, e) : 0;
    if (got == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Hồ sơ này không có tệp ấy."), "paper");
    return got < 0 ? -1 : 0;
}

int counter_paper_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct paper_look *w = q->work;
    struct case_by by = case_by_request(q);
    return case_seen(tx, &by, &w->c, e);
}

int counter_paper_reply(struct req *q, struct res *s, struct err *e)
{
    const struct paper_look *w = q->work;
    (void)e;
    s->type = w->media_type;
    res_header(q, s, STR("Content-Disposition"), STR("inline"));
    res_body(q, s, w->bytes);
    return 0;
}

/* ---- a paper that the authority gave, as PDF ---- */

struct letter_look {
    struct case_view c;
    struct str pdf;
};

int counter_letter_prepare(struct req *q, struct err *e)
{
    struct letter_look *w = q->work = arena_new(q->arena, struct letter_look);
    struct case_letters letters;
    int64_t id;
    if (counter_case_find(q, &w->c, e))
        return -1;
    struct dbr *r = req_read(q, e);
    if (!r || case_letters_of(r, q->arena, w->c.id, &letters, e))
        return -1;
    if (req_param_id(q, "letter", &id))
        for (size_t i = 0; i < letters.n; i++)
            if (letters.v[i].id == id)
                return case_letter_pdf(q->app, r, q->arena, &w->c, &letters.v[i], &w->pdf, e);
    return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Hồ sơ này không có phiếu ấy."), "letter");
}

int counter_letter_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct letter_look *w = q->work;
    struct case_by by = case_by_request(q);
    return case_seen(tx, &by, &w->c, e);
}

int counter_letter_reply(struct req *q, struct res *s, struct err *e)
{
    const struct letter_look *w = q->work;
    (void)e;
    res_body(q, s, w->pdf);
    return res_download(q, s, "application/pdf", str_fmt(q->arena, "%.*s.pdf", STR_ARG(w->c.number_text)));
}
