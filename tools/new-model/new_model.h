/* new_model.h: the parts of tools/new-model, for its main and its tests. */
#ifndef BON_TOOLS_NEW_MODEL_H
#define BON_TOOLS_NEW_MODEL_H

#include "base/err.h"

struct new_model {
    struct str top;       /* the source tree */
    struct str templates; /* tools/new-model/template */
    int number;           /* row of the plan, 1 … 42 */
    struct str name;      /* "guest_houses": lower case, digits, '_' */
    struct str title;     /* Vietnamese; STR_NONE: the plan's own words */
    struct str english;   /* STR_NONE: the plan's own translation */
};

/* What the plan says of one row. */
struct plan_row {
    struct str name, english, lead;
};

/* A word of the templates and what stands for it. */
struct filling {
    struct str word, text;
};

/* Makes models/mNN_name and its line in models/LIST. Everything is checked and read before the first byte is written; *dir is the new
 * directory's name. */
int new_model_make(struct arena *a, const struct new_model *m, struct str *dir, struct err *e);

/* The row of packs/dak_nong/models.csv. */
int plan_row_read(struct arena *a, struct str csv, int number, struct plan_row *out, struct err *e);

/* Each @word@ replaced; an unknown one is an error. */
int template_fill(struct arena *a, struct str text, const struct filling *words, size_t n, struct str *out, struct err *e);

/* models/LIST with one more line, in the order of the numbers; refuses a number or a name that is there already. */
int list_with(struct arena *a, struct str list, struct str dir, struct str *out, struct err *e);

/* files.c */
int file_read(struct arena *a, struct str path, struct str *out, struct err *e);
int file_write(struct arena *a, struct str path, struct str content, struct err *e); /* makes the directories above it */
struct str_list {
    struct str *v;
    size_t n, room;
};
/* Every file below dir, as paths relative to it, sorted. */
int files_below(struct arena *a, struct str dir, struct str_list *out, struct err *e);

#endif
