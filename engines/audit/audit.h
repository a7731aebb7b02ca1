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
    struct str account_name;   /* as it is now: names change, records do not */
    struct str role;           /* in which role */
    int64_t hat;               /* by which grant of the account: the capacity that was on; 0: none */
    struct str behalf;         /* for whom: "organisation/12", "person/34", or none: for oneself or one's office */
    struct str behalf_name;    /* as it is now */
    int64_t facility;          /* on behalf of which facility, 0: none */
    struct str facility_name;
    struct unit_code unit;     /* where */
    int64_t subject;           /* whose register entry (people id), 0: nobody's */
    struct str purpose;        /* why: a declared purpose, needed when subject is set */
    struct str object;         /* what: "stay/4711" */
    struct str detail;         /* canonical JSON object (base/json.h) with the facts that must be provable later, or none */
    struct str mode;           /* MÔ PHỎNG / THỬ / THẬT */
};

/* Fills actor, role, mode from the request. */
struct audit_record audit_of(const struct req *q, struct str action);

/* Writes the record and marks the transaction as audited. *seq (may be NULL) is its number: evidence is asked for by it. */
int audit_write(struct tx *tx, struct arena *a, const struct audit_record *r, int64_t *seq, struct err *e);

/* The evidence of record seq as a canonical JSON document (format "bon-evidence-1"): record bytes (base64url), seal, index,
 * path, root signature (detached JWS), public key (JWK). 1 ready, 0 not sealed yet, -1 failed. */
int audit_evidence(struct dbr *r, struct signer *s, struct arena *a, int64_t seq, struct str *json, struct err *e);

/* The same in few bytes for a QR code: base64url of a fixed binary layout (documented in README.md). */
int audit_evidence_compact(struct dbr *r, struct arena *a, int64_t seq, struct str *text, struct err *e); /* 1 0 -1 likewise */

/* Checks either form offline against trusted public keys: record under root by its path, root under a key's signature. */
struct audit_proof {
    struct str record;      /* the canonical JSON that was written */
    struct str kid;         /* key that signed the root */
    struct instant sealed_at;
    int64_t first, last;    /* records under the same root */
};
int audit_evidence_check(struct arena *a, struct str evidence, const struct jwk *trusted, size_t n, struct audit_proof *out,
                         struct err *e);

/* Number of the last record under a seal, 0: none yet. No record up to it can still appear: whoever reads rows by the number of
 * their record, and no further than this, misses none. */
int audit_sealed_to(struct dbr *r, struct arena *a, int64_t *last, struct err *e);

/* Recomputes every leaf, root, signature and the chain. Counts what it checked; the first break is the error's detail. */
struct audit_check {
    int64_t records, seals, unsealed;
};
int audit_verify(struct db *db, struct signer *s, struct arena *a, struct audit_check *out, struct err *e);

/* Who saw or used this person's data, newest first, as the citizen reads it. */
struct audit_seen {
    int64_t id;
    struct instant at;
    struct str action, account_name, role, facility_name, purpose, object;
};
int audit_seen_by_subject(struct dbr *r, struct arena *a, int64_t subject, int64_t before_seq, int limit,
                          struct audit_seen **out, size_t *n, struct err *e);

/* How often an account did this since then, at most 500: for limits on acts that could be used to probe. */
int audit_count_of_account(struct dbr *r, struct arena *a, int64_t account, struct str action, struct instant since, int64_t *n,
                           struct err *e);

/* What an action word means to a reader, from the modules' events; a role's title. Source texts. */
struct str audit_event_label(const struct app *app, struct str action);
struct str audit_role_title(const struct app *app, struct str role);

extern const struct module audit_module;

#endif
