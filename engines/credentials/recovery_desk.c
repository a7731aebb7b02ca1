/* recovery_desk.c: two officers give an account back. The first sees the person and their papers and gets a code; the second, another
 * person, looks again and gets a link. Neither half opens anything alone, so neither officer can take the account.
 */
#include "engines/credentials/recovery.h"
#include "gen/credentials_pages.h"

#include "base/rng.h"
#include "platform/crypto/signer.h"

#include <string.h>

struct start {
    struct recovery_account_row account;
    struct identity_read paper;
    enum recovery_fit fits;
    struct str code;
    struct hash32 hash;
    int64_t id;
};

static const struct field recovery_fields[] = {
    { .name = "login", .type = FIELD_TEXT, .required = true, .max = 40, .label = MSG("Tên đăng nhập của tài khoản") },
    { .name = "paper", .type = FIELD_LINES, .max = 600, .label = MSG("Giấy tờ của người đến"),
      .help = MSG("Quét mã QR trên thẻ căn cước hoặc dòng máy đọc của hộ chiếu vào đây. Không có giấy tờ đọc được thì để trống: mức L0.") },
    { .name = "reason", .type = FIELD_LINES, .required = true, .min = 10, .max = 500, .label = MSG("Vì sao không vào được"),
      .help = MSG("Mất điện thoại, quên mật khẩu, thông tin trong hồ sơ bị sai…; đã nhận ra người này bằng cách nào") },
    { .name = NULL },
};
const struct form recovery_form = { .name = "recovery", .fields = recovery_fields };

static const struct field recovery_confirm_fields[] = {
    { .name = "seen", .type = FIELD_CHECK, .required = true, .label = MSG("Tôi đã tự gặp người này và tự xem giấy tờ của họ") },
    { .name = NULL },
};
const struct form recovery_confirm_form = { .name = "recovery_confirm", .fields = recovery_confirm_fields };


int recovery_code_hash(struct req *q, struct str code, struct hash32 *hash, struct err *e)
{
    struct hash32 key;
    if (signer_vault_key(q->signer, q->arena, STR("recovery"), &key, e) != 0)
        return -1;
    *hash = hmac_sha256((struct str){ (const char *)key.b, sizeof(key.b) }, code);
    secret_wipe(&key, sizeof(key));
    return 0;
}

struct str recovery_evidence_of(int64_t level, int64_t source)
{
    return evidence_label((enum evidence_level)level, (enum evidence_source)source);
}

struct str recovery_evidence(const struct recovery_by_id_row *r)
{
    return recovery_evidence_of(r->level, r->source);
}

/* ---- the list ---- */
int recoveries_get(struct req *q, struct res *s, struct err *e)
{
    struct recoveries_view v = { .key = req_form_key(q) };
    struct dbr *r = req_read(q, e);
    if (!r || recoveries_open(r, q->arena, &(struct recoveries_open_in){ .now = q->now }, &v.open, e) != 0 ||
        reports_open(r, q->arena, &v.reports, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    recoveries_page(&h, &v);
    return 0;
}

/* ---- the first officer ---- */
int recovery_new_get(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    struct html h = res_html(q, s);
    recovery_new_page(&h, req_form_key(q));
    return 0;
}

/* Without a paper that can be read the level is L0; so it is with a paper of another number: the record, or the paper, is wrong, and
 * the one who needs help most is the one whose record is wrong. The second officer sees it in red. */
static int read_paper(struct req *q, struct start *w, struct err *e)
{
    struct str paper = str_trim(req_form(q, "paper"));
    struct err why = { .code = ERR_NONE };
    if (paper.n == 0)
        return 0;
    if (identity_parse(q->arena, paper, instant_day(q->now), &w->paper, &why) != 0)
        return req_refuse_field(q, e, "paper", err_sentence(&why));
    if (!w->paper.pid.v[0] || !w->account.pid.v[0])
        return 0;
    w->fits = pid_eq(&w->paper.pid, &w->account.pid) ? FIT_SAME : FIT_OTHER;
    if (w->fits == FIT_OTHER)
        w->paper.level = EVIDENCE_L0;
    return 0;
}

static struct str digits_new(struct arena *a)
{
    uint32_t chance[2];
    random_bytes(chance, sizeof(chance));
    return str_fmt(a, "%04u%04u", chance[0] % 10000, chance[1] % 10000);
}

int recovery_start_prepare(struct req *q, struct err *e)
{
    struct start *w = arena_new(q->arena, struct start);
    struct dbr *r = req_read(q, e);
    q->work = w;
    int found = r ? recovery_account(r, q->arena, &(struct recovery_account_in){ .login = req_form(q, "login") }, &w->account, e) : -1;
    if (found < 0)
        return -1;
    if (found == 0 || !w->account.active)
        return req_refuse_field(q, e, "login", MSGS("Không có tài khoản đang hoạt động mang tên này."));
    if (w->account.id == q->actor->account)
        return req_refuse_field(q, e, "login", MSGS("Không ai tự lấy lại tài khoản của chính mình ở đây. Xin nhờ hai cán bộ khác."));
    if (read_paper(q, w, e) != 0)
        return -1;
    w->code = digits_new(q->arena);
    return recovery_code_hash(q, w->code, &w->hash, e);
}

static int record(struct req *q, struct tx *tx, const char *action, int64_t account, int64_t person, int64_t id, struct err *e)
{
    struct audit_record rec = audit_of(q, str_of(action));
    rec.object = str_fmt(q->arena, "account/%lld recovery/%lld", (long long)account, (long long)id);
    if (person != 0) { /* so that its owner reads it under "Ai đã xem dữ liệu của tôi" */
        rec.subject = person;
        rec.purpose = RECOVERY_PURPOSE;
    }
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int recovery_start_write(struct req *q, struct tx *tx, struct err *e)
{
    struct start *w = q->work;
    struct instant now = tx_now(tx);
    struct recoveries_end_in before = { .now = now, .account = w->account.id };
    struct recovery_insert_in in = { .account = w->account.id, .reason = req_form(q, "reason"), .level = w->paper.level,
                                     .source = w->paper.source, .raw = w->paper.raw, .fits = w->fits, .code = w->hash,
                                     .started_by = q->actor->account, .started_at = now,
                                     .expires_at = { now.us + RECOVERY_CONFIRM_HOURS * US_PER_HOUR } };
    if (recoveries_end(tx, &before, NULL, e) != 0 || recovery_insert(tx, &in, &w->id, e) != 0)
        return -1;
    int64_t person = w->account.has_person ? w->account.person : 0;
    return record(q, tx, "credentials.recovery_started", w->account.id, person, w->id, e);
}

/* ---- one recovery ---- */
static int load(struct req *q, struct dbr *r, int64_t id, struct recovery_view *v, struct err *e)
{
    int found = recovery_by_id(r, q->arena, &(struct recovery_by_id_in){ .id = id }, &v->r, e);
    if (found == 0)
        return ERR(e, ERR_NOT_FOUND, "recovery %lld", (long long)id);
    v->mine = v->r.started_by == q->actor->account;
    v->over = v->r.has_used_at || v->r.has_ended_at || v->r.expires_at.us <= q->now.us;
    return found < 0 ? -1 : 0;
}

static int show(struct req *q, struct res *s, int64_t id, struct str code, struct str link, struct err *e)
{
    struct recovery_view v = { .key = req_form_key(q), .code = code, .link = link };
    struct dbr *r = req_read(q, e);
    if (!r || load(q, r, id, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    recovery_page(&h, &v);
    return 0;
}

int recovery_start_reply(struct req *q, struct res *s, struct err *e)
{
    const struct start *w = q->work;
    return show(q, s, w->id, w->code, STR_NONE, e);
}

int recovery_get(struct req *q, struct res *s, struct err *e)
{
    int64_t id;
    return req_param_id(q, "id", &id) ? show(q, s, id, STR_NONE, STR_NONE, e) : ERR(e, ERR_NOT_FOUND, "recovery id");
}

/* ---- the second officer ---- */
int account_close_ways(struct tx *tx, int64_t account, struct err *e)
{
    return password_clear(tx, &(struct password_clear_in){ .id = account }, NULL, e) != 0 ||
                   totp_remove(tx, &(struct totp_remove_in){ .account = account }, NULL, e) != 0 ||
                   passkeys_remove_all(tx, &(struct passkeys_remove_all_in){ .account = account }, NULL, e) != 0 ||
                   paper_codes_remove(tx, &(struct paper_codes_remove_in){ .account = account }, NULL, e) != 0 ||
                   sessions_end(tx, account, 0, e) != 0
               ? -1
               : 0;
}

int recovery_confirm_write(struct req *q, struct tx *tx, struct err *e)
{
    struct recovery_view v = { .key = STR_NONE };
    int64_t id, changed;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "recovery id");
    if (load(q, tx_reader(tx), id, &v, e) != 0)
        return -1;
    if (v.mine)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Người bắt đầu không tự xác nhận được. Xin nhờ một cán bộ khác."), "own recovery");
    if (v.r.account == q->actor->account)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Không ai xác nhận cho chính mình. Xin nhờ một cán bộ khác."), "own account");
    struct str link = token_new(q->arena);
    struct instant now = tx_now(tx);
    struct recovery_confirm_in in = { .token = sha256(link), .confirmed_by = q->actor->account, .now = now,
                                      .expires_at = { now.us + RECOVERY_USE_HOURS * US_PER_HOUR }, .id = id };
    if (recovery_confirm(tx, &in, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Việc này đã xong, đã huỷ hoặc quá bốn giờ. Xin bắt đầu lại nếu còn cần."), "not open");
    q->work = arena_new(q->arena, struct str);
    *(struct str *)q->work = link;
    int64_t person = v.r.has_person ? v.r.person : 0;
    return account_close_ways(tx, v.r.account, e) != 0 ? -1 : record(q, tx, "credentials.recovery_confirmed", v.r.account, person, id, e);
}

int recovery_confirm_reply(struct req *q, struct res *s, struct err *e)
{
    int64_t id;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "recovery id");
    const struct str *token = q->work;
    return show(q, s, id, STR_NONE, str_fmt(q->arena, "%s/recover/%.*s", q->app->settings.base_url, STR_ARG(*token)), e);
}

/* ---- calling it off ---- */
int recovery_end_write(struct req *q, struct tx *tx, struct err *e)
{
    struct recovery_view v = { .key = STR_NONE };
    int64_t id, changed;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "recovery id");
    if (load(q, tx_reader(tx), id, &v, e) != 0 ||
        recovery_end(tx, &(struct recovery_end_in){ .now = tx_now(tx), .id = id }, &changed, e) != 0)
        return -1;
    if (changed == 0)
        return ERR(e, ERR_CONFLICT, "recovery %lld is over", (long long)id);
    return record(q, tx, "credentials.recovery_called_off", v.r.account, v.r.has_person ? v.r.person : 0, id, e);
}

int recovery_end_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/recoveries"));
}
