/* pages.h: this engine's handlers and what its templates show. */
#ifndef BON_ENGINES_BROKER_PAGES_H
#define BON_ENGINES_BROKER_PAGES_H

#include "engines/broker/links.h"

#include "base/vec.h"
#include "engines/identity/identity.h"

/* ---- setting out and coming back: start.c, back.c ---- */
struct refused_view {
    struct str label; /* of the upstream */
    struct str say;   /* source text */
    struct str cause; /* for the administrator: what did not stand up, or empty */
    struct str again; /* path to begin anew */
};
int start_get(struct req *q, struct res *s, struct err *e);
int keys_get(struct req *q, struct res *s, struct err *e);
int back_prepare(struct req *q, struct err *e);
int back_write(struct req *q, struct tx *tx, struct err *e);
int back_reply(struct req *q, struct res *s, struct err *e);
/* The upstream in the path; ERR_NOT_FOUND when there is none in force. */
int upstream_asked(struct req *q, struct upstream *out, struct err *e);

/* ---- an arrival that waits for a proof: pending.c ---- */
#define PENDING_COOKIE "bon_arrival"
struct pending_view {
    struct str label, name, login, key;
    struct pid pid;
    bool gone; /* too old, or none */
};
struct str pending_put_token(struct req *q);
int pending_put(struct req *q, struct tx *tx, const struct upstream *u, const struct flow *f, const struct arrival *who,
                struct str token, struct err *e);
extern const struct form link_form;
int pending_get(struct req *q, struct res *s, struct err *e);
int pending_write(struct req *q, struct tx *tx, struct err *e);
int pending_reply(struct req *q, struct res *s, struct err *e);

/* ---- one's own links: own_links.c ---- */
struct link_view {
    struct broker_links_of_person_row row;
    struct str label, evidence, basis; /* source texts */
    bool ended, joined;
};
struct offer_view {
    struct str label, href;
};
struct links_view {
    VEC(struct link_view) links;
    VEC(struct offer_view) offers; /* upstreams this account is not linked to */
    struct str key, done;
    bool open; /* some link is */
    size_t n_ended;
};
int links_get(struct req *q, struct res *s, struct err *e);
int link_start_get(struct req *q, struct res *s, struct err *e);
int unlink_write(struct req *q, struct tx *tx, struct err *e);
int unlink_reply(struct req *q, struct res *s, struct err *e);

/* ---- leaving: leave.c ---- */
struct left_view {
    struct str label, href;
};
int signed_out_get(struct req *q, struct res *s, struct err *e);
int leave_get(struct req *q, struct res *s, struct err *e);
extern const struct form logout_token_form;
int logout_token_prepare(struct req *q, struct err *e);
int logout_token_write(struct req *q, struct tx *tx, struct err *e);
int logout_token_reply(struct req *q, struct res *s, struct err *e);
int logout_token_refuse(struct req *q, struct res *s, const struct err *why);

/* ---- for the administrator: admin.c ---- */
struct upstream_row_view {
    struct upstream u;
    struct str auth; /* source text */
    bool in_force, down;
};
struct upstreams_view {
    VEC(struct upstream_row_view) rows;
    struct str key, config;
};
extern const struct form upstream_form;
int upstreams_get(struct req *q, struct res *s, struct err *e);
int upstream_prepare(struct req *q, struct err *e);
int upstream_write(struct req *q, struct tx *tx, struct err *e);
int upstream_reply(struct req *q, struct res *s, struct err *e);
/* Puts a version in, once; 1 put, 0 it is there already, -1. The same day with another content is refused. */
int upstream_put(struct tx *tx, struct arena *a, const struct upstream *u, struct str config, int64_t by, struct err *e);

/* ---- what the contract names ---- */
int broker_ways_in(struct req *q, struct way_in *out, size_t *n, struct err *e);
int broker_signed_out(struct req *q, struct str *next, struct err *e);
int broker_start(struct app *app, struct err *e);
void broker_stop(struct app *app);
extern const struct cli_command broker_commands[];

#endif
