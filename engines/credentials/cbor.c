#include "engines/credentials/cbor.h"

static bool take_argument(struct str *rest, unsigned low, uint64_t *out)
{
    if (low < 24) {
        *out = low;
        return true;
    }
    size_t n = low == 24 ? 1 : low == 25 ? 2 : low == 26 ? 4 : low == 27 ? 8 : 0; /* 31: a length that is told at the end */
    if (n == 0 || rest->n < n)
        return false;
    *out = 0;
    for (size_t i = 0; i < n; i++)
        *out = *out << 8 | (uint8_t)rest->p[i];
    *rest = str_from(*rest, n);
    return true;
}

bool cbor_take(struct str *rest, struct cbor_item *out)
{
    if (rest->n == 0)
        return false;
    unsigned head = (uint8_t)rest->p[0];
    struct str after = str_from(*rest, 1);
    struct cbor_item item = { .kind = (enum cbor_kind)(head >> 5) };
    if (!take_argument(&after, head & 31, &item.n))
        return false;
    if (item.kind == CBOR_BYTES || item.kind == CBOR_TEXT) {
        if (item.n > after.n)
            return false;
        item.bytes = str_head(after, (size_t)item.n);
        after = str_from(after, (size_t)item.n);
    }
    *rest = after;
    *out = item;
    return true;
}

static bool skip_within(struct str *rest, int depth)
{
    struct cbor_item item;
    if (depth > CBOR_DEPTH || !cbor_take(rest, &item) || item.kind == CBOR_TAG)
        return false;
    if (item.kind != CBOR_LIST && item.kind != CBOR_MAP)
        return true;
    if (item.n > CBOR_PAIRS)
        return false;
    for (uint64_t i = 0; i < (item.kind == CBOR_MAP ? 2 * item.n : item.n); i++)
        if (!skip_within(rest, depth + 1))
            return false;
    return true;
}

bool cbor_skip(struct str *rest)
{
    return skip_within(rest, 0);
}

bool cbor_take_int(struct str *rest, int64_t *out)
{
    struct cbor_item item;
    if (!cbor_take(rest, &item) || (item.kind != CBOR_UINT && item.kind != CBOR_NEGATIVE) || item.n > INT32_MAX)
        return false;
    *out = item.kind == CBOR_UINT ? (int64_t)item.n : -1 - (int64_t)item.n;
    return true;
}
