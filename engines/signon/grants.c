/* grants.c: the ways to get a token. A new way is a row here. */
#include "engines/signon/ask_begin.h"
#include "engines/signon/token.h"

static const struct grant_type types[] = {
    { "authorization_code", code_prepare, code_write },
    { "refresh_token", refresh_prepare, refresh_write },
    { "client_credentials", own_prepare, own_write },
    { GRANT_DEVICE, device_grant_prepare, device_grant_write },
    { GRANT_COUNTER, counter_grant_prepare, counter_grant_write },
};
enum { TYPES = sizeof types / sizeof *types };

const struct grant_type *grant_type_at(size_t i)
{
    return i < TYPES ? &types[i] : NULL;
}

const struct grant_type *grant_type_named(struct str name)
{
    for (size_t i = 0; i < TYPES; i++)
        if (str_eq(name, str_of(types[i].name)))
            return &types[i];
    return NULL;
}
