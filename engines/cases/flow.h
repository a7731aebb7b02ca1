/* flow.h: the way of a case as a table: states, and moves between them. Flows are files of the pack (flows/NAME.json) which are read
 * strictly and checked as a graph before a case may follow one; the form is in README.md.
 *
 * A flow that cases follow never changes: a changed file carries a higher version, and the store keeps the earlier ones.
 */
#ifndef BON_ENGINES_CASES_FLOW_H
#define BON_ENGINES_CASES_FLOW_H

#include "base/buf.h"
#include "base/err.h"
#include "engines/cases/clock.h"

enum { FLOW_BYTES = 128 << 10, FLOW_STATES_MAX = 40, FLOW_MOVES_MAX = 120 };

/* Whose turn it is; at the same time who may make a move. */
enum case_owner { OWNER_ONE_STOP, OWNER_SPECIALIST, OWNER_APPROVER, OWNER_CITIZEN, OWNERS_ };
enum case_flow_clock { FLOW_NONE, FLOW_RUN, FLOW_STOP, FLOW_END, FLOW_CLOCKS_ };
enum case_effect { EFFECT_NONE, EFFECT_START, EFFECT_STOP, EFFECT_RESUME, EFFECT_END, EFFECTS_ };
/* Forms 01 to 05 of TT 01/2018/TT-VPCP, and what was applied for. */
enum case_paper_kind {
    PAPER_NONE,
    PAPER_RECEIPT,    /* 01 giấy tiếp nhận hồ sơ và hẹn trả kết quả */
    PAPER_SUPPLEMENT, /* 02 phiếu yêu cầu bổ sung, hoàn thiện hồ sơ */
    PAPER_REFUSAL,    /* 03 phiếu từ chối giải quyết hồ sơ */
    PAPER_APOLOGY,    /* 04 phiếu xin lỗi và hẹn lại ngày trả kết quả */
    PAPER_CONTROL,    /* 05 phiếu kiểm soát quá trình giải quyết hồ sơ */
    PAPER_RESULT,
    PAPER_KINDS_
};

struct case_flow_state {
    struct str id, label, citizen; /* citizen: how the applicant reads it */
    enum case_flow_clock clock;
    enum case_owner owner;
    int national;          /* status code of the national portal, 1 to 10 */
    struct str function;   /* of a chain: the legal function whose holder has it now; empty: the service's */
    struct str unit_level; /* of a chain: "commune", "province"; empty: the service's */
};
struct case_flow_move {
    struct str id, label;
    size_t *from;
    size_t n_from, to;
    enum case_owner role;
    enum case_effect effect;
    enum clock_stop stop; /* of EFFECT_STOP */
    enum case_paper_kind paper;
    bool reason;      /* must be given */
    bool once;        /* at most once in the life of a case */
    bool citizen_may; /* the applicant may make it as well */
    int share_days;   /* -1: no hand-over; else days of the agency that gets it */
};
struct case_flow {
    struct str name, title;
    int version;
    struct case_flow_state *state; /* [0] is where a case begins */
    size_t n_states;
    struct case_flow_move *move;
    size_t n_moves;
    struct str body; /* the file, as canonical JSON */
};

/* Reads and checks. file: for messages. Refuses by name: unknown key, unknown word, id twice, unknown state, a state that cannot be
 * reached or has no way to an end, an effect that does not fit the clocks of its states. */
int case_flow_read(struct arena *a, struct str file, struct str json, struct case_flow *out, struct err *e);
/* The graph alone. */
int case_flow_check(struct arena *a, const struct case_flow *f, struct err *e);

/* NULL: none of that name. */
const struct case_flow_state *case_state_named(const struct case_flow *f, struct str id);
const struct case_flow_move *case_move_named(const struct case_flow *f, struct str id);
bool case_move_leaves(const struct case_flow *f, const struct case_flow_move *m, const struct case_flow_state *s);
/* The effect that fits a move between these clocks; false: there is none (an end is left, a stop before the start). */
bool case_effect_between(enum case_flow_clock from, enum case_flow_clock to, enum case_effect *out);

struct str case_owner_name(enum case_owner o);     /* "one_stop", as files and rows write it */
struct str case_owner_label(enum case_owner o);    /* MSG: "Bộ phận một cửa" */
enum case_owner case_owner_named(struct str name); /* OWNERS_: none */
struct str case_paper_name(enum case_paper_kind k);
struct str case_paper_label(enum case_paper_kind k); /* MSG */

#endif
