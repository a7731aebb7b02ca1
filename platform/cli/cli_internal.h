/* cli_internal.h: what finding, parsing and printing share. */
#ifndef BON_PLATFORM_CLI_INTERNAL_H
#define BON_PLATFORM_CLI_INTERNAL_H

#include "platform/cli/cli.h"

/* A walk over all commands: the built-in ones, then those of the tables. at begins zeroed; NULL ends the walk. */
struct cli_walk {
    size_t table, row;
};
const struct cli_command *cli_next(const struct cli_program *p, struct cli_walk *at);

/* The command that words[0] or words[0..1] name; *used tells how many. NULL: none. */
const struct cli_command *cli_find(const struct cli_program *p, const struct str *words, int n, int *used);

/* The known name nearest to what was typed, or NULL when none is near. */
const char *cli_nearest(const struct cli_program *p, struct str typed);

/* Is it the first word of commands of two words ("stays")? */
bool cli_is_group(const struct cli_program *p, struct str word);

/* Fills c->args and c->opts from words; c->command is set. */
int cli_parse(struct cli *c, const struct str *words, int n, bool *help, struct err *e);

/* Edits (insert, delete, replace, swap neighbours) that make x into y; more than 32 bytes count as far away. */
int edit_distance(struct str x, struct str y);

/* What the exit statuses mean, for help and man page; ended by a text of NULL. */
struct cli_exit {
    int status;
    struct str what; /* MSG */
};
extern const struct cli_exit cli_exits[];
extern const struct cli_command cli_builtin[];

#endif
