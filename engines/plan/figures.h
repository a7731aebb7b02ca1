/* figures.h: how the plan's numbers are said on every screen: the same words on the board, a model's page and a report. */
#ifndef BON_ENGINES_PLAN_FIGURES_H
#define BON_ENGINES_PLAN_FIGURES_H

#include "engines/plan/report_text.h"
#include "platform/html/components.h"

struct str number_words(struct html *h, const struct plan_number *n); /* "60 / 80 cơ sở (75 %)", "chưa có số đo" */
struct str goal_words(struct html *h, const struct plan_number *n);   /* "ít nhất 20 dịch vụ công"; empty: no goal */
struct str progress_words(struct html *h, const struct plan_line *l);  /* "75 %" of the goal; "–": cannot be said */
struct str tenths_words(struct html *h, int tenths);                  /* 750: "75 %", 333: "33,3 %" */
struct str gap_words(struct html *h, const struct plan_line *l); /* "báo cao hơn số đo 15 điểm %"; empty: no gap known */
struct str claim_words(struct html *h, const struct plan_line *l);        /* "90 %", "chưa báo" */
struct str agencies_words(struct arena *a, const struct plan_agencies *list); /* short names by commas */
struct str month_words(struct html *h, int64_t month);                    /* "09/2023" */
struct plan_number number_of_report(const struct report_number *n, struct day on);

/* How a state looks. */
enum tag_kind status_tag(enum plan_status s);
enum tag_kind report_tag(enum plan_report_state s);

#endif
