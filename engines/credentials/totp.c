#include "engines/credentials/totp.h"

#include "platform/crypto/crypto.h"
#include "platform/html/html.h"

int64_t totp_step(struct instant at)
{
    return at.us / (TOTP_STEP_S * US_PER_SECOND);
}

/* RFC 4226 5.3: four bytes of the MAC from a place that its last four bits name, without the sign. */
uint32_t totp_value(struct str seed, int64_t step, int digits)
{
    char counter[8];
    uint8_t mac[20];
    for (int i = 7; i >= 0; i--, step >>= 8)
        counter[i] = (char)(step & 0xff);
    hmac_sha1(seed, (struct str){ counter, sizeof(counter) }, mac);
    size_t at = mac[19] & 0x0f;
    uint32_t v = (uint32_t)(mac[at] & 0x7f) << 24 | (uint32_t)mac[at + 1] << 16 | (uint32_t)mac[at + 2] << 8 | mac[at + 3];
    uint32_t modulus = 1;
    for (int i = 0; i < digits; i++)
        modulus *= 10;
    secret_wipe(mac, sizeof(mac));
    return v % modulus;
}

bool totp_find(struct str seed, struct str typed, struct instant now, int64_t *step)
{
    uint64_t given;
    bool found = false;
    if (typed.n != TOTP_DIGITS || !str_is_digits(typed) || !str_to_u64(typed, &given))
        return false;
    for (int64_t s = totp_step(now) - 1; s <= totp_step(now) + 1; s++) {
        bool same = (totp_value(seed, s, TOTP_DIGITS) ^ (uint32_t)given) == 0;
        *step = same && !found ? s : *step;
        found |= same;
    }
    return found;
}

struct str base32_text(struct arena *a, struct str bytes)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    struct buf b;
    uint32_t held = 0;
    int bits = 0;
    buf_init(&b, a, bytes.n * 2 + 8);
    for (size_t i = 0; i < bytes.n; i++) {
        held = (held << 8 | (uint8_t)bytes.p[i]) & 0xfff;
        for (bits += 8; bits >= 5; bits -= 5)
            buf_put_char(&b, letters[held >> (bits - 5) & 31]);
    }
    if (bits > 0)
        buf_put_char(&b, letters[held << (5 - bits) & 31]);
    return buf_str(&b);
}

struct str totp_address(struct arena *a, struct str seed, struct str issuer, struct str login)
{
    struct buf b;
    buf_init(&b, a, 2048);
    struct html h = { .out = &b, .arena = a };
    buf_lit(&b, "otpauth://totp/");
    html_query(&h, issuer);
    buf_put_char(&b, ':');
    html_query(&h, login);
    buf_lit(&b, "?secret=");
    buf_put(&b, base32_text(a, seed));
    buf_lit(&b, "&issuer=");
    html_query(&h, issuer);
    return buf_str(&b);
}
