/* hat.c: a grant as a capacity: of which kind, and on whose behalf. */
#include "engines/accounts/accounts_internal.h"

#include <string.h>

static enum hat_kind kind_of(const struct role *role)
{
    if (role->held_for == HELD_FOR_ORGANISATION)
        return HAT_AGENT;
    if (role->held_for == HELD_FOR_WARD)
        return HAT_GUARDIAN;
    return strcmp(role->function, "citizen") == 0 ? HAT_SELF : HAT_OFFICER;
}

int grant_words(const struct app *app, struct dbr *r, struct arena *a, int64_t account, int64_t id, struct str *title, struct str *behalf,
                struct err *e)
{
    struct hat_of_account_row row;
    int found = hat_of_account(r, a, &(struct hat_of_account_in){ .id = id, .account = account }, &row, e);
    const struct role *role = found == 1 ? role_by_name(app, row.role) : NULL;
    if (found == 1) {
        *title = role ? role->title : row.role;
        *behalf = row.behalf;
    }
    return found;
}

struct hat hat_of_grant(const struct app *app, const struct grant *g, int64_t person, struct str name)
{
    const struct role *role = g ? role_by_name(app, g->role) : NULL;
    if (!role)
        return (struct hat){ .kind = HAT_NONE, .behalf = STR("") };
    struct hat hat = { .kind = kind_of(role), .grant = g, .function = str_of(role->function), .behalf = name };
    switch (hat.kind) {
    case HAT_AGENT:
        hat.organisation = g->organisation;
        hat.behalf = g->behalf;
        break;
    case HAT_GUARDIAN:
        hat.person = g->ward;
        hat.behalf = g->behalf;
        break;
    default:
        hat.person = person;
    }
    return hat;
}

struct hat hat_of(const struct req *q)
{
    return hat_of_grant(q->app, q->actor->hat, q->actor->person, q->actor->name);
}

bool hat_covers(const struct hat *hat, const char *work)
{
    return hat->grant && (hat->grant->scope.n == 0 || str_has_word(hat->grant->scope, str_of(work)));
}

const char *hat_kind_name(enum hat_kind k)
{
    static const char *const names[] = { [HAT_NONE] = "none", [HAT_SELF] = "self", [HAT_OFFICER] = "officer", [HAT_AGENT] = "agent",
                                         [HAT_GUARDIAN] = "guardian" };
    return names[k];
}
