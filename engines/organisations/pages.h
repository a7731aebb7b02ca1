/* pages.h: what the pages of this register show, and the handlers that routes name. */
#ifndef BON_ENGINES_ORGANISATIONS_PAGES_H
#define BON_ENGINES_ORGANISATIONS_PAGES_H

#include "engines/organisations/inside.h"
#include "platform/html/components.h"

struct organisations_view {
    struct organisations_search_rows rows;
    struct str query, next_href; /* next_href empty: the last page */
    struct day today;
};

struct organisation_view {
    struct organisation organisation;
    struct parts_of_organisation_rows parts;
    struct day today;
    bool open_end, over;
    struct str key;
};

/* "Xem hồ sơ của tổ chức · Nộp và bổ sung hồ sơ": source texts of what a part allows. */
struct str_of_scope {
    struct str v[4];
    size_t n;
};
struct str_of_scope scope_titles(const struct parts_of_organisation_row *p);
bool part_is_over(const struct organisation_view *v, const struct parts_of_organisation_row *p);
struct day part_last_day(const struct parts_of_organisation_row *p);
bool part_was_held(const struct parts_of_organisation_row *p); /* false: withdrawn on its first day or before */
bool part_has_end(const struct parts_of_organisation_row *p);

/* view.c */
int organisation_view_load(struct req *q, int64_t id, struct organisation_view *v, struct err *e);

/* own.c */
extern const struct form agent_form;
int own_organisation_get(struct req *q, struct res *s, struct err *e);
int agent_prepare(struct req *q, struct err *e);
int agent_write(struct req *q, struct tx *tx, struct err *e);
int agent_end_write(struct req *q, struct tx *tx, struct err *e);
int own_organisation_reply(struct req *q, struct res *s, struct err *e);

/* desk.c */
extern const struct form organisation_form, head_form;
int organisations_get(struct req *q, struct res *s, struct err *e);
int organisation_new_get(struct req *q, struct res *s, struct err *e);
int organisation_get(struct req *q, struct res *s, struct err *e);
int organisation_prepare(struct req *q, struct err *e);
int organisation_write(struct req *q, struct tx *tx, struct err *e);
int head_prepare(struct req *q, struct err *e);
int head_write(struct req *q, struct tx *tx, struct err *e);
int organisation_end_write(struct req *q, struct tx *tx, struct err *e);
int organisation_reply(struct req *q, struct res *s, struct err *e);

#endif
