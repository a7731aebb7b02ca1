/* commands.h: what an administrator does at the machine itself. */
#ifndef BON_ENGINES_CREDENTIALS_COMMANDS_H
#define BON_ENGINES_CREDENTIALS_COMMANDS_H

#include "platform/cli/cli.h"

extern const struct cli_command credentials_commands[];

#endif
