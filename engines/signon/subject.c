/* subject.c: under which name an app knows a person. Pairwise: two apps of different sectors cannot compare their lists
 * (OpenID Connect Core section 8.1). The name comes from a salt that never changes, so nothing need be stored. */
#include "engines/signon/state.h"

#include "platform/crypto/crypto.h"

static struct str name_of(struct app *app, struct arena *a, struct str text)
{
    struct hash32 mac = hmac_sha256(signon_state(app)->salt, text);
    return str_base64url(a, mac.b, sizeof mac.b);
}

struct str subject_name(struct app *app, struct arena *a, const struct signon_client *c, int64_t account)
{
    /* An app that no browser comes back to has no sector; it is one of its own. */
    struct str sector = c->sector.p ? c->sector : c->id;
    return name_of(app, a, str_fmt(a, "sub|%.*s|%lld", STR_ARG(c->pairwise ? sector : STR("")), (long long)account));
}

struct str subject_of_ward(struct req *q, const struct signon_client *c, int64_t person)
{
    struct str sector = c->sector.p ? c->sector : c->id;
    return name_of(q->app, q->arena,
                   str_fmt(q->arena, "ward|%.*s|%lld", STR_ARG(c->pairwise ? sector : STR("")), (long long)person));
}

struct str session_name_of(struct app *app, struct arena *a, const struct signon_client *c, int64_t session)
{
    return name_of(app, a, str_fmt(a, "sid|%.*s|%lld", STR_ARG(c->id), (long long)session));
}

struct str subject_of(struct req *q, const struct signon_client *c, int64_t account)
{
    return subject_name(q->app, q->arena, c, account);
}

struct str session_name(struct req *q, const struct signon_client *c, int64_t session)
{
    return session_name_of(q->app, q->arena, c, session);
}
