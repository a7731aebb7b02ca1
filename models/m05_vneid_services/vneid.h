/* vneid.h: shared by the files of model 5: services offered inside VNeID. What VNeID says comes signed and once; what it is told goes out
 * in order, under numbers it knows again; every night both lists are laid side by side. README.md has the contract.
 *
 * No technical document of VNeID's is public: which claim is what, what a state is called there, which services are offered and what each
 * door can do are files of the pack (vneid-*.csv); who signs is the configuration of engines/broker.
 */
#ifndef BON_MODELS_VNEID_SERVICES_H
#define BON_MODELS_VNEID_SERVICES_H

#include "engines/broker/provider.h"
#include "engines/cases/cases.h"
#include "engines/services/services.h"
#include "gen/vneid_services_queries.h"
#include "platform/jobs/jobs.h"

#define VNEID            STR("vneid") /* the upstream, and our name among those who follow cases */
#define VNEID_MAY_OPEN   "vneid.open"
#define VNEID_MAY_DUTY   "vneid.duty"
#define VNEID_MAY_SWITCH "vneid.switch"
#define VNEID_OFFICER    STR("integration_officer")

/* ---- the channel as data: channel.c ---- */
struct vneid_claim {
    struct str word, claim, label; /* "applicant.name", "HoVaTen", "Họ và tên" */
};
struct vneid_state {
    struct day from;
    int national;             /* status code in the flows, 1 to 10 */
    struct str theirs, label; /* "DANG_XU_LY" */
    bool confirmed;
};
struct vneid_listed {
    struct str code;
    int level; /* of identification that the service needs */
    struct day from;
};
enum vneid_can { CAN_NO, CAN_PART, CAN_YES, CANS_ };
enum vneid_door { DOOR_VNEID, DOOR_APP, DOOR_WEB, DOOR_KIOSK, DOORS_ };
struct vneid_feature {
    struct str name, note;
    enum vneid_can can[DOORS_];
};
struct vneid_channel {
    VEC(struct vneid_claim) claims;
    VEC(struct vneid_state) states;
    VEC(struct vneid_listed) services;
    VEC(struct vneid_feature) features;
    struct str base;             /* where VNeID takes what it is told; empty: not connected */
    int64_t failures;            /* of the push job alone: questions in a row without an answer */
    struct instant closed_until; /* … nobody asks before */
};
struct vneid_channel *vneid_channel(const struct app *app);
int vneid_start(struct app *app, struct err *e);
/* What a state of ours is called there on that day, and back; NULL: the map has none. */
const struct vneid_state *vneid_state_on(const struct vneid_channel *c, int national, struct day on);
const struct vneid_state *vneid_state_called(const struct vneid_channel *c, struct str theirs, struct day on);
struct str vneid_door_label(enum vneid_door d); /* MSG; so is the next */
struct str vneid_can_label(enum vneid_can can);
enum tag_kind vneid_can_tag(enum vneid_can can);

/* ---- which services are offered: offered.c ---- */
enum vneid_service_state {
    VNEID_OFFERED,
    VNEID_SWITCHED_OFF,
    VNEID_NOT_YET, /* from a later day */
    VNEID_NOT_LISTED,
    VNEID_NO_SERVICE, /* not in force that day */
    VNEID_UNFINISHED, /* its form cannot be finished there: something must be brought to a counter */
    VNEID_SERVICE_STATES_
};
struct vneid_service {
    struct str code, name, reason, by_name; /* reason, by_name: of the switch; empty: as the pack has it */
    int level;
    enum vneid_service_state state;
    const struct service_def *def; /* NULL: VNEID_NO_SERVICE */
    struct instant at;             /* of the switch; us = 0: never */
};
struct str vneid_service_state_label(enum vneid_service_state s); /* MSG */
struct str vneid_service_state_say(enum vneid_service_state s);   /* MSG: to whoever wanted to use it */
/* As it stands at the end of that day. */
int vneid_service_on(const struct app *app, struct dbr *r, struct arena *a, struct str code, struct day on,
                     struct vneid_service *out, struct err *e);
/* Can all of this version be done in VNeID? */
bool vneid_can_finish(const struct vneid_channel *c, const struct service_def *def);

/* ---- claims about somebody who is about to come: claims.c, pure ---- */
enum { VNEID_SKEW_S = 60, VNEID_TOKEN_AGE_S = 300, VNEID_TEXT_MAX = 300 };
#define VNEID_LINK_TYPE   STR("vneid-link+jwt")
#define VNEID_EVENTS_TYPE STR("vneid-events+jwt")
struct vneid_claims {
    struct str issuer, subject, service, known, name;
    struct pid pid;
    int level;
    struct hash32 token; /* of issuer and jti: taken once */
    struct instant until;
};
/* A token whose signature stands. A refusal names the claim in err.field. */
int vneid_claims_read(struct arena *a, const struct vneid_channel *c, const struct upstream *u, const struct jwt *t,
                      struct instant now, struct vneid_claims *out, struct err *e);

/* ---- what VNeID tells: told.c, pure ---- */
enum vneid_told_kind { TOLD_READ, TOLD_WITHDRAW, TOLD_SUPPLEMENT, TOLD_KINDS_ };
struct vneid_told {
    struct str id, number, of, words; /* of: key of the message that was read */
    enum vneid_told_kind kind;
    struct pid pid;
    struct instant at;
};
enum { VNEID_TOLD_MAX = 20 };
struct vneid_tellings {
    struct vneid_told v[VNEID_TOLD_MAX];
    size_t n;
};
int vneid_told_read(struct arena *a, const struct upstream *u, const struct jwt *t, struct instant now,
                    struct vneid_tellings *out, struct err *e);
struct str vneid_told_name(enum vneid_told_kind k); /* "read" */

/* ---- what VNeID is told: feed.c, message.c, push.c ---- */
enum vneid_kind { SAY_STATUS, SAY_RESULT, SAY_NOTICE, SAY_PAYMENT, SAY_WHOLE, SAY_KINDS_ };
enum vneid_out_state { OUT_WAITS, OUT_HELD, OUT_TAKEN, OUT_REFUSED, OUT_SUPERSEDED };
#define VNEID_GAP "gap"                        /* of a message that waits: VNeID lacks what came before it */
struct str vneid_kind_name(enum vneid_kind k); /* "status" */
struct vneid_message {
    enum vneid_kind kind;
    int64_t sequence;
    int national;
    struct str key, number, theirs, words, result, mode, source;
    struct pid pid;
    struct instant at;
    struct money paid;
};
/* CloudEvents 1.0 in JSON. */
struct str vneid_message_json(struct arena *a, const struct vneid_message *m);
enum vneid_answer { ANSWER_NONE, ANSWER_TAKEN, ANSWER_GAP, ANSWER_REFUSED };
struct vneid_answered {
    enum vneid_answer answer;
    struct str text; /* VNeID's number, or why it refused */
};
/* The answer to a batch: what it says to each of these keys. ERR_INPUT: not of the agreed shape. */
int vneid_answer_read(struct arena *a, struct str json, const struct str *keys, size_t n, struct vneid_answered *out,
                      struct err *e);

int vneid_feed_job(struct job_run *j, struct err *e);
int vneid_push_job(struct job_run *j, struct err *e);
/* The whole of a case once more, whatever VNeID has of it; what still waits of it is in that. At the door. */
int vneid_say_whole(struct tx *tx, const struct case_by *by, int64_t case_id, struct str key, struct err *e);
/* The hash of the case's result paper; empty: none yet. */
int vneid_result_of(struct dbr *r, struct arena *a, int64_t case_id, struct str *hash, struct err *e);
/* A token of ours for VNeID over these bytes. */
int vneid_own_token(struct app *app, struct arena *a, struct instant now, struct str body, struct str *token, struct err *e);

/* ---- both lists: compare.c (pure), reconcile.c ---- */
enum vneid_diff_kind { DIFF_MISSING_THERE, DIFF_MISSING_HERE, DIFF_STATE, DIFF_RESULT, DIFF_REFUSED, DIFF_KINDS_ };
struct str vneid_diff_label(enum vneid_diff_kind k); /* MSG */
struct vneid_ours {
    struct str number, theirs, result, answer; /* theirs: our state in their word */
    int64_t case_id;
    bool waits, refused;
};
struct vneid_theirs {
    struct str number, state, result;
};
struct vneid_theirs_list {
    VEC(struct vneid_theirs) v;
    struct str next; /* the next page begins after it; empty: the last page */
    bool simulated;
};
int vneid_theirs_read(struct arena *a, struct str json, struct vneid_theirs_list *out, struct err *e);
struct vneid_difference {
    enum vneid_diff_kind kind;
    struct str number, ours, theirs;
    int64_t case_id;
};
struct vneid_comparison {
    VEC(struct vneid_difference) v;
    int64_t same, on_way;
};
/* Both by number, ascending. What is still under way from here is no difference. */
void vneid_compare(struct arena *a, const struct vneid_ours *ours, size_t n_ours, const struct vneid_theirs *theirs,
                   size_t n_theirs, struct vneid_comparison *out);

struct vneid_run_result {
    int64_t ours, theirs, same, on_way, found, new_found;
};
/* The same in two parts, for a page: ask and compare (waits for VNeID), then what comes of it, at the door. */
struct vneid_run;
int vneid_run_compare(struct app *app, struct arena *a, struct day day, struct instant now, struct vneid_run **out,
                      struct err *e);
int vneid_run_keep(struct tx *tx, struct vneid_run *w, const struct audit_record *by, struct err *e);
int vneid_reconcile(struct app *app, struct arena *a, struct day day, struct instant now, struct vneid_run_result *out,
                    struct err *e);
int vneid_reconcile_job(struct job_run *j, struct err *e);

extern const struct measure vneid_measures[];
extern const struct metric vneid_metrics[];
extern const struct cli_command vneid_commands[];

#endif
