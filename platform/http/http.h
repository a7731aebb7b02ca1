/* http.h: one request and its reply, and the server that carries them. libmicrohttpd stands behind this interface and shows
 * nowhere above it; `bon http-once` and the .http tests call the same dispatcher without a socket.
 *
 * The way of a request: socket -> hard limits -> actor (session or token) -> route -> .may and territory -> form -> handler
 * -> reply. A reading handler is int f(struct req *, struct res *, struct err *). A writing route is three functions named
 * in its row: prepare (worker; may refuse), write (at the door; rows only, may run again), reply (worker, once durable).
 */
#ifndef BON_PLATFORM_HTTP_H
#define BON_PLATFORM_HTTP_H

#include "base/map.h"
#include "platform/db/db.h"
#include "platform/html/html.h"
#include "platform/log/log.h"

struct app;
struct route;
struct module;
struct signer;

enum method { METHOD_GET, METHOD_POST, METHOD_PUT, METHOD_PATCH, METHOD_DELETE, METHODS_ };
const char *method_name(enum method m);       /* "GET" */
enum method method_named(struct str name);    /* METHODS_: none of these */

/* A role held by an account: for a function, a territory and a time (accounts engine). */
struct grant {
    int64_t id;
    struct str role;           /* "receptionist", "commune_police", "leader" … as declared in a module's permissions */
    struct unit_code territory;/* none: no territory limit within the role */
    int64_t facility;          /* the organisation it is bound to, 0: none */
    struct str agency;         /* code of the agency it is held in, or none */
    struct str instead_of;     /* name of the person in whose place it is held, or none: acts are recorded as "B thay A" */
    int64_t organisation;      /* held for an organisation of the register, 0: none */
    int64_t ward;              /* held for a person who cannot act alone (people id), 0: nobody */
    struct str behalf;         /* name of that organisation or person, or none: acts are recorded as "A thay mặt X" */
    struct str scope;          /* what of the role was given, words parted by spaces; none: all of it */
    struct day until;          /* exclusive */
};

/* Who is asking. Anonymous: account 0, no grants. */
struct actor {
    int64_t account;
    struct str name;     /* shown in the page head */
    struct str login;
    struct pid pid;      /* a citizen's own number; none for service accounts */
    int64_t person;      /* people id; 0: none */
    int64_t session;
    struct grant *grants;/* those in force today that this session acts in: its hat's; a program's are all that its account has */
    size_t n_grants;
    /* Capacities ("hats"): every grant in force today that the session could act in. One of them is on; whoever has one only need not
     * choose. */
    struct grant *hats;
    size_t n_hats;
    const struct grant *hat; /* NULL: none is on: nobody, no role, not chosen yet, or the chosen one has ended */
    int64_t hat_chosen;      /* id of the grant that the session was given, also when that has ended since; 0: none was */
    /* In force too, but their role asks for a passkey (struct role) and this session was opened without one: they give nothing
     * until their holder has shown it. */
    struct grant *waiting;
    size_t n_waiting;
    /* What this session was opened with, or last confirmed by. */
    int assurance;                   /* 1 or 2, as Nghị định 69/2024 numbers levels; 0: nobody */
    struct str methods;              /* values of RFC 8176, parted by spaces: "pwd otp mfa", "hwk user mfa" */
    struct instant authenticated_at; /* when that was shown; not when the page was last used */
    struct str mark;                 /* not none: the session may do less than its account ("emergency/12") */
};

/* What a page or an app wants to have seen of whoever uses it. All zero: any session does. */
struct proof_wanted {
    int assurance;        /* at least this level */
    struct instant since; /* shown at this moment or later; 0: whenever */
    bool passkey;         /* with a passkey */
};

struct param {
    struct str name, value;
};

/* A file or field of a multipart body; bytes are borrowed from the body. */
struct part {
    struct str name, filename, type, bytes;
};

struct field_error {
    struct str field;
    struct str say; /* source text for i18n */
};

struct req {
    struct app *app;
    struct arena *arena;
    struct db *db;
    struct signer *signer;
    const struct log *log;
    const struct route *route;
    const struct actor *actor; /* never NULL */
    enum lang lang;
    struct instant now;        /* the one clock of this request */
    enum method method;
    struct str id;             /* request id shown with errors: 12 characters */
    struct str path;           /* decoded, no query */
    struct str query_raw;
    struct param *params;      /* {name} parts of the route's path */
    size_t n_params;
    struct param *query;
    size_t n_query;
    struct param *form;        /* decoded body fields of an urlencoded or multipart form, checked against route->form */
    size_t n_form;
    struct part *files;
    size_t n_files;
    struct str body;           /* raw, for JSON routes */
    struct json_t *json;       /* parsed body of a JSON route, or NULL */
    struct param *headers;     /* names in lower case */
    size_t n_headers;
    struct str remote;         /* client address */
    struct str idempotency;    /* key of this submission, or empty */
    struct field_error *field_errors; /* found by the form; a prepare may add with req_refuse_field */
    size_t n_field_errors;
    const struct err *refused; /* set while route->again draws the form once more: why; page.h shows its sentence */
    void *work;                /* what prepare leaves for write and reply; in the arena */
    struct str outcome;        /* what write leaves for reply, kept with the idempotency key: at most 200 bytes */
    bool replayed;             /* the same submission came before: write did not run again, outcome is the first one's */
    struct rooms *rooms;       /* where res_html writes pages; NULL: in the arena */
    struct dbr *reader;        /* opened by req_read at first use, closed by the dispatcher */
    struct defer *defers;      /* run in reverse order when the request ends, also after a longjmp */
    bool may_wait;             /* req_may_wait; runs where waiting holds nobody up */
    bool wants_wait;
};

struct res {
    int status;            /* 200 unless set */
    struct str type;       /* "text/html; charset=utf-8" unless set */
    struct buf body;
    struct str location;   /* with 303 */
    struct param *headers;
    size_t n_headers;
    struct str live_topic; /* non-empty: keep the connection as a Server-Sent-Events stream of this topic */
};

/* ---- reading a request ---- */
struct str req_param(const struct req *q, const char *name);  /* {name} in the path; STR_NONE when absent; same below */
struct str req_query(const struct req *q, const char *name);
struct str req_form(const struct req *q, const char *name);   /* as the person typed it, cleaned (text_clean) */
struct str req_form_nth(const struct req *q, const char *name, size_t i); /* i-th value of a repeated field; "" past the last */
struct str req_header(const struct req *q, const char *name_lower);
struct str req_cookie(const struct req *q, const char *name);
const struct part *req_file(const struct req *q, const char *name);
bool req_param_id(const struct req *q, const char *name, int64_t *out); /* a positive number */
bool req_takes_gzip(const struct req *q); /* a reply may come with Content-Encoding: gzip */

/* Typed form fields; the form has already checked them, so these cannot fail on a route with that form. */
bool req_form_has(const struct req *q, const char *name); /* present and not empty */
int64_t req_form_int(const struct req *q, const char *name);
struct day req_form_day(const struct req *q, const char *name);
struct instant req_form_instant(const struct req *q, const char *name);

/* Days and times as people and controls write them: 16/02/2024 or 2024-02-16; with a clock time 2024-02-16T22:10,
 * 22:10 16/02/2024 or 16/02/2024 22:10, Vietnamese time. */
bool day_typed(struct str s, struct day *out);
bool instant_typed(struct str s, struct instant *out);

/* The request's read transaction, begun at first use. NULL: e says why. */
struct dbr *req_read(struct req *q, struct err *e);

/* Adds an error beside a field and returns -1 with ERR_FORM. say is marked MSG. */
int req_refuse_field(struct req *q, struct err *e, const char *field, struct str say);

/* In a prepare (or the read of a GET without one) that has found out that it must wait for another system's answer, on a route that
 * mostly need not (those that always must are .far). True: here it may. False: return -1 with any error; the request is moved to the
 * pool of those that wait, and prepare runs again from its beginning. */
bool req_may_wait(struct req *q);

/* Runs fn(obj) when the request ends, also when it ends here because there is no memory to remember that. */
void req_defer(struct req *q, void (*fn)(void *), void *obj);

/* A new random key for {{form "POST" path key}}: the same key sent twice is one act. After a refusal it is the refused
 * submission's own. */
struct str req_form_key(struct req *q);

void req_outcome(struct req *q, struct str outcome);

/* ---- rights ---- */
/* A grant that carries this permission and covers the territory (NULL: any) and the facility (0: any); NULL: none. */
const struct grant *req_may(const struct req *q, const char *permission, const struct unit_code *unit, int64_t facility);
/* The same for what belongs to an agency: a role that is held in agencies reaches only its own, another role all. */
const struct grant *req_may_agency(const struct req *q, const char *permission, struct str agency);

/* ---- in which capacity ---- */
bool actor_must_choose_hat(const struct actor *actor); /* has several and has not said which, or the one that was on has ended */
bool actor_hat_ended(const struct actor *actor);
/* Where a browser chooses one and comes back to next, a path of this site with its query. */
struct str hat_url(struct req *q, struct str next);

/* ---- how sure we are of who is asking ---- */
bool actor_showed(const struct actor *actor, const char *method); /* "otp": its session was opened with a code */
bool actor_has_passkey(const struct actor *actor);                /* …with a passkey, in hardware or synchronised */
bool proof_suffices(const struct actor *actor, const struct proof_wanted *wanted);
/* Where a browser shows what is wanted and comes back to next, a path of this site with its query (anything else becomes "/").
 * Whoever has shown it already is sent on at once; the page at next checks again. */
struct str sign_in_url(struct req *q, struct str next, const struct proof_wanted *wanted);
/* What sign_in_url wrote, read from this request's query. */
struct proof_wanted proof_wanted_of(const struct req *q);
/* "/stays?x=1": "//host", "/\\host" and line breaks would lead a browser elsewhere. */
bool is_own_path(struct str s);

/* ---- replying ---- */
struct html res_html(struct req *q, struct res *s);     /* a writer for templates, with csrf, path, language and frame set */
int res_redirect(struct res *s, struct str location);    /* 303 */
int res_json(struct req *q, struct res *s, const struct json_t *j, struct err *e);
int res_text(struct res *s, const char *type, struct str text);
void res_header(struct req *q, struct res *s, struct str name, struct str value);
/* HttpOnly, SameSite=Lax, Path=/; Secure when the site is https. */
void res_cookie(struct req *q, struct res *s, const char *name, struct str value, int64_t max_age_s);
int res_live(struct res *s, struct str topic);           /* SSE: events of live_publish, a comment line every 15 s */
/* The whole body, not copied: bytes lie in the request's arena. For files of megabytes. */
void res_body(struct req *q, struct res *s, struct str bytes);
int res_download(struct req *q, struct res *s, const char *type, struct str filename);

/* Tells the pages that listen to a topic that something changed; data is one line of JSON. Never blocks. */
void live_publish(struct app *app, struct str topic, struct str data);

/* ---- the server ---- */
struct http_options {
    const char *host;   /* "127.0.0.1" */
    int port;           /* 0: any; http_port tells */
    int threads;        /* 0: as many as cores */
    int connections;    /* most open at once; 0 = 4096 */
    int timeout_s;      /* an idle or slow connection is closed; 0 = 20 */
    size_t arena_cap;   /* per request; 0 = 8 MiB */
    int listen_fd;      /* already bound (supervisor, systemd), or -1 */
};
struct http;
int http_start(struct app *app, const struct http_options *o, struct http **out, struct err *e);
int http_port(const struct http *h);
void http_drain(struct http *h, int within_s); /* no new connections, finish what runs, wake parked ones */
void http_stop(struct http *h);

/* The dispatcher itself: fills *s for *q. Used by the server's worker, http-once, tests and fuzzers. With a write route it
 * goes through the door blocking. */
void http_dispatch(struct req *q, struct res *s);

/* One request from text ("POST /stays HTTP/1.1\r\n…\r\n\r\nbody") to text; for http-once, .http tests and fuzzing. */
struct str http_once(struct app *app, struct arena *a, struct str request);
/* The same in an arena of the caller's, which may be armed to fail (base/arena_fault.h). */
struct str http_once_in(struct app *app, struct arena *own, struct arena *a, struct str request);

/* Parsers of untrusted bytes, each with a fuzz target. Limits: 64 parameters, 8 KiB a value; in a form as much as its
 * body. */
int parse_urlencoded(struct arena *a, struct str s, struct param **out, size_t *n, struct err *e);
int parse_multipart(struct arena *a, struct str content_type, struct str body, struct part **out, size_t *n, struct err *e);
int parse_cookies(struct arena *a, struct str header, struct param **out, size_t *n, struct err *e);
bool parse_percent(struct arena *a, struct str s, bool plus_is_space, struct str *out); /* false: bad escape or %00 */

/* The other way: all but letters, digits and -._~ becomes %XX. */
void urlencode(struct buf *b, struct str value);
void urlencode_param(struct buf *b, const char *name, struct str value); /* adds name=value, behind & when something stands there */

#endif
