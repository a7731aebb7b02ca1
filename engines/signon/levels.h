/* levels.h: acr values: levels of electronic identification accounts as Nghị định 69/2024/NĐ-CP numbers them. */
#ifndef BON_ENGINES_SIGNON_LEVELS_H
#define BON_ENGINES_SIGNON_LEVELS_H

#include "base/str.h"

#define LEVEL_1 "level-1"
#define LEVEL_2 "level-2"

static inline int level_named(struct str acr)
{
    return str_eq(acr, STR(LEVEL_1)) ? 1 : str_eq(acr, STR(LEVEL_2)) ? 2 : 0;
}

static inline const char *level_name(int assurance)
{
    return assurance >= 2 ? LEVEL_2 : LEVEL_1;
}

#endif
