/* scope.c: what an agent may do for an organisation. */
#include "engines/organisations/organisations.h"

static const struct agent_scope scopes[] = {
    { "see", MSG("Xem hồ sơ của tổ chức") },
    { "file", MSG("Nộp và bổ sung hồ sơ") },
    { "pay", MSG("Nộp phí, lệ phí và nhận tiền") },
};

const struct agent_scope *agent_scope_at(size_t i)
{
    return i < sizeof(scopes) / sizeof(scopes[0]) ? &scopes[i] : NULL;
}

bool scope_names(struct str scope, const char *word)
{
    struct str rest = scope, one;
    while (rest.n > 0 && str_cut(&rest, ' ', &one))
        if (str_eq(one, str_of(word)))
            return true;
    return false;
}
