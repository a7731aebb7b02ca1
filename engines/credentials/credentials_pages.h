/* credentials_pages.h: what the pages of this engine show, and the handlers that routes name. */
#ifndef BON_ENGINES_CREDENTIALS_PAGES_H
#define BON_ENGINES_CREDENTIALS_PAGES_H

#include "engines/accounts/accounts.h"
#include "engines/audit/audit.h"
#include "engines/credentials/credentials.h"
#include "engines/credentials/factors.h"
#include "engines/credentials/passkey.h"
#include "gen/credentials_queries.h"
#include "platform/html/components.h"

struct demo_list {
    struct demo_account *v;
    size_t n;
};

struct sign_in_view {
    struct str error; /* translated; empty: first visit */
    struct str login, next;
    bool confirms; /* somebody who is signed in is asked again */
    bool passkey;  /* and only a passkey will do */
    struct passkey_offer offer;
    VEC(struct way_in) ways; /* beside the password */
    struct demo_list demo;
    struct str demo_next; /* where a demo person goes on: to an app that waits; a page of another role would only refuse */
};

struct invite_view {
    struct str token, login, name;
    bool usable;
    struct str key;
};

struct second_view {
    struct str error; /* translated; empty: first visit */
    struct str next;
    struct factors has;
    struct passkey_offer offer; /* without options when the account has no passkey */
};

struct app_view {
    struct str key;
    struct str seed;            /* ticket */
    struct str secret, address; /* what the app is told, by hand and by QR code */
    bool replaces;              /* another app is in use */
};

struct passkey_view {
    struct str key;
    struct str name; /* source text: a first idea of what to call it */
    struct passkey_offer offer;
};

struct security_view {
    struct str done; /* source text: what has just been done; empty: nothing */
    bool has_password;
    struct factors has;
    struct passkeys_of_account_rows passkeys;
    struct str key, codes_key;
    struct recovery_last_row recovery; /* when recovered */
    bool recovered;
    bool will_ask; /* a role of this person asks for a passkey from asks_from on */
    struct day asks_from;
};

/* ---- what the ways in share (sign_in.c) ---- */
struct str wait_sentence(struct req *q, int64_t seconds); /* translated */
/* The session's cookie, the device's, and on to the page that was asked for. */
int way_in_done(struct req *q, struct res *s, int64_t account, struct str token);

/* sign_in.c */
extern const struct form sign_in_form;
int sign_in_page(struct req *q, struct res *s, struct str error, struct err *e);
int sign_in_get(struct req *q, struct res *s, struct err *e);
int sign_in_again(struct req *q, struct res *s, struct err *e);
int sign_in_prepare(struct req *q, struct err *e);
int sign_in_write(struct req *q, struct tx *tx, struct err *e);
int sign_in_reply(struct req *q, struct res *s, struct err *e);

/* second.c */
extern const struct form second_form;
void second_begin(struct req *q, struct res *s, int64_t account, struct str next);
int64_t second_account(const struct req *q); /* whose password this browser has just shown; 0: nobody's */
int second_done(struct req *q, struct res *s, int64_t account, struct str token);
int second_get(struct req *q, struct res *s, struct err *e);
int second_again(struct req *q, struct res *s, struct err *e);
int second_prepare(struct req *q, struct err *e);
int second_write(struct req *q, struct tx *tx, struct err *e);
int second_reply(struct req *q, struct res *s, struct err *e);

/* app.c */
extern const struct form authenticator_form;
int authenticator_get(struct req *q, struct res *s, struct err *e);
int authenticator_prepare(struct req *q, struct err *e);
int authenticator_write(struct req *q, struct tx *tx, struct err *e);
int authenticator_reply(struct req *q, struct res *s, struct err *e);
int authenticator_off_write(struct req *q, struct tx *tx, struct err *e);
int authenticator_off_reply(struct req *q, struct res *s, struct err *e);
int codes_prepare(struct req *q, struct err *e);
int codes_write(struct req *q, struct tx *tx, struct err *e);

/* passkey_new.c */
extern const struct form passkey_form;
int passkey_get(struct req *q, struct res *s, struct err *e);
int passkey_prepare(struct req *q, struct err *e);
int passkey_write(struct req *q, struct tx *tx, struct err *e);
int passkey_reply(struct req *q, struct res *s, struct err *e);
int passkey_remove_write(struct req *q, struct tx *tx, struct err *e);
int passkey_remove_reply(struct req *q, struct res *s, struct err *e);

/* passkey_use.c */
extern const struct form passkey_use_form;
struct str passkey_methods(const struct passkey_kept *k); /* values of RFC 8176 */
int passkey_use_prepare(struct req *q, struct err *e);
int passkey_use_write(struct req *q, struct tx *tx, struct err *e);
int passkey_use_reply(struct req *q, struct res *s, struct err *e);

/* invite.c */
extern const struct form invite_form;
int invite_get(struct req *q, struct res *s, struct err *e);
int invite_prepare(struct req *q, struct err *e);
int invite_write(struct req *q, struct tx *tx, struct err *e);
int invite_reply(struct req *q, struct res *s, struct err *e);

/* change.c */
extern const struct form password_form;
int password_get(struct req *q, struct res *s, struct err *e);
int password_prepare(struct req *q, struct err *e);
int password_write(struct req *q, struct tx *tx, struct err *e);
int password_reply(struct req *q, struct res *s, struct err *e);

/* security.c */
int security_get(struct req *q, struct res *s, struct err *e);

#endif
