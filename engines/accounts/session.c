/* session.c: from a cookie to an actor with the roles that are in force today. */
#include "engines/accounts/accounts_internal.h"

#include "platform/crypto/crypto.h"

#include <string.h>

const struct role *role_by_name(const struct app *app, struct str name)
{
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct role *r = (*m)->roles; r && r->name; r++)
            if (str_eq(str_of(r->name), name))
                return r;
    return NULL;
}

/* A role that can do harm is held only by whoever came with a passkey, from the day the province has set. */
static bool waits_for_passkey(const struct req *q, const struct actor *actor, struct str name)
{
    const struct role *role = role_by_name(q->app, name);
    return role && role->passkey && !actor_has_passkey(actor) && instant_day(q->now).n >= q->app->settings.passkey_from.n;
}

/* A narrowed session keeps only the roles that serve the functions it was opened for. */
static bool is_kept(const struct req *q, struct str only, struct str name)
{
    const struct role *role = role_by_name(q->app, name);
    return !only.p || (role && str_has_word(only, str_of(role->function)));
}

static struct grant grant_of(const struct grants_in_force_row *row)
{
    return (struct grant){ .id = row->id, .role = row->role, .territory = row->territory,
                           .facility = row->has_facility ? row->facility : 0, .agency = row->agency, .instead_of = row->principal,
                           .organisation = row->has_organisation ? row->organisation : 0, .ward = row->has_ward ? row->ward : 0,
                           .behalf = row->behalf, .scope = row->scope, .until = row->until_day };
}

int grant_held(struct dbr *r, struct arena *a, int64_t account, int64_t id, struct day on, struct grant *out, struct err *e)
{
    struct grants_in_force_rows rows;
    if (grants_in_force(r, a, &(struct grants_in_force_in){ .account = account, .today = on }, &rows, e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].id == id) {
            *out = grant_of(&rows.v[i]);
            return 1;
        }
    return 0;
}

/* A grant is held, or waits until its holder has shown a passkey. */
static void take_up(struct req *q, struct actor *actor, const struct grant *held)
{
    if (waits_for_passkey(q, actor, held->role))
        actor->waiting[actor->n_waiting++] = *held;
    else
        actor->grants[actor->n_grants++] = *held;
}

/* The only one that is for oneself: a parent who signs in comes for herself until she says for whom else. */
static const struct grant *own_hat(const struct actor *actor)
{
    const struct grant *own = NULL;
    for (size_t i = 0; i < actor->n_hats; i++) {
        if (actor->hats[i].ward != 0)
            continue;
        if (own)
            return NULL;
        own = &actor->hats[i];
    }
    return own ? own : actor->n_hats == 1 ? &actor->hats[0] : NULL;
}

/* The grant that the session was given, or the one that goes without saying. */
static void put_on_hat(struct actor *actor)
{
    if (actor->hat_chosen == 0)
        actor->hat = own_hat(actor);
    for (size_t i = 0; actor->hat_chosen != 0 && i < actor->n_hats; i++)
        if (actor->hats[i].id == actor->hat_chosen)
            actor->hat = &actor->hats[i];
}

static void take_grants(struct req *q, struct actor *actor, const struct grants_in_force_rows *rows, struct str only)
{
    actor->grants = arena_new_array(q->arena, struct grant, rows->n);
    actor->waiting = arena_new_array(q->arena, struct grant, rows->n);
    actor->hats = arena_new_array(q->arena, struct grant, rows->n);
    for (size_t i = 0; i < rows->n; i++)
        if (is_kept(q, only, rows->v[i].role))
            actor->hats[actor->n_hats++] = grant_of(&rows->v[i]);
    put_on_hat(actor);
    if (actor->hat)
        take_up(q, actor, actor->hat);
    /* A program has nobody who could choose. */
    for (size_t i = 0; actor_showed(actor, "token") && !actor->hat && i < actor->n_hats; i++)
        take_up(q, actor, &actor->hats[i]);
}

/* A browser sends a cookie, a program the same token as "Authorization: Bearer …". */
static struct str token_of(const struct req *q)
{
    struct str header = req_header(q, "authorization"), bearer = STR("Bearer ");
    /* As csrf.c reads it: what needs no CSRF token must not be let in by its cookie. */
    return str_eq_nocase(str_head(header, bearer.n), bearer) ? str_trim(str_from(header, bearer.n)) : req_cookie(q, SESSION_COOKIE);
}

int session_authenticate(struct req *q, struct actor *out, struct err *e)
{
    memset(out, 0, sizeof(*out));
    struct str token = token_of(q);
    if (token.n != 43) /* 32 bytes as base64url */
        return 0;
    const struct session_known *known;
    struct hash32 hash = sha256(token);
    struct accounts_state *state = *app_engine_slot(q->app, "accounts");
    int found = session_known(q, state ? state->known : NULL, &hash, &known, e);
    if (found != 1)
        return found;
    const struct session_by_token_row *row = &known->session;
    if (row->expires_at.us <= q->now.us)
        return 0;
    struct actor actor = { .account = row->account, .name = row->name, .login = row->login, .pid = row->pid, .session = row->id,
                           .person = row->has_person ? row->person : 0, .hat_chosen = row->has_hat ? row->hat : 0,
                           .assurance = (int)row->assurance, .methods = row->methods, .authenticated_at = row->authenticated_at,
                           .mark = row->mark };
    take_grants(q, &actor, &known->grants, row->only_functions);
    session_seen_note(state, row->id, q->now);
    *out = actor;
    return 0;
}
