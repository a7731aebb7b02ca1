/* inside.h: what the files of the provider share. */
#ifndef BON_ENGINES_SIGNON_INSIDE_H
#define BON_ENGINES_SIGNON_INSIDE_H

#include "engines/signon/signon.h"
#include "gen/signon_queries.h"

enum {
    CODE_S = 60,         /* FAPI 2.0 section 5.3.2.1: at most a minute */
    PUSHED_S = 90,       /* a pushed request waits this long for the browser to come */
    PENDING_S = 15 * 60, /* a request waits this long while its person signs in and decides */
    ACCESS_S = 10 * 60,
    ID_TOKEN_S = 10 * 60,
    REFRESH_S = 30 * 24 * 3600,
    SKEW_S = 30, /* clocks of apps: ten seconds are nothing, ten minutes are refused */
    DPOP_AGE_S = 60,
    SCOPE_MAX = 500,
};

/* ---- refusals in the protocol's words (refusal.c) ---- */
/* error: a word of the standards, "invalid_grant"; the description is plain ASCII for developers. Always -1. */
int oauth_refuse(struct err *e, const char *error, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
const char *oauth_error(const struct err *e); /* the word for any failure: "server_error" */
struct str oauth_description(struct arena *a, const struct err *e);
bool is_oauth_refusal(const struct err *e);
route_refuse_fn oauth_say_refusal;
route_refuse_fn authorize_say_refusal;
/* A JSON reply that nobody keeps. */
int res_json_secret(struct req *q, struct res *s, struct str json);

/* ---- handles (handle.c) ---- */
/* 32 bytes as base64url: four of time, 28 of chance. Only the key is stored: SHA-256, with the time in front. */
struct str handle_new(struct arena *a, struct instant now, struct hash32 *key);
bool handle_key(struct str handle, struct hash32 *key); /* false: no handle of ours */
/* A key for what was shown once; the time in front is its own. */
struct hash32 shown_key(struct arena *a, const char *kind, struct str who, struct str what, int64_t seconds);

/* ---- apps (client_memory.c) ---- */
/* Borrowed until the request ends. 1 0 -1. */
int client_of(struct req *q, struct str id, const struct signon_client **out, struct err *e);
struct client_secret {
    struct hash32 hash;
    struct instant expires_at;
};
enum { CLIENT_SECRETS = 2 };
size_t client_secrets(const struct signon_client *c, struct client_secret out[CLIENT_SECRETS]);
bool client_may(const struct signon_client *c, const char *grant_type);
bool client_is_live(const struct signon_client *c, struct instant now);

struct signon_state;
struct signon_state *signon_state(struct app *app);
int signon_start(struct app *app, struct err *e);
void signon_stop(struct app *app);

/* ---- claims and subjects (claims.c, subject.c) ---- */
struct claim_kind {
    const char *name, *scope; /* scope NULL: only asked for by itself */
    struct str label;         /* for the person: "Họ và tên" */
};
const struct claim_kind *claim_named(struct str name);
bool claim_known(struct str name); /* …or a standard's word for what the province does not hold */
const char *scope_at(size_t i);    /* those that can be granted; NULL: no more */
const struct claim_kind *claim_at(size_t i); /* NULL: no more */
bool scope_known(struct str name);
struct str scope_label(struct str name);
/* "a b" within what may be asked; refused words are left out. */
struct str scope_within(struct arena *a, struct str asked, const struct str_list *allowed);
bool scope_covers(struct str wide, struct str narrow);

struct str subject_name(struct app *app, struct arena *a, const struct signon_client *c, int64_t account);
struct str session_name_of(struct app *app, struct arena *a, const struct signon_client *c, int64_t session);
struct str subject_of(struct req *q, const struct signon_client *c, int64_t account);
struct str subject_of_ward(struct req *q, const struct signon_client *c, int64_t person); /* a person without an account */
struct str session_name(struct req *q, const struct signon_client *c, int64_t session); /* sid */

/* ---- what a person has allowed an app (consent_row.c) ---- */
struct consent_given {
    int64_t account;
    struct str client, scope, claims; /* claims: names asked for one by one */
};
/* At the door: a new row, or more in the one that lives. */
int consent_remember(struct tx *tx, struct arena *a, const struct consent_given *given, int64_t *id, struct err *e);

/* ---- grant types of the token endpoint (token.c) ---- */
struct token_act; /* token.h */
struct grant_type {
    const char *name; /* "authorization_code", "urn:…" */
    int (*prepare)(struct req *q, struct token_act *t, struct err *e);
    int (*write)(struct req *q, struct tx *tx, struct token_act *t, struct err *e);
};
const struct grant_type *grant_type_named(struct str name);
const struct grant_type *grant_type_at(size_t i); /* NULL: no more */

#endif
