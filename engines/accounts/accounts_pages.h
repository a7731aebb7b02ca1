/* accounts_pages.h: what the pages of this engine show, and the handlers that routes name. */
#ifndef BON_ENGINES_ACCOUNTS_PAGES_H
#define BON_ENGINES_ACCOUNTS_PAGES_H

#include "engines/accounts/accounts_internal.h"
#include "platform/html/components.h"

struct sessions_view {
    struct sessions_of_account_rows sessions;
    int64_t current;
    const struct app *app;
    struct str key;
};

struct accounts_view {
    struct accounts_search_rows accounts;
    struct str query, next_href; /* next_href empty: the last page */
};

struct grant_view {
    int64_t id;
    struct str role_title; /* source text */
    struct unit_code territory;
    int64_t facility;
    struct str agency, behalf;
    struct day from, until;
    bool open_end, in_force, over;
    bool elsewhere; /* another register gives and ends it */
};
struct grant_views {
    struct grant_view *v;
    size_t n;
};

struct account_view {
    struct account_row account;
    struct grant_views grants;
    struct agency_choice *agencies; /* those a grant may name */
    size_t n_agencies;
    struct str key, invite_href;
    struct day today;
};

struct seen_list {
    struct audit_seen *v;
    size_t n;
};

struct my_data_view {
    const struct app *app;
    bool linked; /* there is a person of the register: oneself, or the ward */
    struct str ward; /* whose data it is, when not one's own */
    struct seen_list seen;
    struct str next_href;
};

struct delegable {
    int64_t id;
    struct str title; /* source text */
    struct unit_code territory;
    struct str agency;
};
struct delegations_view {
    struct delegations_of_rows rows;
    struct delegable *own; /* roles of one's own that may be given */
    size_t n_own;
    int64_t me;
    struct day today;
    struct str key;
    const struct req *q;
};

/* delegation.c */
extern const struct form delegation_form;
struct str delegation_role_title(const struct delegations_view *v, struct str role); /* source text */
struct field_view delegation_grant_field(struct html *h, const struct delegations_view *v);
struct day delegation_last_day(struct day until);
int delegations_get(struct req *q, struct res *s, struct err *e);
int delegation_prepare(struct req *q, struct err *e);
int delegation_write(struct req *q, struct tx *tx, struct err *e);
int delegation_reply(struct req *q, struct res *s, struct err *e);
int delegation_end_write(struct req *q, struct tx *tx, struct err *e);

/* hats.c */
struct hats_view {
    struct str ended; /* source text: title of the role that was on and has ended; empty: none */
    struct str ended_of;
    struct day ended_last;
    struct str next;
};
struct hat_refused_view {
    struct str title; /* source text; empty: not one of the account's own */
    struct str of;
    struct day last;
};
extern const struct form hat_form;
int hats_get(struct req *q, struct res *s, struct err *e);
int hat_prepare(struct req *q, struct err *e);
int hat_write(struct req *q, struct tx *tx, struct err *e);
int hat_reply(struct req *q, struct res *s, struct err *e);

/* my_data.c */
int my_data_get(struct req *q, struct res *s, struct err *e);

/* sign_out.c */
int sign_out_write(struct req *q, struct tx *tx, struct err *e);
int sign_out_everywhere_write(struct req *q, struct tx *tx, struct err *e);
int sign_out_reply(struct req *q, struct res *s, struct err *e);

/* pages.c */
int front_get(struct req *q, struct res *s, struct err *e);
int home_get(struct req *q, struct res *s, struct err *e);
int sessions_get(struct req *q, struct res *s, struct err *e);
int session_end_write(struct req *q, struct tx *tx, struct err *e);
int session_end_reply(struct req *q, struct res *s, struct err *e);

/* admin.c */
extern const struct form account_form, grant_form, grant_end_form, account_switch_form;
struct field_view role_field(struct html *h, const struct app *app); /* a list of all modules' roles */
struct field_view agency_field(struct html *h, const struct account_view *v);
int accounts_get(struct req *q, struct res *s, struct err *e);
int account_new_get(struct req *q, struct res *s, struct err *e);
int account_get(struct req *q, struct res *s, struct err *e);
int account_new_write(struct req *q, struct tx *tx, struct err *e);
int account_reply(struct req *q, struct res *s, struct err *e);
int account_invite_write(struct req *q, struct tx *tx, struct err *e);
int account_invite_reply(struct req *q, struct res *s, struct err *e);
int account_switch_write(struct req *q, struct tx *tx, struct err *e);
int grant_add_prepare(struct req *q, struct err *e);
int grant_add_write(struct req *q, struct tx *tx, struct err *e);
int grant_end_write(struct req *q, struct tx *tx, struct err *e);

#endif
