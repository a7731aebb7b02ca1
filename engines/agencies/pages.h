/* pages.h: the pages on which duties pass from one agency to another. */
#ifndef BON_ENGINES_AGENCIES_PAGES_H
#define BON_ENGINES_AGENCIES_PAGES_H

#include "engines/agencies/inside.h"
#include "platform/html/components.h"

/* ---- all agencies: reorganise_page.c ---- */
struct agencies_view {
    struct agency_list agencies; /* all that ever were */
    struct succession_list acts; /* newest first */
    struct agency_open_list expected;
    struct str from;             /* chosen before: ?from=so-xd */
    struct day today;
};
struct field_view agencies_choice(struct html *h, const struct agencies_view *v, const char *name);

/* ---- what an act moves: preview and act ---- */
struct succession_group_view {
    struct str what; /* MSG: of the contract */
    VEC(const struct succession_change *) shown;
    int64_t n;
};
struct succession_view {
    struct succession_act act;
    VEC(struct succession_group_view) groups;
    int64_t n;
    struct str mark; /* of a preview */
    struct str key;
};

extern const struct form agencies_preview_form, agencies_succeed_form;

route_read_fn agencies_get, agencies_preview_reply, agencies_act_get, agencies_to_act;
route_prepare_fn agencies_preview_prepare, agencies_succeed_prepare;
route_write_fn agencies_succeed_write, agencies_undo_write;

#endif
