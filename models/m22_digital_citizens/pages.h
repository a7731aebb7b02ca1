/* pages.h: what the pages of row 22 show, and the handlers that routes name. */
#ifndef BON_MODELS_DIGITAL_CITIZENS_PAGES_H
#define BON_MODELS_DIGITAL_CITIZENS_PAGES_H

#include "engines/audit/audit.h"
#include "engines/indicators/indicators.h"
#include "gen/digital_citizens_queries.h"
#include "models/m22_digital_citizens/citizens.h"
#include "models/m22_digital_citizens/visit.h"
#include "platform/html/components.h"

#define DIGITAL_VISIT    "digital.visit"
#define DIGITAL_SETTLE   "digital.settle"
#define DIGITAL_COVERAGE "digital.coverage"
#define DIGITAL_THANKS   "digital.thanks"

/* ---- the team's lists: team.c ---- */
struct hamlet_line {
    int64_t id, people, left;
    struct str name;
};
struct commune_lines {
    struct str label; /* "Xã Đắk Ru → Xã Quảng Tín" */
    VEC(struct hamlet_line) hamlets;
};
struct team_view {
    VEC(struct commune_lines) communes;
    int64_t people, left, doubles, looks;
    bool may_settle;
};
struct door {
    int64_t household, people, complete; /* people who need something; those who have all they need */
    struct str code, head;
    struct day visited_on;
    bool has_visited_on;
};
struct hamlet_view {
    struct hamlet hamlet;
    VEC(struct door) doors; /* those shown on this page */
    int64_t page;           /* from 1 */
    struct tabs_view tabs;
    struct pager_view pager;
    int64_t people, left;
};

/* {id} of the path; 404 outside one's communes. */
int hamlet_of_request(struct req *q, struct dbr *r, const char *permission, struct hamlet *out, struct err *e);

/* ---- one household: household.c ---- */
struct member_view {
    struct resident person;
    int64_t needs, held, claimed, lacks; /* bits of assets */
    bool dead, resident;                 /* resident: permanently, in the household's commune */
    struct str said;                     /* name of the reason that counts; empty: none */
    struct str reason;                   /* the same, or as typed */
};
struct visit_reason {
    int64_t person;
    struct str name, reason;
};
typedef VEC(struct visit_reason) visit_reasons;
struct visit_view {
    struct digital_visits_row row;
    visit_reasons reasons;
};
int visit_reasons_read(struct req *q, int64_t visit, visit_reasons *out, struct err *e); /* with names, by number */
struct household_view {
    struct household household;
    VEC(struct member_view) members;
    VEC(struct visit_view) visits;
    int64_t last_visit, lacking; /* members who lack something */
    bool may_settle;
    struct str key;
    struct day today;
};
int household_of_request(struct req *q, struct household *out, struct err *e); /* 404 outside one's communes */
int household_view_load(struct req *q, int64_t id, struct household_view *v, struct err *e); /* whoever may see it has been asked */
/* Has this look at members of the register recorded, each under its own name. */
int household_record_look(struct req *q, struct tx *tx, const struct household_view *v, struct err *e);

/* ---- evidence of one person: record.c ---- */
struct evidence_view {
    struct resident person;
    struct digital_evidence_of_person_rows evidence;
    int64_t needs, lacks;
    struct day today;
    bool may_settle;
    struct str key;
};

/* ---- two phones at one door: merge.c ---- */
struct double_line {
    struct digital_doubles_row row;
    struct household at;
};
typedef VEC(struct double_line) double_lines;
int doubles_read(struct req *q, double_lines *out, struct err *e); /* those that this actor may settle */
struct doubles_view {
    double_lines doubles;
};
struct merge_view {
    struct household at;
    struct digital_visit_row first, second;
    visit_reasons first_reasons, second_reasons;
    struct str key;
};

/* ---- lists of evidence: import.c ---- */
struct import_fault {
    int64_t row;
    struct str say, cell;
};
struct import_view {
    struct str key;
    VEC(struct import_fault) faults;
    bool done;
    int64_t evidence, claims;
};

/* ---- coverage, reasons, thanks ---- */
struct coverage_view {
    int asset; /* or ASSET_ALL */
    enum geography geography;
    struct day day, today;
    bool kept; /* counted before; else just now */
    struct instant counted_at;
    struct indicator_share share;
    struct str map_json, outline_href, csv_href;
    struct tabs_view assets, geographies;
    struct series series;
    int64_t threshold;
};
struct reason_line {
    const struct left_reason *reason;
    struct cell open, closed;
};
struct left_view {
    VEC(struct reason_line) lines;
    struct cell open, closed;
    int64_t threshold;
};
struct thanks_line {
    struct str place; /* hamlet, commune */
    int64_t closed;
    struct str how; /* "3 ốm yếu, nằm một chỗ · 2 đi vắng" */
};
struct thanks_view {
    VEC(struct thanks_line) lines;
};

/* ---- the citizen's own: mine.c ---- */
struct own_asset {
    enum asset asset;
    bool needed, held;
    int64_t evidence_n;
    struct digital_evidence_of_person_row evidence; /* the one that counts */
    int age;
};
struct mine_view {
    bool linked;
    struct own_asset assets[ASSETS_];
};

/* ---- small things templates call ---- */
struct asset_list {
    enum asset v[ASSETS_];
    size_t n;
};
struct source_list {
    const struct asset_source *v;
    size_t n;
};
struct asset_list assets_in(int64_t bits);
struct source_list all_sources(void);
struct str asset_title(enum asset a);                                    /* MSG */
struct str asset_or_all_title(int asset);                                /* MSG */
struct str source_title(struct str name);                                /* MSG */
struct str reason_title(struct str name);                                /* MSG */
struct str reason_next(struct str name);                                 /* MSG */
struct str share_words(struct html *h, const struct indicator_share *s); /* "83,4 %", "ẩn", "–" */
struct str cell_or_hidden(struct html *h, struct cell c);
struct field_view reason_field(struct html *h, const struct member_view *m);
struct field_view source_field(struct html *h, const struct evidence_view *v);
enum tag_kind asset_tag(const struct member_view *m, enum asset a);
struct str asset_state(const struct member_view *m, enum asset a); /* MSG */

extern const struct form visit_form, asset_evidence_form, asset_withdraw_form, merge_form, digital_import_form;

route_read_fn team_get, hamlet_page, household_page_get, household_again, evidence_page_get, evidence_again, doubles_get,
    merge_get, digital_import_get, digital_import_again, digital_import_reply, digital_import_template, coverage_get,
    coverage_csv, remaining_get, thanks_get, conditions_get, to_household, to_evidence, to_doubles;
route_prepare_fn hamlet_prepare, household_prepare, visit_prepare, evidence_page_prepare, asset_evidence_prepare, withdraw_prepare,
    merge_prepare, digital_import_prepare;
route_write_fn hamlet_write, household_write, visit_write, evidence_page_write, asset_evidence_write, asset_withdraw_write, merge_write,
    digital_import_write;

#endif
