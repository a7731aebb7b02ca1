/* board.h: the board of the whole plan: one sentence, every row as a small square and as a cell, the months above them. */
#ifndef BON_ENGINES_PLAN_BOARD_H
#define BON_ENGINES_PLAN_BOARD_H

#include "engines/plan/figures.h"
#include "platform/html/components.h"
#include "platform/office/sheet.h"

/* How many rows stand where, and where an agency's word is furthest above the count. */
struct board_sum {
    int64_t status[PLAN_STATUSES_];
    int64_t rows, uncounted, undecided;
    const struct plan_line *widest; /* NULL: nowhere */
};
struct board_sum board_add(const struct plan_overview *o);

struct board_group {
    struct str code, name;
    const struct plan_line **lines;
    size_t n;
};
struct board_groups {
    struct board_group *v;
    size_t n;
};
/* The rows in their groups; a row for which keep says no is left out, and a group that has none. keep NULL: all. */
struct board_groups board_grouped(struct arena *a, const struct plan_overview *o, bool (*keep)(const void *ctx, const struct plan_line *l),
                                  const void *ctx);

struct board_month {
    int64_t month;
    struct str href;
    bool current, closed;
    int64_t signed_, due; /* agencies that signed, of those that owe a report */
};

struct board_view {
    const struct plan_overview *all;
    struct str as_of;            /* source text filled: of which day and which reports */
    struct board_sum sum;        /* of the whole plan, also when a filter is on */
    struct shares shares;
    VEC(struct board_month) months;
    struct board_groups plan;    /* all rows */
    struct board_groups shown;   /* those that pass the filter */
    int64_t n_shown;
    bool filtered;
    struct field_view agency, district, status;
    struct str query;            /* of this page's address: the files take it over */
    struct str month;            /* "2023-09": kept by the filter's form; empty: today */
};

/* ---- a row's words, shared by board, timeline and public page ---- */
enum share_kind status_share(enum plan_status s); /* its shape, pattern and colour */
enum plan_status status_in_order(size_t i);       /* as a leader reads them: what is reached first */
const char *status_name(enum plan_status s);      /* in addresses and files: "late" */
bool status_named(struct str name, enum plan_status *out);
struct str line_name(const struct html *h, const struct plan_line *l); /* in the reader's language where the plan has it */
bool line_counted(const struct plan_line *l);
int64_t line_percent(const struct plan_line *l);  /* counted, of its goal, rounded down; only when line_counted */
struct shares status_shares(struct arena *a, const struct board_sum *sum, struct str title);

/* ---- for the templates ---- */
struct str board_headline(struct html *h, const struct board_sum *sum);
struct str board_gap(struct html *h, const struct board_sum *sum);
struct str board_signed(struct html *h, const struct board_month *m);
struct str cell_class(const struct plan_line *l);
struct str model_href(const struct html *h, const struct plan_line *l);

/* board.c */
int board_get(struct req *q, struct res *s, struct err *e);
int board_file(struct req *q, struct res *s, struct err *e); /* CSV or XLSX, as the path ends */
/* board_book.c */
int board_book(struct req *q, struct res *s, const struct board_view *v, struct err *e);
struct str board_file_href(const struct html *h, const struct board_view *v, enum book_format format);

#endif
