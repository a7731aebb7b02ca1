/* editor.h: the catalogue officer's desk: drafts, and the pieces of a draft, each with a form of its own (services_editor_kinds.c).
 *
 * A piece is found by its id, not by its place: somebody else may have moved it since the page was opened.
 */
#ifndef BON_ENGINES_SERVICES_EDITOR_H
#define BON_ENGINES_SERVICES_EDITOR_H

#include "engines/services/draft.h"

/* How a form's field lies in the piece's JSON. */
enum bound_how {
    BOUND_TEXT, /* absent when empty */
    BOUND_ID,   /* likewise; what the piece is found by */
    BOUND_INT,
    BOUND_BOOL,
    BOUND_LINES,   /* one text a line */
    BOUND_WORDS,   /* words parted by spaces */
    BOUND_CHOICES, /* "value | label" a line */
    BOUND_CITES,   /* a law a line; "? " before one that is not confirmed */
    BOUND_MAP,     /* an object of texts: "its question = ours" a line */
    BOUND_PAPER,   /* lines of a result: a paragraph, or "label | text" for a row of a table */
};
struct bound {
    const char *field;  /* of the form */
    const char *inside; /* member object it lies in ("source", "time"), or NULL */
    const char *member;
    enum bound_how how;
    bool head; /* of the service, not of its version */
};

struct editor_kind {
    const char *name; /* last part of the path */
    const struct form *form;
    const struct bound *bounds; /* ended by field NULL */
    struct str title;           /* MSG */
    bool listed;                /* one of several: found by id, may be moved and taken out */
    bool has_when;
    const char *key; /* member that a listed piece is found by; NULL: "id" */
};
extern const struct form services_facts_form, services_page_form, services_field_form, services_paper_form,
    services_fee_form, services_result_form, services_child_form, services_raw_form, services_propose_form,
    services_draft_step_form;
extern const struct editor_kind services_editor_kinds[];                /* ended by name NULL */
const struct editor_kind *services_editor_kind_of(const struct req *q); /* by the request's path */

/* The array that the piece lies in, and the piece; NULL: a new one (id empty) or none. */
struct piece {
    json_t *root, *version, *array, *j;
    size_t at;
};
int services_piece_find(struct req *q, const struct draft *d, const struct editor_kind *k, struct str page, struct str id,
                        struct piece *out, struct err *e);

/* What stands in a piece, as its form shows it; and back. */
struct str services_bound_get(struct arena *a, const struct bound *b, const json_t *root, const json_t *piece);
int services_bound_put(struct req *q, const struct bound *b, json_t *root, json_t *piece, struct err *e);
/* The three controls of a simple condition. complex: it is kept as it is unless somebody chooses otherwise. */
struct when_parts {
    struct str field, how, value;
    bool complex;
};
struct when_parts services_when_get(struct arena *a, const json_t *when);
int services_when_put(struct req *q, json_t *piece, struct err *e);

/* ---- views ---- */
struct desk_row {
    struct str code, name, level;
    enum tag_kind tag;
    int64_t version, papers;
    struct day since;
};
struct desk_view {
    VEC(struct desk_row) services;
    struct service_drafts_open_rows drafts;
    struct str key;
    bool may_edit;
};
struct piece_view {
    const struct editor_kind *kind;
    const struct draft *draft;
    struct str title, id, page, action, back, key;
    VEC(struct field_view) fields;
    bool is_new, conflict, complex;
    struct str when_words; /* the condition as it stands, in words */
};
struct draft_view {
    const struct draft *d;
    compare_lines changes;
    struct str key, today;
    bool may_edit, may_publish, own; /* own: this person may not be the second */
};
struct raw_view {
    const struct draft *d;
    struct str text, key;
    bool conflict;
};

/* The end of a test run: all answers, and the paper that would be made of them. */
struct test_summary_view {
    const struct draft *d;
    struct service_summary summary;
    VEC(struct str) paper;
};
struct str services_draft_href(const struct html *h, int64_t draft, const char *part);

int services_test_get(struct req *q, struct res *s, struct err *e);
int services_test_prepare(struct req *q, struct err *e);
int services_test_reply(struct req *q, struct res *s, struct err *e);
int services_test_again(struct req *q, struct res *s, struct err *e);
struct services_import_view {
    const service_files *files; /* of a refused upload, with their faults; or NULL */
    struct str key;
};
extern const struct form services_import_form;
int services_export_get(struct req *q, struct res *s, struct err *e);
int services_import_get(struct req *q, struct res *s, struct err *e);
int services_import_prepare(struct req *q, struct err *e);
int services_import_write(struct req *q, struct tx *tx, struct err *e);
int services_desk_get(struct req *q, struct res *s, struct err *e);
int services_draft_new_prepare(struct req *q, struct err *e);
int services_draft_new_write(struct req *q, struct tx *tx, struct err *e);
int services_draft_reply(struct req *q, struct res *s, struct err *e);
int services_draft_get(struct req *q, struct res *s, struct err *e);
int services_draft_compare_get(struct req *q, struct res *s, struct err *e);
int services_draft_preview_get(struct req *q, struct res *s, struct err *e);
int services_piece_get(struct req *q, struct res *s, struct err *e);
int services_piece_prepare(struct req *q, struct err *e);
int services_piece_write(struct req *q, struct tx *tx, struct err *e);
int services_raw_get(struct req *q, struct res *s, struct err *e);
int services_raw_prepare(struct req *q, struct err *e);
int services_propose_prepare(struct req *q, struct err *e);
int services_propose_write(struct req *q, struct tx *tx, struct err *e);
int services_publish_prepare(struct req *q, struct err *e);
int services_publish_write(struct req *q, struct tx *tx, struct err *e);
int services_settle_write(struct req *q, struct tx *tx, struct err *e);

#endif
