/* intake.h: from somebody at the counter to a case: who (intake_person.c), which service (intake_service.c), its form
 * (intake_form.c), papers (intake_papers.c), received (intake_receive.c).
 */
#ifndef BON_ENGINES_COUNTER_INTAKE_H
#define BON_ENGINES_COUNTER_INTAKE_H

#include "engines/counter/inside.h"
#include "engines/identity/identity.h"
#include "engines/sources/sources.h"
#include "gen/counter_queries.h"

enum { INTAKE_HOURS = 24 };
#define INTAKE_FIELD_SLOT "field." /* before the name of a field: a picture that the form itself asks for */

struct intake {
    struct counter_intake_row_row row;
    const struct service_def *def; /* NULL: not chosen yet */
    struct service_answers answers;
    struct source_desk desk;
    source_takes takes; /* papers that come from a source; none when the register does not know who stands there */
};
/* The one of {id}, of this clerk; with its service and answers once chosen. */
int intake_find(struct req *q, struct intake *k, struct err *e);
/* …which must have a service. */
int intake_find_chosen(struct req *q, struct intake *k, struct err *e);
struct str intake_path(struct arena *a, int64_t id, const char *rest);
struct str intake_who(struct arena *a, const struct intake *k); /* "Nguyễn Văn A, sinh 02/03/1990" */

/* ---- pages ---- */
struct intake_start_view {
    struct counter_intakes_open_rows open;
    struct str key;
};
struct intake_service_view {
    struct intake k;
    struct str who, search, action, key;
    bool searched;
    service_hits hits;
};
struct intake_sheet_view {
    struct intake k;
    struct str who, action, back, key;
    VEC(struct service_page_view) pages;
};
struct intake_paper_line {
    const struct service_paper *paper;
    const struct counter_intake_papers_row *given; /* NULL: nothing yet */
    struct field_view file, kind;
};
struct intake_receive_view {
    struct intake k;
    struct str who, phone, papers_action, action, back, key;
    VEC(struct intake_paper_line) papers; /* those that the citizen brings */
    VEC(const struct service_paper *) looked_up; /* by an officer, later */
    struct service_fees fees;
    struct field_view delivery;
    struct case_others doubles;
};
struct intake_done_view {
    struct case_made made;
    struct str number, code, name, service_name, place, case_path;
    struct paper_view paper;
    VEC(struct str) papers;
    bool again;
};

extern const struct form intake_person_form, intake_service_form, intake_sheet_form, intake_papers_form, intake_receive_form;

route_read_fn intake_start_get, intake_person_reply;
route_prepare_fn intake_person_prepare;
route_write_fn intake_person_write;
route_read_fn intake_service_get, intake_service_reply;
route_prepare_fn intake_service_prepare;
route_write_fn intake_service_write;
route_read_fn intake_form_get, intake_form_reply, intake_form_again;
route_prepare_fn intake_form_prepare;
route_write_fn intake_form_write;
route_read_fn intake_papers_reply;
route_prepare_fn intake_papers_prepare;
route_write_fn intake_papers_write;
route_prepare_fn intake_look_prepare, intake_source_prepare;
route_write_fn intake_look_write, intake_source_write;
route_read_fn intake_receive_get, intake_receive_reply;
route_prepare_fn intake_receive_prepare;
route_write_fn intake_receive_write;
/* The sources of this form's papers: as they stand, asked when they have not been, and which is still open. */
int intake_sources_read(struct req *q, struct intake *k, struct err *e);
int intake_sources_ask(struct req *q, struct intake *k, struct err *e);
int intake_sources_refuse(struct req *q, const struct intake *k, struct err *e);
void intake_sources_draw(struct html *h, const struct intake *k, struct str key);
int counter_expire_job(struct job_run *j, struct err *e);

#endif
