/* accounts.h: who may sign in and what they may do: accounts, grants (role = function + territory or facility + dates),
 * sessions. Passwords are Argon2id in a bounded queue of their own, so that a storm of sign-ins cannot starve the rest.
 */
#ifndef BON_ENGINES_ACCOUNTS_H
#define BON_ENGINES_ACCOUNTS_H

#include "platform/http/module.h"

struct account_new {
    struct str login, name;
    struct str encoded;               /* password_hash of an acceptable password, made before the write; empty: a one-time link sets it */
    struct pid pid;                   /* a citizen's number; none for others */
    int64_t person;                   /* people id, 0 none */
};
int account_create(struct tx *tx, struct arena *a, const struct account_new *in, int64_t *id, struct err *e);

struct account {
    int64_t id;
    struct str login, name;
    struct pid pid;
    int64_t person; /* 0: none */
    bool active;
};
int account_find(struct dbr *r, struct arena *a, int64_t id, struct account *out, struct err *e); /* 1 0 -1 */
/* The open accounts of a personal number, oldest first; at most `most`, which is at most 8. */
int accounts_find_pid(struct dbr *r, struct arena *a, struct pid pid, struct account *out, size_t most, size_t *n, struct err *e);
/* Who holds a role or ever held it, by number; at most a hundred. */
struct role_holder {
    int64_t id;
    struct str login, name;
    bool active;
    struct day from; /* of the earliest grant */
};
struct role_holders {
    struct role_holder *v;
    size_t n;
};
int accounts_of_role(struct dbr *r, struct arena *a, struct str role, struct role_holders *out, struct err *e);
/* Colleagues: open accounts that hold a role today in a unit (none: any) and an agency (none: any), by name; at most a hundred. */
int accounts_working(struct dbr *r, struct arena *a, struct str role, const struct unit_code *unit, struct str agency, struct day today,
                     struct role_holders *out, struct err *e);
int account_by_name(struct dbr *r, struct arena *a, struct str login, int64_t *id, struct err *e); /* 1 0 -1 */

struct grant_new {
    int64_t account;
    struct str role;
    struct unit_code territory;
    int64_t facility;
    struct str agency;      /* code; none: not held in an agency */
    struct day from, until; /* until exclusive; 9999-12-31: open */
    int64_t by;             /* account that gave it, 0: the system */
};
int grant_create(struct tx *tx, const struct grant_new *in, int64_t *id, struct err *e);
/* The grant's last day is the one before `on`; one that has ended already stays as it is. */
int grant_end_on(struct tx *tx, int64_t account, int64_t grant, struct day on, struct err *e);

/* ---- capacities: roles that a person holds for an organisation or for somebody who cannot act alone ---- */
/* A fact of another engine's register, as it stands in an account's grants, so that a request finds it with all the others. */
struct capacity {
    struct str role;      /* one whose contract says held_for */
    struct str source;    /* the register's word for the fact: "organisations.part/34" */
    struct str behalf;    /* name of the organisation or person */
    struct str scope;     /* words parted by spaces; none: all of the role */
    int64_t organisation; /* one of the two */
    int64_t ward;
    struct day from, until; /* until exclusive */
};
/* Makes the account's grants that come from one register ("organisations") what that register says today: gives what is new, ends what is
 * gone from today on, follows names, scopes and last days. The caller's record tells of the act that led to it. */
int capacities_set(struct tx *tx, struct arena *a, int64_t account, struct str source, const struct capacity *v, size_t n, struct err *e);
/* The same for every open account of a person. */
int capacities_set_person(struct tx *tx, struct arena *a, struct pid pid, struct str source, const struct capacity *v, size_t n,
                          struct err *e);

/* ---- hats: in which capacity a request is made ---- */
enum hat_kind { HAT_NONE, HAT_SELF, HAT_OFFICER, HAT_AGENT, HAT_GUARDIAN };
struct hat {
    enum hat_kind kind;
    const struct grant *grant; /* NULL: HAT_NONE */
    struct str function;       /* the legal function that the role serves: "stay.receive" */
    int64_t person;            /* on whose behalf: oneself (people id), or the ward; 0: nobody's of the register */
    int64_t organisation;      /* …or for which organisation; 0: none */
    struct str behalf;         /* their name; the actor's own with HAT_SELF and HAT_OFFICER */
};
struct hat hat_of(const struct req *q);
/* The same for a grant of somebody else's: `person` and `name` are the holder's own. */
struct hat hat_of_grant(const struct app *app, const struct grant *g, int64_t person, struct str name);
/* May this kind of work be done in it? An agent is given some words ("file"), every other hat covers all. */
bool hat_covers(const struct hat *hat, const char *work);
const char *hat_kind_name(enum hat_kind k); /* "self", "officer", "agent", "guardian"; "none" */
/* The grant with this id if the account holds it on that day. 1 0 -1 */
int grant_held(struct dbr *r, struct arena *a, int64_t account, int64_t id, struct day on, struct grant *out, struct err *e);

/* What one of the account's own grants is called, also after it has ended: its role's title (source text) and for whom. 1 0 -1 */
int grant_words(const struct app *app, struct dbr *r, struct arena *a, int64_t account, int64_t id, struct str *title, struct str *behalf,
                struct err *e);

/* ---- when somebody's work changes (engines/staff); the caller writes the record ---- */
bool account_login_plain(struct str login); /* 3 to 40 of a-z 0-9 . - _ */
int account_rename(struct tx *tx, struct arena *a, int64_t account, struct str name, struct err *e);
/* From this moment on the account can do nothing: closed, its sessions and all its roles ended, also those given by hand. */
int account_leave(struct tx *tx, int64_t account, struct err *e);
int account_return(struct tx *tx, int64_t account, struct err *e); /* open again, without any role */
/* A program's token: a session without a browser that lasts so many days. Shown once; the store keeps its hash. */
int account_token(struct tx *tx, struct arena *a, int64_t account, int days, struct str *token, struct err *e);

/* ---- sessions ---- */
/* What somebody has just shown of themselves: by password, passkey, another identity provider, a signed-in phone. */
struct proof {
    int64_t account;
    struct str methods; /* values of RFC 8176, parted by spaces: "pwd", "pwd otp mfa", "hwk user mfa", "fed" */
    int assurance;      /* 1 or 2, as Nghị định 69/2024 numbers levels */
    struct instant at;  /* when it was shown; 0: now */
};

/* What a module's session_rule makes of a session about to open: zero is "all that the account may". */
struct session_limits {
    struct str only;      /* legal functions (struct role) that stay, separated by spaces; none: all */
    int assurance;        /* at most this level; 0: as shown */
    struct instant until; /* ends then at the latest; 0: as ever */
    struct str mark;      /* what narrowed it, "emergency/12": kept on the session and in the log */
};

/* Opens a session for it, in the transaction of the way in, and records "accounts.signed_in". When this browser's session is
 * that account's already, the session goes on under a new token and with the new proof ("accounts.confirmed"), so that its number
 * stays what others know it by; a session of somebody else ends. A closed account is refused. *token is for session_cookie. */
int session_open(struct req *q, struct tx *tx, const struct proof *shown, struct str *token, struct err *e);
/* The number of the session that a token opens, ended or not: for what others keep about it. 1 0 -1 */
int session_of_token(struct dbr *r, struct arena *a, struct str token, int64_t *session, struct err *e);
/* Gives the browser its token, in the reply. */
void session_cookie(struct req *q, struct res *s, struct str token);
/* Ends the session that this request came with; the caller records why. */
int session_close(struct req *q, struct tx *tx, struct err *e);
/* Ends one session; it may have ended already. */
int session_end_one(struct tx *tx, int64_t session, int64_t account, struct err *e);
/* Ends all sessions that bear a mark. */
int sessions_end_marked(struct tx *tx, struct str mark, struct err *e);
/* Roles that an account holds on a day. */
int account_roles(struct dbr *r, struct arena *a, int64_t account, struct day on, struct str *out, size_t most, size_t *n, struct err *e);
/* Ends all sessions of an account but one (0: none is kept). */
int sessions_end(struct tx *tx, int64_t account, int64_t keep, struct err *e);

/* Source texts: "Chrome trên Android" from what a User-Agent calls itself; "Khoá truy cập" from a session's methods. */
struct str device_name(struct str agent);
struct str way_in_name(struct str methods);

/* The role's row in the modules' contracts; NULL: no such role. */
const struct role *role_by_name(const struct app *app, struct str name);

/* A link that sets a password once, valid 24 h. */
int account_invite(struct tx *tx, struct arena *a, int64_t account, struct str *token, struct err *e);

/* The demo accounts of `make run`, listed on the sign-in page: each with a random password of this database, kept in clear
 * because the page shows it. Only a database made with --demo has any, and the page lists them only while settings.demo. */
struct demo_account {
    struct str login, password, name, does; /* does: MSG, what to try with it */
};
int account_demo_add(struct tx *tx, int64_t account, int place, struct str password, struct str does, struct err *e);
int accounts_demo_list(struct dbr *r, struct arena *a, struct demo_account **out, size_t *n, struct err *e);

extern const struct module accounts_module;

#endif
