/* form.h: shared by the files that take, check and show a service's form. */
#ifndef BON_ENGINES_SERVICES_FORM_H
#define BON_ENGINES_SERVICES_FORM_H

#include "engines/services/inside.h"

/* The name of a control: the field's id, or "id.part". */
struct str services_control_name(struct arena *a, const struct service_field *f, size_t part);
/* "Lấy từ Cơ sở dữ liệu dân cư ngày 16/02/2024"; empty when the person typed it. */
struct str services_source_words(struct arena *a, enum lang lang, const struct service_answer *x);
/* One answer against its field; nothing when it is right. */
void services_check_field(const struct service_answers *s, size_t field, int item, enum lang lang, service_errors *errors);

/* The error's field is this name; -1. */
int services_name_error(struct err *e, struct str name);

/* page_when.c: does a condition ask a question of this page? Then what it depends on may still change while the page is filled in. */
bool services_when_here(const struct service_def *def, const struct service_condition *when, size_t page);
struct str services_when_json(const struct service_answers *s, const struct service_condition *when, size_t page, int item);

#endif
