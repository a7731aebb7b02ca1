/* import_page.h: what the page of a plan's file shows. */
#ifndef BON_ENGINES_PLAN_IMPORT_PAGE_H
#define BON_ENGINES_PLAN_IMPORT_PAGE_H

#include "engines/plan/import.h"
#include "engines/plan/pages.h"

enum import_change { IMPORT_NEW, IMPORT_SAME, IMPORT_RENAMED };
struct plan_import_line {
    const struct import_row *row;
    enum import_change change;
    int64_t conflicts; /* where the row disagrees with itself */
};
struct plan_import_view {
    bool previewed;
    struct plan_import import;
    VEC(struct plan_import_line) lines;
    int64_t there, conflicts; /* rows of the plan there is */
    struct str file, mark;    /* carried from the preview to the confirmation */
    struct str key;
};
struct str import_change_label(enum import_change c); /* MSG */
enum tag_kind import_change_tag(enum import_change c);

extern const struct form plan_file_form, plan_confirm_form;
route_read_fn plan_import_get, plan_import_again, plan_preview_reply, plan_confirm_reply, plan_template_get;
route_prepare_fn plan_preview_prepare, plan_confirm_prepare;
route_write_fn plan_confirm_write;

#endif
