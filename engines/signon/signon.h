/* signon.h: the province's OpenID Provider: apps (clients) and what they may ask, tokens, and who is behind one. Other engines make and
 * review apps, check tokens at their own doors, and add ways to get tokens (inside.h: the table of grant types).
 *
 * Law and standards: OpenID Connect Core 1.0, OAuth 2.0 (RFC 6749, 6750, 7009, 7636, 7662, 8414, 8707, 9068, 9126, 9207, 9449), FAPI 2.0
 * Security Profile; Nghị định 13/2023 (consent for each purpose, its withdrawal). README.md says which file does what.
 */
#ifndef BON_ENGINES_SIGNON_H
#define BON_ENGINES_SIGNON_H

#include "engines/audit/audit.h"
#include "platform/crypto/jose.h"

enum client_status { CLIENT_PROPOSED, CLIENT_ACTIVE, CLIENT_SUSPENDED, CLIENT_RETIRED, CLIENT_STATUSES_ };
enum client_auth { CLIENT_AUTH_NONE, CLIENT_AUTH_BASIC, CLIENT_AUTH_POST, CLIENT_AUTH_KEY, CLIENT_AUTHS_ };

struct str_list {
    struct str *v;
    size_t n;
};
bool str_list_has(const struct str_list *l, struct str s);

/* An app, as its metadata say. Lives, with its keys, in the arena it was read into. */
struct signon_client {
    struct str id, name, name_en, purpose, purpose_en, owner, legal_basis;
    enum client_status status;
    struct day valid_until; /* exclusive */
    int64_t version;
    enum client_auth auth;
    bool fapi2; /* PAR, PKCE, DPoP and a key, all of them */
    bool needs_par, needs_dpop;
    unsigned id_token_alg; /* enum jose_alg */
    unsigned userinfo_alg; /* 0: plain JSON */
    bool pairwise;         /* another subject for each sector */
    struct str sector;     /* host, or the sector that was given */
    bool token_is_jwt;     /* RFC 9068 instead of an opaque one */
    struct str_list redirect_uris, post_logout_uris, scopes, claims, grants, resources;
    struct str_list serves; /* resources whose tokens it may look up (introspection) */
    struct str backchannel_uri;
    struct str jwks_text;   /* canonical JSON, or none */
    struct str jwks_uri;    /* where it publishes its keys instead, or none */
    struct instant keys_at; /* when they were fetched from there */
    struct jose_keys *keys; /* NULL: none, or none fetched yet */
};

/* Reads metadata (RFC 7591 names, and ours: README.md lists all) and refuses, with the member in e->field, what would not be safe: a
 * redirect that is not exact, a secret where a key is asked for … */
int client_parse(struct arena *a, const struct json_t *metadata, struct signon_client *out, struct err *e);

/* ---- rows; each writes its audit record. `by` says who: audit_of(q, STR("")), its action is set here ---- */
struct client_new {
    struct str id;       /* empty: a random one */
    struct str metadata; /* JSON */
    enum client_status status;
};
int signon_client_create(struct tx *tx, struct arena *a, const struct client_new *in, struct audit_record by, struct str *id,
                         struct err *e);
int signon_client_update(struct tx *tx, struct arena *a, struct str id, struct str metadata, struct audit_record by,
                         struct err *e);
int signon_client_set_status(struct tx *tx, struct arena *a, struct str id, enum client_status status,
                             struct audit_record by, struct err *e);
/* A new secret, to be shown once. At most two live: a third is refused until one has ended. */
int signon_secret_add(struct tx *tx, struct arena *a, struct str id, struct instant expires_at, struct audit_record by,
                      struct str *secret, struct err *e);
int signon_secret_end(struct tx *tx, struct arena *a, struct str id, int64_t secret, struct audit_record by, struct err *e);

/* Those that have not ended, newest first. */
struct signon_secret {
    int64_t id;
    struct instant made_at, expires_at;
};
struct signon_secrets {
    struct signon_secret *v;
    size_t n;
};
int signon_secrets_read(struct dbr *r, struct arena *a, struct str id, struct instant now, struct signon_secrets *out,
                        struct err *e);

/* 1 0 -1. Keys are parsed too. */
int signon_client_read(struct dbr *r, struct arena *a, struct str id, struct signon_client *out, struct err *e);
/* After a change is durable: this server's memory of the app. Other servers look again within a second. */
void signon_client_changed(struct app *app, struct str id);

struct str client_status_label(enum client_status s); /* source text */
const char *client_status_name(enum client_status s); /* "active" */
bool client_status_parse(struct str s, enum client_status *out);

/* ---- tokens at another engine's door ---- */
struct token_seen {
    struct str client;
    int64_t account; /* 0: the app itself, for nobody */
    struct str scope;
    struct str resource; /* for which resource servers, parted by spaces; empty: this province itself */
    struct str jkt; /* STR_NONE: a bearer token */
    struct instant made_at, expires_at;
    int64_t family;
};
/* The access token of "Authorization: Bearer" or "DPoP" (whose proof is checked; replay is not), alive now. 1 found, 0 none or not good: e
 * says why with ERR_SIGN_IN, -1 failed. */
int signon_token_of(struct req *q, struct token_seen *out, struct err *e);
bool scope_has(struct str scope, struct str name);

extern const struct module signon_module;

#endif
