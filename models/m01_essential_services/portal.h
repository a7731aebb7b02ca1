/* portal.h: shared by the files of model 1: a filing (draft with what stands beside it), own cases, bundles. */
#ifndef BON_MODELS_ESSENTIAL_SERVICES_PORTAL_H
#define BON_MODELS_ESSENTIAL_SERVICES_PORTAL_H

#include "engines/accounts/accounts.h"
#include "engines/cases/cases.h"
#include "engines/services/services.h"
#include "engines/sources/sources.h"
#include "gen/essential_services_queries.h"

#define PORTAL_FILE   "portal.file"   /* files and follows: for oneself, a ward, an organisation */
#define PORTAL_ASSIST "portal.assist" /* a helper of the community's digital team types for somebody */
#define PORTAL_TYPE   "portal.type"   /* either */

/* ---- a filing ---- */
struct filing {
    struct case_draft draft;
    struct filing_row_row row;
    const struct service_def *def;
    struct service_answers answers;
    struct filing_scan_rows_rows scans;
    struct str base; /* "/nop/DVC12/17/" */
    struct source_desk desk;
    source_takes takes; /* papers that come from a source; none while the register does not know for whom this is */
};
/* The filing that the path names, of whoever asks; another's is not found. */
int filing_of_request(struct req *q, struct filing *f, struct err *e);
/* The same by number, of the account that types it. */
int filing_read(struct req *q, int64_t account, int64_t draft, struct filing *f, struct err *e);
/* Has whoever asks signed in at the level that the service wants? ERR_STEP_UP with the way out. Nobody can for another: a helper's own
 * session says nothing of the citizen. */
int filing_signed_in_for(struct req *q, const struct service_def *def, bool assisted, struct err *e);
struct str filing_sign_in_path(struct req *q, const struct service_def *def); /* empty: the session does */
/* Answers and place into the draft's row. At the door. */
int filing_save(struct tx *tx, struct filing *f, struct str body, struct err *e);
/* The draft with all that belongs to it, after it was sent or given up. */
int filing_drop(struct tx *tx, int64_t draft, struct err *e);
/* What the case is about, so that the same filed twice is seen: for whom, and who else is named. */
struct str filing_facts(const struct filing *f);

#define FILING_DONE STR("done") /* where a draft goes on when every page has been seen */
/* Path of the page on which the form goes on. */
struct str filing_path(struct arena *a, const struct filing *f, size_t page, int item);
struct str filing_next_path(struct arena *a, const struct filing *f); /* the page it stopped at, or the check */

/* ---- papers of a filing ---- */
enum slot_state { SLOT_SOURCE, SLOT_FETCHED_LATER, SLOT_DECLARED, SLOT_SCANNED, SLOT_WANTED };
struct slot_view {
    const struct service_paper *paper;
    enum slot_state state;
    const struct source_take *take; /* SLOT_SOURCE */
    VEC(struct filing_scan_rows_row) scans;
};
typedef VEC(struct slot_view) slot_views;
void filing_slots(const struct filing *f, slot_views *out);
/* A scan that case_paper_check has judged, into its slot of a draft. At the door. */
int filing_scan_keep(struct tx *tx, int64_t draft, const struct case_paper_new *p, struct err *e);
struct str slot_words(const struct slot_view *s); /* MSG */
enum tag_kind slot_tag(const struct slot_view *s);
bool slot_is_open(const struct slot_view *s); /* a choice is still to be made, or its source has not been asked */
/* Asks the sources that are to be asked; in a prepare. */
int filing_ask(struct req *q, struct filing *f, struct err *e);
/* The papers as the case takes them. */
int filing_papers(struct req *q, const struct filing *f, struct case_paper_new **out, size_t *n, struct err *e);

/* ---- pages ---- */
struct begin_view {
    const struct service_def *def;
    struct hat hat;
    bool helper;
    VEC(struct case_draft) drafts; /* of this service, not sent */
    struct str key;
};
struct papers_view {
    const struct filing *f;
    slot_views slots;
    struct str key;
};
struct place_view {
    const struct filing *f;
    struct field_view unit, delivery;
    struct str key;
};
struct double_view {
    struct str number, service_name, state_label;
    struct instant made_at;
};
struct check_view {
    const struct filing *f;
    struct service_summary summary;
    slot_views slots;
    struct str place_name, for_name;
    VEC(struct double_view) doubles;
    bool lacking;   /* a page still lacks something */
    struct str fix; /* where */
    bool wanted;    /* a paper still is */
    bool waits;     /* for the citizen's confirmation */
    bool code_sent, wrong_code;
    VEC(struct str) parts; /* services that a bundle begins */
    struct str key, code_key;
};
struct sent_view {
    struct case_view c;
    struct str code; /* shown once; empty: it has been */
    struct str follow;
    struct str place_name;
    bool pay;
};

extern const struct form portal_begin_form, portal_place_form, portal_scan_form, portal_slot_form, portal_send_form;

struct field_view scan_field(struct html *h, int64_t row);

int portal_begin_get(struct req *q, struct res *s, struct err *e);
int portal_begin_prepare(struct req *q, struct err *e);
int portal_begin_write(struct req *q, struct tx *tx, struct err *e);
int portal_begin_reply(struct req *q, struct res *s, struct err *e);
int portal_resume_get(struct req *q, struct res *s, struct err *e);
int portal_drop_write(struct req *q, struct tx *tx, struct err *e);
int portal_drop_reply(struct req *q, struct res *s, struct err *e);
int portal_page_get(struct req *q, struct res *s, struct err *e);
int portal_page_prepare(struct req *q, struct err *e);
int portal_page_write(struct req *q, struct tx *tx, struct err *e);
int portal_page_reply(struct req *q, struct res *s, struct err *e);
int portal_place_get(struct req *q, struct res *s, struct err *e);
int portal_place_prepare(struct req *q, struct err *e);
int portal_place_write(struct req *q, struct tx *tx, struct err *e);
int portal_place_reply(struct req *q, struct res *s, struct err *e);
int portal_papers_prepare(struct req *q, struct err *e);
int portal_papers_write(struct req *q, struct tx *tx, struct err *e);
int portal_papers_get(struct req *q, struct res *s, struct err *e);
int portal_source_prepare(struct req *q, struct err *e);
int portal_source_write(struct req *q, struct tx *tx, struct err *e);
int portal_sources_job(struct job_run *j, struct err *e);
int portal_scan_prepare(struct req *q, struct err *e);
int portal_scan_write(struct req *q, struct tx *tx, struct err *e);
int portal_scan_drop_write(struct req *q, struct tx *tx, struct err *e);
int portal_scan_reply(struct req *q, struct res *s, struct err *e);
int portal_check_get(struct req *q, struct res *s, struct err *e);
int portal_send_prepare(struct req *q, struct err *e);
int portal_send_write(struct req *q, struct tx *tx, struct err *e);
int portal_send_reply(struct req *q, struct res *s, struct err *e);

/* The service as a case keeps it. */
struct case_service filing_service(const struct service_def *def);

extern const struct measure portal_measures[];
int portal_expire_job(struct job_run *j, struct err *e);

#endif
