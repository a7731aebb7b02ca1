/* session.c: one person's time at the kiosk, from the first thing they say of themselves until the machine has forgotten it. */
#include "models/m02_kiosk/held.h"

#include "platform/crypto/crypto.h"

int kiosk_session_of(struct req *q, const struct kiosk_place *p, struct kiosk_session *out, struct err *e)
{
    struct kiosk_session_by_token_row row;
    struct str token = req_cookie(q, KIOSK_COOKIE);
    struct dbr *r = req_read(q, e);
    *out = (struct kiosk_session) { 0 };
    if (!r)
        return -1;
    if (token.n == 0)
        return 0;
    int got = kiosk_session_by_token(r, q->arena, &(struct kiosk_session_by_token_in) { .token = sha256(token) }, &row, e);
    if (got != 1)
        return got;
    if (row.has_ended_at || row.device != p->device.id || q->now.us - row.seen_at.us > KIOSK_LEFT_S * US_PER_SECOND)
        return 0;
    *out = (struct kiosk_session) { .id = row.id, .token = token, .covered = row.covered };
    return !row.held.p || kiosk_held_open(q->arena, token, row.held, &out->held);
}

int kiosk_session_need(struct req *q, const struct kiosk_place *p, struct kiosk_session *out, struct err *e)
{
    int got = kiosk_session_of(q, p, out, e);
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Máy đã quên phần đang làm. Xin bắt đầu lại từ trang đầu."), "no open session");
    return out->covered ? ERR_SAY(e, ERR_CONFLICT, MSGS("Màn hình đang được che. Xin về trang đầu để mở lại."), "covered") : 0;
}

int kiosk_session_keep(struct req *q, struct tx *tx, const struct kiosk_place *p, struct kiosk_session *s, struct err *e)
{
    int64_t changed = 1;
    struct str sealed = kiosk_held_seal(q->arena, s->token, &s->held);
    if (!sealed.p)
        return ERR_SAY(e, ERR_TOO_LARGE, MSGS("Hồ sơ này dài hơn mức kiốt nhận được. Xin làm tiếp tại cửa."), "more than a session holds");
    int result = s->id ? kiosk_session_hold(tx, &(struct kiosk_session_hold_in) { .id = s->id, .held = sealed, .now = tx_now(tx) },
                                            &changed, e)
                       : kiosk_session_insert(tx,
                                              &(struct kiosk_session_insert_in) { .device = p->device.id,
                                                                                  .token = sha256(s->token),
                                                                                  .held = sealed,
                                                                                  .now = tx_now(tx) },
                                              &s->id, e);
    if (result)
        return -1;
    return changed == 1 ? 0 : ERR_SAY(e, ERR_CONFLICT, MSGS("Máy đã quên phần đang làm. Xin bắt đầu lại từ trang đầu."), "ended meanwhile");
}

/* Lives as long as the browser, and the browser's wipe takes it. */
void kiosk_session_cookie(struct req *q, struct res *s, const struct kiosk_session *k)
{
    res_cookie(q, s, KIOSK_COOKIE, k->token, KIOSK_LEFT_S * 20);
}

static int forget_record(struct tx *tx, const struct app *app, struct arena *a, int64_t session, const char *how, struct str left,
                         struct err *e)
{
    struct hash32 digest = sha256(left);
    struct str hex = str_hex(a, digest.b, sizeof(digest.b));
    struct audit_record rec = { .action = STR("kiosk.forgot"), .account_name = STR("bon"), .mode = str_of(app->settings.mode) };
    rec.object = str_fmt(a, "kiosk_session/%lld", (long long)session);
    rec.detail = str_fmt(a, "{\"bytes\":%zu,\"hash\":\"%.*s\",\"how\":\"%s\",\"line\":\"máy đã quên\"}", left.n, STR_ARG(hex), how);
    struct kiosk_session_end_in in = { .id = session, .now = tx_now(tx), .how = str_of(how), .has_forgotten = true, .forgotten = digest };
    return kiosk_session_end(tx, &in, NULL, e) || audit_write(tx, a, &rec, NULL, e) ? -1 : 0;
}

int kiosk_session_forget(struct tx *tx, const struct app *app, struct arena *a, int64_t session, const char *how, struct err *e)
{
    struct kiosk_session_held_row row;
    int got = kiosk_session_held(tx_reader(tx), a, &(struct kiosk_session_held_in) { .id = session }, &row, e);
    if (got < 0)
        return -1;
    if (got == 0 || row.has_ended_at) {
        tx_unaudited(tx, "there is nothing left to forget");
        return 0;
    }
    return forget_record(tx, app, a, session, how, str_or_empty(row.held), e);
}

/* ---- by the clock ---- */

struct forgetting {
    const struct app *app;
    struct arena *a;
    int64_t id;
};

static int forget_write(struct tx *tx, void *arg, struct err *e)
{
    struct forgetting *f = arg;
    return kiosk_session_forget(tx, f->app, f->a, f->id, "late", e);
}

int kiosk_forget_left(const struct app *app, struct arena *a, struct instant now, int64_t *forgotten, struct err *e)
{
    struct kiosk_sessions_left_rows rows;
    struct dbr *r;
    if (db_read_in(app->db, a, &r, e))
        return -1;
    int result = kiosk_sessions_left(
        r, a, &(struct kiosk_sessions_left_in) { .before = { now.us - KIOSK_LEFT_S * US_PER_SECOND } }, &rows, e);
    db_read_end(r);
    for (*forgotten = 0; result == 0 && *forgotten < (int64_t)rows.n; ++*forgotten)
        result = db_write_in(app->db, a, forget_write, &(struct forgetting) { app, a, rows.v[*forgotten].id }, e);
    return result;
}
