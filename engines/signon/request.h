/* request.h: an authorization request: what an app asks its person's browser to bring here. */
#ifndef BON_ENGINES_SIGNON_REQUEST_H
#define BON_ENGINES_SIGNON_REQUEST_H

#include "engines/signon/inside.h"

struct params {
    const struct param *v;
    size_t n;
};

struct auth_request {
    const struct signon_client *client;
    struct str redirect_uri; /* one of the app's own: the browser may be sent there; STR_NONE: not known yet */
    struct str state;        /* given back as it came; STR_NONE: none came */
    struct str nonce, scope, challenge, id_token_hint, resource, jkt;
    struct str claims;         /* the claims parameter, canonical; empty: none */
    struct str claim_names;    /* those it asks for and may, parted by spaces */
    bool none, login, consent; /* prompt */
    bool has_max_age;
    int64_t max_age;
    int assurance;         /* level asked for by acr_values or claims; 0: none */
    bool assurance_needed; /* an essential acr: less is a failure */
    bool popup;            /* display: a small window that the app has opened */
    struct str login_hint; /* STR_NONE: none */
    const char *lang;      /* ui_locales: the first language that is known here; NULL: none, or the reader has chosen one */
    struct params params;  /* as they came, to be kept */
    /* once stored */
    struct str handle;
    struct hash32 key;
    struct instant made_at, expires_at;
    bool stored, pushed;
};

struct str param_of(struct params p, const char *name); /* STR_NONE: absent */

/* Reads and checks. -1: *out holds what was known by then: with a redirect_uri the refusal may travel there. */
int request_read(struct req *q, struct params p, const struct signon_client *client, bool pushed, struct auth_request *out,
                 struct err *e);

/* By its handle. Refused when unknown, over or used. */
int request_load(struct req *q, struct str handle, struct auth_request *out, struct err *e);
/* At the door: keeps a request that waits, for so long. */
int request_keep(struct tx *tx, struct arena *a, struct auth_request *r, int64_t seconds, struct err *e);
/* At the door: it has had its answer. Refused when another got it first. */
int request_use(struct tx *tx, const struct auth_request *r, struct err *e);

#define REQUEST_URN "urn:ietf:params:oauth:request_uri:"

#endif
