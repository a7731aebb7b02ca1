/* scan_phone.c: the telephone, signed in, is told who asks from where, and chooses the number that stands on the desk's screen: whoever
 * taps without looking is right once in three times, and a wrong number ends it.
 */
#include "engines/credentials/scan.h"
#include "engines/credentials/throttle.h"
#include "gen/credentials_pages.h"
#include "gen/credentials_queries.h"

#include "platform/crypto/crypto.h"

static const struct field scan_answer_fields[] = {
    { .name = "number", .type = FIELD_INT, .required = true, .min = 0, .max = 999, .label = MSG("Số trên màn hình máy kia") },
    { .name = NULL },
};
const struct form scan_answer_form = { .name = "scan_answer", .fields = scan_answer_fields };

struct answer {
    int64_t id;
    bool accepted;
};

/* Two others beside the right one, the same at each look, in ascending order. */
static void fill_numbers(int64_t numbers[SCAN_CHOICES], struct str token, int64_t right)
{
    struct hash32 chance = sha256(token);
    int64_t step = 37 + chance.b[0]; /* below 300: three steps do not come round */
    for (int i = 0; i < SCAN_CHOICES; i++)
        numbers[i] = 100 + (right - 100 + (i + chance.b[1]) % SCAN_CHOICES * step) % 900;
    for (int i = 1; i < SCAN_CHOICES; i++)
        for (int k = i; k > 0 && numbers[k - 1] > numbers[k]; k--) {
            int64_t larger = numbers[k - 1];
            numbers[k - 1] = numbers[k];
            numbers[k] = larger;
        }
}

/* 1 waiting for an answer, 0 not (any more). */
static int find(struct req *q, struct dbr *r, struct instant now, struct scan_by_token_row *row, struct err *e)
{
    int found = scan_by_token(r, q->arena, &(struct scan_by_token_in){ .token = sha256(req_param(q, "token")) }, row, e);
    return found != 1 ? found : !row->has_answered_at && row->expires_at.us > now.us;
}

int scan_phone_get(struct req *q, struct res *s, struct err *e)
{
    struct scan_by_token_row row;
    struct scan_phone_view v = { .token = req_param(q, "token"), .key = req_form_key(q) };
    struct dbr *r = req_read(q, e);
    int found = r ? find(q, r, q->now, &row, e) : -1;
    if (found < 0)
        return -1;
    v.usable = found == 1;
    if (v.usable) {
        v.device = device_name(row.agent);
        v.remote = row.remote;
        v.made_at = row.made_at;
        fill_numbers(v.numbers, v.token, row.number);
    } else {
        s->status = 404;
    }
    struct html h = res_html(q, s);
    scan_phone_page(&h, &v);
    return 0;
}

int scan_answer_write(struct req *q, struct tx *tx, struct err *e)
{
    struct answer *w = arena_new(q->arena, struct answer);
    struct scan_by_token_row row;
    int64_t number, changed;
    int found = find(q, tx_reader(tx), tx_now(tx), &row, e);
    q->work = w;
    if (found < 0)
        return -1;
    if (found == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Mã này đã dùng hoặc đã quá hai phút. Xin mở mã mới trên máy kia."), "scan not open");
    w->id = row.id;
    w->accepted = str_to_i64(req_form(q, "number"), &number) && number == row.number;
    struct scan_answer_in in = { .account = q->actor->account, .accepted = w->accepted, .now = tx_now(tx), .id = row.id };
    if (scan_answer(tx, &in, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR(e, ERR_CONFLICT, "scan %lld was answered meanwhile", (long long)row.id);
    struct audit_record rec = audit_of(q, w->accepted ? STR("credentials.scan_accepted") : STR("credentials.scan_refused"));
    rec.object = str_fmt(q->arena, "scan/%lld", (long long)row.id);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int scan_answer_reply(struct req *q, struct res *s, struct err *e)
{
    const struct answer *w = q->work;
    (void)e;
    live_publish(q->app, scan_topic(q->arena, w->id), STR("{}"));
    struct html h = res_html(q, s);
    scan_answered_page(&h, w->accepted);
    return 0;
}
