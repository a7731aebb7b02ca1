#include "engines/signon/person.h"

#include "base/json.h"
#include "engines/people/people.h"

#include <string.h>

struct told {
    struct arena *a;
    enum lang lang;
    struct account_known_row account;
    struct person person;
    bool registered; /* person is filled */
};

static struct str tell_name(const struct told *t)
{
    return t->account.name;
}

static struct str tell_login(const struct told *t)
{
    return t->account.login;
}

/* OpenID Connect Core section 5.1: 0000 for a part that is not known; a bare year stands alone. */
static struct str tell_birth(const struct told *t)
{
    return t->registered ? birth_iso(t->a, t->person.born) : STR_NONE;
}

static struct str tell_gender(const struct told *t)
{
    if (!t->registered || t->person.sex == SEX_UNKNOWN)
        return STR_NONE;
    return t->person.sex == SEX_MALE ? STR("male") : STR("female");
}

static struct str tell_locale(const struct told *t)
{
    return t->lang == LANG_EN ? STR("en") : STR("vi");
}

static struct str tell_number(const struct told *t)
{
    return t->account.pid.v[0] ? str_dup(t->a, pid_str(&t->account.pid)) : STR_NONE;
}

static struct str tell_address(const struct told *t)
{
    struct buf b;
    struct json_out j;
    if (!t->registered || t->person.address.n == 0)
        return STR_NONE;
    buf_init(&b, t->a, 2000);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "country", STR("VN"));
    json_out_str(&j, "formatted", t->person.address);
    json_out_end(&j);
    return buf_str(&b);
}

static const struct {
    const char *name;
    struct str (*tell)(const struct told *t);
    bool json, register_entry;
} tellers[] = {
    { "name", tell_name, false, false },      { "preferred_username", tell_login, false, false },
    { "birthdate", tell_birth, false, true }, { "gender", tell_gender, false, true },
    { "locale", tell_locale, false, false },  { "personal_number", tell_number, false, true },
    { "address", tell_address, true, true },
};
enum { TELLERS = sizeof tellers / sizeof *tellers };

static bool is_asked(const char *name, struct str scope, struct str names)
{
    const struct claim_kind *k = claim_named(str_of(name));
    return scope_has(names, str_of(name)) || (k && k->scope && scope_has(scope, str_of(k->scope)));
}

static bool needs_entry(struct str scope, struct str names)
{
    for (size_t i = 0; i < TELLERS; i++)
        if (tellers[i].register_entry && is_asked(tellers[i].name, scope, names))
            return true;
    return false;
}

static int look_up(struct req *q, struct dbr *r, struct told *t, int64_t account, bool entry, struct err *e)
{
    int found = account_known(r, q->arena, &(struct account_known_in) { .id = account }, &t->account, e);
    if (found == 0)
        return oauth_refuse(e, "invalid_token", "the account is closed");
    if (found < 0 || !entry || !t->account.has_person)
        return found < 0 ? -1 : 0;
    found = person_by_id(r, q->arena, t->account.person, &t->person, e);
    t->registered = found == 1;
    return found < 0 ? -1 : 0;
}

int person_claims(struct req *q, struct dbr *r, int64_t account, struct str scope, struct str names, struct claim_set *out,
                  int64_t *person, struct err *e)
{
    struct told t = { .a = q->arena, .lang = q->lang };
    if (look_up(q, r, &t, account, needs_entry(scope, names), e))
        return -1;
    for (size_t i = 0; i < TELLERS; i++) {
        if (!is_asked(tellers[i].name, scope, names))
            continue;
        if (tellers[i].json)
            claim_put_json(out, tellers[i].name, tellers[i].tell(&t));
        else
            claim_put(out, tellers[i].name, tellers[i].tell(&t));
    }
    *person = t.registered ? t.person.id : 0;
    return 0;
}
