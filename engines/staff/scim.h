/* scim.h: SCIM 2.0 (RFC 7643, 7644) over the personnel list: /Users are officers, /Groups are the roles a list may give. A program needs
 * a token of its own and the permission staff.provision; it never sees accounts that are not officers.
 *
 * Supported: eq joined by and in filters, startIndex and count, PATCH add/replace/remove, ETag with If-Match and If-None-Match.
 * Not supported, and said so in ServiceProviderConfig: bulk, sorting, passwords.
 */
#ifndef BON_ENGINES_STAFF_SCIM_H
#define BON_ENGINES_STAFF_SCIM_H

#include "base/json.h"
#include "engines/staff/staff.h"

#include <jansson.h>

#define SCIM_USER       "urn:ietf:params:scim:schemas:core:2.0:User"
#define SCIM_GROUP      "urn:ietf:params:scim:schemas:core:2.0:Group"
#define SCIM_ENTERPRISE "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

enum { SCIM_PAGE_MOST = 200, SCIM_BODY_MOST = 256 * 1024, SCIM_FILTER_MOST = 1024 };

/* ---- refusals: scim.c ---- */
/* A refusal in SCIM's words: status and scimType travel in the error's field. Always -1. */
int scim_fail(struct err *e, enum err_code code, int status, const char *type, struct str say);
int scim_refuse(struct req *q, struct res *s, const struct err *why); /* route.machine */
int scim_reply(struct req *q, struct res *s, int status, const struct buf *body);

/* ---- filters: scim_filter.c ---- */
enum scim_attribute {
    SCIM_ID,
    SCIM_USER_NAME,
    SCIM_EXTERNAL_ID,
    SCIM_DISPLAY_NAME,
    SCIM_EMAIL,
    SCIM_ACTIVE,
    SCIM_DEPARTMENT,
    SCIM_ATTRIBUTES_
};
struct scim_filter {
    bool asked[SCIM_ATTRIBUTES_];
    struct str value[SCIM_ATTRIBUTES_]; /* of text */
    bool active;
};
/* userName eq "nguyen.mau" and active eq true. Names without case, with or without the schema before them. An empty text asks for
 * nothing. Refuses with 400 invalidFilter. */
int scim_filter_parse(struct arena *a, struct str text, struct scim_filter *out, struct err *e);

/* ---- a user: scim_user.c ---- */
int scim_user_put(struct req *q, struct dbr *r, const struct staff_row *s, struct buf *out, struct err *e);
/* A whole User into a record; *active: as it says, or true. Roles come by groups only. */
int scim_user_read(struct arena *a, const json_t *body, const struct agency_names *names, struct staff_record *out,
                   bool *active, struct err *e);
int scim_agency(struct arena *a, const struct agency_names *names, struct str text, struct str *code, struct err *e);
bool scim_truth(const json_t *v, bool *out); /* true, false, "True", "false": some programs send text */
struct str scim_etag(struct arena *a, int64_t version);

/* ---- patches: scim_patch.c ---- */
/* Operations applied to what the officer is now. */
int scim_patch(struct arena *a, const json_t *body, const struct agency_names *names, struct staff_record *record,
               bool *active, struct err *e);
/* Members a Group's PATCH adds and takes. */
struct scim_members {
    VEC(int64_t) add, take;
    bool replace; /* all who are not in add */
};
int scim_patch_members(struct arena *a, const json_t *body, struct scim_members *out, struct err *e);
/* The Operations of a PatchOp, or NULL with a refusal. */
const json_t *scim_operations(const json_t *body, struct err *e);
enum scim_op { SCIM_ADD, SCIM_REPLACE, SCIM_REMOVE };
int scim_op_of(const json_t *operation, enum scim_op *out, struct err *e);

/* ---- several at once: scim_list.c ---- */
struct scim_list {
    int64_t start, n, total; /* counted from 1; those in this reply; all */
};
/* Resources follow as items, one after another. */
void scim_list_open(struct json_out *j, struct buf *b);
void scim_list_close(struct json_out *j, const struct scim_list *l);
void scim_schemas(struct json_out *j, const char *schema); /* "schemas":[…] */

extern const struct form scim_form;
route_read_fn scim_users_get, scim_user_get, scim_user_reply, scim_created_reply, scim_deleted_reply, scim_groups_get,
    scim_group_get, scim_group_reply, scim_config_get, scim_schemas_get, scim_types_get;
route_prepare_fn scim_create_prepare, scim_put_prepare, scim_patch_prepare, scim_delete_prepare, scim_group_prepare;
route_write_fn scim_create_write, scim_change_write, scim_delete_write, scim_group_write;

#endif
