/* draft.h: a version before it is published: read, changed piece by piece, proposed, published by a second person. */
#ifndef BON_ENGINES_SERVICES_DRAFT_H
#define BON_ENGINES_SERVICES_DRAFT_H

#include "engines/services/catalogue.h"

#include <jansson.h>

#define SERVICES_EDIT_MAY    "services.edit"
#define SERVICES_PUBLISH_MAY "services.publish"

enum draft_state { DRAFT_OPEN, DRAFT_PROPOSED, DRAFT_PUBLISHED, DRAFT_DROPPED };

struct draft {
    struct service_draft_row_row row;
    struct service_file file; /* with one version, when there are no faults */
    service_faults faults;
    const struct service_def *def;  /* NULL when the body cannot be read at all */
    const struct service_def *base; /* NULL: a new service */
};

/* The draft of the path's {id}. ERR_NOT_FOUND with a sentence. */
int services_draft_read(struct req *q, struct draft *out, struct err *e);
/* Its body as JSON that is given back when the request ends; version points into it. */
int services_draft_json(struct req *q, const struct draft *d, json_t **root, json_t **version, struct err *e);
/* Canonical text of a changed body. */
int services_draft_text(struct req *q, const json_t *root, struct str *out, struct err *e);

/* Saves the body over the revision that the page was made from; ERR_CONFLICT with a sentence when somebody was faster. part: for the
 * log. */
int services_draft_change(struct req *q, struct tx *tx, const struct draft *d, int64_t revision, struct str body,
                          struct str part, struct err *e);
/* Has this person written in it? Then somebody else publishes it. */
bool services_draft_own(const struct req *q, const struct draft *d);
/* The draft's editors with this one among them. */
struct str services_draft_editors(const struct req *q, struct str editors);
/* ERR_CONFLICT when a statement of ours changed no row. */
int services_draft_refuse_stale(int64_t changed, struct err *e);
/* A file's names and words into an object. */
void services_put_head(json_t *j, const struct service_file *f);
/* Names and words of a service, without versions; NULL when there is none. The caller's to give back, as is the next. */
json_t *services_head_json(struct dbr *r, struct arena *a, struct str code, struct err *e);
/* A published version as a service file with one version. */
int services_file_json(struct dbr *r, struct arena *a, int64_t version_id, json_t **out, struct err *e);
struct str services_draft_path(struct req *q, const char *part); /* "/admin/services/drafts/12" + part */

/* ---- what differs, in words: compare.c ---- */
enum compare_kind { COMPARE_ADDED, COMPARE_REMOVED, COMPARE_CHANGED };
struct compare_line {
    enum compare_kind kind;
    struct str what;        /* in the reader's language: "Câu hỏi “Ngày sinh”: nhãn" */
    struct str was, became; /* empty for what was added, removed */
};
typedef VEC(struct compare_line) compare_lines;
void services_compare(struct arena *a, enum lang lang, const struct service_def *was, const struct service_def *is,
                      compare_lines *out);

#endif
