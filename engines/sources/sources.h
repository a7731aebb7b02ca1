/* sources.h: papers that nobody brings: what a service wants to see is asked from where it lies: the register of people ("dancu"),
 * results of earlier cases of the same person ("vault"), another system ("hotich", "bhxh" …). Each answer is kept with its hash,
 * source, time and mark of mode until it becomes a paper of the case.
 *
 * A source that does not answer is a choice that the applicant sees (NĐ 45/2020/NĐ-CP, NĐ 107/2021/NĐ-CP: no office asks for a
 * paper that data replaces): wait for it, use the last answer with its age, or declare now and be checked later. Which of them a paper
 * offers is data of the service; how old an answer may be is data of the province. "Bring the paper" is never among them.
 *
 * Sources are asked about the applicant only, once the register knows who that is: never about somebody who was merely named.
 */
#ifndef BON_ENGINES_SOURCES_H
#define BON_ENGINES_SOURCES_H

#include "engines/cases/cases.h"
#include "engines/services/services.h"

#define SOURCE_REGISTER STR("dancu")
#define SOURCE_VAULT    STR("vault")

enum source_state {
    SOURCE_HERE,         /* the source has said it */
    SOURCE_CACHED,       /* chosen: as it was when last asked */
    SOURCE_DECLARED,     /* chosen: the applicant says so, to be checked later */
    SOURCE_WAITS,        /* chosen: not sent before the source is back */
    SOURCE_DOWN,         /* no good answer: to be chosen. So are the next two */
    SOURCE_OTHER_PERSON, /* it spoke of somebody else: refused */
    SOURCE_NOTHING,      /* it answers, and has nothing about this person */
    SOURCE_UNASKED,
    SOURCE_STATES_
};
struct str source_state_label(enum source_state s);                               /* MSG */
struct str source_label(const struct app *app, struct str system, struct day on); /* data: "Cơ sở dữ liệu hộ tịch" */

/* One filing, before it is sent. */
struct source_desk {
    const struct app *app;
    struct arena *arena;
    struct str holder; /* "draft/17": what the answers are kept under */
    int64_t account;   /* told when a source is back; 0: nobody */
    struct str path;   /* where it goes on */
    int64_t person;    /* register entry of the applicant; 0: not known, then nothing is asked */
    const struct service_answers *answers;
};
struct source_take {
    const struct service_paper *paper;
    struct str system, label;
    enum source_state state;
    struct str question; /* canonical JSON */
    struct str body;     /* canonical JSON, or empty */
    struct str mode;
    struct instant as_of, asked_at; /* us = 0: not yet */
    unsigned offers;                /* SERVICE_WAIT … while it is to be chosen */
    struct instant kept_as_of;      /* of the last good answer; us = 0: none, or older than is allowed */
    bool too_old;                   /* there is one, and it is */
};
typedef VEC(struct source_take) source_takes;

/* The papers of this form that come from a source, each with what has been said so far. */
int sources_of(struct dbr *r, const struct source_desk *d, struct instant now, source_takes *out, struct err *e);
bool sources_to_ask(const source_takes *all,
                    struct instant now); /* something is asked for the first time, or again after a while */
bool sources_far(const source_takes *all,
                 struct instant now); /* … and another system is among them: whoever asks must be able to wait */
bool source_is_open(const struct source_take *t); /* neither here nor chosen */
const struct source_take *sources_open(const source_takes *all); /* the first that is neither here nor chosen; NULL: none */
/* Asks what is to be asked. Waits for other systems: no read transaction of the caller's may be open. What comes of it stands in the takes;
 * fails only when the store does. */
int sources_ask(const struct source_desk *d, struct instant now, source_takes *all, struct err *e);
/* Keeps what was asked just now, and puts on the log who was asked about: the applicant sees it. */
int sources_keep(struct tx *tx, const struct audit_record *by, const struct source_desk *d, const source_takes *all,
                 struct err *e);

/* The record alone: where nothing may be left behind until a case is filed (kiosks). */
int sources_record(struct tx *tx, const struct audit_record *by, const struct source_desk *d, const source_takes *all, struct err *e);

/* What somebody chose for one paper, by the words of the form below. ERR_INPUT, ERR_CONFLICT with a sentence. */
struct source_choice {
    const struct source_take *take;
    enum source_state state; /* SOURCE_UNASKED: ask again */
};
int sources_choice(const source_takes *all, struct str slot, struct str word, struct source_choice *out, struct err *e);
/* What becomes of the paper by that choice, without a row; out may be the take itself. */
int sources_apply(struct dbr *r, const struct source_desk *d, const struct source_choice *c, struct instant now,
                  struct source_take *out, struct err *e);
int sources_choose(struct tx *tx, const struct source_desk *d, const struct source_choice *c, struct err *e);

/* As papers of the case; out has room for all->n. */
size_t sources_papers(const source_takes *all, int level, struct case_paper_new *out);
int sources_drop(struct tx *tx, struct str holder, struct err *e);

/* Asks again for those that wait, of holders with this beginning ("draft/"); back: in the transaction that keeps the answer, once each. */
struct source_back {
    struct str holder, path, paper, label;
    int64_t account;
};
typedef int source_back_fn(struct tx *tx, void *ctx, const struct source_back *b, struct err *e);
int sources_retry(struct job_run *j, struct str holders, source_back_fn *back, void *ctx, struct err *e);

/* ---- outages that somebody has announced ---- */
struct source_outages {
    struct {
        struct str system, reason, by_name;
        struct instant since;
    } * v;
    size_t n;
};
int sources_outages(struct dbr *r, struct arena *a, struct source_outages *out, struct err *e);
int sources_outage_begin(struct tx *tx, struct str system, struct str reason, struct str by_name, struct err *e);
int sources_outage_end(struct tx *tx, struct str system, struct err *e);

/* ---- pages ---- */
extern const struct form source_choice_form; /* slot, choice: "wait", "cached", "declare", "again" */
struct source_value {
    struct str name, value;
};
struct source_values {
    struct source_value *v;
    size_t n;
};
struct source_values source_values_of(struct arena *a, struct str body); /* of a snapshot, to be shown */
struct field_view source_choice_field(struct html *h, const struct source_take *t, int64_t row);
enum tag_kind source_state_tag(enum source_state s);
struct str source_member_label(struct str member); /* MSG, or the member itself */
/* What is known of one paper, and the choice when there is one; to stand in a page. action: where the choice is posted. */
void sources_draw_take(struct html *h, const struct source_take *t, struct str action, struct str key, int64_t row);

extern const struct module sources_module;

#endif
