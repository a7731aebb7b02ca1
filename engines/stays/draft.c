/* draft.c: guests as they come to the desk, kept by the server so that a closed page loses nobody. A scan says match or no
 * match with the register, so scans are counted: declaring is not looking up.
 */
#include "engines/stays/stays_internal.h"

static int refuse_a_flood(struct tx *tx, struct arena *a, const struct req *q, struct err *e)
{
    int64_t scans;
    struct instant since = { tx_now(tx).us - US_PER_MINUTE };
    if (audit_count_of_account(tx_reader(tx), a, q->actor->account, STR("stays.guest_checked"), since, &scans, e) != 0)
        return -1;
    if (scans >= STAY_SCANS_A_MINUTE)
        return ERR_SAY(e, ERR_RATE, MSGS("Quét quá nhanh: mỗi phút tối đa 120 khách. Xin chờ một phút rồi tiếp tục."), "%lld scans",
                       (long long)scans);
    return 0;
}

static int refuse_twice(struct arena *a, const struct req *q, const struct stay_drafts_rows *drafts, const struct identity_read *id,
                        struct err *e)
{
    struct stay_paper new = stay_paper_of(id);
    for (size_t i = 0; i < drafts->n; i++) {
        const struct stay_drafts_row *d = &drafts->v[i];
        struct stay_paper there = { .pid = d->pid, .document = d->document, .nationality = d->nationality };
        if (!stay_paper_is_same(&new, &there))
            continue;
        struct tr_arg args[] = { { "name", id->name } };
        struct str say = tr_fill(a, q->lang, MSGS("{name} đã có trong danh sách: mỗi người chỉ khai một lần."), args, 1);
        return ERR_SAY(e, ERR_FORM, say, "draft %lld", (long long)d->id);
    }
    return 0;
}

int stay_draft_add(struct tx *tx, struct arena *a, const struct req *q, const struct facility *f, const struct stay_guest_in *g,
                   int64_t *id, struct err *e)
{
    struct stay_drafts_rows drafts;
    if (refuse_a_flood(tx, a, q, e) != 0 ||
        stay_drafts(tx_reader(tx), a, &(struct stay_drafts_in){ .facility = f->id }, &drafts, e) != 0)
        return -1;
    if (drafts.n >= STAY_GUESTS_MAX)
        return ERR_SAY(e, ERR_FORM, MSGS("Danh sách đã có 60 khách. Xin gửi danh sách này trước."), "60 drafts");
    if (refuse_twice(a, q, &drafts, &g->id, e) != 0)
        return -1;
    struct stay_guest_insert_in row = stay_guest_row(tx, q, f, g);
    if (stay_guest_insert(tx, &row, id, e) != 0)
        return -1;
    struct audit_record rec = audit_of(q, STR("stays.guest_checked"));
    rec.facility = f->id;
    rec.facility_name = f->name;
    rec.unit = f->unit;
    rec.object = str_fmt(a, "stay_guest/%lld", (long long)*id);
    if (g->person != 0) {
        rec.subject = g->person;
        rec.purpose = MSGS("Kiểm tra khi nhận khách lưu trú");
    }
    return audit_write(tx, a, &rec, NULL, e);
}
