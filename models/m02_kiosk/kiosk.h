/* kiosk.h: what this model's files share: the place (which kiosk, what it can finish), one person's session and what it holds. */
#ifndef BON_MODELS_KIOSK_H
#define BON_MODELS_KIOSK_H

#include "engines/cases/cases.h"
#include "engines/edge/edge.h"
#include "engines/payments/payments.h"
#include "engines/services/services.h"
#include "engines/sources/sources.h"
#include "gen/kiosk_queries.h"
#include "platform/html/components.h"

#define KIOSK_COOKIE "bon_kiosk"
#define KIOSK_MODEL  "KB-MAU" /* in a simulated site a browser may stand in for the kiosk of this name */

enum {
    KIOSK_IDLE_S = 60,   /* until the screen forgets; a third of it is counted down aloud */
    KIOSK_WARN_S = 20,
    KIOSK_PAY_IDLE_S = 150, /* while somebody looks at the telephone that pays; the screen shows a sum and nothing of a person */
    KIOSK_LEFT_S = 180,  /* a session that nobody ended is forgotten by the server */
    KIOSK_HELD_MAX = 128 * 1024
};

/* ---- the place ---- */
struct kiosk_place {
    struct edge_device device;
    struct edge_health health;
    bool prints, reads;
    bool boxed; /* asked for through the program on the kiosk, which knows of a card in the reader */
};
int kiosk_place_of(struct req *q, struct kiosk_place *out, struct err *e);

/* ---- papers from their sources: sources.c ---- */
struct kiosk_sources {
    struct source_desk desk;
    source_takes takes;
    const struct source_take *open; /* the first that is still to be chosen for; NULL: none, the case may be filed */
    bool declare, cached;           /* what may be chosen, so that none stays open */
};
/* For a case that is ready but for these papers: asks, takes the way out that was pressed ("way"), and adds the papers. Nobody whom the
 * register knows: nothing. */
int kiosk_sources_ask(struct req *q, const struct service_answers *answers, struct case_new *file, struct kiosk_sources *out,
                      struct err *e);
/* Who was asked about stands on the log, also when nothing is filed yet. At the door. */
int kiosk_sources_record(struct req *q, struct tx *tx, const struct kiosk_sources *s, struct str device, struct err *e);

/* ---- the session ---- */
/* All that is known of the person at the kiosk; as JSON, sealed, in the session's row. */
struct kiosk_held {
    struct str name, pid, born; /* as read or typed; born as 1990-02-01 */
    int level;                  /* enum evidence_level */
    int64_t version;            /* service version chosen, 0: none */
    struct str answers;         /* canonical JSON of its answers */
    int64_t case_id;            /* what was filed, or looked up with its code; 0: nothing */
    struct str number, code;    /* code only until the session ends: it is shown once */
};
struct kiosk_session {
    int64_t id;
    struct str token;
    bool covered;
    struct kiosk_held held;
};
/* 1 an open one, 0 none (never begun, ended, or idle for too long), -1 */
int kiosk_session_of(struct req *q, const struct kiosk_place *p, struct kiosk_session *out, struct err *e);
/* …or ERR_CONFLICT with a sentence that leads to the start; a covered one too. */
int kiosk_session_need(struct req *q, const struct kiosk_place *p, struct kiosk_session *out, struct err *e);
/* In the write. A session with id 0 is begun under s->token (token_new on the worker). */
int kiosk_session_keep(struct req *q, struct tx *tx, const struct kiosk_place *p, struct kiosk_session *s, struct err *e);
void kiosk_session_cookie(struct req *q, struct res *s, const struct kiosk_session *k);
/* Forgets: the row keeps no more than a hash, which also stands on the log ("kiosk.forgot", line "máy đã quên"). */
int kiosk_session_forget(struct tx *tx, const struct app *app, struct arena *a, int64_t session, const char *how, struct err *e);

/* ---- what all pages need ---- */
struct kiosk_bar {
    struct kiosk_place place;
    struct str key;
    bool begun, covered;
    int64_t idle_s, warn_s;
};
/* Reads place and session; s->id 0 when there is none. Sets the headers by which no page is kept. */
int kiosk_open(struct req *q, struct res *s, struct kiosk_bar *bar, struct kiosk_session *session, struct err *e);

/* ---- filing ---- */
/* Is there anything in this service that a kiosk cannot do; MSG, or empty. */
struct str kiosk_cannot(const struct service_def *def);
int kiosk_answers(struct req *q, const struct kiosk_held *held, struct service_answers *out, struct err *e);
/* The same person and answers as a new case; complete or refused. */
int kiosk_case_new(const struct app *app, struct dbr *r, struct arena *a, const struct kiosk_held *held,
                   const struct service_answers *answers, const struct edge_device *d, struct case_new *out, struct err *e);
int kiosk_identify(struct req *q, struct str text, struct str name, struct str born, struct kiosk_held *held, struct err *e);

/* In the write that makes the case: this page was handed in. page_key: the form's own "_key". ERR_CONFLICT: it was before. */
int kiosk_filed_keep(struct tx *tx, struct arena *a, int64_t device, struct str page_key, int64_t case_id, struct err *e);
int kiosk_filed_find(struct dbr *r, struct arena *a, int64_t device, struct str page_key, int64_t *case_id, struct err *e); /* 1 0 -1 */

/* ---- labels in other languages of the province ---- */
struct kiosk_label {
    struct str key, lang, text; /* "ticket", "Ê Đê", … */
};
struct kiosk_labels {
    struct kiosk_label *v;
    size_t n;
};
int kiosk_labels_read(struct arena *a, struct str csv, struct kiosk_labels *out, struct err *e);
const struct kiosk_labels *kiosk_labels_of(const struct app *app);
int kiosk_start(struct app *app, struct err *e);

/* ---- jobs, measures, seed ---- */
int kiosk_forget_left(const struct app *app, struct arena *a, struct instant now, int64_t *forgotten, struct err *e);
int kiosk_replay_all(const struct app *app, struct arena *a, struct instant now, int64_t *done, struct err *e);
int kiosk_seed(struct app *app, const struct seed_world *w, struct err *e);
extern const struct job kiosk_jobs[];
extern const struct measure kiosk_measures[];
int kiosk_money_main(struct cli *c, struct err *e); /* bon kiosk money */
extern const struct cli_command kiosk_commands[];

#endif
