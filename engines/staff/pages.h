/* pages.h: the administrator's pages of the personnel list. */
#ifndef BON_ENGINES_STAFF_PAGES_H
#define BON_ENGINES_STAFF_PAGES_H

#include "engines/accounts/accounts.h"
#include "engines/staff/staff.h"
#include "platform/html/components.h"

struct staff_list_view {
    struct str query;
    struct staff_search_rows staff;
    struct str next_href, key;
    int64_t held;
};
struct staff_import_view {
    struct str key;
    bool previewed, done;
    struct staff_plan plan;
    struct str file; /* kept in the page between looking and confirming */
    int64_t leavers_most;
};
struct staff_held_view {
    struct staff_held_waiting_rows held;
    struct str key;
};
struct staff_clients_view {
    struct role_holders clients;
    struct str key, token, base; /* token: shown once */
};

struct str staff_change_label(enum staff_change_kind k); /* MSG */
enum tag_kind staff_change_tag(enum staff_change_kind k);

extern const struct form staff_file_form, staff_confirm_form, staff_switch_form, staff_held_form, staff_client_form,
    staff_client_end_form;

route_read_fn staff_list_get, staff_import_get, staff_preview_reply, staff_import_again, staff_confirm_reply,
    staff_template_get, staff_held_get, staff_clients_get, staff_client_reply, to_staff, to_staff_held, to_staff_clients;
route_prepare_fn staff_preview_prepare, staff_confirm_prepare;
route_write_fn staff_confirm_write, staff_return_write, staff_held_write, staff_client_write, staff_client_end_write;

#endif
