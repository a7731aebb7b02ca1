/* catalogue.h: the public pages of the catalogue and what they show. */
#ifndef BON_ENGINES_SERVICES_CATALOGUE_H
#define BON_ENGINES_SERVICES_CATALOGUE_H

#include "engines/services/form.h"

/* ---- words for readers: service_words.c ---- */
/* When something is asked, in a sentence: "“Quan hệ với trẻ” là “Người thân khác”". */
struct str services_condition_words(struct arena *a, enum lang lang, const struct service_def *def,
                                    const struct service_condition *when);
struct str services_time_words(struct arena *a, enum lang lang, const struct service_def *def); /* "5 ngày làm việc" */
/* "chờ hệ thống hoạt động lại; khai trước, kiểm tra sau" */
struct str services_fallback_words(struct arena *a, enum lang lang, unsigned fallbacks);
struct str services_delivery_words(struct arena *a, enum lang lang, unsigned delivery);
enum tag_kind service_level_tag(enum service_level l);

/* ---- the list ---- */
struct catalogue_entry {
    struct str code, name, level, time; /* level, time: in the reader's language */
    enum tag_kind tag;
    int64_t papers; /* that still are paper */
    bool online;
};
struct catalogue_group {
    struct str title; /* sector, or source text of a life event */
    VEC(struct catalogue_entry) entries;
};
struct catalogue_choice {
    struct str label; /* source text or data */
    struct str key;
    int64_t n;
};
struct catalogue_view {
    struct str asked; /* what was searched for; empty: nothing */
    struct str title; /* of the list: an event, a sector; empty: the front page */
    VEC(struct catalogue_choice) events, sectors;
    VEC(struct catalogue_entry) entries; /* of the search, event or sector */
    int64_t total, online, without_paper;
};

/* ---- one service ---- */
struct service_version_line {
    int64_t version;
    struct day since, until;
    bool open, current;
};
struct service_link {
    struct str code, name;
};
struct service_view {
    const struct service_def *def;
    struct str agency;                /* who carries the function today, or empty */
    struct str time, delivery, apply; /* apply: path, or empty */
    struct money least, most;
    bool free, by_answers; /* by_answers: what it costs depends on the answers */
    bool fees_confirmed;
    VEC(struct service_version_line) versions;
    VEC(struct service_link) children;
};

int services_catalogue_get(struct req *q, struct res *s, struct err *e);
int services_one_get(struct req *q, struct res *s, struct err *e);
/* The public page of a version, published or not. */
int services_show(struct req *q, struct res *s, const struct service_def *def, struct err *e);
int services_catalogue_json(struct req *q, struct res *s, struct err *e);
int services_one_json(struct req *q, struct res *s, struct err *e);

/* Who carries a legal function on a day, by the pack's settings; empty: not said. */
struct str services_function_holder(const struct app *app, struct str function, struct day on);

#endif
