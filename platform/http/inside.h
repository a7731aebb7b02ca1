/* inside.h: what the files of this directory share and nobody above them sees. */
#ifndef BON_PLATFORM_HTTP_INSIDE_H
#define BON_PLATFORM_HTTP_INSIDE_H

#include "platform/http/page.h"
#include "platform/http/router.h"

/* ---- hard limits; a route's form may widen those of its own body ---- */
#define LIMIT_URL     8192 /* bytes of path and query together */
#define LIMIT_PARAMS  64   /* query parameters, cookies, form values, parts */
#define LIMIT_VALUE   8192 /* bytes of one value */
#define LIMIT_MANY    4096 /* values of a form that has a repeated field */
#define LIMIT_HEADERS 64
#define LIMIT_BODY    ((size_t)64 * 1024)       /* of a form that names no limit */
#define LIMIT_PAGE    ((size_t)4 * 1024 * 1024) /* bytes of one reply */
#define LIMIT_OUTCOME 200
#define LIMIT_KEY     64 /* characters of an idempotency key */
#define ARENA_CAP     ((size_t)8 * 1024 * 1024)
#define ARENA_RESERVE ((size_t)256 * 1024) /* opened once when an arena is full, so that the refusal can be drawn */

#define PRE_COOKIE  "bon_pre" /* binds CSRF tokens of people who have not signed in */

/* ---- parsers ---- */
struct parse_limits {
    size_t params; /* most values */
    size_t value;  /* most bytes of one, before decoding */
};
int urlencoded_parse(struct arena *a, struct str s, const struct parse_limits *limits, struct param **out, size_t *n,
                     struct err *e);
int multipart_parse(struct arena *a, struct str content_type, struct str body, size_t most, struct part **out, size_t *n,
                    struct err *e);
/* The next well-written cookie of a header; false when there is none left. */
bool cookie_next(struct str *rest, struct param *out);

/* ---- one request's passage through the dispatcher ---- */
enum way {
    WAY_ON,    /* the next step is due */
    WAY_WRITE, /* passage_write is to run at the door, then dispatch_reply */
    WAY_FAR,   /* dispatch_act_far is due, on a thread that may wait for other systems */
    WAY_DONE,  /* the reply is complete */
};

struct passage {
    struct req *q;
    struct res *s;
    void *owner; /* the transport's own */
    const struct route_slot *slot;
    struct err e;             /* why it failed */
    size_t field_errors;      /* those found before the write, which may run again */
    bool keyed;               /* key and print are set: the act is done once */
    struct str csrf;          /* the form's token */
    struct hash32 key, print; /* of account, route and idempotency key; of what was sent */
    bool reserve_opened;      /* the arena has been full once */
    bool trusted_origin;      /* the browser says that the request comes from our own page */
};

/* Runs one stage; when the arena is full the stage has failed with `code` in p->e. */
typedef int stage_fn(struct passage *p);
int guarded(struct passage *p, stage_fn *stage, enum err_code code);

/* Fills q's fixed parts. The caller sets method, path, query_raw, headers, body, remote. */
void request_init(struct req *q, struct app *app, struct arena *a);

/* The path and query of a request line's target ("/a%20b?x=1"): decoded, checked. */
int request_target(struct req *q, struct str target, struct err *e);

/* Before the body: route, actor, rights. WAY_ON or WAY_DONE. A body of more than dispatch_body_limit bytes need not be read. */
enum way dispatch_admit(struct passage *p);
size_t dispatch_body_limit(const struct passage *p);
bool dispatch_is_slow(const struct passage *p);
bool dispatch_is_far(const struct passage *p);
bool dispatch_is_shared(const struct passage *p); /* the reply is complete, and every stranger may have it */
/* With the body in q->body: form, CSRF, read or prepare. WAY_WRITE, WAY_FAR or WAY_DONE. */
enum way dispatch_act(struct passage *p);
/* Read or prepare once more, where it may wait. WAY_WRITE or WAY_DONE. */
enum way dispatch_act_far(struct passage *p);
/* At the door; arg is the passage. */
db_write_fn passage_write;
/* Once the write is durable, or has failed with e. */
void dispatch_reply(struct passage *p, int written, const struct err *e);
/* Fills the reply with a refusal that the transport found (too long, too large). */
void dispatch_refuse(struct passage *p, const struct err *e);
/* The request is over; only the reply's bytes are still needed. Closes the reader, runs the defers. */
void dispatch_close(struct passage *p);

/* What this route wants to have seen of this actor. */
struct proof_wanted passage_wants(const struct passage *p);

/* ---- steps of dispatch_act ---- */
int form_read(struct passage *p, struct err *e); /* body -> q->form, q->files, q->json, q->idempotency, the CSRF field */
int form_check(struct req *q, struct err *e);    /* against route->form; every wrong field gets its sentence */
int machine_take(struct passage *p, struct err *e); /* the parameters of a .machine route, as they were sent */
int csrf_check(struct passage *p, struct err *e);
struct str csrf_token(struct req *q, struct str session);
struct str csrf_make(struct html *h); /* the token for this browser; gives it a cookie to bind to when it has none */
struct str path_here(struct req *q); /* this page with its query, to come back to; of an act "/" */
/* Who is behind a proxy on this machine: it appends the address it saw; what stands before that is the client's own word. */
struct str remote_behind(const struct req *q, struct str proxy);
int idempotency_prepare(struct passage *p, struct err *e);
/* 1: this very submission was done before; q->outcome and q->replayed say so. Reads with the request's reader. */
int idempotency_recall(struct passage *p);
int idempotency_write(struct passage *p, struct tx *tx, struct err *e);

/* Values of a form that belong to the transport; kept apart from the module's own fields. */
struct form_marks {
    struct str csrf, key;
};
struct form_marks form_take_marks(struct req *q);

/* The text as a page may show it again: valid UTF-8 without control characters, whatever was sent. */
struct str text_showable(struct arena *a, struct str s);

/* ---- replies ---- */
void res_init(struct res *s, struct arena *a);
void res_json_text(struct res *s, struct str json);
void error_page(struct passage *p);    /* from p->e: HTML, or JSON for an API route */
void recorded_page(struct passage *p); /* the write is durable, its reply could not be made */
bool wants_json(const struct passage *p);
struct str json_quoted(struct arena *a, struct str s); /* with the quotes; s is UTF-8 */

/* Headers that every reply carries, or every one that a browser may show; name and value NUL-ended. */
struct fixed_header {
    const char *name, *value;
    bool shown; /* says something only of what is shown: not with JSON */
};
/* The next of them that this reply is to carry; NULL: no more. `after` NULL: the first. */
const struct fixed_header *res_fixed_next(const struct res *s, const struct fixed_header *after);
#define TYPE_HTML "text/html; charset=utf-8"
struct str res_type(const struct res *s);
const char *res_cache_control(const struct passage *p);

/* Status line, headers, body as they go over the wire. */
struct str res_wire(struct arena *a, const struct passage *p, bool head, bool close);
const char *status_text(int status);

/* ---- static files ---- */
/* True when the path is a static file's: *s is filled, nothing else need run. */
bool static_serve(struct req *q, struct res *s);
struct str static_path(const struct router *r, const char *path); /* as static_href, without a page */

#endif
