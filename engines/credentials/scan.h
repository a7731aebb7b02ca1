/* scan.h: the two sides of signing a desk in with a telephone: the desk (scan_desk.c) and the telephone (scan_phone.c). */
#ifndef BON_ENGINES_CREDENTIALS_SCAN_H
#define BON_ENGINES_CREDENTIALS_SCAN_H

#include "engines/credentials/credentials_pages.h"

enum { SCAN_S = 120, SCANS_MOST = 20 /* of one address in a quarter of an hour */, SCAN_CHOICES = 3 };

enum scan_state { SCAN_WAITING, SCAN_ACCEPTED, SCAN_REFUSED, SCAN_OVER };

struct scan_view {
    enum scan_state state;
    struct str link; /* in the QR code */
    int64_t number;
    struct str who;  /* who has accepted */
    struct str next;
};

struct scan_phone_view {
    struct str token, key;
    bool usable;
    struct str device; /* source text */
    struct str remote;
    struct instant made_at;
    int64_t numbers[SCAN_CHOICES]; /* one of them stands on the desk's screen */
};

struct str scan_topic(struct arena *a, int64_t id); /* told when the telephone has answered */

/* scan_desk.c */
extern const struct form scan_ask_form;
int scan_start_write(struct req *q, struct tx *tx, struct err *e);
int scan_start_reply(struct req *q, struct res *s, struct err *e);
int scan_get(struct req *q, struct res *s, struct err *e);
int scan_live(struct req *q, struct res *s, struct err *e);
int scan_finish_write(struct req *q, struct tx *tx, struct err *e);
int scan_finish_reply(struct req *q, struct res *s, struct err *e);

/* scan_phone.c */
extern const struct form scan_answer_form;
int scan_phone_get(struct req *q, struct res *s, struct err *e);
int scan_answer_write(struct req *q, struct tx *tx, struct err *e);
int scan_answer_reply(struct req *q, struct res *s, struct err *e);

#endif
