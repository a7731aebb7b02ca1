/* source.c: papers of a filing that come from a source: asked when the page of papers is opened, a choice when the source is down, and
 * a notice when one that somebody waits for is back.
 */
#include "models/m01_essential_services/portal.h"

#include "engines/notices/notices.h"

int filing_ask(struct req *q, struct filing *f, struct err *e)
{
    if (sources_far(&f->takes, q->now) && !req_may_wait(q))
        return ERR(e, ERR_BUSY, "another system is to be waited for");
    db_read_end(q->reader); /* not held while waiting for another system */
    q->reader = NULL;
    return sources_ask(&f->desk, q->now, &f->takes, e);
}

struct papers_work {
    struct filing f;
    bool asked;
};

int portal_papers_prepare(struct req *q, struct err *e)
{
    struct papers_work *w = q->work = arena_new(q->arena, struct papers_work);
    if (filing_of_request(q, &w->f, e))
        return -1;
    w->asked = sources_to_ask(&w->f.takes, q->now);
    return w->asked ? filing_ask(q, &w->f, e) : 0;
}

int portal_papers_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct papers_work *w = q->work;
    struct audit_record rec = audit_of(q, STR("sources.asked"));
    if (w->asked)
        return sources_keep(tx, &rec, &w->f.desk, &w->f.takes, e);
    tx_unaudited(tx, "a draft that its owner looks at; no source was asked");
    return 0;
}

struct choosing {
    struct filing f;
    struct source_choice choice;
};

int portal_source_prepare(struct req *q, struct err *e)
{
    struct choosing *w = q->work = arena_new(q->arena, struct choosing);
    return filing_of_request(q, &w->f, e) ||
                   sources_choice(&w->f.takes, req_form(q, "slot"), str_or_empty(req_form(q, "choice")), &w->choice, e)
               ? -1
               : 0;
}

int portal_source_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct choosing *w = q->work;
    return sources_choose(tx, &w->f.desk, &w->choice, e);
}

static int tell_back(struct tx *tx, void *ctx, const struct source_back *b, struct err *e)
{
    const struct job_run *j = ctx;
    bool made;
    struct notice_new n = {
        .account = b->account,
        .kind = STR("case"),
        .title = str_fmt(j->arena, "%.*s đã trả lời: %.*s", STR_ARG(b->label), STR_ARG(b->paper)),
        .path = b->path,
        .text = STR("Nguồn dữ liệu bạn chờ đã trả lời. Xin mở Hồ sơ của tôi để gửi tiếp hồ sơ."),
        .subject = b->holder,
        .key = str_fmt(j->arena, "%.*s/%.*s/%lld", STR_ARG(b->holder), STR_ARG(b->paper), (long long)j->now.us),
    };
    return notice_put(tx, j->arena, &n, &made, e);
}

int portal_sources_job(struct job_run *j, struct err *e)
{
    return sources_retry(j, STR("draft/"), tell_back, j, e);
}
