/* registration.c: the endpoints of RFC 7591 and RFC 7592. */
#include "engines/signon/registration.h"
#include "engines/signon/inside.h"

#include "platform/crypto/crypto.h"

#include <jansson.h>

struct registering {
    struct hash32 token; /* of the invitation, or of the registration */
    struct registration_terms terms;
    int64_t inviter;
    struct str id, secret, key;
    struct str metadata;
    struct instant at;
};

static const struct field no_fields[] = { { .name = NULL } };
const struct form registration_form = { .name = "registration", .fields = no_fields, .max_body = REGISTRATION_MAX };

/* ---- who asks ---- */

static int refuse_token(struct err *e)
{
    return oauth_refuse(e, "invalid_token", "the token is missing, used, ended or another app's");
}

static bool bearer(const struct req *q, struct hash32 *token)
{
    static const struct str scheme = STR_INIT("bearer ");
    struct str said = req_header(q, "authorization");
    if (said.n <= scheme.n || !str_eq_nocase(str_head(said, scheme.n), scheme))
        return false;
    *token = sha256(str_trim(str_from(said, scheme.n)));
    return true;
}

static int find_invitation(struct req *q, struct registering *w, struct err *e)
{
    struct invitation_find_row row;
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    struct invitation_find_in in = { .now = q->now };
    if (!bearer(q, &in.token))
        return refuse_token(e);
    int found = invitation_find(r, q->arena, &in, &row, e);
    if (found <= 0)
        return found < 0 ? -1 : refuse_token(e);
    w->token = in.token;
    w->terms = (struct registration_terms) { .owner = row.owner,
                                             .purpose = row.purpose,
                                             .legal_basis = row.legal_basis,
                                             .valid_until = { instant_day(q->now).n + REGISTRATION_DAYS } };
    w->inviter = row.made_by;
    return 0;
}

/* The registration of the address, if its own key is shown. */
static int find_registration(struct req *q, struct registering *w, struct registration_find_row *row, struct err *e)
{
    struct hash32 token;
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    w->id = req_param(q, "id");
    int found =
        bearer(q, &token) ? registration_find(r, q->arena, &(struct registration_find_in) { .client = w->id }, row, e) : 0;
    if (found < 0)
        return -1;
    bool own = found == 1 && str_eq_secret((struct str) { (const char *)token.b, sizeof token.b },
                                           (struct str) { (const char *)row->token.b, sizeof row->token.b });
    if (!own)
        return refuse_token(e);
    w->at = row->made_at;
    w->metadata = row->metadata;
    return 0;
}

/* ---- what is answered ---- */

static void put_text(json_t *j, const char *name, struct str s)
{
    if (s.n > 0)
        json_object_set_new(j, name, json_stringn(s.p, s.n));
}

/* The metadata as they are kept, and what belongs to the registration. */
static int tell(struct req *q, struct res *s, const struct registering *w, int status, struct err *e)
{
    json_t *j;
    if (json_read(q->arena, w->metadata, &j, e) != 0)
        return -1;
    put_text(j, "client_id", w->id);
    json_object_set_new(j, "client_id_issued_at", json_integer(w->at.us / US_PER_SECOND));
    put_text(j, "registration_client_uri",
             str_fmt(q->arena, "%s/oauth2/register/%.*s", q->app->settings.base_url, STR_ARG(w->id)));
    put_text(j, "registration_access_token", w->key);
    if (w->secret.n > 0) {
        put_text(j, "client_secret", w->secret);
        json_object_set_new(j, "client_secret_expires_at",
                            json_integer(w->at.us / US_PER_SECOND + REGISTRATION_DAYS * 86400LL));
    }
    struct str text;
    s->status = status;
    return json_canonical(q->arena, j, &text, e) != 0 ? -1 : res_json_secret(q, s, text);
}

/* ---- POST ---- */

int register_prepare(struct req *q, struct err *e)
{
    struct registering *w = arena_new(q->arena, struct registering);
    q->work = w;
    w->key = token_new(q->arena);
    w->at = q->now;
    return find_invitation(q, w, e) != 0 ? -1 : registration_metadata(q->arena, q->json, &w->terms, &w->metadata, e);
}

static int add_secret(struct req *q, struct tx *tx, struct registering *w, struct audit_record by, struct err *e)
{
    struct signon_client c;
    if (signon_client_read(tx_reader(tx), q->arena, w->id, &c, e) != 1)
        return -1;
    bool needs = c.auth == CLIENT_AUTH_BASIC || c.auth == CLIENT_AUTH_POST;
    struct instant ends = { w->at.us + REGISTRATION_DAYS * US_PER_DAY };
    return needs ? signon_secret_add(tx, q->arena, w->id, ends, by, &w->secret, e) : 0;
}

int register_write(struct req *q, struct tx *tx, struct err *e)
{
    struct registering *w = q->work;
    struct audit_record by = audit_of(q, STR(""));
    by.account = w->inviter;
    by.purpose = STR("register");
    int64_t used;
    const struct client_new app = { .metadata = w->metadata, .status = CLIENT_PROPOSED };
    if (signon_client_create(tx, q->arena, &app, by, &w->id, e) != 0)
        return -1;
    if (invitation_use(tx, &(struct invitation_use_in) { .now = tx_now(tx), .client = w->id, .token = w->token }, &used,
                       e) != 0)
        return -1;
    if (used == 0)
        return refuse_token(e);
    struct registration_insert_in in = { .client = w->id, .token = sha256(w->key), .made_at = w->at };
    return registration_insert(tx, &in, NULL, e) != 0 ? -1 : add_secret(q, tx, w, by, e);
}

int register_reply(struct req *q, struct res *s, struct err *e)
{
    return tell(q, s, q->work, 201, e);
}

/* ---- GET, PUT, DELETE ---- */

int registration_get(struct req *q, struct res *s, struct err *e)
{
    struct registering w = { 0 };
    struct registration_find_row row;
    return find_registration(q, &w, &row, e) != 0 ? -1 : tell(q, s, &w, 200, e);
}

/* What the desk decided stays. */
static int read_terms(struct req *q, struct registering *w, struct err *e)
{
    json_t *kept;
    if (json_read(q->arena, w->metadata, &kept, e) != 0)
        return -1;
    w->terms = (struct registration_terms) { .owner = json_str_at(kept, "owner"),
                                             .purpose = json_str_at(kept, "purpose"),
                                             .legal_basis = json_str_at(kept, "legal_basis") };
    ASSERT(day_parse_iso(json_str_at(kept, "valid_until"), &w->terms.valid_until));
    return 0;
}

int registration_put_prepare(struct req *q, struct err *e)
{
    struct registering *w = arena_new(q->arena, struct registering);
    struct registration_find_row row;
    q->work = w;
    if (find_registration(q, w, &row, e) != 0)
        return -1;
    if (!str_eq(json_str_at(q->json, "client_id"), w->id))
        return oauth_refuse(e, "invalid_client_metadata", "client_id must be there and be that of the address");
    if (!str_eq(row.status, str_of(client_status_name(CLIENT_PROPOSED))))
        return ERR(e, ERR_FORBIDDEN, "a reviewed app is changed at the desk");
    return read_terms(q, w, e) != 0 ? -1 : registration_metadata(q->arena, q->json, &w->terms, &w->metadata, e);
}

int registration_put_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct registering *w = q->work;
    return signon_client_update(tx, q->arena, w->id, w->metadata, audit_of(q, STR("")), e);
}

int registration_put_reply(struct req *q, struct res *s, struct err *e)
{
    const struct registering *w = q->work;
    signon_client_changed(q->app, w->id);
    return tell(q, s, w, 200, e);
}

int registration_delete_prepare(struct req *q, struct err *e)
{
    struct registering *w = arena_new(q->arena, struct registering);
    struct registration_find_row row;
    q->work = w;
    return find_registration(q, w, &row, e);
}

int registration_delete_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct registering *w = q->work;
    return registration_end(tx, &(struct registration_end_in) { .client = w->id }, NULL, e) ||
                   signon_client_set_status(tx, q->arena, w->id, CLIENT_RETIRED, audit_of(q, STR("")), e)
               ? -1
               : 0;
}

int registration_delete_reply(struct req *q, struct res *s, struct err *e)
{
    const struct registering *w = q->work;
    (void)e;
    signon_client_changed(q->app, w->id);
    s->status = 204;
    return 0;
}

/* Metadata that are refused have words of their own (RFC 7591 section 3.2.2). */
int registration_refuse(struct req *q, struct res *s, const struct err *why)
{
    if (why->code != ERR_FORM)
        return oauth_say_refusal(q, s, why);
    struct err named;
    bool redirect = str_eq(str_of(why->field), STR("redirect_uris"));
    oauth_refuse(&named, redirect ? "invalid_redirect_uri" : "invalid_client_metadata", "%s", why->field);
    return oauth_say_refusal(q, s, &named);
}
