/* commands.h: inside the people engine: what `bon` can do with the register from a terminal. */
#ifndef BON_ENGINES_PEOPLE_COMMANDS_H
#define BON_ENGINES_PEOPLE_COMMANDS_H

#include "platform/cli/cli.h"

extern const struct cli_command people_commands[]; /* ended by name NULL */

#endif
