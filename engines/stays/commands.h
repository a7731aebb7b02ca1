/* commands.h: `bon stays …`, `bon sim asm`, and what /metrics tells of this engine. */
#ifndef BON_ENGINES_STAYS_COMMANDS_H
#define BON_ENGINES_STAYS_COMMANDS_H

#include "engines/stays/check.h"

extern const struct cli_command stays_commands[];
extern const struct metric stays_metrics[];

#endif
