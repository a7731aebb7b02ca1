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
