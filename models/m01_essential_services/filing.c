/* filing.c: a form that somebody fills in: the draft of engines/cases, what stands beside it, its scans. */
#include "models/m01_essential_services/portal.h"

#include "base/buf.h"

#include <stdio.h>

#define HOLDER "draft/%lld" /* what sources keep their answers under */

int filing_read(struct req *q, int64_t account, int64_t draft, struct filing *f, struct err *e)
{
    struct dbr *r = req_read(q, e);
    struct filing_row_row row;
    *f = (struct filing) { .def = NULL };
    if (!r)
        return -1;
    int got = case_draft_read(r, q->arena, account, draft, q->now, &f->draft, e);
    if (got == 1)
        got = filing_row(r, q->arena, &(struct filing_row_in) { .draft = draft }, &row, e);
    if (got != 1)
        return got < 0 ? -1
                       : ERR_SAY(e, ERR_NOT_FOUND,
                                 MSGS("Không còn bản nháp này: hồ sơ đã gửi, đã xoá, hoặc quá ba mươi ngày. Xin xem Hồ sơ "
                                      "của tôi."),
                                 "draft %lld", (long long)draft);
    f->row = row;
    f->def = services_version(q->app, r, f->draft.version_id, e);
    if (!f->def)
        return -1;
    f->base = str_fmt(q->arena, "/nop/%.*s/%lld/", STR_ARG(f->def->code), (long long)draft);
    services_answers_init(&f->answers, q->arena, f->def, instant_day(q->now));
    f->desk = (struct source_desk) { .app = q->app,
                                     .arena = q->arena,
                                     .holder = str_fmt(q->arena, HOLDER, (long long)draft),
                                     .account = f->row.account,
                                     .path = str_fmt(q->arena, "%.*sgiay-to", STR_ARG(f->base)),
                                     .person = f->row.has_person ? f->row.person : 0,
                                     .answers = &f->answers };
    return services_answers_read(&f->answers, f->draft.body, e) || services_answers_places(&f->answers, r, e) ||
                   sources_of(r, &f->desk, q->now, &f->takes, e) ||
                   filing_scan_rows(r, q->arena, &(struct filing_scan_rows_in) { .draft = draft }, &f->scans, e)
               ? -1
               : 0;
}

int filing_of_request(struct req *q, struct filing *f, struct err *e)
{
    int64_t draft;
    if (!req_param_id(q, "draft", &draft))
        return ERR(e, ERR_NOT_FOUND, "no draft %.*s", STR_ARG(str_head(req_param(q, "draft"), 20)));
    if (filing_read(q, q->actor->account, draft, f, e))
        return -1;
    if (!str_eq(f->def->code, req_param(q, "code")))
        return ERR(e, ERR_NOT_FOUND, "draft %lld is of %.*s", (long long)draft, STR_ARG(f->def->code));
    return 0;
}

struct str filing_sign_in_path(struct req *q, const struct service_def *def)
{
    struct proof_wanted wanted = { .assurance = def->assurance };
    return proof_suffices(q->actor, &wanted) ? STR("") : sign_in_url(q, q->path, &wanted);
}

int filing_signed_in_for(struct req *q, const struct service_def *def, bool assisted, struct err *e)
{
    if (assisted && def->assurance > 1)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Dịch vụ này cần chính người dân đăng nhập mức 2 nên không điền giúp trực tuyến được. Xin mời họ đến một cửa."),
                       "assisted, level %d", def->assurance);
    if (filing_sign_in_path(q, def).n)
        return ERR_SAY(e, ERR_STEP_UP,
                       MSGS("Dịch vụ này cần đăng nhập mức 2. Xin mở lại trang nộp hồ sơ để xác nhận thêm; bản nháp vẫn còn."),
                       "level %d is wanted", def->assurance);
    return 0;
}

int filing_save(struct tx *tx, struct filing *f, struct str body, struct err *e)
{
    struct case_draft d = f->draft;
    d.body = body;
    tx_unaudited(tx, "a draft that its owner goes on with; nothing is filed yet");
    return case_draft_save(tx, &d, e);
}

int filing_drop(struct tx *tx, int64_t draft, struct err *e)
{
    char holder[40];
    snprintf(holder, sizeof holder, HOLDER, (long long)draft);
    return sources_drop(tx, str_of(holder), e) ||
                   filing_scans_delete(tx, &(struct filing_scans_delete_in) { .draft = draft }, NULL, e) ||
                   filing_delete(tx, &(struct filing_delete_in) { .draft = draft }, NULL, e)
               ? -1
               : 0;
}

/* ---- where it goes on ---- */

struct str filing_path(struct arena *a, const struct filing *f, size_t page, int item)
{
    return str_fmt(a, "%.*s%.*s/%d", STR_ARG(f->base), STR_ARG(f->def->pages[page].id), item);
}

struct str filing_next_path(struct arena *a, const struct filing *f)
{
    size_t page = service_page_named(f->def, f->draft.page), lacking;
    int item;
    bool lacks = services_next(&f->answers, &lacking, &item);
    if (str_eq(f->draft.page, FILING_DONE) || (page == SERVICE_NO_FIELD && f->draft.page.n > 0))
        return lacks ? filing_path(a, f, lacking, item) : str_fmt(a, "%.*skiem-tra", STR_ARG(f->base));
    if (page == SERVICE_NO_FIELD || !services_page_open(&f->answers, page, 0))
        return filing_path(a, f, lacks ? lacking : 0, lacks ? item : 0);
    return filing_path(a, f, page, 0);
}

/* ---- what it is about ---- */

struct str filing_facts(const struct filing *f)
{
    struct str pid = pid_str(&f->row.pid);
    return services_facts(&f->answers, pid.n ? pid : f->row.name);
}

/* ---- what nobody came back for ---- */

static int expire_write(struct tx *tx, void *arg, struct err *e)
{
    const struct instant *now = arg;
    tx_unaudited(tx, "drafts that their owners left; nothing was filed");
    return filing_scans_expire(tx, &(struct filing_scans_expire_in) { .now = *now }, NULL, e) ||
                   filings_expire(tx, &(struct filings_expire_in) { .now = *now }, NULL, e)
               ? -1
               : 0;
}

int portal_expire_job(struct job_run *j, struct err *e)
{
    return db_write_in(j->db, j->arena, expire_write, &j->now, e);
}
