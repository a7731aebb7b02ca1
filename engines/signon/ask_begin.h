/* ask_begin.h: the first half of a question: a program asks, and gets a handle to come back with. */
#ifndef BON_ENGINES_SIGNON_ASK_BEGIN_H
#define BON_ENGINES_SIGNON_ASK_BEGIN_H

#include "engines/signon/ask.h"
#include "engines/signon/client_auth.h"

#define GRANT_DEVICE  "urn:ietf:params:oauth:grant-type:device_code"
#define GRANT_COUNTER "urn:openid:params:grant-type:ciba"

struct ask_begun {
    struct client_proof proof;
    enum ask_kind kind;
    struct str handle, scope;
    struct hash32 key;
    struct str user_code; /* a device's; STR_NONE: none */
    struct str message;   /* a counter's; STR_NONE: none */
    int64_t account;      /* who is asked; 0: whoever types the code */
    int64_t assurance, lives_s;
};

/* Who asks, whether it may, for which scopes; makes the handle. */
int ask_begin(struct req *q, struct ask_begun *w, struct str grant, struct err *e);
/* At the door: the row and its record. */
int ask_keep(struct req *q, struct tx *tx, const struct ask_begun *w, struct err *e);

/* device.c */
extern const struct form device_begin_form;
int device_begin_prepare(struct req *q, struct err *e);
int device_begin_write(struct req *q, struct tx *tx, struct err *e);
int device_begin_reply(struct req *q, struct res *s, struct err *e);

/* counter.c */
extern const struct form counter_form;
int counter_prepare(struct req *q, struct err *e);
int counter_write(struct req *q, struct tx *tx, struct err *e);
int counter_reply(struct req *q, struct res *s, struct err *e);

#endif
