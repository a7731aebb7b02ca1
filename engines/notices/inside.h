/* inside.h: shared by the files of this engine. */
#ifndef BON_ENGINES_NOTICES_INSIDE_H
#define BON_ENGINES_NOTICES_INSIDE_H

#include "engines/notices/notices.h"
#include "gen/notices_queries.h"

/* Where messages go out: notices.conf of the data directory, lines "sms = http://…", "smtp = smtp://…", "from = name@…". An empty address:
 * that channel waits. */
struct notices_state {
    struct str sms, smtp, from;
};
struct notices_state *notices_state(const struct app *app);
int notices_start(struct app *app, struct err *e);

/* ---- carriers: wire.c. Each answers 0 taken, 1 try again later, -1 never (refused as it is). ---- */
struct notice_message {
    int64_t id;
    struct str to, text;
};
int notice_sms_send(struct arena *a, struct str base, const struct notice_message *m, struct str *carrier_no, struct str *why);
/* 1 it is known what became of it, 0 not yet. */
int notice_sms_ask(struct arena *a, struct str base, struct str carrier_no, bool *delivered, struct str *why);
int notice_mail_send(struct arena *a, struct str smtp, struct str from, const struct notice_message *m, struct str *why);

int notices_send_job(struct job_run *j, struct err *e);
int notices_ask_job(struct job_run *j, struct err *e);

/* ---- pages ---- */
struct notices_view {
    struct notice_rows_rows rows;
    struct notice_out_of_rows out;
    struct notice_contact contact;
    struct str key;
};
extern const struct form notice_contact_form;
int notices_unread(struct req *q, int64_t *n, struct err *e);
int notices_get(struct req *q, struct res *s, struct err *e);
int notices_seen_write(struct req *q, struct tx *tx, struct err *e);
int notices_contact_prepare(struct req *q, struct err *e);
int notices_contact_write(struct req *q, struct tx *tx, struct err *e);
int notices_reply(struct req *q, struct res *s, struct err *e);

extern const struct cli_command notices_commands[];

#endif
