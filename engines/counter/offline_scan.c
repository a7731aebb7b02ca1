/* offline_scan.c: scans that were made while the line was cut follow their case: the machine names its own count of the act, the case is
 * the one that act became. The applicant has gone home, so a doubtful scan is kept; the same scan sent again is the same.
 */
#include "engines/counter/offline.h"

#include "engines/counter/scan_quality.h"

#include <string.h>

static const struct field fields[] = {
    { .name = "client", .type = FIELD_HIDDEN, .required = true, .max = 64 },
    { .name = "seq", .type = FIELD_INT, .required = true, .min = 1, .max = 1000000000 },
    { .name = "slot", .type = FIELD_HIDDEN, .required = true, .max = 60 },
    { .name = "scan", .type = FIELD_FILE, .required = true, .max = CASE_FILE_MAX, .label = MSG("Bản chụp hoặc tệp PDF") },
    { .name = NULL },
};
const struct form offline_scan_form = {
    .name = "counter_offline_scan", .fields = fields, .multipart = true, .max_body = CASE_FILE_MAX + (64 << 10)
};

struct offline_scan {
    struct case_view c;
    struct case_paper_new paper;
};

static int find_case(struct req *q, struct case_view *c, struct err *e)
{
    struct counter_offline_row_row row;
    struct counter_offline_row_in act = { .client = req_form(q, "client"), .seq = req_form_int(q, "seq") };
    struct dbr *r = req_read(q, e);
    int got = r ? counter_offline_row(r, q->arena, &act, &row, e) : -1;
    if (got == 1 && !row.has_case_id)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này đang chờ xem lại nên chưa nhận bản chụp. Xin quét lại khi mở hồ sơ ở quầy."),
                       "an act that is looked for");
    if (got == 1)
        got = case_by_id(q->app, r, q->arena, row.case_id, c, e);
    if (got < 0)
        return -1;
    if (got == 0 || !case_may_read(q, c))
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có hồ sơ này ở nơi bạn làm việc. Xin xem lại số hồ sơ."), "no such act");
    return counter_may_add_scan(q, c) ? 0 : counter_refuse_elsewhere(e);
}

static struct str name_of(struct req *q, const struct case_view *c, struct str slot)
{
    struct err gone = { 0 };
    const struct service_def *def = services_version(q->app, req_read(q, &gone), c->service.version_id, &gone);
    return counter_slot_name(def, slot);
}

int counter_offline_scan_prepare(struct req *q, struct err *e)
{
    struct offline_scan *w = q->work = arena_new(q->arena, struct offline_scan);
    const struct part *file = req_file(q, "scan");
    if (find_case(q, &w->c, e))
        return -1;
    w->paper = (struct case_paper_new) { .slot = req_form(q, "slot"),
                                         .name = name_of(q, &w->c, req_form(q, "slot")),
                                         .kind = CASE_SCAN,
                                         .source = STR("counter"),
                                         .file_name = file ? str_head(str_or_empty(file->filename), 120) : STR(""),
                                         .bytes = file ? file->bytes : STR("") };
    if (!w->paper.name.n)
        return req_refuse_field(q, e, "slot", MSGS("Xin chọn một giấy tờ trong danh sách."));
    if (case_paper_check(&w->paper, e))
        return -1;
    struct str why_not = scan_objection(scan_look(w->paper.bytes).doubt, true);
    return why_not.n ? req_refuse_field(q, e, "scan", why_not) : 0;
}

static bool is_there(const struct case_papers *all, const struct case_paper_new *p)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].has_file && str_eq(all->v[i].slot, p->slot) && memcmp(all->v[i].hash.b, p->hash.b, sizeof p->hash.b) == 0)
            return true;
    return false;
}

int counter_offline_scan_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct offline_scan *w = q->work;
    struct case_by by = case_by_request(q);
    struct case_papers all;
    struct case_view now;
    int64_t paper;
    if (case_by_id(q->app, tx_reader(tx), q->arena, w->c.id, &now, e) != 1 ||
        case_papers_of(tx_reader(tx), q->arena, w->c.id, false, &all, e))
        return -1;
    if (is_there(&all, &w->paper)) {
        tx_unaudited(tx, "the same scan was sent before; its coming is on the log");
        return 0;
    }
    return case_paper_add(tx, &by, now.id, now.revision, &w->paper, false, &paper, e);
}

int counter_offline_scan_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q;
    (void)e;
    return res_text(s, "application/json", STR("{\"kept\":true}"));
}
