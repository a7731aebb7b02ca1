/* form.h: fields and their values, inside platform/http. */
#ifndef BON_PLATFORM_HTTP_FORM_H
#define BON_PLATFORM_HTTP_FORM_H

#include "platform/http/inside.h"

/* Cleans *value and checks it by type, limits and the field's own check. On refusal e->say is the sentence and *value is
 * untouched. An empty value passes. */
int field_value_check(struct req *q, const struct field *f, struct str *value, struct err *e);

/* A sentence with {names} filled in, in the reader's language. */
struct str field_say(struct req *q, struct str text, const struct tr_arg *args, size_t n);

const struct field *form_field(const struct form *form, struct str name);

#define FILE_MOST (5 * 1024 * 1024) /* bytes of a file whose field names no limit */

#endif
