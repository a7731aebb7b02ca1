/* pages.h: what the provider's pages show, and the handlers that routes name. */
#ifndef BON_ENGINES_SIGNON_PAGES_H
#define BON_ENGINES_SIGNON_PAGES_H

#include "engines/signon/inside.h"
#include "platform/html/components.h"

struct request_wrong_view {
    struct str error, description, id;
};

struct lead_on_view {
    struct str app;
    struct str href; /* STR_NONE: an address that a link of ours does not lead to */
};

struct asked_scope {
    struct str label;       /* source text */
    VEC(struct str) claims; /* labels: source texts */
};
struct asked_scopes {
    struct asked_scope *v;
    size_t n, room;
};
/* An app's own words in the reader's language, as far as it has them. */
struct str in_language(const struct req *q, struct str vi, struct str en);
/* "openid profile" as a person reads it (asked.c). A word that nobody has labelled stands as it is. */
void asked_scopes_of(struct arena *a, struct str scope, struct asked_scopes *out);

struct consent_view {
    struct str app, owner, purpose, legal_basis, host;
    struct asked_scopes scopes;
    struct str handle, person;
    struct str hat, hat_of; /* source text and data: the capacity that the app will know; hat empty: not asked */
    bool again; /* agreed before, to less */
    struct str key;
};

/* A capacity in which the app was told that the person has come. */
struct told_hat {
    struct str title; /* source text */
    struct str of;
};
struct my_app {
    int64_t id;
    struct str name, owner, purpose;
    VEC(struct str) what; /* labels: source texts */
    VEC(struct told_hat) hats;
    struct instant given_at, used_at;
    bool used;
};
struct my_apps_view {
    VEC(struct my_app) apps;
    struct str key;
};

struct sign_out_view {
    struct str app, hint, client, uri, state; /* given back by the form */
    struct str key;
    bool signed_in;
};

/* consent.c */
extern const struct form consent_form;
int consent_get(struct req *q, struct res *s, struct err *e);
int consent_prepare(struct req *q, struct err *e);
int consent_write(struct req *q, struct tx *tx, struct err *e);
int consent_reply(struct req *q, struct res *s, struct err *e);

/* my_apps.c */
extern const struct form withdraw_form;
int my_apps_get(struct req *q, struct res *s, struct err *e);
int withdraw_write(struct req *q, struct tx *tx, struct err *e);
int withdraw_reply(struct req *q, struct res *s, struct err *e);

#endif
