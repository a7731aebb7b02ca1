/* cbor.h: as much of CBOR (RFC 8949) as passkeys speak: looked at before any library sees it, because a few bytes can claim to be
 * a list of four thousand million. Definite lengths only, sixteen pairs in a map, four levels.
 */
#ifndef BON_ENGINES_CREDENTIALS_CBOR_H
#define BON_ENGINES_CREDENTIALS_CBOR_H

#include "base/str.h"

enum cbor_kind { CBOR_UINT, CBOR_NEGATIVE, CBOR_BYTES, CBOR_TEXT, CBOR_LIST, CBOR_MAP, CBOR_TAG, CBOR_SIMPLE };
enum { CBOR_PAIRS = 16, CBOR_DEPTH = 4 };

struct cbor_item {
    enum cbor_kind kind;
    uint64_t n;       /* the number, the length, the count of members */
    struct str bytes; /* CBOR_BYTES, CBOR_TEXT */
};
/* Takes one item's head (with its bytes) off the rest. False: broken, cut off, or of a length that is not said at once. */
bool cbor_take(struct str *rest, struct cbor_item *out);
/* Takes one whole item. False likewise, and when it is larger than the limits above. */
bool cbor_skip(struct str *rest);
/* The small whole numbers that COSE names things by. */
bool cbor_take_int(struct str *rest, int64_t *out);

#endif
