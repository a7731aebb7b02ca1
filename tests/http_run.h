/* http_run.h: one .http file being run: a browser per persona, the request that is being put together, the last reply.
 * The language is described in tests/README.md.
 */
#ifndef BON_TESTS_HTTP_RUN_H
#define BON_TESTS_HTTP_RUN_H

#include "base/map.h"
#include "tests/fixture.h"

/* What one person's browser keeps. */
struct browser {
    struct str who; /* login, or "nobody" */
    struct param *cookies;
    size_t n_cookies, room_cookies;
    struct str csrf; /* token of the last form seen */
};

enum body_kind { BODY_NONE, BODY_FORM, BODY_PARTS, BODY_RAW };

struct http_request {
    bool pending;     /* put together, not sent yet */
    struct str first; /* "POST /stays" */
    VEC(struct param) headers;
    VEC(struct param) form;
    VEC(struct part) parts;
    struct str body;
    enum body_kind kind;
    bool own_token; /* the file says what _csrf is, or that there is none */
};

struct http_reply {
    int status;
    struct str head, body, text; /* text: what a reader sees; made when first asked for */
};

struct sources_sim; /* engines/sources/sim.h */
struct torture;

struct http_run {
    struct fixture *f;
    struct sources_sim *sources; /* NULL: none is connected */
    struct arena *arena; /* the fixture's */
    const char *path;
    int line;
    VEC(struct browser) browsers;
    size_t who;
    struct map words; /* {{name}} -> struct str * */
    struct http_request request;
    struct http_reply reply;
    struct str title; /* of the section that runs; STR_NONE before the first */
    bool failed;      /* this section */
    int sections, failures;
    struct torture *torture; /* torture.h: each request fails first, in all the ways it can; NULL: none does */
};

/* Says what is wrong with this section, once for each line. Returns false, for `return fault(…)`. */
bool fault(struct http_run *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* ---- words.c ---- */
/* {{name}}, {{repeat 3 ab}}, {{nfd chữ}}, {{spoil name}}, {{token LOGIN}}; in values of forms also \n \r \t \\ \xHH. */
bool words_fill(struct http_run *r, struct str s, struct str *out);
struct str words_unescape(struct arena *a, struct str s);
void words_set(struct http_run *r, struct str name, struct str value);
/* The text between tags as a person reads it: entities decoded, white space folded; without script, style and template. */
struct str words_visible(struct arena *a, struct str html);

/* ---- request.c ---- */
struct browser *browser_of(struct http_run *r, struct str who);
bool request_line(struct http_run *r, struct str first);
bool request_part(struct http_run *r, struct str word, struct str rest); /* send, form, part, json, body */
bool request_send(struct http_run *r);                                   /* the one that is pending, if any */

/* ---- expect.c ---- */
bool expect_line(struct http_run *r, struct str word, struct str rest);
struct str reply_header(const struct http_reply *reply, struct str name, size_t nth); /* STR_NONE when absent */

#endif
