/* pages.h: what the leader's page shows, and the handlers that routes name. Nothing here can hold a person: views are made of
 * indicator_table only.
 */
#ifndef BON_ENGINES_INDICATORS_PAGES_H
#define BON_ENGINES_INDICATORS_PAGES_H

#include "engines/indicators/indicators_internal.h"
#include "platform/html/components.h"

/* What a reader asked for: ?measure= &geo=2023|2025 &day=yyyy-mm-dd. */
struct question {
    enum indicator measure;
    enum geography geography;
    struct day day, today;
};
int question_read(struct req *q, struct question *out, struct err *e);
struct str geography_text(enum geography g); /* "2023", "2025": in addresses */

/* Sums of numbers that were published, day by day: they tell nothing that the days do not. */
struct published_sum {
    int64_t n;
    size_t days, hidden; /* days in it; days left out because they are hidden */
};

struct top_row {
    struct str name;
    int64_t n;
};
struct top_list {
    struct top_row *v;
    size_t n;
    int64_t most;
};

struct leader_view {
    struct question asked;
    bool tonight; /* the present night: it follows by itself */
    const struct indicator_table *guests, *before;
    struct cell facilities, open;
    struct published_sum late;
    int64_t declared_known, late_known; /* over the days on which both are shown */
    struct str map_json, outline_href, csv_href, live_href;
    struct str day_before_href, day_after_href; /* empty: none */
    struct tabs_view tabs;
    struct series series;
    struct top_list top;
    int64_t threshold;
};

/* For the template. */
struct str cell_words(struct html *h, struct cell c);           /* "2.471", or "ẩn" */
struct str against_before(struct html *h, const struct leader_view *v);
struct str on_time_words(struct html *h, const struct leader_view *v);
struct str late_words(struct html *h, const struct leader_view *v);
struct str late_remark(struct html *h, const struct leader_view *v);
struct str open_words(struct html *h, const struct leader_view *v);
struct str night_words(struct html *h, const struct leader_view *v);
struct str counted_words(struct html *h, const struct leader_view *v); /* as of when */
bool has_hidden(const struct indicator_areas *areas);

/* pages.c */
int leader_get(struct req *q, struct res *s, struct err *e);
int leader_live(struct req *q, struct res *s, struct err *e);
/* api.c */
int leader_csv(struct req *q, struct res *s, struct err *e);
int indicators_api(struct req *q, struct res *s, struct err *e);
/* commands.c */
extern const struct cli_command indicators_commands[];

#endif
