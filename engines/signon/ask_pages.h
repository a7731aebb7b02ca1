/* ask_pages.h: what the pages of questions show, and the handlers that routes name. */
#ifndef BON_ENGINES_SIGNON_ASK_PAGES_H
#define BON_ENGINES_SIGNON_ASK_PAGES_H

#include "engines/signon/ask.h"
#include "platform/html/components.h"

struct ask_view {
    int64_t id;
    struct str client, owner; /* who asks: the app's name and the agency behind it */
    struct str code;          /* a device's code as it is shown; empty at a counter */
    struct str message;       /* a counter's message; empty for a device */
    VEC(struct str) scopes;   /* what the app will know: source texts */
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
void ask_scopes(struct arena *a, struct str scope, struct ask_view *v); /* the words for each */
int ask_answered_reply(struct req *q, struct res *s, struct err *e);

#endif
