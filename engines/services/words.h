/* words.h: the words of the file format, each with what it means in C and what people read. */
#ifndef BON_ENGINES_SERVICES_WORDS_H
#define BON_ENGINES_SERVICES_WORDS_H

#include "engines/services/services.h"

struct service_word {
    struct str word;  /* in a file; a list ends with none */
    struct str label; /* MSG */
    int value;
};
extern const struct service_word service_levels[], service_unit_levels[], service_sources[], service_fallbacks[],
    service_deliveries[], service_field_types[], service_rules[], service_life_events[];

/* NULL: no such word. */
const struct service_word *service_word_named(const struct service_word *list, struct str word);
const struct service_word *service_word_of(const struct service_word *list, int value);

/* "applicant.name": is it something that may be known of somebody? Which parts a field of the type takes from it is the field's matter. */
bool service_prefill_known(struct str word);
/* Names and number of a type's parts; a type of one part has the name "". */
size_t service_parts(enum service_field_type t, const char *const **names);

#endif
