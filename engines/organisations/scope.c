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
