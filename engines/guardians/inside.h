/* inside.h: what the files of this engine share, and the handlers that routes name. */
#ifndef BON_ENGINES_GUARDIANS_INSIDE_H
#define BON_ENGINES_GUARDIANS_INSIDE_H

#include "engines/guardians/guardians.h"
#include "gen/guardians_queries.h"
#include "platform/html/components.h"

#define MAY_RECORD "guardianship.record"
#define ROLE_GUARDIAN "guardian"

struct guardianships_view {
    struct guardianships_of_unit_rows rows;
    struct str next_href; /* empty: the last page */
    struct day today;
    struct str key;
};
struct day guardianship_last_day(const struct guardianships_of_unit_row *g);
bool guardianship_was_held(const struct guardianships_of_unit_row *g); /* false: ended on its first day or before */
bool guardianship_has_end(const struct guardianships_of_unit_row *g);
bool guardianship_is_over(const struct guardianships_view *v, const struct guardianships_of_unit_row *g);

/* By papers, of one guardian at a time: as many as guardianships_of_guardian reads, so that none is overlooked. */
enum { PAPER_WARDS_MOST = 100 };

/* wards.c */
int guardians_session_rule(struct req *q, struct tx *tx, const struct proof *shown, struct session_limits *out, struct err *e);
/* Ends what has ended by a death. */
int guardians_review_job(struct job_run *j, struct err *e);

/* desk.c */
extern const struct form guardianship_form, guardianship_end_form;
int guardianships_get(struct req *q, struct res *s, struct err *e);
int guardianship_prepare(struct req *q, struct err *e);
int guardianship_write(struct req *q, struct tx *tx, struct err *e);
int guardianship_end_prepare(struct req *q, struct err *e);
int guardianship_end_write(struct req *q, struct tx *tx, struct err *e);
int guardianship_reply(struct req *q, struct res *s, struct err *e);

#endif
