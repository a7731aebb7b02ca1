/* upstream.h: one OpenID Provider that people of this province also have an identity at, VNeID first of all. No technical document
 * of VNeID's is public, so nothing about it is code: issuer, client, names of claims and levels are a dated configuration (format
 * in README.md), checked once when it comes and read by everything else as this struct.
 */
#ifndef BON_ENGINES_BROKER_UPSTREAM_H
#define BON_ENGINES_BROKER_UPSTREAM_H

#include "platform/http/module.h"

enum { UPSTREAM_TEXTS = 8, UPSTREAM_CONFIG_MAX = 16 * 1024, UPSTREAMS_MAX = 8 };

enum upstream_auth { AUTH_PRIVATE_KEY_JWT, AUTH_SECRET_BASIC, AUTH_SECRET_POST };

struct upstream_texts {
    struct str v[UPSTREAM_TEXTS];
    size_t n;
};

struct upstream {
    int64_t id;      /* row of broker_upstream, 0: not from there */
    struct str name; /* "vneid": in paths and rows */
    struct day from;
    struct str label; /* "VNeID": what people read */
    struct str mode;  /* MÔ PHỎNG, THỬ, THẬT: kept on every link */
    struct str issuer, client_id;
    enum upstream_auth auth;
    struct str secret_file;     /* in the data directory: a secret is never in the database or a backup */
    struct str scopes;          /* "openid profile" */
    struct str ask_acr;         /* acr_values, or none */
    struct upstream_texts algs; /* allowed for ID and logout tokens */
    /* Instead of discovery, where the provider has none. */
    struct str authorize, token, userinfo, jwks, logout;
    /* Which claim is what. */
    struct str claim_pid, claim_name, claim_born, claim_level;
    struct upstream_texts level2, level1; /* values of claim_level */
    struct upstream_texts only_way_for;   /* roles that sign in this way and no other, but for the emergency path */
    bool userinfo_in_body;                /* the bearer token as a form field instead of a header */
    bool recheck;                         /* asked every hour whether sessions still hold */
    bool join;                            /* who is in the register and arrives at level 2 gets a citizen's account */
    bool off;
};

/* Refuses with a sentence that names the member: unknown, missing, of a wrong kind, an address that is neither https nor this
 * machine's. */
int upstream_parse(struct arena *a, struct str json, struct upstream *out, struct err *e);

/* The one in force on that day; off ones are found too. 1 found, 0, -1. */
int upstream_in_force(struct dbr *r, struct arena *a, struct str name, struct day on, struct upstream *out, struct err *e);
/* All in force that are not off, by name. */
int upstreams_in_force(struct dbr *r, struct arena *a, struct day on, struct upstream *out, size_t *n, struct err *e);

/* 2, 1, or 0 when the provider said nothing we know. */
int upstream_level(const struct upstream *u, struct str value);
bool upstream_address_is_safe(struct str address); /* https, or http of this machine */
bool upstream_texts_have(const struct upstream_texts *t, struct str s);

#endif
