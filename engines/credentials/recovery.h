/* recovery.h: shared by the two sides of a recovery: the officers' desk (recovery_desk.c) and the person's link (recovery_person.c). */
#ifndef BON_ENGINES_CREDENTIALS_RECOVERY_H
#define BON_ENGINES_CREDENTIALS_RECOVERY_H

#include "engines/credentials/credentials_pages.h"
#include "engines/identity/identity.h"

#define RECOVERY_MAY "account.recover"
#define RECOVERY_PURPOSE MSGS("Lấy lại tài khoản tại quầy")

enum {
    RECOVERY_CONFIRM_HOURS = 4, /* the second officer confirms while the person is there */
    RECOVERY_USE_HOURS = 24,    /* the person sets a password */
    RECOVERY_TRIES = 5,         /* at the code; then the link is dead */
    RECOVERY_DIGITS = 8,
};
enum recovery_fit { FIT_NOTHING, FIT_SAME, FIT_OTHER };

/* Voids everything the account could be opened with, and ends its sessions. */
int account_close_ways(struct tx *tx, int64_t account, struct err *e);

/* The code's hash as the store has it. In a slow route's prepare. */
int recovery_code_hash(struct req *q, struct str code, struct hash32 *hash, struct err *e);

struct recoveries_view {
    struct recoveries_open_rows open;
    struct reports_open_rows reports;
    struct str key;
};

struct recovery_view {
    struct recovery_by_id_row r;
    struct str key;
    bool mine;  /* begun by the reader, who therefore cannot confirm it */
    bool over;  /* used, called off or too late */
    struct str code, link; /* shown once, each to its officer */
};

struct recover_view {
    struct str token, name, login, key;
    bool usable;
};

struct str recovery_evidence(const struct recovery_by_id_row *r); /* source text */
struct str recovery_evidence_of(int64_t level, int64_t source);   /* source text */

/* recovery_desk.c */
extern const struct form recovery_form, recovery_confirm_form;
int recoveries_get(struct req *q, struct res *s, struct err *e);
int recovery_new_get(struct req *q, struct res *s, struct err *e);
int recovery_start_prepare(struct req *q, struct err *e);
int recovery_start_write(struct req *q, struct tx *tx, struct err *e);
int recovery_start_reply(struct req *q, struct res *s, struct err *e);
int recovery_get(struct req *q, struct res *s, struct err *e);
int recovery_confirm_write(struct req *q, struct tx *tx, struct err *e);
int recovery_confirm_reply(struct req *q, struct res *s, struct err *e);
int recovery_end_write(struct req *q, struct tx *tx, struct err *e);
int recovery_end_reply(struct req *q, struct res *s, struct err *e);

/* recovery_person.c */
extern const struct form recover_form, trouble_form;
int recover_get(struct req *q, struct res *s, struct err *e);
int recover_prepare(struct req *q, struct err *e);
int recover_write(struct req *q, struct tx *tx, struct err *e);
int recover_reply(struct req *q, struct res *s, struct err *e);
int trouble_get(struct req *q, struct res *s, struct err *e);
int trouble_write(struct req *q, struct tx *tx, struct err *e);
int trouble_reply(struct req *q, struct res *s, struct err *e);
int trouble_done_write(struct req *q, struct tx *tx, struct err *e);

#endif
