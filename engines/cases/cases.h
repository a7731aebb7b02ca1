/* cases.h: the case (hồ sơ) from door to result: what was applied for, whose turn it is, when it is due and why, its papers, money,
 * words and steps. Counter, citizen portal, kiosk, paperless services and the VNeID channel are faces of this engine.
 *
 * NĐ 61/2018/NĐ-CP, NĐ 107/2021/NĐ-CP (one-stop desk, numbers, forms), TT 01/2018/TT-VPCP (forms 01 to 06), NĐ 45/2020/NĐ-CP.
 *
 * The way: case_submit -> case_move … -> the end. Both are writes: they change rows, write the audit record, the clock's event and the
 * event that others follow, in one transaction. A move names the revision that its maker saw; when somebody else was quicker it is
 * refused, and case_since says what happened meanwhile.
 */
#ifndef BON_ENGINES_CASES_H
#define BON_ENGINES_CASES_H

#include "engines/audit/audit.h"
#include "engines/cases/flow.h"

/* ---- words; all are kept in rows, the order is fixed ---- */
enum case_channel { CASE_ONLINE, CASE_COUNTER, CASE_KIOSK, CASE_VNEID, CASE_OFFLINE, CASE_CHANNELS_ };
enum case_party { CASE_PERSON, CASE_ORGANISATION, CASE_PARTIES_ };
enum case_acting { CASE_SELF, CASE_PROXY, CASE_GUARDIAN, CASE_ACTINGS_ };
enum case_payment { CASE_FREE, CASE_UNPAID, CASE_PAID, CASE_WAIVED, CASE_PAYMENTS_ };
enum case_delivery { CASE_ELECTRONIC, CASE_AT_COUNTER, CASE_BY_POST, CASE_DELIVERIES_ };
enum case_paper_given {
    CASE_SCAN,      /* a file of the applicant's */
    CASE_FETCHED,   /* a value from a source, now */
    CASE_CACHED,    /* … as it was when last asked: as_of says when */
    CASE_DECLARED,  /* the applicant says so, to be checked later */
    CASE_LOOKED_UP, /* an officer found it */
    CASE_SHEET,     /* paper, handed over at the counter */
    CASE_GIVENS_
};
struct str case_channel_label(enum case_channel c); /* MSG; so are the next */
struct str case_acting_label(enum case_acting a);
struct str case_payment_label(enum case_payment p);
struct str case_delivery_label(enum case_delivery d);
struct str case_given_label(enum case_paper_given g);
struct str case_channel_name(enum case_channel c); /* "online": as JSON and rows of other engines write it */

/* Who may what. A case lies in a unit, and its function is carried by the commune's own authority (agency none), the commune's police
 * (agency CASE_COMMUNE_POLICE) or an agency of the province. Whose turn it is says which right counts; case_may_work asks them. Routes
 * of the faces name the wide ones: CASE_MAY_READ for officers, CASE_MAY_OWN for citizens. */
#define CASE_COMMUNE_POLICE     "commune_police"
#define CASE_MAY_READ           "case.read"    /* every officer below, in the own place */
#define CASE_MAY_OWN            "case.own"     /* citizen: files and sees the own */
#define CASE_MAY_SEE            "case.see"     /* both: a page that asks case_may_read itself */
#define CASE_MAY_RECEIVE        "case.receive" /* one_stop_clerk: takes in, asks for more, hands over */
#define CASE_MAY_WORK           "case.work" /* commune_specialist; …_AGENCY agency_specialist; …_POLICE commune_police */
#define CASE_MAY_WORK_AGENCY    "case.work.agency"
#define CASE_MAY_WORK_POLICE    "case.work.police"
#define CASE_MAY_APPROVE        "case.approve" /* commune_approver, agency_approver, commune_police likewise */
#define CASE_MAY_APPROVE_AGENCY "case.approve.agency"
#define CASE_MAY_APPROVE_POLICE "case.approve.police"

/* ---- numbers ---- */
/* "24763.H16-231128-0001": identification code of the organ that receives, day, and the n-th of that organ on that day. */
enum { CASE_ORGAN_MAX = 35, CASE_NUMBER_MAX = 35 + 1 + 6 + 1 + 6 };
struct case_number {
    struct str organ;
    struct day day;
    int64_t n;
};
bool case_number_parse(struct arena *a, struct str text,
                       struct case_number *out); /* spaces around it and small letters are forgiven */
struct str case_number_str(struct arena *a, const struct case_number *n);
/* The code for following a case, "K7MQ-2XPA-9D": ten of 30 letters, shown once. Random: made before the write. */
struct str case_code_new(struct arena *a);

/* ---- filing ---- */
/* What a case keeps of the version of its service: all it needs from then on. */
struct case_service {
    struct str code, name, flow, function, unit_level; /* unit_level: "commune", "province" */
    int64_t version_id;
    int version, days;
    int same_day_before; /* minutes of the day, or -1: the province's late hour holds */
};
struct case_fee_line {
    struct str fee, label;
    struct money amount;
    bool confirmed;
};
struct case_paper_new {
    struct str slot, name;
    enum case_paper_given kind;
    struct str source, file_name;
    struct str bytes;      /* CASE_SCAN */
    struct str media_type; /* … and what case_paper_check made of it, on the worker */
    struct hash32 hash;
    struct str body;      /* of a value or a declaration: canonical JSON */
    struct instant as_of; /* us = 0: now */
    int level;
    struct str mode;      /* MÔ PHỎNG, THỬ, THẬT of the source; none: of this program */
};
struct case_offline_note { /* what a commune wrote down while it was cut off */
    struct str client;     /* empty: not offline */
    int64_t sequence;
    struct instant local_at;
    struct str evidence; /* counter, clock state and signature as the client gave them */
};
struct case_new {
    struct case_service service;
    struct unit_code unit; /* commune; for services of the province any commune or the province */
    enum case_channel channel;
    int level;
    enum case_party party;
    int64_t person; /* register entry matched before, or 0 */
    struct pid pid;
    struct str name, organisation, phone, email;
    enum case_acting acts_as;
    struct pid filer_pid;
    struct str filer_name;
    int64_t account;    /* the citizen's account that will see it, or 0 */
    struct str answers; /* canonical JSON */
    struct str
        facts; /* what it is about, for finding double filings: case_facts, or the caller's own words; empty: the applicant */
    bool despite_double; /* the filer has seen the other case and files all the same */
    const struct case_paper_new *papers;
    size_t n_papers, papers_needed;
    const struct case_fee_line *fees;
    size_t n_fees;
    bool fee_waived;
    enum case_delivery delivery;
    struct str address;
    struct str code; /* case_code_new */
    struct case_offline_note offline;
    bool receive;  /* at a counter: received in the same act, when the flow has a move that does it */
    int64_t draft; /* is thrown away, or 0 */
};
/* From a filled form (engines/services): service, answers, facts, fees and how many papers are needed; the rest is the caller's, who
 * says first who applies. */
struct service_def;
struct service_answers;
struct case_service case_service_of(const struct service_def *def);
int case_from_answers(const struct service_answers *s, struct case_new *out, struct err *e);

struct case_made {
    int64_t id, revision;
    struct case_number number;
    int64_t audit_seq;
    bool received, again; /* again: the same offline act came before; this is its case */
    struct instant due;   /* us = 0: not received yet */
    int64_t doubles;      /* open cases about the same thing */
};
/* Who acts. From a request: case_by_request. Jobs and commands: case_by_system; it may everything. */
struct case_by {
    const struct app *app;
    struct arena *arena;
    struct req *q;              /* NULL: the system */
    struct audit_record record; /* action and object are set by each act */
};
struct case_by case_by_request(struct req *q);
struct case_by case_by_system(const struct app *app, struct arena *a, struct str name); /* "bon case move" */

/* Before the write, on the worker: refuses what can be refused without rows: no flow, no name, too much paper, a scan that is none. */
int case_check(const struct app *app, struct arena *a, const struct case_new *in, struct err *e);
/* Rows, number, clock, audit record, event. ERR_CONFLICT with a sentence: an open case about the same thing (its number is in the
 * detail; case_doubles shows it). */
int case_submit(struct tx *tx, const struct case_by *by, const struct case_new *in, struct case_made *out, struct err *e);

struct case_other {
    int64_t id;
    struct case_number number;
    struct str service_name, name, state_label;
    struct instant made_at;
};
struct case_others {
    struct case_other *v;
    size_t n;
};
/* Open cases of this service about the same facts, oldest first. */
int case_doubles(const struct app *app, struct dbr *r, struct arena *a, struct str service, struct str facts,
                 struct case_others *out, struct err *e);

/* Pairs of cases about the same thing that nobody has looked at yet, since that moment: the later one and the other. */
struct case_double {
    int64_t id, other;
    struct instant found_at;
    struct case_number other_number;
    struct str other_name;
};
struct case_double_list {
    struct case_double *v;
    size_t n;
};
int case_doubles_open(struct dbr *r, struct arena *a, struct instant since, struct case_double_list *out, struct err *e);
/* What was decided, in words; both cases go on as their own moves say. */
int case_settle_double(struct tx *tx, const struct case_by *by, int64_t id, int64_t other, struct str words, struct err *e);

/* ---- one case ---- */
struct case_view {
    int64_t id, revision;
    struct case_number number;
    struct str number_text;
    struct case_service service; /* without unit_level, days and hours: the clock's events have them */
    const struct case_flow *flow;
    const struct case_flow_state *state;
    enum case_owner owner;
    bool open;
    struct unit_code unit;
    struct str function,
        agency; /* whose turn it is in law, and who carries that; agency none: the commune's own authority */
    int64_t officer;
    struct str officer_name;
    enum case_channel channel;
    int level;
    enum case_party party;
    int64_t person, account, helper;
    struct pid pid, filer_pid;
    struct str name, organisation, phone, email, filer_name;
    enum case_acting acts_as;
    struct instant made_at, received_at, due, share_due, ended_at, result_at; /* us = 0: not yet */
    bool has_promise, on_time;
    struct day promised;
    enum clock_state clock;
    enum clock_stop stop;
    struct money fee, paid;
    enum case_payment payment;
    enum case_delivery delivery;
    struct str address, mode;
    int64_t papers_needed, papers_here;
};
int case_by_id(const struct app *app, struct dbr *r, struct arena *a, int64_t id, struct case_view *out,
               struct err *e); /* 1 0 -1 */
int case_by_number(const struct app *app, struct dbr *r, struct arena *a, const struct case_number *n, struct case_view *out,
                   struct err *e);
int case_answers_of(struct dbr *r, struct arena *a, int64_t id, struct str *json, struct err *e); /* 1 0 -1 */

/* May this actor read the case: an officer of the place where it lies, or the applicant. Whoever may not is told ERR_NOT_FOUND: numbers
 * can be guessed. On the worker, before a write. */
bool case_may_read(struct req *q, const struct case_view *c);
struct case_line;
bool case_line_is_for(struct req *q, const struct case_line *l); /* an officer of where it lies and who holds it */
/* Is it this actor's turn: owner, function and territory. OWNER_CITIZEN: the applicant. */
bool case_may_work(struct req *q, const struct case_view *c, enum case_owner owner);
/* Moves that this actor may make now, in the flow's order. */
struct case_moves {
    const struct case_flow_move **v;
    size_t n;
};
void case_moves_of(struct req *q, const struct case_view *c, struct case_moves *out);

/* An officer looked at the case: on the log, and the applicant sees it under "Ai đã xem dữ liệu của tôi". In the write of such a page. */
int case_seen(struct tx *tx, const struct case_by *by, const struct case_view *c, struct err *e);

struct case_step {
    int64_t id;
    struct instant at;
    struct str move, label, from_state, to_state, to_label, name, role, agency, reason;
    int64_t account, audit;
};
struct case_steps {
    struct case_step *v;
    size_t n;
};
/* In order, at most 400. after: number of a step; 0: all. With the revision somebody saw, "what happened meanwhile". */
int case_steps_of(const struct app *app, struct dbr *r, struct arena *a, const struct case_view *c, int64_t after,
                  struct case_steps *out, struct err *e);

struct case_clock_log {
    struct clock_event *v;
    struct instant *recorded_at;
    size_t n;
};
int case_clock_of(struct dbr *r, struct arena *a, int64_t id, struct case_clock_log *out, struct err *e);
const struct work_calendar *case_calendar(const struct app *app); /* never NULL once started with a pack */
int case_calendar_edition(const struct app *app);                 /* the newest: what new cases are counted by */
/* Why it is due when it is. */
int case_explain(const struct app *app, struct dbr *r, struct arena *a, int64_t id, struct str *sentence, struct err *e);

/* ---- moving ---- */
struct case_move_in {
    int64_t id, revision; /* the revision that was shown */
    struct str move;
    struct str reason;
    struct str words; /* of the paper that goes with it: what is missing, why it is refused; each line one point */
};
struct case_moved {
    int64_t revision, letter; /* letter: case_letter row made, or 0 */
    int64_t audit_seq;
    const struct case_flow_state *state;
    struct instant due;
};
/* Before the write, on the worker (or in it, for the system): reads the case and refuses with sentences: somebody was quicker
 * (ERR_CONFLICT with what happened, revision), a move that does not lead on from here, a role or place that may not, no reason, a second
 * supplement, a fee that is not paid. */
struct case_moving {
    struct case_view seen;
    const struct case_flow_move *move;
    struct case_move_in in;
};
int case_move_check(struct dbr *r, const struct case_by *by, const struct case_move_in *in, struct case_moving *out,
                    struct err *e);
/* The write. The case must still be as case_move_check saw it. */
int case_move(struct tx *tx, const struct case_by *by, const struct case_moving *m, struct case_moved *out, struct err *e);
/* Somebody takes a case on, or gives it to a colleague; no step of the flow. officer 0: nobody's again. */
int case_assign(struct tx *tx, const struct case_by *by, int64_t id, int64_t revision, int64_t officer,
                struct str officer_name, struct err *e);
/* The new day with an apology, once (NĐ 61/2018 Điều 19 khoản 9). */
int case_promise(struct tx *tx, const struct case_by *by, int64_t id, int64_t revision, struct day promised,
                 struct str reason, struct case_moved *out, struct err *e);

/* ---- lists ---- */
struct case_line {
    int64_t id, revision;
    struct case_number number;
    struct str service, service_name, name, state_label, officer_name, agency;
    enum case_owner owner;
    struct unit_code unit;
    struct instant made_at, turn_at, due;
    bool late, has_promise;
    enum clock_state clock;
    enum case_payment payment;
    int64_t papers_needed, papers_here;
};
struct case_list {
    struct case_line *v;
    size_t n;
    bool more;
    struct instant next_turn; /* of the last line: the next page begins after it */
    int64_t next_id;
};
#define CASE_ANY_AGENCY "any"
struct case_queue_ask {
    struct unit_code unit; /* a commune or the province: cases that lie there … */
    struct str agency;     /* … and that the commune's own authority holds (none), its police (CASE_COMMUNE_POLICE), anyone
                                 (CASE_ANY_AGENCY); or an agency of the province, wherever they lie */
    enum case_owner owner;
    int64_t officer;           /* those that this account has taken on; CASE_NOBODYS; 0: all */
    struct instant due_from, due_before; /* due in between; 0: no such limit */
    struct instant after_turn; /* 0: from the start */
    int64_t after_id;
    int most; /* at most 200 */
};
enum { CASE_NOBODYS = -1 };
/* Most urgent first. */
int case_queue(const struct app *app, struct dbr *r, struct arena *a, const struct case_queue_ask *ask, struct instant now,
               struct case_list *out, struct err *e);
struct case_counts {
    int64_t waiting, late, soon; /* soon: due within two working days */
};
int case_queue_counts(const struct app *app, struct dbr *r, struct arena *a, const struct case_queue_ask *ask,
                      struct instant now, struct case_counts *out, struct err *e);
/* Until when what is due counts as due soon. */
struct instant case_soon(const struct app *app, struct instant now);
/* A citizen's own, newest first, of an account or a personal number. before: an id; 0: the newest. */
int case_own(const struct app *app, struct dbr *r, struct arena *a, int64_t account, const struct pid *pid, int64_t before,
             int most, struct case_list *out, struct err *e);
/* By number, personal number, or the beginning of the name, within one unit (none: numbers and personal numbers only). */
int case_search(const struct app *app, struct dbr *r, struct arena *a, const struct unit_code *unit, struct str text,
                int most, struct case_list *out, struct err *e);

/* ---- the work of an office ---- */
struct case_load {
    int64_t officer; /* CASE_NOBODYS */
    struct str officer_name, service, service_name;
    int64_t waiting, late, done; /* done: cases on which this officer made a step in the last 30 days */
};
struct case_loads {
    struct case_load *v;
    size_t n;
};
enum { CASE_LOAD_DAYS = 30 };
/* By officer and service; of the ask only unit and agency count. An agency's done work is not counted: its cases lie everywhere. */
int case_load_of(struct dbr *r, struct arena *a, const struct case_queue_ask *ask, struct instant now, struct case_loads *out,
                 struct err *e);

struct case_book_line { /* form 06 */
    int64_t id;
    struct case_number number;
    struct str service_name, name, phone, officer_name, state_label;
    int64_t papers;
    enum case_channel channel;
    enum case_delivery delivery;
    struct money fee, paid;
    struct instant made_at, received_at, due, ended_at, result_at; /* us = 0: not yet */
    bool has_promise, on_time;
    struct day promised;
};
struct case_book {
    struct case_book_line *v;
    size_t n;
    bool more; /* the next page begins after the last number */
};
int case_book_of(const struct app *app, struct dbr *r, struct arena *a, const struct unit_code *unit, struct day from,
                 struct day until, const struct case_number *after, int most, struct case_book *out, struct err *e);

struct case_pair { /* two open cases about one thing */
    struct case_other one, other;
    struct unit_code unit, other_unit;
    enum case_channel channel, other_channel;
    struct instant found_at;
};
struct case_pairs {
    struct case_pair *v;
    size_t n;
};
/* Those that nobody has decided on, of which one lies in the unit; oldest first. */
int case_pairs_of(struct dbr *r, struct arena *a, const struct unit_code *unit, struct case_pairs *out, struct err *e);

/* ---- papers in slots ---- */
struct case_paper {
    int64_t id;
    struct str slot, name, source, file_name, body, media_type;
    struct str mode; /* of what a source said; empty: of the case */
    enum case_paper_given kind;
    struct hash32 hash;
    bool has_file, withdrawn;
    int64_t size, account;
    int level;
    struct instant as_of, added_at;
};
struct case_papers {
    struct case_paper *v;
    size_t n;
};
int case_papers_of(struct dbr *r, struct arena *a, int64_t id, bool withdrawn_too, struct case_papers *out, struct err *e);
int case_paper_bytes(struct dbr *r, struct arena *a, int64_t id, int64_t paper, struct str *bytes, struct str *media_type,
                     struct err *e); /* 1 0 -1 */
/* Before the write: a scan is judged (case_scan_check) and hashed. */
int case_paper_check(struct case_paper_new *p, struct err *e);
/* Another scan replaces those in its slot when `replace`. */
int case_paper_add(struct tx *tx, const struct case_by *by, int64_t id, int64_t revision, const struct case_paper_new *p,
                   bool replace, int64_t *paper, struct err *e);

/* What earlier cases of a person gave, newest first: their electronic papers, as long as nothing else keeps them. */
struct case_result {
    int64_t id; /* of the case */
    struct str number, name, mode; /* name: of the result, as its service's version has it */
    struct hash32 hash;
    struct instant at;
};
struct case_results {
    struct case_result *v;
    size_t n;
};
int case_results_of(const struct app *app, struct dbr *r, struct arena *a, const struct pid *pid, struct case_results *out,
                    struct err *e);

/* How many papers a service took, of its cases made in [from, until). papers: scans and sheets, one a slot, however many pages. */
struct case_paper_count {
    int64_t cases, papers, declared, fetched, cached;
};
int case_paper_count_of(struct dbr *r, struct arena *a, struct str service, struct instant from, struct instant until,
                        struct case_paper_count *out, struct err *e);

/* Every paper that is kept with a hash, hashed again. found: those that differ; -1 ends the check. */
struct case_paper_kept {
    int64_t checked, bad;
    struct instant oldest; /* of what their sources said; us = 0: none */
    int (*found)(void *ctx, struct str number, struct str slot, struct str source);
    void *ctx;
};
int case_papers_check_kept(struct db *db, struct case_paper_kept *k, struct err *e);

/* Judged by its bytes, never by its name: PDF, JPEG, PNG, WebP; a PDF without scripts, actions, attached files and programs. Refuses
 * with a sentence that says what and what to do. */
enum { CASE_FILE_MAX = 4 << 20, CASE_FILES_MAX = 40 };
int case_scan_check(struct str bytes, struct str *media_type, struct err *e);

/* ---- money, words ---- */
int case_pay(struct tx *tx, const struct case_by *by, int64_t id, struct money sum, struct str receipt, struct err *e);
int case_fees_of(struct dbr *r, struct arena *a, int64_t id, struct case_fee_line **out, size_t *n, struct err *e);

struct case_message {
    int64_t id;
    struct instant at, seen_at;
    bool from_citizen;
    struct str name, body;
};
struct case_messages {
    struct case_message *v;
    size_t n;
};
int case_say(struct tx *tx, const struct case_by *by, int64_t id, bool from_citizen, struct str body, struct err *e);
int case_messages_of(struct dbr *r, struct arena *a, int64_t id, struct case_messages *out, struct err *e);
/* What one side wrote has been read by the other. */
int case_messages_seen(struct tx *tx, int64_t id, bool from_citizen, struct err *e);

/* One to five stars for how it was handled, once it is over; a later one replaces it. */
int case_rate(struct tx *tx, const struct case_by *by, int64_t id, int stars, struct str words, struct err *e);
struct case_rating {
    struct instant at;
    int stars;
    struct str words;
};
int case_rating_of(struct dbr *r, struct arena *a, int64_t id, struct case_rating *out, struct err *e); /* 1 0 -1 */

int case_complain(struct tx *tx, const struct case_by *by, int64_t id, struct str body, struct err *e);
struct case_complaint {
    int64_t id;
    struct instant at, answered_at; /* answered_at.us = 0: not yet */
    struct str name, body, answer, answered_by;
};
struct case_complaints {
    struct case_complaint *v;
    size_t n;
};
int case_complaints_of(struct dbr *r, struct arena *a, int64_t id, struct case_complaints *out, struct err *e);
/* Until when a complaint of that moment is to be answered: working days of the pack's dated rule. */
struct day case_complaint_due(const struct app *app, struct instant at);
/* Once; ERR_CONFLICT when somebody else has answered. */
int case_answer_complaint(struct tx *tx, const struct case_by *by, int64_t id, int64_t complaint, struct str answer,
                          struct err *e);

/* ---- raised to the head ---- */
/* An officer who cannot go on alone puts a case before whoever signs, with a reason; the head answers. No step of the flow: the turn
 * stays. */
struct case_raise {
    int64_t id;
    struct case_number number;
    struct str service_name, name, reason; /* name: of the officer */
    struct instant at, settled_at;         /* settled_at.us = 0: it waits */
    struct str answer, settled_by;
};
struct case_raises {
    struct case_raise *v;
    size_t n;
};
/* ERR_CONFLICT: it lies with the head already. */
int case_raise_to_head(struct tx *tx, const struct case_by *by, int64_t id, struct str reason, struct err *e);
int case_raise_answer(struct tx *tx, const struct case_by *by, int64_t id, struct str answer, struct err *e);
int case_raises_of(struct dbr *r, struct arena *a, int64_t id, struct case_raises *out, struct err *e);
/* Those that wait where a desk has its cases, oldest first; of the ask only unit and agency count. */
int case_raises_at(struct dbr *r, struct arena *a, const struct case_queue_ask *ask, struct case_raises *out, struct err *e);

/* ---- papers that the authority gives ---- */
struct case_letter {
    int64_t id;
    enum case_paper_kind kind;
    struct instant at;
    int64_t account; /* who gave it; 0: the system */
    struct str name, body;
    int64_t audit;
};
struct case_letters {
    struct case_letter *v;
    size_t n;
};
int case_letters_of(struct dbr *r, struct arena *a, int64_t id, struct case_letters *out, struct err *e);
/* As PDF, A5 as the forms are; a result as it was signed, ERR_BUSY in the seconds before. Tens of milliseconds: .slow routes, jobs,
 * commands. */
int case_letter_pdf(const struct app *app, struct dbr *r, struct arena *a, const struct case_view *c,
                    const struct case_letter *l, struct str *pdf, struct err *e);

/* What a letter with these words would look like; nothing is given, and every page says so. */
int case_letter_preview(const struct case_by *by, struct dbr *r, struct instant now, const struct case_view *c, enum case_paper_kind kind,
                        struct str words, struct str *pdf, struct err *e);

/* ---- drafts: save and return ---- */
enum { CASE_DRAFTS_MAX = 20, CASE_DRAFT_DAYS = 30 };
struct case_draft {
    int64_t id, account, version_id, revision;
    struct str service, page, body;
    struct instant saved_at, expires_at;
};
struct case_drafts {
    struct case_draft *v;
    size_t n;
};
/* id 0: a new one. ERR_CONFLICT when the draft was saved from another window since `revision`. */
int case_draft_save(struct tx *tx, struct case_draft *d, struct err *e);
int case_draft_read(struct dbr *r, struct arena *a, int64_t account, int64_t id, struct instant now, struct case_draft *out,
                    struct err *e); /* 1 0 -1 */
int case_drafts_of(struct dbr *r, struct arena *a, int64_t account, struct instant now, struct case_drafts *out,
                   struct err *e);
int case_draft_drop(struct tx *tx, int64_t account, int64_t id, struct err *e);

/* ---- doors that lie elsewhere ---- */
/* What another channel knows of whoever files, before the filing begins. */
enum { CASE_OFFER_MINUTES = 60 };
struct case_offer {
    int64_t id, account;
    enum case_channel channel;
    struct str service, source, known; /* source: "VNeID"; known: services_known_json */
    struct instant made_at;
};
int case_offer_put(struct tx *tx, const struct case_offer *o, int64_t *id, struct err *e); /* the caller's record tells of it */
/* Of this account, in time, not begun with yet. 1 0 -1 */
int case_offer_read(struct dbr *r, struct arena *a, int64_t account, int64_t id, struct instant now, struct case_offer *out,
                    struct err *e);
/* It became this draft. ERR_CONFLICT: it has become one before. */
int case_offer_take(struct tx *tx, int64_t id, int64_t draft, struct err *e);
/* The channel does not answer: pages of its cases say so until it does. */
int case_channel_down(struct tx *tx, enum case_channel channel, struct instant since, struct err *e);
int case_channel_up(struct tx *tx, enum case_channel channel, struct err *e);
int case_channel_down_since(struct dbr *r, struct arena *a, enum case_channel channel, struct instant *since,
                            struct err *e); /* 1 down since then, 0, -1 */

/* ---- following from outside, and from other engines ---- */
/* By number and code, for whoever has both; nothing personal is in what comes back but the state. 1 0 -1; wrong codes are the
 * caller's to count (engines/credentials/throttle.h). */
int case_follow(const struct app *app, struct dbr *r, struct arena *a, const struct case_number *n, struct str code,
                struct case_view *out, struct err *e);

struct case_event {
    int64_t cursor, case_id; /* cursor: of this event; the next reading begins after it */
    struct instant at;
    struct str kind, state, move; /* "submitted", "moved", "message", "paid", "promised", "paper" */
    int national;
};
struct case_events {
    struct case_event *v;
    size_t n;
};
/* Events after a cursor, in order, each once and none forgotten: only what the log has sealed (a second behind). */
int case_events_after(struct dbr *r, struct arena *a, int64_t after, int most, struct case_events *out, struct err *e);
/* How far a follower has come, kept for it under its name ("vneid", "notices"). */
int case_follower_at(struct dbr *r, struct arena *a, struct str name, int64_t *after, struct err *e);
int case_follower_set(struct tx *tx, struct str name, int64_t after, struct err *e);

/* ---- numbers ---- */
/* All cases made up to the end of a day, as they stood then. */
struct case_totals {
    int64_t made, online;        /* online: through the citizen's own door */
    int64_t ended, on_time;      /* of those that were received */
    int64_t received, first_time; /* first_time: nothing more was ever asked for */
};
int case_totals_on(struct dbr *r, struct arena *a, struct day on, struct case_totals *out, struct err *e);

/* ---- flows ---- */
const struct case_flow *case_flow_named(const struct app *app, struct str name); /* the newest; NULL: none */
const struct case_flow *case_flow_version(const struct app *app, struct str name, int64_t version);

extern const struct module cases_module;

#endif
