/* office.h: what the head of the office looks at: work by person, the book of form 06, pairs of cases about one thing. */
#ifndef BON_ENGINES_COUNTER_OFFICE_H
#define BON_ENGINES_COUNTER_OFFICE_H

#include "engines/counter/inside.h"

struct load_sum {
    struct str key, name; /* name: data, or a source text for nobody */
    int64_t waiting, late, done;
};
typedef VEC(struct load_sum) load_sums;
struct workload_view {
    struct counter_desk desk;
    size_t place;
    struct str place_name, csv, xlsx;
    struct case_loads loads;
    struct case_raises raises; /* before the head, waiting */
    load_sums people, services;
    int64_t waiting, late, done;
    struct series chart;
};
int counter_workload_get(struct req *q, struct res *s, struct err *e);
int counter_workload_file(struct req *q, struct res *s, struct err *e);

struct book_days {
    struct day from, until; /* both included */
};
struct case_book_view {
    struct unit_code unit;
    struct book_days days;
    struct case_book book;
    struct str place_name, csv, xlsx, pdf, docx, next;
};
struct str book_remark(const struct case_book_line *l); /* source text */
route_prepare_fn counter_book_prepare;
route_write_fn counter_book_write;
route_read_fn counter_book_reply;

struct pair_line {
    struct case_pair pair;
    struct str place, other_place;
};
struct pairs_view {
    VEC(struct pair_line) lines;
    struct str key;
};
extern const struct form counter_pair_form;
route_read_fn counter_pairs_get, counter_pair_reply;
route_prepare_fn counter_pair_prepare;
route_write_fn counter_pair_write;

#endif
