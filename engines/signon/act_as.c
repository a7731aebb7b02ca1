#include "engines/signon/act_as.h"

#include "base/json.h"
#include "engines/accounts/accounts.h"
#include "engines/organisations/organisations.h"
#include "engines/people/people.h"

enum { ACT_AS_MAX = 600 };

bool act_as_asked(const struct auth_request *r)
{
    return scope_has(r->scope, STR(ACT_AS)) || scope_has(r->claim_names, STR(ACT_AS));
}

struct str act_as_consent_words(struct req *q, const struct auth_request *r)
{
    if (!act_as_asked(r) || !q->actor->hat)
        return r->claim_names;
    return str_fmt(q->arena, "%.*s%s" ACT_AS "/%lld", STR_ARG(r->claim_names), r->claim_names.n > 0 ? " " : "",
                   (long long)q->actor->hat->id);
}

/* Under the name by which the app would know the ward as a person of its own; without an account, under one that only wards have. */
static int ward_subject(struct req *q, struct dbr *r, const struct signon_client *c, int64_t ward, struct str *out, struct err *e)
{
    struct person p;
    struct account account;
    size_t n = 0;
    int found = person_by_id(r, q->arena, ward, &p, e);
    if (found < 0 || (found == 1 && accounts_find_pid(r, q->arena, p.pid, &account, 1, &n, e) != 0))
        return -1;
    *out = n == 1 ? subject_of(q, c, account.id) : subject_of_ward(q, c, ward);
    return 0;
}

static int put_organisation(struct req *q, struct dbr *r, const struct hat *hat, struct json_out *j, struct err *e)
{
    struct organisation o;
    int found = organisation_by_id(r, q->arena, hat->organisation, &o, e);
    if (found == 1)
        json_out_str(j, "organisation", o.code);
    if (found == 1)
        json_out_str(j, "scope", hat->grant->scope);
    return found < 0 ? -1 : 0;
}

/* Members in byte order: canonical. */
static int put_members(struct req *q, struct dbr *r, const struct signon_client *c, const struct hat *hat, struct json_out *j,
                       struct err *e)
{
    struct str sub = STR_NONE;
    bool officer = hat->kind == HAT_OFFICER;
    struct str unit = unit_code_str(&hat->grant->territory);
    if (hat->kind == HAT_GUARDIAN && ward_subject(q, r, c, hat->person, &sub, e) != 0)
        return -1;
    json_out_str(j, "agency", officer && hat->grant->agency.n > 0 ? hat->grant->agency : STR_NONE);
    json_out_str(j, "function", officer ? hat->function : STR_NONE);
    json_out_str(j, "kind", str_of(hat_kind_name(hat->kind)));
    if (hat->kind == HAT_AGENT && put_organisation(q, r, hat, j, e) != 0)
        return -1;
    json_out_str(j, "sub", sub);
    json_out_str(j, "unit", officer && unit.n > 0 ? unit : STR_NONE);
    return 0;
}

int act_as_claim(struct req *q, struct dbr *r, const struct signon_client *c, int64_t account, int64_t hat, struct claim_set *out,
                 struct err *e)
{
    struct grant grant;
    struct buf b;
    struct json_out j;
    int held = hat == 0 ? 0 : grant_held(r, q->arena, account, hat, instant_day(q->now), &grant, e);
    if (held <= 0)
        return held;
    struct hat worn = hat_of_grant(q->app, &grant, 0, STR(""));
    buf_init(&b, q->arena, ACT_AS_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    if (put_members(q, r, c, &worn, &j, e) != 0)
        return -1;
    json_out_end(&j);
    claim_put_json(out, ACT_AS, buf_str(&b));
    return 0;
}
