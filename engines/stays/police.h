/* police.h: what the commune police see of the presence log: one night of the communes that their grants cover. Lists show
 * masked numbers; a guest's whole entry is a recorded page with a purpose.
 */
#ifndef BON_ENGINES_STAYS_POLICE_H
#define BON_ENGINES_STAYS_POLICE_H

#include "engines/stays/stays_internal.h"
#include "platform/html/components.h"

#define STAY_POLICE_MAY "stay.read.police"

/* ---- whose communes: police_scope.c ---- */
/* The communes of 2023 that lie in the territories of the actor's grants (a grant may name a commune of 2025). */
int police_units(struct req *q, struct scope_units *out, struct err *e);
bool police_may(const struct req *q, const struct unit_code *unit);

/* ---- one night: night.c ---- */
enum { NIGHT_ROWS_MAX = 4000, NIGHT_PAGE = 25, NIGHT_LOOK_BACK = 92 };

struct night_guest {
    const struct stay_night_row *row;
    bool overlap; /* the same number is in another place this night */
};
struct night {
    struct day day;
    struct instant since, from, until; /* what is looked at; the night itself is [from, until) */
    VEC(struct night_guest) guests;
    VEC(struct stay_overlap_row) overlaps;
    int64_t late, foreign, waiting, facilities;
    bool cut; /* there were more than NIGHT_ROWS_MAX */
};
void night_bounds(struct day d, struct night *out);
int night_load(struct dbr *r, struct arena *a, const struct scope_units *units, struct day d, struct night *out,
               struct err *e);
/* Keeps the guests that a search names: name, room, facility (folded), four or more digits of a number. */
void night_search(struct arena *a, struct night *n, struct str text);
void night_keep_facility(struct night *n, int64_t facility);

/* ---- pages ---- */
enum police_tab { POLICE_TONIGHT, POLICE_LATE, POLICE_OVERLAPS, POLICE_FACILITIES, POLICE_TABS_ };

struct police_frame {          /* what every list page shows above its list */
    struct scope_units units; /* chosen ones */
    struct scope_units all;   /* those the actor has */
    struct day day, today;
    struct str day_text, unit_text, search, place; /* place: names of the chosen communes */
    struct str path, live, csv, xlsx, before, after;
    struct tabs_view tabs;
    const struct form *form;
};

struct police_night_view {
    struct police_frame f;
    struct night night;
    size_t first, last; /* guests shown: [first, last) */
    struct pager_view pager;
    bool connected; /* to the national side */
};
/* The list names a place once, above its guests: does guest i begin another one, or this page? */
bool begins_facility(const struct police_night_view *v, size_t i);

struct police_late_view {
    struct police_frame f;
    VEC(struct stay_late_row) rows;
};

struct facility_line {
    struct facility facility;
    int64_t guests, late;
};
struct police_facilities_view {
    struct police_frame f;
    VEC(struct facility_line) lines;
    int64_t silent;
};

struct police_facility_view {
    struct facility facility;
    struct str unit_label;
    struct night night;
    struct series series;
    int64_t arrivals;
};

struct police_guest_view {
    struct stay_guest_full_row g;
    struct str number; /* of the receipt */
    struct str unit_label, purpose, file;
    struct stay_dispatches_of_guest_rows dispatches;
    struct stay_changes_of_guest_rows changes;
    struct stay_other_rows elsewhere;
};

extern const struct form police_filter_form, police_purpose_form;

enum tag_kind stay_state_tag(int64_t state);
struct str stay_outcome_label(struct str outcome); /* MSG */
struct str police_sex_label(int64_t sex);          /* MSG */
struct field_view police_unit_field(struct html *h, const struct police_frame *f);

route_read_fn police_tonight, police_late, police_overlaps, police_facilities, police_facility, police_ask,
    police_guest_reply, police_file_reply, police_live;
route_prepare_fn police_guest_prepare, police_file_prepare;
route_write_fn police_guest_write, police_file_write;

#endif
