/* device.c: a browser that its owner has used before. The cookie names the browser and the last accounts that signed in with it; it
 * is signed, opens nothing, and only says whose wrong guesses are whose.
 */
#include "engines/credentials/throttle.h"
#include "engines/credentials/ticket.h"

#include "base/rng.h"
#include "platform/http/module.h"

#define DEVICE_COOKIE "bon_device"
enum { DEVICE_ACCOUNTS = 8, DEVICE_S = 365 * 24 * 3600 };

struct device {
    struct str name; /* random */
    int64_t accounts[DEVICE_ACCOUNTS];
    size_t n;
};

/* "NAME 12 7 31": newest account first. */
static bool device_read(const struct req *q, struct device *d)
{
    struct str rest, word;
    *d = (struct device){ .n = 0 };
    if (!ticket_read(q, "device", STR(""), req_cookie(q, DEVICE_COOKIE), &rest) || !str_cut(&rest, ' ', &d->name))
        return false;
    while (d->n < DEVICE_ACCOUNTS && rest.n > 0 && str_cut(&rest, ' ', &word))
        if (str_to_i64(word, &d->accounts[d->n]))
            d->n++;
    return true;
}

static bool device_knows(const struct device *d, int64_t account)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->accounts[i] == account)
            return true;
    return false;
}

struct guess guess_of(struct req *q, int64_t account, struct str at)
{
    struct device d;
    bool known = account != 0 && device_read(q, &d) && device_knows(&d, account);
    return (struct guess){ .source = known ? str_fmt(q->arena, "device %.*s", STR_ARG(d.name)) : q->remote, .at = at };
}

void device_remember(struct req *q, struct res *s, int64_t account)
{
    struct device d;
    struct buf b;
    if (!device_read(q, &d)) {
        uint8_t bytes[12];
        random_bytes(bytes, sizeof(bytes));
        d.name = str_base64url(q->arena, bytes, sizeof(bytes));
    }
    buf_init(&b, q->arena, 512);
    buf_put(&b, d.name);
    buf_fmt(&b, " %lld", (long long)account);
    for (size_t i = 0, kept = 1; i < d.n && kept < DEVICE_ACCOUNTS; i++)
        if (d.accounts[i] != account) {
            buf_fmt(&b, " %lld", (long long)d.accounts[i]);
            kept++;
        }
    res_cookie(q, s, DEVICE_COOKIE, ticket_make(q, "device", STR(""), buf_str(&b), DEVICE_S), DEVICE_S);
}
