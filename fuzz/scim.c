/* scim.c: what a personnel system sends: a filter, or behind a brace a PATCH for an officer and for a group. A filter that is taken asks
 * for something that is there; a refusal says its status in the field.
 */
#include "engines/staff/scim.h"
#include "fuzz/fuzz.h"
#include "platform/crypto/crypto.h"

void fuzz_start(void)
{
}

static void check_refusal(const struct err *e)
{
    fuzz_check_refusal(e);
    ASSERT(str_starts(str_of(e->field), STR("400 ")));
}

static void filter(struct arena *a, struct str input)
{
    struct scim_filter f;
    struct err e = { 0 };
    if (scim_filter_parse(a, input, &f, &e) != 0) {
        check_refusal(&e);
        return;
    }
    for (int k = 0; k < SCIM_ATTRIBUTES_; k++)
        ASSERT(!f.asked[k] || k == SCIM_ACTIVE || f.value[k].n > 0);
}

static void patch(struct arena *a, const json_t *body)
{
    struct agency_names names = { NULL, 0 };
    struct staff_record r = { .external_id = STR("CB-1"),
                              .login = STR("a.b"),
                              .name = STR("Nguyễn A"),
                              .title = STR(""),
                              .email = STR(""),
                              .agency = STR("") };
    struct scim_members members;
    struct err e = { 0 };
    bool active = true;
    if (scim_patch(a, body, &names, &r, &active, &e) != 0)
        check_refusal(&e);
    ASSERT(str_eq(r.external_id, STR("CB-1")) && str_eq(r.login, STR("a.b")) && r.roles.n == 0);
    e = (struct err) { 0 };
    if (scim_patch_members(a, body, &members, &e) != 0)
        check_refusal(&e);
    else
        ASSERT(members.add.n + members.take.n <= 1000);
}

void fuzz_one(struct arena *a, struct str input)
{
    json_t *body;
    if (!str_starts(input, STR("{"))) {
        filter(a, input);
        return;
    }
    if (json_read(a, input, &body, NULL) == 0)
        patch(a, body);
}
