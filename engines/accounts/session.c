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
    struct str word;
    if (!only.p)
        return true;
    while (role && only.n > 0 && str_cut(&only, ' ', &word))
        if (str_eq(word, str_of(role->function)))
            return true;
    return false;
}

static void take_grants(const struct req *q, struct actor *actor, const struct grants_in_force_rows *rows, struct str only)
{
    actor->grants = arena_new_array(q->arena, struct grant, rows->n);
    actor->waiting = arena_new_array(q->arena, struct grant, rows->n);
    for (size_t i = 0; i < rows->n; i++) {
        const struct grants_in_force_row *row = &rows->v[i];
        struct grant held = { .role = row->role, .territory = row->territory, .facility = row->has_facility ? row->facility : 0,
                              .agency = row->agency, .instead_of = row->principal };
        if (!is_kept(q, only, held.role))
            continue;
        if (waits_for_passkey(q, actor, held.role))
            actor->waiting[actor->n_waiting++] = held;
        else
            actor->grants[actor->n_grants++] = held;
    }
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
                           .assurance = (int)row->assurance, .methods = row->methods, .authenticated_at = row->authenticated_at,
                           .mark = row->mark };
    take_grants(q, &actor, &known->grants, row->only_functions);
    session_seen_note(state, row->id, q->now);
    *out = actor;
    return 0;
}
