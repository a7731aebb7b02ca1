/* components.h: what the shared templates in this directory take: views, small and flat, filled by a page's handler or by the
 * functions below. The templates and a line of use for each: README.md.
 *
 * Texts called "source text" are Vietnamese and are translated by the template; data (names, numbers) may stand there too,
 * since a text without a translation is shown as it is. Memory is the request's arena.
 */
#ifndef BON_PLATFORM_COMPONENTS_H
#define BON_PLATFORM_COMPONENTS_H

#include "base/vec.h"
#include "platform/http/page.h"

/* ---- forms ---- */
struct option_view {
    struct str value, id;
    struct str label; /* source text */
    bool selected;
};

/* One control with its label, help and error. */
struct field_view {
    enum field_type type;
    struct str name, id;           /* id: "field-NAME", where the error summary leads */
    struct str label, help, error; /* source texts; error empty: none */
    struct str value;              /* typed before, or stored, or empty; never set for secrets */
    bool required;
    bool checked;   /* FIELD_CHECK */
    bool as_select; /* FIELD_CHOICE: a list instead of radios */
    int max;        /* characters, 0: no limit in the control */
    int width;      /* 4, 8, 12 or 20 characters wide; 0: the whole column */
    struct str autocomplete, inputmode;
    struct str suffix;      /* unit after the control, source text */
    struct str accept;      /* FIELD_FILE */
    struct str describedby; /* ids of help and error, or STR_NONE */
    VEC(struct option_view) options;
};

/* A field of a form as this page must show it now: what was typed (kept after a refusal), else `stored`; the error beside it. */
struct field_view field_of(struct html *h, const struct form *form, const char *name);
struct field_view field_with(struct html *h, const struct form *form, const char *name, struct str stored);

/* Variants, to be wrapped around the above in a template: {{field(field_width(field_of(h, &f, "room"), 8))}} */
struct field_view field_width(struct field_view f, int width);
struct field_view field_auto(struct field_view f, const char *autocomplete); /* "username", "current-password", "name"… */
struct field_view field_suffix(struct field_view f, struct str suffix);
struct field_view field_select(struct field_view f);
struct field_view field_label(struct field_view f, struct str label);
/* A field that no form of the program declares, since its form is data: name, type, label, help, choices' labels are the caller's; this
 * fills id, error and describedby. */
void field_complete(struct html *h, struct field_view *f);
/* The same field again in row n of a list: ids stay unique. */
struct field_view field_row(struct html *h, struct field_view f, int64_t row);
/* Choices known only now (facilities, units); value is the one selected when nothing was typed. */
void field_option(struct html *h, struct field_view *f, struct str value, struct str label);

/* ---- messages, states ---- */
enum note_kind { NOTE_INFO, NOTE_DONE, NOTE_WARN, NOTE_ERROR, NOTES_ };
enum tag_kind { TAG_DRAFT, TAG_QUEUED, TAG_SENT, TAG_ACCEPTED, TAG_REFUSED, TAG_LATE, TAG_VOID, TAG_PLAIN, TAGS_ };
enum button_kind { BUTTON_FIRST, BUTTON_SECOND, BUTTON_WARN, BUTTON_PLAIN, BUTTONS_ };
enum moment_kind { MOMENT_PLAIN, MOMENT_DONE, MOMENT_WARN, MOMENTS_ };
enum tile_kind { TILE_PLAIN, TILE_DONE, TILE_LATE, TILES_ };

/* Class suffix and icon of each kind; used by the templates. */
struct str note_class(enum note_kind k);
const char *note_icon(enum note_kind k);
struct str tag_class(enum tag_kind k);
const char *tag_icon(enum tag_kind k); /* NULL: none */
struct str button_class(enum button_kind k);
struct str moment_class(enum moment_kind k);
struct str tile_class(enum tile_kind k);
enum note_kind notice_note(enum page_notice n);

struct str notice_role(enum page_notice n); /* "status" or "alert" */
struct str lang_short(struct str lang);     /* "VI", "EN": on the switch; its full name follows for screen readers */
/* Classes and type of a control. */
struct str field_group_class(const struct html *h, const struct field_view *f);
struct str control_class(const struct html *h, const struct field_view *f, struct str base);
struct str control_type(enum field_type t);

/* "/static/<hash>/icons.svg#name" */
struct str icon_href(const struct html *h, const char *name);
/* id of a control from the name of a field: "field-room" */
struct str field_anchor(const struct html *h, struct str name);

/* ---- lists ---- */
struct pager_view {
    int64_t from, to;          /* rows shown, counted from 1 */
    int64_t total;             /* -1: not counted */
    struct str previous, next; /* paths; empty: no such page */
};

struct tab_view {
    struct str label; /* source text */
    struct str href;
    bool current;
    bool counted;
    int64_t count;
};
struct tabs_view {
    struct str label; /* source text: what the tabs choose among */
    VEC(struct tab_view) tabs;
};

/* ---- charts ---- */
struct series_point {
    struct str label; /* on the axis and in the table: "16/02" */
    int64_t value;
    bool hidden; /* a small cell: drawn as an empty frame, shown as "ẩn" */
};
struct series {
    struct str title, unit; /* source texts: "Khách lưu trú theo ngày", "khách" */
    VEC(struct series_point) points;
};

enum { CHART_HEIGHT = 240, CHART_TOP = 28, CHART_BASE = 208 };

/* A round number not below the largest value: the top of the chart; at least 4. */
int64_t series_top(const struct series *s);
int64_t series_least(const struct series *s); /* over the points that are not hidden; 0 when there are none */
int64_t series_most(const struct series *s);
/* Places on a chart whose width is given in percent, so that letters keep their size on every screen: "12.50%". */
struct str series_x(const struct html *h, const struct series *s, size_t i);   /* left edge of column i */
struct str series_mid(const struct html *h, const struct series *s, size_t i); /* its middle */
struct str series_width(const struct html *h, const struct series *s);         /* width of a bar */
int64_t series_y(const struct series *s, int64_t value);                       /* units from the top */
int64_t series_scale_width(struct html *h, const struct series *s);            /* units: the column of numbers beside it */
bool series_joined(const struct series *s, size_t i);                          /* points i-1 and i may both be drawn */
bool series_has_last(const struct series *s);
struct str series_bar_class(const struct series *s, size_t i);
struct str series_words(struct html *h, const struct series *s); /* the chart in one sentence */
bool series_labelled(const struct series *s, size_t i);          /* column i carries a label on the axis: about six short ones do */

/* ---- lanes: the days of many things on one scale of months ---- */
enum lane_mark_kind { LANE_DUE, LANE_DUE_OTHER, LANE_STEP, LANE_STEP_DONE, LANE_DONE, LANE_MARKS_ };
struct lane_mark {
    enum lane_mark_kind kind;
    struct day on;
    struct str say; /* source text: "hạn theo phụ lục" */
};
struct lane {
    struct str number, name; /* data: "10", "Nhà cho thuê" */
    struct str href;         /* empty: no link */
    struct str state;        /* source text beside the name; may be empty */
    struct day from, until;  /* the bar; until before from: none */
    VEC(struct lane_mark) marks;
};
struct lanes {
    struct str title; /* source text */
    struct day first, last; /* the scale: whole months */
    struct day today; /* drawn as a line when it is on the scale */
    VEC(struct lane) rows;
};

/* Places on the scale, in percent; a day outside it stands at the edge. */
struct str lanes_x(const struct html *h, const struct lanes *l, struct day d);
struct str lanes_width(const struct html *h, const struct lanes *l, struct day from, struct day until);
struct day lanes_month(const struct lanes *l, size_t i); /* first day of the i-th month of the scale */
size_t lanes_months(const struct lanes *l);
bool lanes_labelled(const struct lanes *l, size_t i);    /* so that no more than eight months carry their name */
struct str lanes_label_class(const struct lanes *l, size_t i); /* every second name is left out on a phone */
bool lanes_has(const struct lanes *l, struct day d);
struct str month_short(const struct html *h, struct day d);     /* "8/2023" */
struct str lane_words(struct html *h, const struct lane *l);    /* the row in one sentence, for who does not see it */
struct str lane_mark_class(enum lane_mark_kind k);
struct str lane_mark_path(enum lane_mark_kind k); /* around 0,0 */
struct str lane_mark_label(enum lane_mark_kind k); /* source text of the legend */

/* ---- shares: how many of a whole are in which state ---- */
enum share_kind { SHARE_DONE, SHARE_SAID, SHARE_OPEN, SHARE_SOON, SHARE_LATE, SHARE_STANDING, SHARES_ };
struct share {
    enum share_kind kind;
    struct str label; /* source text */
    struct str href;  /* empty: no link */
    int64_t n;
    bool current;     /* the list below shows these only */
};
struct shares {
    struct str title; /* source text */
    VEC(struct share) parts;
};
int64_t shares_total(const struct shares *s);
struct str share_x(const struct html *h, const struct shares *s, size_t i);
struct str share_width(const struct html *h, const struct shares *s, size_t i);
struct str share_class(enum share_kind k);
const char *share_icon(enum share_kind k);

/* ---- papers ---- */
struct qr_image {
    int64_t side;    /* modules with the quiet zone; 0: the text does not fit a QR code */
    struct str path; /* d of an SVG path */
    struct str box;  /* viewBox */
};
struct qr_image qr_image(const struct html *h, struct str text);

struct paper_view {
    struct str above;  /* the authority above, upper case: "CÔNG AN TỈNH ĐẮK NÔNG"; may be empty */
    struct str org;    /* who issues: shown bold */
    struct str number; /* "LT-67-000123-2611-000042" */
    struct str place;  /* "Gia Nghĩa" */
    struct day on;
};
/* Not translated: a Vietnamese paper carries them in Vietnamese (NĐ 30/2020, phụ lục I). */
struct str paper_nation(void);
struct str paper_motto(void);
struct str paper_place(struct html *h, const struct paper_view *p); /* "Gia Nghĩa, ngày 23 tháng 11 năm 2026" */

#endif
