/* device.c: one device: its row, its health, the code that enrols it, the token under which it asks for pages. */
#include "engines/edge/inside.h"

#include "base/rng.h"
#include "engines/people/people.h"
#include "platform/crypto/crypto.h"

#include <stdio.h>

int edge_device_by_id(struct dbr *r, struct arena *a, int64_t id, struct edge_device *out, struct err *e)
{
    struct edge_device_row_row row;
    int got = edge_device_row(r, a, &(struct edge_device_row_in) { .id = id }, &row, e);
    if (got == 1)
        *out = (struct edge_device) { .id = row.id,
                                      .name = row.name,
                                      .place = row.place,
                                      .unit = row.unit,
                                      .public_key = row.public_key,
                                      .sequence = row.sequence,
                                      .revoked = row.has_revoked_at,
                                      .locked = row.has_locked_at,
                                      .lock_why = str_or_empty(row.lock_why) };
    return got;
}

int edge_device_add(struct tx *tx, const struct unit_code *unit, struct str name, struct str place, int64_t *id, struct err *e)
{
    struct edge_device_insert_in in = { .name = name, .unit = *unit, .place = place, .now = tx_now(tx) };
    return edge_device_insert(tx, &in, id, e);
}

int edge_device_by_name(struct dbr *r, struct arena *a, struct str name, struct edge_device *out, struct err *e)
{
    struct edge_device_of_name_row row;
    int got = edge_device_of_name(r, a, &(struct edge_device_of_name_in) { .name = name }, &row, e);
    return got == 1 ? edge_device_by_id(r, a, row.id, out, e) : got;
}

int edge_commune(struct dbr *r, struct arena *a, struct unit_code code, struct instant now, struct unit *out, struct err *e)
{
    struct day before;
    day_from_ymd(2025, 6, 30, &before);
    int got = unit_by_code(r, a, code, instant_day(now), out, e);
    if (got == 0)
        got = unit_by_code(r, a, code, before, out, e);
    return got == 1 ? out->level == 3 : got;
}

/* ---- health ---- */

int edge_health_of(struct dbr *r, struct arena *a, int64_t device, struct edge_health *out, struct err *e)
{
    struct edge_beat_row_row row;
    int got = edge_beat_row(r, a, &(struct edge_beat_row_in) { .device = device }, &row, e);
    *out = (struct edge_health) { .paper = STR("none"), .ink = STR("none"), .reader = STR("none"), .version = STR("") };
    if (got == 1)
        *out = (struct edge_health) { row.at,      row.paper,       row.ink,     row.reader, row.version,
                                      row.disk_mb, row.temperature, row.skew_ms, row.waiting };
    return got < 0 ? -1 : 0;
}

bool edge_can_print(const struct edge_health *h)
{
    return !str_eq(h->paper, STR("out")) && !str_eq(h->paper, STR("jam")) && !str_eq(h->ink, STR("out"));
}

bool edge_reader_works(const struct edge_health *h)
{
    return !str_eq(h->reader, STR("down"));
}

bool edge_is_silent(const struct edge_health *h, struct instant now)
{
    return h->at.us == 0 || now.us - h->at.us > EDGE_SILENT_S * US_PER_SECOND;
}

/* ---- the one-time code ---- */

/* Twelve digits: a technician types them on a keyboard without letters. Good for a day and once. */
struct str edge_code_new(struct arena *a)
{
    uint64_t n;
    do {
        random_bytes(&n, sizeof(n));
        n >>= 24; /* 40 bits; what lies above 10^12 is drawn again, so that all codes are alike likely */
    } while (n >= UINT64_C(1000000000000));
    return str_fmt(a, "%04llu-%04llu-%04llu", (unsigned long long)(n / 100000000), (unsigned long long)(n / 10000 % 10000),
                   (unsigned long long)(n % 10000));
}

struct hash32 edge_code_hash(struct arena *a, struct str typed)
{
    struct buf b;
    buf_init(&b, a, 64);
    for (size_t i = 0; i < typed.n; i++)
        if (typed.p[i] >= '0' && typed.p[i] <= '9')
            buf_put_char(&b, typed.p[i]);
    return sha256(buf_str(&b));
}

/* ---- the token ---- */

/* Bound to the key: a device enrolled anew does not go on under an old token. */
static struct str token_mac(const struct app *app, struct arena *a, const struct edge_device *d, int64_t until_s)
{
    struct str key = str_hex(a, d->public_key.p, d->public_key.n);
    struct hash32 mac =
        hmac_sha256(app->secret, str_fmt(a, "edge page %lld %lld %.*s", (long long)d->id, (long long)until_s, STR_ARG(key)));
    return str_base64url(a, mac.b, sizeof(mac.b));
}

struct str edge_token_new(const struct app *app, struct arena *a, const struct edge_device *d, struct instant now)
{
    int64_t until_s = now.us / US_PER_SECOND + EDGE_TOKEN_S;
    struct str mac = token_mac(app, a, d, until_s);
    return str_fmt(a, "%lld.%lld.%.*s", (long long)d->id, (long long)until_s, STR_ARG(mac));
}

int edge_device_of(struct req *q, struct edge_device *out, struct err *e)
{
    struct str rest = req_header(q, EDGE_TOKEN_HEADER), device, until;
    int64_t id, until_s;
    if (!rest.p || !str_cut(&rest, '.', &device) || !str_cut(&rest, '.', &until) || !str_to_i64(device, &id) ||
        !str_to_i64(until, &until_s) || until_s < q->now.us / US_PER_SECOND)
        return 0;
    struct dbr *r = req_read(q, e);
    int got = r ? edge_device_by_id(r, q->arena, id, out, e) : -1;
    if (got != 1)
        return got;
    if (!out->public_key.p || !str_eq_secret(token_mac(q->app, q->arena, out, until_s), rest))
        return 0;
    if (out->revoked)
        return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Máy này đã ngừng phục vụ. Xin đến quầy một cửa bên cạnh."), "device %lld is revoked",
                       (long long)id);
    if (out->locked)
        return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Máy này đang tạm khoá để kiểm tra. Xin đến quầy một cửa bên cạnh."),
                       "device %lld is locked", (long long)id);
    return 1;
}

/* ---- provisional numbers ---- */

struct str edge_provisional(struct arena *a, const struct unit_code *unit, int64_t n)
{
    struct str code = unit_code_str(unit);
    return str_fmt(a, "T-%.*s-%06lld", STR_ARG(code), (long long)n);
}

bool edge_provisional_read(struct str number, struct unit_code *unit, int64_t *n)
{
    struct str rest = str_from(number, 2), code;
    return str_starts(number, STR("T-")) && str_cut(&rest, '-', &code) && unit_code_parse(code, unit) && rest.n == 6 &&
           str_is_digits(rest) && str_to_i64(rest, n) && *n > 0;
}
