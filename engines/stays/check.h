/* check.h: the public page where anyone checks a receipt, and the public keys it is checked against. */
#ifndef BON_ENGINES_STAYS_CHECK_H
#define BON_ENGINES_STAYS_CHECK_H

#include "engines/stays/stays_internal.h"
#include "platform/html/components.h"

enum check_outcome {
    CHECK_NOTHING, /* nothing asked yet */
    CHECK_PROVED,  /* evidence holds under a known key */
    CHECK_BROKEN,  /* evidence that does not hold */
    CHECK_LISTED,  /* only a number, and it is in the book */
    CHECK_UNKNOWN, /* only a number, and it is not */
};
struct check_view {
    enum check_outcome outcome;
    struct stay_receipt receipt;
    struct instant sealed_at;
    struct str typed, why; /* why: source text */
};

extern const struct form receipt_check_form;
route_read_fn receipt_check_page, receipt_check_posted, receipt_keys;

/* The set of public keys as JSON: {"keys":[…]}. */
int receipt_keys_json(struct signer *s, struct arena *a, struct str *json, struct err *e);
/* Reads such a set, at most `most` keys. */
int receipt_keys_read(struct arena *a, struct str json, struct jwk *keys, size_t most, size_t *n, struct err *e);

#endif
