/* scim_list.c: the frame of a reply with several resources (RFC 7644 section 3.4.2). */
#include "engines/staff/scim.h"

void scim_schemas(struct json_out *j, const char *schema)
{
    json_out_array(j, "schemas");
    json_out_item_str(j, str_of(schema));
    json_out_end(j);
}

void scim_list_open(struct json_out *j, struct buf *b)
{
    json_out_init(j, b);
    json_out_open(j);
    json_out_array(j, "Resources");
}

void scim_list_close(struct json_out *j, const struct scim_list *l)
{
    json_out_end(j);
    json_out_int(j, "itemsPerPage", l->n);
    scim_schemas(j, "urn:ietf:params:scim:api:messages:2.0:ListResponse");
    json_out_int(j, "startIndex", l->start);
    json_out_int(j, "totalResults", l->total);
    json_out_end(j);
}
