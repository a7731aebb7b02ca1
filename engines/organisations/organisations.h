/* organisations.h: the register of organisations and who may act for them: the legal representative, and agents whom the representative
 * appoints for some days and some kinds of work. A person's parts stand in the grants of that person's accounts as well
 * (accounts.h: capacities), so that acting for an organisation is a hat.
 *
 * Law: Luật Doanh nghiệp 59/2020 Điều 12 (legal representative), Bộ luật Dân sự 91/2015 Điều 134-143, 562-569 (acting for another).
 */
#ifndef BON_ENGINES_ORGANISATIONS_H
#define BON_ENGINES_ORGANISATIONS_H

#include "engines/audit/audit.h"

/* ---- tax codes: code.c ---- */
/* Ten digits with a check digit, thirteen for a branch; a household business has its owner's personal number, twelve. */
struct tax_code {
    char v[14]; /* digits and NUL */
};
/* "6400000019", "6400000019-001", "6400000019 001". Refuses with a sentence that says what is wrong. */
int tax_code_parse(struct str s, struct tax_code *out, struct err *e);
/* The check digit of nine digits, 0 to 9; -1: such a number is not given out. */
int tax_code_check_digit(const char nine[9]);
struct str tax_code_str(const struct tax_code *c); /* borrowed from *c */

/* ---- kinds of work an agent may be given: scope.c ---- */
struct agent_scope {
    const char *word; /* "file" */
    struct str title; /* source text */
};
const struct agent_scope *agent_scope_at(size_t i); /* NULL: no more */

/* ---- the register ---- */
struct organisation {
    int64_t id;
    struct str code, name, kind; /* kind: "enterprise", "cooperative", "household_business", "public_unit" */
    struct unit_code unit;       /* commune of its seat */
    struct str address;
    struct day since, until; /* until exclusive */
};
int organisation_by_id(struct dbr *r, struct arena *a, int64_t id, struct organisation *out, struct err *e);          /* 1 0 -1 */
int organisation_by_code(struct dbr *r, struct arena *a, struct str code, struct organisation *out, struct err *e);   /* 1 0 -1 */
struct str organisation_kind_title(struct str kind); /* source text */

/* ---- who may act for it ---- */
enum organisation_part { PART_NONE, PART_AGENT, PART_REPRESENTATIVE };
/* What a person is to an organisation on a day. `work` is a word of a scope, NULL: anything; a representative may do everything. */
int organisation_part_on(struct dbr *r, struct arena *a, int64_t organisation, int64_t person, struct day on, const char *work,
                         enum organisation_part *out, struct err *e);

/* At the door; the caller writes the record. Each brings the person's accounts up to date. */
struct part_new {
    int64_t organisation, person;
    struct str name; /* of the person */
    enum organisation_part part;
    struct str scope, basis, given_name;
    struct day from, until; /* until exclusive */
};
int organisation_part_give(struct tx *tx, struct arena *a, const struct part_new *in, int64_t *id, struct err *e);
/* From today on. Not an agent of this organisation, or over: ERR_NOT_FOUND. */
int organisation_agent_end(struct tx *tx, struct arena *a, int64_t organisation, int64_t part, struct err *e);
/* Another takes over from today on as its representative; agents stay. 0 or -1, as organisation_part_give. */
int organisation_head_change(struct tx *tx, struct arena *a, const struct part_new *in, int64_t *id, struct err *e);
/* The organisation ends today, and with it every part in it. */
int organisation_close(struct tx *tx, struct arena *a, int64_t organisation, struct err *e);
/* What the register says of a person, into the grants of their accounts. */
int organisations_tell_accounts(struct tx *tx, struct arena *a, int64_t person, struct err *e);

extern const struct module organisations_module;

#endif
