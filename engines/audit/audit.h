/* audit.h: the tamper-evident log. One record for each act and each look at a person's register entry, written in the same
 * transaction as the act. A record is canonical JSON; its leaf is the Merkle leaf hash of those bytes. Every second the
 * sealing job builds a tree (RFC 6962) over the records since the last seal, and the signer signs
 * {"at","first","last","n","previous","root"}: a chain of signed roots. A receipt is a record with its inclusion proof under
 * a signed root: one evidence format for log, receipts and exchange.
 */
#ifndef BON_ENGINES_AUDIT_H
#define BON_ENGINES_AUDIT_H

#include "platform/crypto/signer.h"
#include "platform/http/module.h"

/* What happened. Texts are cleaned before they come here. Fields that do not apply are none/0/STR_NONE. */
struct audit_record {
    struct str action;         /* a declared event: "stays.declared", "people.seen" */
    int64_t account;           /* who; 0: the system */
    struct str role;           /* in which role */
    int64_t facility;          /* on behalf of which facility */
    struct unit_code unit;     /* where */
    int64_t subject;           /* whose register entry (people id), 0: nobody's */
    struct str purpose;        /* why: a declared purpose, needed when subject is set */
    struct str object;         /* what: "stay/4711" */
    struct json_t *detail;     /* a JSON object with the facts that must be provable later; may be NULL */
    struct str mode;           /* MÔ PHỎNG / THỬ / THẬT */
};

/* Fills actor, role, mode from the request. */
struct audit_record audit_of(const struct req *q, struct str action);

/* Writes the record and marks the transaction as audited. *seq (may be NULL) is its number: evidence is asked for by it. */
int audit_write(struct tx *tx, const struct audit_record *r, int64_t *seq, struct err *e);

/* The evidence of record seq as a canonical JSON document (format "bon-evidence-1"): record bytes (base64url), seal, index,
 * path, root signature (detached JWS), public key (JWK). 1 ready, 0 not sealed yet, -1 failed. */
int audit_evidence(struct dbr *r, struct signer *s, struct arena *a, int64_t seq, struct str *json, struct err *e);

/* The same in few bytes for a QR code: base64url of a fixed binary layout (documented in README.md). */
int audit_evidence_compact(struct dbr *r, struct arena *a, int64_t seq, struct str *text, struct err *e);

/* Checks a document offline against trusted keys (NULL: only against the key it carries, says so). *record gets its bytes. */
int audit_evidence_check(struct arena *a, struct str evidence, const struct jwk *trusted, size_t n, struct str *record,
                         struct instant *sealed_at, struct err *e);

/* Recomputes every leaf, root, signature and the chain. Counts what it checked; the first break is the error's detail. */
struct audit_check {
    int64_t records, seals;
};
int audit_verify(struct db *db, struct signer *s, struct arena *a, struct audit_check *out, struct err *e);

/* Who saw or used this person's data, newest first, as the citizen reads it. */
struct audit_seen {
    struct instant at;
    struct str action, what, account_name, role, facility_name, purpose, object;
};
int audit_seen_by_subject(struct dbr *r, struct arena *a, int64_t subject, int64_t before_seq, int limit,
                          struct audit_seen **out, size_t *n, struct err *e);

extern const struct module audit_module;

#endif
