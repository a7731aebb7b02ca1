/* audit_pages.h: what the log's pages show. */
#ifndef BON_ENGINES_AUDIT_PAGES_H
#define BON_ENGINES_AUDIT_PAGES_H

#include "engines/audit/audit_internal.h"
#include "platform/html/components.h"

struct search_view {
    const struct app *app;
    struct str action, object, account, from, until; /* as asked */
    struct audit_search_rows rows;
    struct str next_href;
};

struct record_view {
    const struct app *app;
    struct audit_by_id_row record;
    bool sealed;
    struct str evidence; /* canonical JSON */
};

int search_write(struct req *q, struct tx *tx, struct err *e);
int search_reply(struct req *q, struct res *s, struct err *e);
int record_write(struct req *q, struct tx *tx, struct err *e);
int record_reply(struct req *q, struct res *s, struct err *e);

#endif
