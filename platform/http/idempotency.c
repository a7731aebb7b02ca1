/* idempotency.c: the same submission sent twice is one act. The page's form carries a random key; key, account and route are
 * stored in the transaction of the act itself together with what it told its reply (q->outcome): an act that failed has left no
 * key and runs again. Sent again after it was done, the reply is made from that, and nothing is written; where prepare now refuses,
 * since what was to be done is done, its owner is told that it was (dispatch.c).
 */
#include "platform/http/inside.h"
#include "platform/http/queries.h"

#include "platform/crypto/crypto.h"

#include <string.h>

enum { KEY_HEAD = 12 }; /* bytes of a key that are kept as they came */

static void put_framed(struct buf *b, struct str s)
{
    uint64_t n = s.n;
    buf_put_bytes(b, &n, sizeof(n)); /* with its length, so that no two submissions run together */
    buf_put(b, s);
}

/* What was sent, apart from the boundary that a browser draws anew each time. */
static struct hash32 print_of(struct req *q)
{
    if (q->route->json)
        return sha256(q->body);
    struct buf b;
    buf_init(&b, q->arena, 2 * q->body.n + 32 * (q->n_form + q->n_files) + 64);
    for (size_t i = 0; i < q->n_form; i++) {
        put_framed(&b, q->form[i].name);
        put_framed(&b, q->form[i].value);
    }
    for (size_t i = 0; i < q->n_files; i++) {
        struct hash32 bytes = sha256(q->files[i].bytes);
        put_framed(&b, q->files[i].name);
        buf_put_bytes(&b, bytes.b, sizeof(bytes.b));
    }
    return sha256(buf_str(&b));
}

int idempotency_prepare(struct passage *p, struct err *e)
{
    (void)e;
    struct req *q = p->q;
    if (q->idempotency.n == 0 || q->route->no_idempotency || q->route->method != METHOD_POST)
        return 0;
    struct str who = q->actor->account ? str_fmt(q->arena, "%lld", (long long)q->actor->account) : req_cookie(q, PRE_COOKIE);
    struct buf b;
    buf_init(&b, q->arena, LIMIT_URL + LIMIT_VALUE);
    put_framed(&b, who);
    put_framed(&b, q->path);
    put_framed(&b, q->idempotency);
    p->key = sha256(buf_str(&b));
    /* Keys that begin with the time they were made at (req_form_key's, UUIDs of version 7) stand in the table in that order, so
     * a group of writes touches a few of its pages instead of one page each. 160 bits of the hash remain. */
    memcpy(p->key.b, q->idempotency.p, q->idempotency.n < KEY_HEAD ? q->idempotency.n : KEY_HEAD);
    p->print = print_of(q);
    p->keyed = true;
    return 0;
}

/* 1: this act was done before and q->outcome is what it said. */
static int recall(struct passage *p, struct dbr *r, struct err *e)
{
    struct idempotency_find_row row;
    int found = idempotency_find(r, p->q->arena, &(struct idempotency_find_in) { .key = p->key }, &row, e);
    if (found <= 0)
        return found;
    if (!hash32_eq(&row.print, &p->print))
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Trang này đã được gửi một lần với nội dung khác. Xin mở lại trang rồi gửi nội dung mới."),
                       "the idempotency key was used for another body");
    p->q->outcome = row.outcome;
    p->q->replayed = true;
    return 1;
}

static int done_before(struct passage *p, struct tx *tx, struct err *e)
{
    int before = recall(p, tx_reader(tx), e);
    if (before == 1)
        tx_unaudited(tx, "the same submission came before; nothing is written");
    return before;
}

int idempotency_recall(struct passage *p)
{
    struct dbr *r = p->keyed && p->q->route->write ? req_read(p->q, &p->e) : NULL;
    return r ? recall(p, r, &p->e) : 0;
}

static int keep(struct passage *p, struct tx *tx, struct err *e)
{
    const struct req *q = p->q;
    struct idempotency_keep_in in = {
        .key = p->key,
        .account = q->actor->account,
        .route = str_of(q->route->path),
        .print = p->print,
        .outcome = q->outcome.p ? q->outcome : STR(""),
        .made_at = tx_now(tx),
    };
    int64_t kept = 0;
    if (idempotency_keep(tx, &in, &kept, e) < 0)
        return -1;
    if (kept == 1)
        return 0;
    return ERR_SAY(e, ERR_CONFLICT,
                   MSGS("Lần gửi trước của trang này còn đang được ghi. Xin chờ ít giây rồi gửi lại: việc không bị ghi hai "
                        "lần."),
                   "the same submission is being written by another server");
}

int idempotency_write(struct passage *p, struct tx *tx, struct err *e)
{
    int before = p->keyed ? done_before(p, tx, e) : 0;
    if (before != 0)
        return before < 0 ? -1 : 0;
    if (p->q->route->write(p->q, tx, e) < 0)
        return -1;
    return p->keyed ? keep(p, tx, e) : 0;
}
