/* citizens.h: the conditions of a digital citizen (row 22 of the plan): four assets, who is old enough for each, how it is known
 * that somebody holds one, and how many do on any day.
 *
 * Nothing here is typed in as a number. Who is concerned comes from the register on that day (age, alive, permanent residence);
 * who holds an asset comes from evidence with a source, a reference, a day and the name of who recorded it.
 */
#ifndef BON_MODELS_DIGITAL_CITIZENS_H
#define BON_MODELS_DIGITAL_CITIZENS_H

#include "engines/people/people.h"
#include "platform/http/module.h"

/* ---- what there is to hold: asset.c ---- */
enum asset { ASSET_EID, ASSET_PAYMENT, ASSET_ADDRESS, ASSET_SIGNATURE, ASSETS_ };
enum { ASSET_ALL = ASSETS_ }; /* where a page asks for "all that somebody of that age needs" */

static inline int64_t asset_bit(enum asset a)
{
    return INT64_C(1) << a;
}
struct asset_text {
    const char *name;      /* "eid": in addresses and files */
    struct str title, how; /* MSG: what it is; how one gets it */
};
extern const struct asset_text asset_texts[ASSETS_];
bool asset_named(struct str name, enum asset *out);
bool asset_of_bit(int64_t bit, enum asset *out);

/* Where evidence may come from: a closed list, each for certain assets. */
struct asset_source {
    const char *name;
    int64_t assets;              /* bits */
    struct str title, reference; /* MSG: what it is; what to write as its reference */
};
extern const struct asset_source asset_sources[];               /* ended by name NULL */
const struct asset_source *asset_source_named(struct str name); /* NULL: none */

/* Why somebody could not be helped yet: a closed list, with what helps. */
struct left_reason {
    const char *name;
    struct str title, next; /* MSG */
};
extern const struct left_reason left_reasons[];               /* ended by name NULL */
const struct left_reason *left_reason_named(struct str name); /* NULL: none */

/* ---- who is old enough: rule.c ---- */
/* The pack's dated ages: "digital.age.eid.2022-10-20 = 14". */
struct asset_ages {
    struct {
        struct day from;
        int age;
    } v[ASSETS_][8]; /* in order of day */
    size_t n[ASSETS_];
};
int asset_ages_read(struct arena *a, const char *pack_dir, struct asset_ages *out, struct err *e);
/* The age on that day, or -1: the asset does not exist for anyone yet. */
int asset_age_on(const struct asset_ages *r, enum asset a, struct day on);
/* Bits of the assets somebody of that birth needs on that day. */
int64_t assets_needed(const struct asset_ages *r, struct birth born, struct day on);
const struct asset_ages *asset_ages_of(const struct app *app);

/* ---- who issues digital signatures: the pack's signature-providers.csv, by day ---- */
struct signature_provider {
    struct str code, name;
    struct day since, until; /* until is exclusive */
};
struct signature_providers {
    struct signature_provider v[16];
    size_t n;
};
const struct signature_providers *signature_providers_of(const struct app *app);
const struct signature_provider *signature_provider_named(const struct app *app, struct str code); /* NULL: none */
int digital_start(struct app *app, struct err *e);

/* ---- what must never be kept: secret.c ---- */
/* True when a text carries what looks like a password, a PIN or a one-time code; *say is the sentence for who wrote it. */
bool secret_in(struct arena *a, struct str text, struct str *say);
int secret_check(struct req *q, struct str value, struct err *e); /* for struct field.check */

/* ---- evidence: evidence.c ---- */
struct evidence_new {
    int64_t person;
    enum asset asset;
    struct str source, reference;
    struct day seen_on;
    struct day until; /* exclusive; 0: without an end */
    int64_t by;
    struct str by_name;
};
/* Checks person, age and day on `today` and writes the row with its audit record. ERR_FORM with a sentence when refused. */
struct audit_record;
int evidence_check(struct dbr *r, struct arena *a, const struct asset_ages *ages, const struct evidence_new *in,
                   struct day today, struct err *e);
int asset_evidence_add(struct tx *tx, struct arena *a, const struct evidence_new *in, const struct audit_record *rec,
                 struct err *e);

/* ---- who holds what: held.c ---- */
struct person_assets {
    int64_t person;
    int64_t place;       /* whatever the caller sorts people into */
    int64_t needs, held; /* bits */
};
/* Fills .held as of that day; puts the people in order of their numbers. */
int assets_held(struct dbr *r, struct arena *a, struct day on, struct person_assets *v, size_t n, struct err *e);
struct str people_ids(struct arena *a, const struct person_assets *v, size_t n); /* "[1,2,3]", as the statements take them */

/* ---- how many: coverage_count.c, coverage.c ---- */
struct coverage_unit {
    struct unit_code unit;                             /* commune of 2023 */
    int64_t people[ASSETS_ + 1], holders[ASSETS_ + 1]; /* by asset; [ASSET_ALL]: everything they need */
};
struct coverage {
    struct day on;
    struct coverage_unit *v;
    size_t n;
    struct coverage_unit total;
};
/* Counted from the rows themselves, for any day, or for up to COVERAGE_DAYS_MOST in one walk: out[i] is of on[i]. */
enum { COVERAGE_DAYS_MOST = 16 };
int coverage_count_days(struct dbr *r, struct arena *a, const struct asset_ages *ages, const struct day *on, size_t n,
                        struct coverage *out, struct err *e);
int coverage_count(struct dbr *r, struct arena *a, const struct asset_ages *ages, struct day on, struct coverage *out,
                   struct err *e);
/* Counts `on` again when evidence has moved since, and keeps it; closes days that are over. */
int coverage_keep(struct app *app, struct arena *a, struct day on, bool *changed, struct err *e);
int coverage_job(struct job_run *j, struct err *e);

/* ---- the synthetic province: seed.c ---- */
int digital_seed(struct db *db, const struct seed_world *w, const struct asset_ages *ages, struct day today, struct err *e);

extern const struct cli_command digital_commands[];
extern const struct cli_option ca_sim_options[];
int ca_sim_main(struct cli *c, struct err *e); /* bon sim ca: runs until SIGINT or SIGTERM */
int signature_job(struct job_run *j, struct err *e);
extern const struct measure digital_measures[];
extern const struct module digital_citizens_module;

#endif
