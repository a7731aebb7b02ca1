/* rollup_tables.h: tables of the roll-up's paper, and the words that they and its text share. */
#ifndef BON_ENGINES_PLAN_ROLLUP_TABLES_H
#define BON_ENGINES_PLAN_ROLLUP_TABLES_H

#include "engines/plan/figures.h"
#include "engines/plan/rollup_paper.h"

/* A paper says what the screens say (figures.h), in Vietnamese whoever asks for it. */
static inline struct html paper_words(struct arena *a)
{
    return (struct html) { .arena = a, .lang = LANG_VI };
}
struct str province_in_sentence(struct arena *a, struct str province); /* "Tỉnh Đắk Nông": "tỉnh Đắk Nông" */

void rollup_dues_table(const struct plan_rollup *u, struct arena *a, struct document *d);
void rollup_models_table(const struct plan_rollup *u, struct arena *a, struct document *d);
bool rollup_has_words(const struct plan_rollup *u); /* some agency wrote something in the month */
void rollup_words_table(const struct plan_rollup *u, struct arena *a, struct document *d);
void rollup_conflicts_table(const struct plan_rollup *u, struct arena *a, struct document *d);

#endif
