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

static int load_grants(struct req *q, struct dbr *r, struct actor *actor, struct str only, struct err *e)
{
    struct grants_in_force_rows rows;
    struct grants_in_force_in in = { .account = actor->account, .today = instant_day(q->now) };
    if (grants_in_force(r, q->arena, &in, &rows, e) != 0)
        return -1;
    actor->grants = arena_new_array(q->arena, struct grant, rows.n);
    actor->waiting = arena_new_array(q->arena, struct grant, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        struct grant held = { .role = rows.v[i].role, .territory = rows.v[i].territory,
                              .facility = rows.v[i].has_facility ? rows.v[i].facility : 0, .agency = rows.v[i].agency,
                              .instead_of = rows.v[i].principal };
        if (!is_kept(q, only, held.role))
            continue;
        if (waits_for_passkey(q, actor, held.role))
            actor->waiting[actor->n_waiting++] = held;
        else
            actor->grants[actor->n_grants++] = held;
    }
    return 0;
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
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    struct session_by_token_row row;
    int found = session_by_token(r, q->arena, &(struct session_by_token_in){ .token = sha256(token) }, &row, e);
    if (found != 1)
        return found;
    if (row.expires_at.us <= q->now.us)
        return 0;
    struct actor actor = { .account = row.account, .name = row.name, .login = row.login, .pid = row.pid, .session = row.id,
                           .assurance = (int)row.assurance, .methods = row.methods, .authenticated_at = row.authenticated_at,
                           .mark = row.mark };
    if (load_grants(q, r, &actor, row.only_functions, e) != 0)
        return -1;
    session_seen_note(q->app, row.id, q->now);
    *out = actor;
    return 0;
}
