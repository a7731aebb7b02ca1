/* rollup_tables.h: tables of the roll-up's paper, and the words that they and its text share. */
#ifndef BON_ENGINES_PLAN_ROLLUP_TABLES_H
#define BON_ENGINES_PLAN_ROLLUP_TABLES_H

#include "engines/plan/rollup_paper.h"
#include "platform/html/html.h"

/* rollup_words.c */
struct str number_on_paper(struct arena *a, const struct plan_number *n); /* "60 / 80 cơ sở (75 %)", "chưa có số đo" */
struct str goal_on_paper(struct arena *a, const struct plan_number *n);   /* "ít nhất 20 dịch vụ"; empty: no goal */
struct str gap_on_paper(struct arena *a, const struct plan_line *l); /* "báo cao hơn số đo 15 %"; "–": nothing to compare */
struct str claim_on_paper(struct arena *a, const struct plan_line *l);        /* "90 %", "chưa báo" */
struct str agencies_on_paper(struct arena *a, const struct plan_agencies *g); /* short names by commas */
struct str province_in_sentence(struct arena *a, struct str province); /* "Tỉnh Đắk Nông": "tỉnh Đắk Nông" */

void rollup_dues_table(const struct plan_rollup *u, struct arena *a, struct document *d);
void rollup_models_table(const struct plan_rollup *u, struct arena *a, struct document *d);
bool rollup_has_words(const struct plan_rollup *u); /* some agency wrote something in the month */
void rollup_words_table(const struct plan_rollup *u, struct arena *a, struct document *d);
void rollup_conflicts_table(const struct plan_rollup *u, struct arena *a, struct document *d);

#endif
