/* commands.h: the provider's commands. */
#ifndef BON_ENGINES_SIGNON_COMMANDS_H
#define BON_ENGINES_SIGNON_COMMANDS_H

#include "platform/cli/cli.h"

extern const struct cli_command signon_commands[];

#endif
