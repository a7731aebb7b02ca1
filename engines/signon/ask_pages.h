/* ask_pages.h: what the pages of questions show, and the handlers that routes name. */
#ifndef BON_ENGINES_SIGNON_ASK_PAGES_H
#define BON_ENGINES_SIGNON_ASK_PAGES_H

#include "engines/signon/ask.h"
#include "engines/signon/pages.h"

struct ask_view {
    int64_t id;
    struct str app, owner, purpose, legal_basis; /* who asks, and what for */
    struct str code;                             /* a device's code as it is shown; empty at a counter */
    struct str message;                          /* a counter's message; empty for a device */
    struct asked_scopes scopes;
    struct instant at, until;
    struct str step_up_href; /* not empty: this session may not answer yet */
    struct str key;
};

struct asks_view {
    VEC(struct ask_view) asks;
    struct str key;
};

/* device_page.c */
extern const struct form device_form, device_answer_form;
int device_get(struct req *q, struct res *s, struct err *e);
int device_prepare(struct req *q, struct err *e);
int device_write(struct req *q, struct tx *tx, struct err *e);
int device_reply(struct req *q, struct res *s, struct err *e);
int device_answer_write(struct req *q, struct tx *tx, struct err *e);
int device_answer_reply(struct req *q, struct res *s, struct err *e);

/* confirm_page.c */
extern const struct form confirm_form;
int confirmations_get(struct req *q, struct res *s, struct err *e);
int confirmations_live(struct req *q, struct res *s, struct err *e);
int confirm_prepare(struct req *q, struct err *e);
int confirm_write(struct req *q, struct tx *tx, struct err *e);

/* ask_answer.c: shared by both */
/* Who asks, in the reader's language, and what the app will know. */
int ask_describe(struct req *q, struct str client, struct str scope, struct ask_view *v, struct err *e);
int ask_answered_reply(struct req *q, struct res *s, struct err *e);

#endif
