/* module.h: the contract. Every engine and model exports one constant of this type, data only. engines/LIST and models/LIST
 * name the directories; a loop over them builds router, menu, permission matrix, migrations, jobs, commands, metrics, OpenAPI
 * and docs/models.md, and one contract test runs over all.
 */
#ifndef BON_PLATFORM_MODULE_H
#define BON_PLATFORM_MODULE_H

#include "platform/cli/cli.h"
#include "platform/http/http.h"
#include "platform/jobs/jobs.h"

struct seed_world; /* engines/people/seed.h */
struct proof;          /* engines/accounts/accounts.h, as is the next */
struct session_limits;

/* ---- forms ---- */
enum field_type {
    FIELD_TEXT,     /* one line */
    FIELD_LINES,    /* many lines */
    FIELD_SECRET,   /* password: never echoed, never logged */
    FIELD_INT,
    FIELD_DAY,      /* dd/mm/yyyy typed, or yyyy-mm-dd from a date control */
    FIELD_INSTANT,  /* yyyy-mm-ddThh:mm, local time */
    FIELD_CHOICE,   /* one of .choices */
    FIELD_CHECK,    /* a check box: "1" or absent */
    FIELD_PID,
    FIELD_FILE,     /* multipart only */
    FIELD_HIDDEN,   /* text that the page itself carries */
};

struct choice {
    const char *value;
    struct str label; /* MSG */
};

struct field {
    const char *name;
    enum field_type type;
    bool required;
    int max;                      /* code points; bytes for FIELD_FILE; FIELD_INT: the largest value */
    int min;                      /* FIELD_INT: the smallest; else fewest code points */
    struct str label, help;       /* MSG */
    const struct choice *choices; /* ended by value NULL */
    bool many;                    /* may come repeatedly: guests[0].name style names are not used, repeated names are */
    /* Further check of a cleaned value; refuses by returning -1 with a sentence (ERR_SAY). */
    int (*check)(struct req *q, struct str value, struct err *e);
};

struct form {
    const char *name;
    const struct field *fields; /* ended by name NULL; unknown fields in a post are refused. Of a JSON route NULL: the handler reads
                                   q->json, whatever shape it has */
    size_t max_body;            /* bytes; 0 = 64 KiB */
    bool multipart;             /* may carry files */
    bool open;                  /* its fields are data (a public service's form): what `fields` does not name is left to prepare, which
                                   refuses by name what it does not know either */
};

extern const struct form empty_form; /* a button and nothing else */

/* ---- routes ---- */
typedef int route_read_fn(struct req *q, struct res *s, struct err *e);
typedef int route_prepare_fn(struct req *q, struct err *e);
typedef int route_write_fn(struct req *q, struct tx *tx, struct err *e);
/* Draws a refusal in the protocol's own words; -1: it cannot, the general error is drawn. s->status is the code's own until set. */
typedef int route_refuse_fn(struct req *q, struct res *s, const struct err *why);

struct route {
    enum method method;
    const char *path;            /* "/stays/{id}" */
    route_read_fn *read;         /* GET */
    const char *may;             /* permission, or NULL when open */
    const char *open;            /* why everyone may: "public catalogue" */
    const struct form *form;     /* POST, PUT, PATCH */
    route_prepare_fn *prepare;   /* may be NULL */
    route_write_fn *write;       /* NULL: a POST that writes nothing (a check, a preview) */
    route_read_fn *reply;        /* POST; also a GET whose write is the audit record */
    /* The page shown again when prepare or the form refuses: it finds q->field_errors and what was typed in q->form. */
    route_read_fn *again;
    bool json;                   /* an API route: JSON in and out, errors as JSON, bearer or session */
    struct str title;            /* MSG: page title and OpenAPI summary */
    int assurance;               /* 2: only in a session opened with two factors or a passkey; else the page leads to sign-in and
                                    back, a POST or JSON route answers 403 step_up */
    int fresh_s;                 /* only within this many seconds of the last proof, likewise; 0: whenever */
    bool no_idempotency;         /* sign-in and the like: a replay is a new act */
    /* A route of a protocol between programs (docs/decisions/0016): no CSRF token and no key of a page; a session counts only as
     * "Authorization: Bearer", so that no foreign page can borrow a cookie (a GET may read one). Parameters arrive as they were sent, those
     * that the form does not name are let be, one that comes twice is refused (RFC 6749 section 3.1; .many may repeat). All
     * refusals are drawn by this function. */
    route_refuse_fn *machine;
    const char *many_in_query;   /* the one parameter of such a route's query that may repeat: "resource" of RFC 8707; or NULL */
    bool own_key;                /* the module knows its callers by keys of its own: no session is looked up; only .open with .machine */
    bool slow;                   /* prepare or read takes tens of milliseconds (password hashes, long reports): it runs in the slow
                                    pool, a few threads with a bounded queue of their own, while the connection is parked; a full
                                    queue answers ERR_BUSY with Retry-After */
    bool far;                    /* prepare or read waits for another system's answer: likewise, in a pool of its own whose threads mostly
                                    wait, so that a slow neighbour cannot hold up those who sign in with a password */
    bool shared;                 /* an open page that everyone who has not signed in sees alike: drawn once a second at most, and anew
                                    after each write (shared.h) */
};

/* GET("/x", fn, .may = "p") expands to { .method = METHOD_GET, .path = "/x", .read = fn, .may = "p" } */
#define GET(path_, fn, ...) { .method = METHOD_GET, .path = (path_), .read = (fn), __VA_ARGS__ }
/* A page whose reading is itself recorded: write is the audit record, reply the page. */
#define GET_RECORDED(path_, ...) { .method = METHOD_GET, .path = (path_), __VA_ARGS__ }
#define POST(path_, ...) { .method = METHOD_POST, .path = (path_), __VA_ARGS__ }
#define PUT(path_, ...) { .method = METHOD_PUT, .path = (path_), __VA_ARGS__ }
#define PATCH(path_, ...) { .method = METHOD_PATCH, .path = (path_), __VA_ARGS__ }
#define DELETE(path_, ...) { .method = METHOD_DELETE, .path = (path_), __VA_ARGS__ } /* .form may be left out */
#define ROUTE_END { .path = NULL }

/* ---- rights ---- */
/* Which roles carry a permission. Roles are named by the modules that use them; accounts knows their union. */
struct permission {
    const char *name;         /* "stay.declare" */
    const char *const *roles; /* ended by NULL */
    struct str what;          /* MSG */
};
#define ROLE_ANY "*" /* whoever has signed in, with or without a role: one's own sessions */
#define ROLES(...) (const char *const[]){ __VA_ARGS__, NULL }

/* A role of this kind is held for somebody else. The register that knows of it gives and ends its grants, nobody does by hand. */
enum held_for { HELD_FOR_SELF, HELD_FOR_ORGANISATION, HELD_FOR_WARD };

struct role {
    const char *name;      /* "receptionist" */
    struct str title;      /* MSG("Lễ tân cơ sở lưu trú") */
    const char *function;  /* the legal function it serves: "stay.notify"; agencies change, functions stay */
    bool territorial;      /* a grant must name a unit */
    bool facility;         /* a grant must name a facility */
    bool agency;           /* a grant must name an agency */
    enum held_for held_for;
    const char *home;      /* path after sign-in */
    bool passkey;          /* it can do harm: a grant of it counts only in a session opened with a passkey, from the day
                              settings.passkey_from on */
};

/* ---- measures ---- */
/* What the plan asks of a number. */
enum measure_target {
    TARGET_NONE,     /* the plan names no number */
    TARGET_AT_LEAST, /* numerator >= goal: "at least 20 services" */
    TARGET_PERCENT,  /* numerator / denominator >= goal percent: "100 % of those who qualify" */
    TARGET_LEVEL,    /* numerator is a level: "level 3" */
};
enum { MEASURE_NOTHING = -1 }; /* as a numerator: there is nothing to count yet. No rows is "no number", not zero */
struct measure_count {
    int64_t numerator;
    int64_t denominator; /* 0: a plain number */
};
/* A number that a module counts from its own rows; nobody types it. The plan office shows it beside what agencies claim. Numbers that
 * come out of one look at the rows stand together in the table: a row without .count is counted by the nearest row above that
 * has one (docs/decisions/0025). */
struct measure {
    const char *name;   /* "stays.declared_on_time" */
    int plan_model;     /* row of the plan it speaks for */
    struct str what;    /* MSG: "Khách được khai báo đúng hạn" */
    struct str unit;    /* MSG: what is counted: "khách" */
    enum measure_target target;
    int64_t goal;       /* 20, 100 or 3; 0 with TARGET_NONE */
    /* The state at the end of that day in Vietnam: out[0] for this row, out[1] … for the rows below that it counts, in their order.
     * 1 counted, 0 there is nothing to count yet for any of them, -1 failed. */
    int (*count)(const struct app *app, struct dbr *r, struct arena *a, struct day on, struct measure_count *out, struct err *e);
    /* For a count that walks over many rows: the same for several days in one walk, out[day * measures_together(m) + row], filled
     * with MEASURE_NOTHING beforehand. NULL: each day is counted by itself. */
    int (*count_days)(const struct app *app, struct dbr *r, struct arena *a, const struct day *on, size_t n,
                      struct measure_count *out, struct err *e);
};
/* How many rows this one counts, itself included; m has a .count. */
size_t measures_together(const struct measure *m);

/* ---- succession of agencies ---- */
/* Duties of one agency pass to another on a day, by a decree; all modules that hold such duties take part in one transaction. */
struct succession {
    int64_t id;
    struct str from, to; /* agency codes */
    struct day on;       /* `to` answers from this day */
    struct str covers;   /* empty: everything; else the objects that move, by spaces: "model/35 function/land.register" */
};
bool succession_covers(const struct succession *s, struct str object);

struct succession_run {
    const struct app *app;
    struct tx *tx;
    struct arena *a;
    const struct succession *act;
    /* Reports one moved row: what undo gets back, and what the person reads. `was` and `became` are the module's own words. */
    int (*moved)(struct succession_run *run, struct str object, struct str was, struct str became, struct err *e);
};
struct succession_row {
    struct str object, was, became;
};
struct succession_part {
    struct str what; /* MSG: what of an agency this module holds: "Phân công trong kế hoạch" */
    /* Every row of this module that concerns either agency, one line each, in an order that never changes: hashed before and
     * after, so that an undo can be refused when something changed later and proven when it was done. */
    int (*state)(struct dbr *r, struct arena *a, const struct succession *act, struct buf *out, struct err *e);
    int (*move)(struct succession_run *run, struct err *e);
    int (*undo)(struct succession_run *run, const struct succession_row *row, struct err *e); /* once a row, last first */
    /* The object of a row as people know it: "Trần Văn B: Cán bộ báo cáo" for "grant/57". 1 0 -1; NULL: objects speak for themselves. */
    int (*name)(const struct app *app, struct dbr *r, struct arena *a, struct str object, struct str *out, struct err *e);
};

/* ---- the rest ---- */
enum menu_group { MENU_NONE, MENU_CITIZEN, MENU_FACILITY, MENU_COMMUNE, MENU_POLICE, MENU_LEADER, MENU_PLAN, MENU_ADMIN };
struct menu_entry {
    enum menu_group group;
    int order;
    struct str label;  /* MSG */
    const char *path;
    const char *may;   /* shown to those who may */
};

struct event {
    const char *name; /* action word in the audit log: "stay.declared" */
    struct str what;  /* MSG: how the citizen reads it under "Ai đã xem dữ liệu của tôi" */
};

struct metric {
    const char *name; /* "bon_stays_declared_total" */
    const char *kind; /* "counter" or "gauge" */
    struct str what;  /* MSG */
    int (*value)(struct app *app, struct arena *a, double *out, struct err *e);
};

struct health {
    const char *name; /* "sign" */
    int (*check)(struct app *app, struct err *e);
};

struct agency_choice {
    struct str code, name;
};

/* A way to sign in that a module has beside the password: a link on the sign-in page. */
struct way_in {
    struct str label; /* data: "VNeID" */
    struct str href;  /* own path; comes back to what the page was asked for */
    struct str note;  /* source text below it, or empty: "đang gián đoạn" */
};
enum { WAYS_IN_MAX = 8 };

struct module {
    const char *name;      /* directory name without mNN_ */
    int plan_model;        /* row of the plan, 0 for an engine */
    struct str title;      /* MSG */
    struct str works;      /* MSG: one sentence of what works today, for docs/models.md; empty for engines */
    const char *const *needs;
    const struct menu_entry *menu;            /* ended by label.p NULL */
    const struct route *routes;               /* ROUTE_END */
    const struct permission *permissions;     /* ended by name NULL; so are the following */
    const struct role *roles;
    const struct db_migration *migrations;    /* generated: <name>_migrations */
    const struct db_stmt *const *statements;  /* generated: <name>_statements, ended by NULL */
    const struct event *events;
    const struct metric *metrics;
    const struct health *health;
    const struct job *jobs;
    const struct cli_command *commands;
    const struct measure *measures;           /* ended by name NULL */
    const struct succession_part *succession; /* NULL: holds nothing of an agency */
    /* Exactly one module turns a cookie or bearer token into an actor; returns 0 with an anonymous actor when there is none. */
    int (*authenticate)(struct req *q, struct actor *out, struct err *e);
    /* At most one module knows which unit lies within which (a district's grant covers its communes). Equal units never ask. */
    bool (*unit_covers)(struct req *q, const struct unit_code *outer, const struct unit_code *inner);
    /* What the place of a grant is called, by the module that knows it: a unit, an agency, a facility. False: not this one. Asked only
     * where somebody chooses among several. */
    bool (*place_name)(struct req *q, const struct grant *g, struct str *out);
    /* At most one module knows the agencies: those in force today, as a grant may name them. */
    int (*agencies)(struct req *q, struct agency_choice **out, size_t *n, struct err *e);
    /* Adds the ways to sign in that this module offers now; *n so far, at most WAYS_IN_MAX. */
    int (*ways_in)(struct req *q, struct way_in *out, size_t *n, struct err *e);
    /* Before a session opens or is confirmed, whatever the way in: a module may refuse it with a sentence, narrow it, or bring up to
     * date what the account may do. */
    int (*session_rule)(struct req *q, struct tx *tx, const struct proof *shown, struct session_limits *out, struct err *e);
    /* At most one module keeps messages for people: where they read them, and how many of this actor's they have not seen. Asked for
     * every page of whoever has signed in. */
    const char *inbox;
    int (*unread)(struct req *q, int64_t *n, struct err *e);
    /* A session of this request has just been ended by its owner: where the browser goes instead of "/". Leaves *next alone when it
     * does not care. */
    int (*signed_out)(struct req *q, struct str *next, struct err *e);
    /* Runs once after migrations, before serving or a command. */
    int (*start)(struct app *app, struct err *e);
    /* Gives back what the module keeps outside the app's arena; the first thing app_unbuild does, when jobs and server have ended.
     * May come without a start, and twice. */
    void (*stop)(struct app *app);
    /* Adds this module's rows to the synthetic province: run by `bon seed` in LIST order once the people are there. The world
     * (engines/people/seed.h) has communes, names and chance. */
    int (*seed)(struct app *app, const struct seed_world *w, struct err *e);
    /* The same for rows that follow from those of later modules, as a report follows from what it counts: run when all have seeded. */
    int (*seed_after)(struct app *app, const struct seed_world *w, struct err *e);
};
#define NEEDS(...) (const char *const[]){ __VA_ARGS__, NULL }

/* ---- the program ---- */
struct settings {
    const char *data_dir;    /* var/ */
    const char *db_address;  /* var/bon.db or postgres:… */
    const char *key_dir;     /* var/keys */
    const char *pack_dir;    /* packs/dak_nong */
    const char *base_url;    /* "http://127.0.0.1:8006" */
    const char *mode;        /* "MÔ PHỎNG", "THỬ", "THẬT": shown on every page and kept on records */
    const char *site_name;   /* in the page head: "Dịch vụ số tỉnh Đắk Nông"; NULL: "bon" */
    const char *asm_url;     /* the national residence system (ASM), "http://127.0.0.1:8012"; NULL or "": not connected */
    const char *ca_url;      /* certification authorities' gateway, "http://127.0.0.1:8015"; NULL or "": not connected */
    const char *sources_url; /* where papers' data is asked, "http://127.0.0.1:8018"; NULL or "": not connected */
    struct day passkey_from; /* roles that ask for a passkey do so from this day on; before it the pages say until when not */
    const char *inner_hosts; /* "app.lan, 10.1.2.3:8443": hosts of the inner network that may be told of ended sessions; or NULL */
    const char *metrics_token; /* who shows it as a bearer token may read /metrics from elsewhere; NULL or "": this machine only */
    bool demo;               /* database made by make run: demo accounts are listed at sign-in */
};

struct embedded_file; /* base/embedded.h */

struct app {
    const struct module *const *modules; /* engines first, in LIST order, ended by NULL */
    struct settings settings;
    struct db *db;
    struct signer *signer;
    bool serves;               /* this is the server: what is to be told once is told here, not by every command on the same store */
    struct log log;
    const struct embedded_file *files; /* served under /static/<hash>/<path>; ended by path NULL; may be NULL */
    struct live *live;         /* topics and their listeners */
    struct router *router;     /* built at boot */
    struct instant (*clock)(void *); /* instant_now, or a test's */
    void *clock_ctx;
    struct str secret;         /* HMAC key for CSRF tokens, shared by all servers of one database */
    void **engine;             /* state an engine keeps for the process, by its place in the list: app_engine_slot; NULL: none yet */
    struct arena arena;        /* lives as long as the app */
    struct jobs *jobs;         /* NULL outside the server */
};

/* The cookie that carries a session: set and read by the module with .authenticate; its value also binds CSRF tokens. */
#define SESSION_COOKIE "bon_session"
/* The language that a reader has chosen; absent until then. */
#define LANG_COOKIE "bon_lang"
/* The language in which an app that sent the reader here asked for pages, for as long as its request lasts. What the reader has chosen goes
 * before it. */
#define LANG_ASKED_COOKIE "bon_lang_asked"

/* /healthz, /metrics, /openapi.json, /robots.txt, the language switch, idempotency keys: stands first in the list. */
extern const struct module platform_module;

struct instant app_now(const struct app *app);
/* The place for what a module keeps for the process. The first call, before threads, makes as many as there are modules. */
void **app_engine_slot(struct app *app, const char *module);
void *app_engine(const struct app *app, const char *module); /* what stands in its slot; NULL: nothing yet */

/* Builds and checks router, rights and menu: a route without may or open, a permission nobody declared, a POST without a
 * form, two modules with one path: each refuses to boot and says which. */
int app_build(struct app *app, struct err *e);
/* Of all modules, in the arena of app: what db_open wants. */
const struct db_migration *app_migrations(struct app *app);
/* The whole of it: app_build, the store under this address with the migrations of all modules, and what each does at its start. */
int app_open_store(struct app *app, const char *address, bool create, struct err *e);
void app_unbuild(struct app *app); /* gives back what app_build made; after http_stop; NULL-safe */

#endif
