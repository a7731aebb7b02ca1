/* evidence.c: receipts and records as documents or packed for a QR code, checked against trusted keys. What passes must be one
 * of the records that those keys ever signed: an input that passes with any other is a forgery found.
 */
#include "engines/audit/audit_internal.h"
#include "engines/stays/stays.h"
#include "fuzz/fuzz.h"
#include "fuzz/signed.h"

#include <string.h>

void fuzz_start(void)
{
}

static bool was_signed(struct str record)
{
    static const char *const records[] = { SIGNED_RECORDS };
    for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++)
        if (str_eq(record, str_of(records[i])))
            return true;
    return false;
}

void fuzz_one(struct arena *a, struct str input)
{
    struct jwk keys[2];
    struct err e = { 0 };
    struct audit_proof proof;
    struct stay_receipt receipt;
    struct seal_payload seal;
    struct instant sealed_at;
    memset(&proof, 0, sizeof(proof));
    ASSERT(jwk_read(a, STR(SIGNED_KEY_ED), &keys[0], &e) == 0 && jwk_read(a, STR(SIGNED_KEY_P256), &keys[1], &e) == 0);
    if (seal_payload_read(a, input, &seal, &e) != 0)
        fuzz_check_refusal(&e);
    if (audit_evidence_check(a, input, keys, 2, &proof, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(proof.record.p == NULL);
        ASSERT(stay_receipt_check(a, input, keys, 2, &receipt, &sealed_at, &e) != 0);
        return;
    }
    ASSERT(was_signed(proof.record));
    ASSERT(str_eq(proof.kid, str_of(keys[0].kid)) || str_eq(proof.kid, str_of(keys[1].kid)));
    ASSERT(stay_receipt_check(a, input, keys, 2, &receipt, &sealed_at, &e) == 0);
    ASSERT(receipt.guests >= 1 && receipt.guests <= 5 && str_starts(receipt.number, STR("LT-67-000001-2611-00000")));
    /* With no trusted key nothing passes. */
    ASSERT(audit_evidence_check(a, input, keys, 0, &proof, &e) != 0);
}
