/* put.c: a notice as rows: once a key, and one message a channel that its reader has chosen. */
#include "engines/notices/inside.h"

#include "base/text.h"

enum { QUIET_FROM = 21, QUIET_UNTIL = 7 };

struct str notice_channel_label(enum notice_channel c)
{
    static const struct str labels[NOTICE_CHANNELS_] = { MSG("Tin nhắn SMS"), MSG("Thư báo") };
    return labels[c];
}

struct str notice_state_label(enum notice_state s)
{
    static const struct str labels[NOTICE_STATES_] = { MSG("Chờ gửi"), MSG("Đang gửi"), MSG("Đã gửi"), MSG("Đã đến"),
                                                       MSG("Không gửi được") };
    return labels[s];
}

struct instant notice_quiet_until(struct instant now)
{
    struct day d;
    int hour, minute, second;
    instant_local(now, &d, &hour, &minute, &second);
    if (hour >= QUIET_FROM)
        return day_at((struct day) { d.n + 1 }, QUIET_UNTIL, 0);
    return hour < QUIET_UNTIL ? day_at(d, QUIET_UNTIL, 0) : now;
}

int64_t notice_wait_us(int64_t tries)
{
    static const int64_t minutes[] = { 1, 5, 30, 120, 720 };
    return tries >= 1 && tries <= (int64_t)(sizeof minutes / sizeof *minutes) ? minutes[tries - 1] * US_PER_MINUTE : 0;
}

static int check_text(const struct notice_new *n, struct err *e)
{
    if (text_length(n->text) > NOTICE_TEXT_MAX || !n->key.n)
        return ERR(e, ERR_INPUT, "a notice of %zu bytes, or without a key", n->text.n);
    if (str_find(n->text, STR("://")) >= 0 || str_find(n->text, STR("www.")) >= 0)
        return ERR(e, ERR_INPUT, "a notice that leaves the program carries no link");
    return 0;
}

static int put_out(struct tx *tx, int64_t notice, enum notice_channel channel, struct str address, const struct notice_new *n,
                   struct err *e)
{
    struct instant now = tx_now(tx);
    struct notice_out_insert_in in = { .notice = notice,
                                       .channel = channel,
                                       .address = address,
                                       .text = n->text,
                                       .secret = n->secret,
                                       .next_at = channel == NOTICE_SMS && !n->secret ? notice_quiet_until(now) : now,
                                       .changed_at = now };
    return address.n && n->text.n ? notice_out_insert(tx, &in, NULL, e) : 0;
}

int notice_put(struct tx *tx, struct arena *a, const struct notice_new *n, bool *made, struct err *e)
{
    struct notice_said_row there;
    struct notice_contact c = { STR(""), STR(""), false, false };
    int64_t id;
    *made = false;
    if (check_text(n, e))
        return -1;
    int got = notice_said(tx_reader(tx), a, &(struct notice_said_in) { .said_as = n->key }, &there, e);
    if (got != 0)
        return got < 0 ? -1 : 0;
    if (n->account && notice_contact_of(tx_reader(tx), a, n->account, &c, e) < 0)
        return -1;
    struct notice_insert_in in = { .has_account = n->account != 0,
                                   .account = n->account,
                                   .kind = n->kind,
                                   .title = n->title,
                                   .path = str_or_empty(n->path),
                                   .subject = str_or_empty(n->subject),
                                   .said_as = n->key,
                                   .at = tx_now(tx) };
    struct str phone = n->phone.n ? n->phone : c.by_sms ? c.phone : STR("");
    struct str email = n->email.n ? n->email : c.by_email ? c.email : STR("");
    if (notice_insert(tx, &in, &id, e) || put_out(tx, id, NOTICE_SMS, phone, n, e) || put_out(tx, id, NOTICE_EMAIL, email, n, e))
        return -1;
    *made = true;
    return 0;
}

int notice_contact_of(struct dbr *r, struct arena *a, int64_t account, struct notice_contact *out, struct err *e)
{
    struct notice_contact_row_row row;
    int got = notice_contact_row(r, a, &(struct notice_contact_row_in) { .account = account }, &row, e);
    if (got == 1)
        *out = (struct notice_contact) { row.phone, row.email, row.by_sms, row.by_email };
    return got;
}

int notice_contact_set(struct tx *tx, int64_t account, const struct notice_contact *c, struct err *e)
{
    struct notice_contact_keep_in in = {
        .account = account, .phone = c->phone, .email = c->email, .by_sms = c->by_sms, .by_email = c->by_email
    };
    return notice_contact_keep(tx, &in, NULL, e);
}
