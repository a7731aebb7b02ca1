/* admin.h: the administrator's pages of lodging places. */
#ifndef BON_ENGINES_STAYS_ADMIN_H
#define BON_ENGINES_STAYS_ADMIN_H

#include "engines/stays/stays_internal.h"
#include "platform/html/components.h"

#define FACILITY_ADMIN_MAY "facility.admin"

struct facilities_view {
    struct facility_rows rows;
    struct str query, next_href; /* next_href empty: the last page */
};

struct facility_view {
    struct facility facility; /* id 0: a new one */
    struct str unit_name, key;
};

extern const struct form facility_new_form, facility_change_form;

int admin_facilities(struct req *q, struct res *s, struct err *e);
int admin_facility_new(struct req *q, struct res *s, struct err *e);
int admin_facility(struct req *q, struct res *s, struct err *e);
int admin_facility_add_prepare(struct req *q, struct err *e);
int admin_facility_add_write(struct req *q, struct tx *tx, struct err *e);
int admin_facility_change_write(struct req *q, struct tx *tx, struct err *e);
int admin_facility_reply(struct req *q, struct res *s, struct err *e);

#endif
