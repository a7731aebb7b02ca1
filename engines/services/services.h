/* services.h: the catalogue of public services. A service is a file of the pack (README.md has the format): names and words people use,
 * and versions, each with its legal function, papers, fees, time, form, result and bundle. A published version never changes; a
 * case stays with the version it began with.
 *
 * A struct service_def is read once, kept for the life of the program and shared by all threads: nobody writes to it. Texts in it are
 * Vietnamese data, not source texts of the program.
 *
 * Who may apply, what is asked and what it costs depend on earlier answers: a condition (struct service_condition) is asked of
 * struct service_answers, for the day on which the person applies.
 */
#ifndef BON_ENGINES_SERVICES_H
#define BON_ENGINES_SERVICES_H

#include "base/vec.h"
#include "platform/html/components.h"

/* ---- words of the format: words.c has each with its spelling in a file and its label ---- */
enum service_level {
    SERVICE_FULL,
    SERVICE_PARTIAL,
    SERVICE_INFO,
    SERVICE_LEVELS_
}; /* toàn trình, một phần, chưa trực tuyến */
enum service_unit_level { SERVICE_COMMUNE, SERVICE_PROVINCE, SERVICE_UNIT_LEVELS_ };

enum service_field_type {
    SERVICE_TEXT,
    SERVICE_LINES,
    SERVICE_DAY,
    SERVICE_PID,
    SERVICE_INT,
    SERVICE_MONEY,
    SERVICE_CHOICE,
    SERVICE_CHECKS, /* any number of the choices */
    SERVICE_YES_NO, /* "yes", "no" */
    SERVICE_PHONE,
    SERVICE_EMAIL,
    SERVICE_UNIT,    /* code of a commune in force */
    SERVICE_ADDRESS, /* parts: unit, line */
    SERVICE_PERSON,  /* parts: pid, name, born; whoever takes the form asks the register "match or not" and no more */
    SERVICE_FILE,    /* what the taker of the form keeps the bytes under */
    SERVICE_FIELD_TYPES_
};
enum { SERVICE_PARTS = 3 };
#define SERVICE_ELSEWHERE \
    STR("elsewhere") /* unit of an address that lies in no commune of the province: its line says all */

enum service_rule { SERVICE_ANY_DAY, SERVICE_PAST_DAY, SERVICE_FUTURE_DAY, SERVICE_ADULT_DAY, SERVICE_RULES_ };

/* Where a paper comes from. Only SERVICE_PAPER asks the citizen for a sheet. */
enum service_source {
    SERVICE_CITIZEN_DATA, /* the register of people */
    SERVICE_VAULT,        /* the citizen's own electronic papers */
    SERVICE_EXCHANGE,     /* another system */
    SERVICE_OFFICER_LOOKUP,
    SERVICE_DECLARATION,
    SERVICE_PAPER,
    SERVICE_SOURCES_
};
enum { SERVICE_WAIT = 1, SERVICE_CACHED = 2, SERVICE_DECLARE = 4 };     /* what may be offered when the source is down */
enum { SERVICE_ELECTRONIC = 1, SERVICE_COUNTER = 2, SERVICE_POST = 4 }; /* how a result is handed over */

struct str service_level_label(enum service_level l); /* MSG; so are the next */
struct str service_unit_level_label(enum service_unit_level l);
struct str service_source_label(enum service_source s);
struct str service_fallback_label(unsigned one);
struct str service_delivery_label(unsigned one);
struct str service_field_type_label(enum service_field_type t);
struct str service_event_label(struct str life_event); /* "birth": "Sinh con" */

/* ---- a version ---- */
enum service_condition_kind {
    SERVICE_IS, /* the answer, or one of several, is values[0] */
    SERVICE_IN, /* … is one of values */
    SERVICE_ANSWERED,
    SERVICE_AGE_UNDER, /* years old on the day of applying; the field is a day or a person */
    SERVICE_AGE_AT_LEAST,
    SERVICE_ALL,
    SERVICE_SOME,
    SERVICE_NOT,
    SERVICE_CONDITIONS_
};
enum { SERVICE_DEPTH = 8 }; /* conditions inside conditions */

struct service_condition {
    enum service_condition_kind kind;
    size_t field; /* place in def->fields */
    struct str *values;
    size_t n_values;
    int years;
    const struct service_condition **parts; /* ALL, SOME; NOT has one */
    size_t n_parts;
};

struct service_choice {
    struct str value, label;
};

struct service_field {
    struct str id, label, help;
    enum service_field_type type;
    bool required;
    bool has_min, has_max;
    int64_t min, max; /* characters; INT and MONEY: the value */
    struct service_choice *choices;
    size_t n_choices;
    const struct service_condition *when; /* NULL: always; asks earlier fields only. So do all others below. */
    struct str prefill;                   /* "applicant.name", or none */
    enum service_rule rule;
    size_t page; /* place in def->pages */
};

struct service_page {
    struct str id, title, intro;
    const struct service_condition *when;
    size_t first, n; /* def->fields */
    int repeat_max;  /* 0: once */
    struct str item; /* what is repeated: "Trẻ" */
};

struct service_paper_field {
    size_t field;      /* of the form, filled … */
    struct str member; /* … from this member of the source's answer */
};

struct service_paper {
    struct str id, name, note, form_no;
    bool required;
    const struct service_condition *when;
    enum service_source source;
    struct str system; /* SERVICE_EXCHANGE: "yte.birth" */
    struct service_paper_field *fields;
    size_t n_fields;
    unsigned fallbacks; /* SERVICE_WAIT … or-ed */
    bool post_check;    /* checked after the decision when it was declared */
};

struct service_fee {
    struct str id, label, note;
    struct money amount;
    size_t times; /* place of an INT field whose answer it is multiplied with (copies), or SERVICE_NO_FIELD */
    const struct service_condition *when;
    bool confirmed;
};
#define SERVICE_NO_FIELD SIZE_MAX

struct service_cite {
    struct str cite;
    bool confirmed;
};

/* A paragraph, or a table of two columns; texts with {field}. */
struct service_block {
    struct str paragraph; /* none: a table */
    struct str (*rows)[2];
    size_t n_rows;
};

struct service_result {
    struct str name; /* empty: none */
    struct str form_no, signer_title;
    unsigned delivery;
    struct service_block *blocks;
    size_t n_blocks;
};

/* Another service begun from this one's answers: birth leads to residence and to an insurance card. */
struct service_map {
    struct str to; /* field of the child */
    size_t from;   /* of ours */
};
struct service_child {
    struct str service;
    const struct service_condition *when;
    bool after_result; /* else at once */
    struct service_map *map;
    size_t n_map;
};

struct service_def {
    int64_t id; /* service_version row; 0: read from a file and stored nowhere */
    struct str code, name, sector, sector_name, national_code;
    int version;
    struct day from, until; /* until exclusive; 9999-12-31: none said */
    enum service_level level;
    struct str reason; /* why SERVICE_INFO */
    int assurance;     /* level that whoever files online must have signed in with (NĐ 69/2024): 1, 2 */
    struct str who, function, flow;
    enum service_unit_level unit_level;
    int days;            /* working days; 0: the same day */
    int same_day_before; /* minutes of the day: received earlier, done the same day; -1: no such hour */
    struct str time_note;
    bool time_confirmed;
    struct service_cite *basis;
    size_t n_basis;
    struct service_fee *fees;
    size_t n_fees;
    struct service_paper *papers;
    size_t n_papers;
    struct service_page *pages;
    size_t n_pages;
    struct service_field *fields; /* page after page */
    size_t n_fields;
    struct service_result result;
    struct service_child *children;
    size_t n_children;
    struct hash32 hash; /* of the version's canonical JSON */
};

size_t services_sheets(const struct service_def *def);      /* how many of its papers are still sheets, in whatever case */
bool services_is_paperless(const struct service_def *def); /* can be filed for online, and none is */
/* SERVICE_NO_FIELD when there is none. */
size_t service_field_named(const struct service_def *def, struct str id);
size_t service_page_named(const struct service_def *def, struct str id);

/* ---- reading a file; nothing is stored ---- */
struct service_fault {
    struct str path; /* "versions[0].form.pages[1].fields[2].prefill" */
    struct str say;  /* MSG */
    struct str what; /* what stands there, at most 80 bytes; may be empty */
};
typedef VEC(struct service_fault) service_faults;
enum { SERVICE_FAULTS = 100, SERVICE_FILE_MAX = 1 << 20 };

struct service_file {
    struct str code, name, sector, sector_name, national_code;
    struct str *life_events, *keywords;
    size_t n_life_events, n_keywords;
    struct service_def **versions; /* by number */
    struct str *bodies;            /* canonical JSON of each */
    size_t n_versions;
};
/* All faults at once; -1 only for what is no JSON at all or too large (ERR_INPUT, ERR_TOO_LARGE). With faults *out is not to be used. */
int services_read_file(struct arena *a, struct str json, struct service_file *out, service_faults *faults, struct err *e);
/* One version, as it is stored; head gives the names. */
int services_read_version(struct arena *a, const struct service_file *head, struct str json, struct service_def **out,
                          service_faults *faults, struct err *e);

/* ---- the catalogue ---- */
/* A version, kept in memory after its first use. NULL: ERR_NOT_FOUND or the database's reason. */
const struct service_def *services_version(const struct app *app, struct dbr *r, int64_t version_id, struct err *e);
/* The version in force on that day. 1 found, 0 not offered then, -1 failed. */
int services_in_force(const struct app *app, struct dbr *r, struct str code, struct day on, const struct service_def **out,
                      struct err *e);

/* Every published version, by service and number: what lists of all begin with. each: 0 to go on, -1 to fail. */
int services_versions_each(const struct app *app, struct dbr *r, struct arena *a,
                           int (*each)(void *ctx, const struct service_def *def, struct err *e), void *ctx, struct err *e);

/* The version in force on that day of every service, by sector and code; a service not offered then has none. */
typedef VEC(const struct service_def *) service_defs;
int services_on(struct app *app, struct dbr *r, struct arena *a, struct day on, service_defs *out, struct err *e);
/* How many services can be filed for online on that day. */
int services_online_on(struct dbr *r, struct arena *a, struct day on, int64_t *n, struct err *e);

/* ---- answers ---- */
struct service_answer {
    size_t field;
    int item;           /* from 0; fields of a page that is not repeated have item 0 */
    struct str *values; /* one a part; SERVICE_CHECKS: those chosen; days as 2024-02-16 */
    size_t n;
    struct str source; /* who says so: "Cơ sở dữ liệu dân cư"; none: the person typed it */
    struct day as_of;  /* with source */
};
struct service_communes {
    struct str *codes, *names;
    size_t n;
};
struct service_answers {
    const struct service_def *def;
    struct arena *arena;
    struct day on; /* the day of applying: ages are of that day */
    VEC(struct service_answer) v;
    struct service_communes communes; /* for words; empty: communes are shown by their codes */
};
void services_answers_init(struct service_answers *s, struct arena *a, const struct service_def *def, struct day on);
/* Names of the communes in force on that day, for the words of addresses. */
int services_answers_places(struct service_answers *s, struct dbr *r, struct err *e);
const struct service_answer *services_answer(const struct service_answers *s, size_t field, int item); /* NULL: none */
/* The only or first value; STR_NONE when there is none. */
struct str services_value(const struct service_answers *s, size_t field, int item);
/* Replaces; n 0 takes the answer away. Values are borrowed. */
void services_answer_set(struct service_answers *s, size_t field, int item, struct str *values, size_t n);
int services_items(const struct service_answers *s, size_t page); /* how many of a repeated page there are; at least 0 */
void services_item_remove(struct service_answers *s, size_t page, int item);

/* Canonical JSON {"answers":{…},"sources":{…}}: fields by id, a repeated page as an array of objects under its own id. */
int services_answers_json(const struct service_answers *s, struct str *out, struct err *e);
/* Refuses by name what the version does not ask (ERR_INPUT, e->field). Values are as they were, checked or not. */
int services_answers_read(struct service_answers *s, struct str json, struct err *e);
/* Takes away what is no longer asked since an earlier answer changed: before a form is handed in. */
void services_answers_prune(struct service_answers *s);
/* As a person reads it: the choice's label, 16/02/2024, 12.000 đ. */
struct str services_answer_words(const struct service_answers *s, const struct service_answer *answer);

/* ---- what follows from answers ---- */
/* Does it hold, when the page (its item) asks? page SERVICE_NO_FIELD: nobody on a page does. Of a field of another repeated page it holds
 * when it does for one item. What is no longer asked counts as not answered. */
bool services_condition(const struct service_answers *s, const struct service_condition *when, size_t page, int item);
bool services_page_asked(const struct service_answers *s, size_t page);
bool services_field_asked(const struct service_answers *s, size_t field, int item);

struct service_fee_line {
    const struct service_fee *fee;
    int64_t times;
    struct money sum;
};
struct service_fees {
    VEC(struct service_fee_line) lines;
    struct money total;
    bool confirmed; /* every line is */
};
int services_fee(const struct service_answers *s, struct service_fees *out, struct err *e); /* ERR_INPUT: a sum too large */
/* The papers that these answers ask for; places in def->papers. */
typedef VEC(size_t) service_places;
void services_papers(const struct service_answers *s, service_places *out);
void services_children(const struct service_answers *s, service_places *out); /* in def->children */
/* A result's text with {field} filled in. */
struct str services_fill(const struct service_answers *s, struct str text);

/* What it is about, for finding double filings (struct case_new, facts): the child when the form is about one, else the applicant
 * (a number, or the name) and whom else the form names. */
struct str services_facts(const struct service_answers *s, struct str applicant);

/* ---- checks ---- */
struct service_error {
    struct str name; /* of the control: "child_name", "father.pid" */
    struct str say;  /* in the reader's language */
};
typedef VEC(struct service_error) service_errors;
enum { SERVICE_ALL_PAGES = -1 };
/* Every asked field of a page (its item), or of all pages: 0 nothing wrong, else how many errors were added. lang: of the sentences. */
size_t services_check(const struct service_answers *s, int page, int item, enum lang lang, service_errors *errors);
/* The first page that still lacks something; false: none, the form is complete. */
bool services_next(const struct service_answers *s, size_t *page, int *item);
/* May this page be shown now? All asked pages before it are in order, and it is asked itself; item is at most one beyond the last. */
bool services_page_open(const struct service_answers *s, size_t page, int item);

/* ---- prefill ---- */
/* What is known of somebody, by the words of "prefill". values: one a part ("applicant.residence": unit, line). */
struct service_known {
    struct str name; /* "applicant.birth_day" */
    struct str values[SERVICE_PARTS];
    struct str source; /* "Cơ sở dữ liệu dân cư" */
    struct day as_of;
};
typedef VEC(struct service_known) service_knowns;
struct person; /* engines/people/people.h */
/* who: "applicant", "mother" …; the residence as the commune in force that day. The look at the register is the caller's to record. */
int services_know_person(struct dbr *r, struct arena *a, const char *who, const struct person *p, struct day as_of,
                         service_knowns *out, struct err *e);
/* Canonical JSON {"applicant.name":["…"]} and back, for what travels before a form begins. All read is said by `source` on that day; a word
 * or value that is none is refused (ERR_INPUT, e->field). */
int services_known_json(struct arena *a, const service_knowns *known, struct str *out, struct err *e);
int services_known_read(struct arena *a, struct str json, struct str source, struct day as_of, service_knowns *out, struct err *e);
/* Answers that are not there yet, where the form wants what is known. */
void services_prefill(struct service_answers *s, const service_knowns *known);

/* ---- taking a posted page ---- */
/* A form for routes that take a page of some service: its fields are known only by the version (form.open). Routes with files use
 * the other. Fields of the taker's own stand in the post with these names only: _key, _csrf, "page", "item", "go", SERVICES_CARRIED. */
extern const struct form services_post_form, services_post_files_form;
/* Puts the posted values of one page into the answers, cleaned; what is typed wrongly is kept too. Refuses by name a field that the
 * page does not have (ERR_INPUT, e->field). Files are the caller's: it sets the answer to what it keeps them under. */
int services_take(struct req *q, struct service_answers *s, size_t page, int item, struct err *e);
/* services_check of the page, its errors beside the fields of the request. -1 with ERR_FORM when there are any. */
int services_take_check(struct req *q, const struct service_answers *s, size_t page, int item, struct err *e);

/* ---- pages, shared by portal, counter and kiosk ---- */
#define SERVICES_CARRIED "carried"
enum service_face { SERVICE_WEB, SERVICE_AT_COUNTER, SERVICE_KIOSK, SERVICE_FACES_ };
struct str service_face_class(enum service_face f);
enum tag_kind service_source_tag(enum service_source s); /* paper is marked, what the citizen need not bring is accepted */

struct service_control {
    struct str legend, help; /* of several parts (a person, an address), or of checks; else empty */
    VEC(struct field_view) parts;
    bool checks;       /* one part with several boxes */
    struct str source; /* "Lấy từ Cơ sở dữ liệu dân cư ngày 16/02/2024", in the reader's language; or empty */
    /* It depends on another question of this page: the condition as JSON and in words; else empty. */
    struct str when, when_words;
};
typedef VEC(struct service_control) service_controls;

/* One page of the form. The caller sets action, key, back, and what else is said above. */
struct service_page_view {
    const struct service_def *def;
    const struct service_page *page;
    struct str title; /* the page's, with the item: "Trẻ thứ 2" */
    int item;
    int step, steps; /* place among the asked pages */
    service_controls controls;
    bool files;   /* the post is multipart */
    bool follows; /* some control has .when */
    bool more;    /* a repeated page that may have one more: a second button, go=more */
    enum service_face face;
    struct str action, back; /* back may be empty */
    struct str key;
    struct str carried; /* answers so far as JSON, when they travel in the page itself (SERVICES_CARRIED); else empty */
    struct str note;    /* source text above the form, or empty: whose form this is, that it is a test run */
    struct str submit;  /* source text: "Tiếp tục", set by services_page_fill */
};
/* Fills def … files, from the answers and, after a refusal, from what was typed (h's request). */
int services_page_fill(struct req *q, struct html *h, const struct service_answers *s, size_t page, int item,
                       struct service_page_view *out, struct err *e);
void services_draw_controls(struct html *h, const struct service_page_view *v); /* its fields alone, to stand in a form */
/* … with its hidden fields and buttons: all that stands inside the form. */
void services_draw_form(struct html *h, const struct service_page_view *v);
void services_draw_page(struct html *h, const struct service_page_view *v); /* a whole page */

struct service_summary_line {
    struct str label, words, source; /* source: as in struct service_control */
    bool missing;
    struct str change; /* path, or empty: no link */
};
struct service_summary_page {
    struct str title;
    struct str change;
    VEC(struct service_summary_line) lines;
};
struct service_summary {
    VEC(struct service_summary_page) pages;
    struct service_fees fees;
    VEC(const struct service_paper *) papers;
};
/* change: start of the links, "/nop/DVC12/abc/": page id and item are appended ("child/0"). STR_NONE: no links. */
int services_summary_of(const struct service_answers *s, enum lang lang, struct str change, struct service_summary *out,
                        struct err *e);

void services_draw_summary(struct html *h, const struct service_summary *v); /* to stand in a page */

/* ---- search ---- */
struct service_hit {
    struct str code, name, sector_name;
    int64_t version_id;
    enum service_level level;
    int score; /* per mille of a perfect match */
};
typedef VEC(struct service_hit) service_hits;
/* By plain words, with or without tones, mistyped, best first; services in force today. An empty text: nothing. */
int services_search(struct app *app, struct dbr *r, struct arena *a, struct str text, struct day on, size_t limit,
                    service_hits *out, struct err *e);

extern const struct module services_module;

#endif
