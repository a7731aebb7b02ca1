/* audit_internal.h: shapes shared by the files of this engine. */
#ifndef BON_ENGINES_AUDIT_INTERNAL_H
#define BON_ENGINES_AUDIT_INTERNAL_H

#include "engines/audit/audit.h"
#include "gen/audit_queries.h"

enum {
    AUDIT_BODY_MAX = 16 * 1024,
    AUDIT_SEAL_MAX = 1024,          /* records under one root: keeps a proof at ten hashes and its making at a millisecond */
    AUDIT_EVIDENCE_MAX = 64 * 1024,
};

/* What the signer signs for one seal, and what a checker reads out of it. */
struct seal_payload {
    struct instant at;
    int64_t first, last, n;
    struct hash32 previous; /* SHA-256 of the previous payload; zeros for the first */
    struct hash32 root;
};
struct str seal_payload_write(struct arena *a, const struct seal_payload *p);
int seal_payload_read(struct arena *a, struct str json, struct seal_payload *out, struct err *e);

/* Leaves of records in order. */
struct hash32 *audit_leaves(struct arena *a, const struct audit_bodies_rows *rows);

int audit_seal_job(struct job_run *j, struct err *e);
int audit_enter_job(struct job_run *j, struct err *e); /* seen.c */

#endif
