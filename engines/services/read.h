/* read.h: a service file's JSON, read with every fault named by its place. A struct service_at is a place in the document and knows the
 * way to it; reading a member that is wrong notes a fault and gives something harmless, so that one run names all faults.
 */
#ifndef BON_ENGINES_SERVICES_READ_H
#define BON_ENGINES_SERVICES_READ_H

#include "engines/services/words.h"

#include <jansson.h>

struct service_at {
    const struct service_at *up;
    const char *key; /* NULL: item `index` of an array */
    size_t index;
    const json_t *j; /* NULL: absent, or null */
};

struct service_reader {
    struct arena *a;
    service_faults *faults;
};

enum json_need { JSON_MAY, JSON_MUST };

void service_read_fault(struct service_reader *r, const struct service_at *at, struct str say, struct str what);
struct service_at service_read_member(const struct service_at *object, const char *key);
struct service_at service_read_item(const struct service_at *array, size_t i);

/* An object with no members but these (ended by NULL). False: it is none, and a fault stands. Absent is false without one. */
bool service_read_object(struct service_reader *r, const struct service_at *at, const char *const *known);
/* How many items; 0 and a fault when it is no array or longer than most. */
size_t service_read_array(struct service_reader *r, const struct service_at *at, size_t most);

struct str service_read_text(struct service_reader *r, const struct service_at *object, const char *key, enum json_need need,
                             size_t most);
/* A text at this place itself, at most `most` letters, of one line. */
struct str service_read_text_at(struct service_reader *r, const struct service_at *at, size_t most);
struct str service_read_id(struct service_reader *r, const struct service_at *object, const char *key,
                           enum json_need need); /* a-z0-9_ */
bool service_read_bool(struct service_reader *r, const struct service_at *object, const char *key, bool otherwise);
bool service_read_int(struct service_reader *r, const struct service_at *object, const char *key, enum json_need need,
                      int64_t least, int64_t most, int64_t *out); /* true: it is there */
bool service_read_day(struct service_reader *r, const struct service_at *object, const char *key, enum json_need need,
                      struct day *out);
/* The value of a word of a list; `otherwise` when absent or wrong. */
int service_read_word(struct service_reader *r, const struct service_at *object, const char *key, enum json_need need,
                      const struct service_word *list, int otherwise);
/* One word, or an array of words, or-ed. */
unsigned service_read_words(struct service_reader *r, const struct service_at *object, const char *key,
                            const struct service_word *list);
/* Texts of an array, each once. */
size_t service_read_texts(struct service_reader *r, const struct service_at *object, const char *key, size_t most,
                          struct str **out);

/* ---- parts of a version: read_*.c ---- */
/* Conditions may ask the fields before `before`; def->n_fields: all. NULL: always, or a fault stands. */
const struct service_condition *service_read_condition(struct service_reader *r, const struct service_at *object,
                                                       const char *key, const struct service_def *def, size_t before);
void service_read_form(struct service_reader *r, const struct service_at *version, struct service_def *def);
void service_read_papers(struct service_reader *r, const struct service_at *version, struct service_def *def);
void service_read_fees(struct service_reader *r, const struct service_at *version, struct service_def *def);
void service_read_result(struct service_reader *r, const struct service_at *version, struct service_def *def);
void service_read_bundle(struct service_reader *r, const struct service_at *version, struct service_def *def);
void service_read_version(struct service_reader *r, const struct service_at *version, struct service_def *def);
/* The place of a field that stands at this place by its id; SERVICE_NO_FIELD and a fault when there is none. */
size_t service_read_field_name(struct service_reader *r, const struct service_at *at, struct str id,
                               const struct service_def *def, size_t before);

#endif
