/* cli.h: commands in the manner of git. A table names each command, what it needs and what it says; help, --json, usage
 * errors (exit 2) and the man page come from the table.
 */
#ifndef BON_PLATFORM_CLI_H
#define BON_PLATFORM_CLI_H

#include "base/err.h"

struct app;

enum cli_needs { CLI_NOTHING = 0, CLI_DB = 1, CLI_SIGNER = 2, CLI_CREATE_DB = 4 };

struct cli_option {
    const char *name;    /* "people": --people N */
    const char *value;   /* "N", or NULL for a switch */
    const char *preset;  /* text of the default, or NULL */
    struct str help;     /* MSG */
};

struct cli {
    struct app *app; /* opened as the command's needs say */
    struct arena *arena;
    const struct cli_command *command;
    bool json;
    struct str args[64];
    int n_args;
    /* parsed options: value by name */
    struct { const struct cli_option *option; struct str value; } opts[32];
    int n_opts;
};

struct cli_command {
    const char *name;                /* "stays verify-receipt": up to two words */
    const char *synopsis;            /* "[--json] FILE" */
    struct str what;                 /* MSG: one line */
    struct str help;                 /* MSG: the long text */
    const struct cli_option *options;/* ended by name NULL; may be NULL */
    int min_args, max_args;
    int needs;                       /* enum cli_needs, or-ed */
    int (*run)(struct cli *c, struct err *e); /* 0, or -1 with e: exit status from err_exit_status */
};

struct str cli_opt(const struct cli *c, const char *name); /* given, or preset, or STR_NONE */
bool cli_has(const struct cli *c, const char *name);
int cli_opt_i64(const struct cli *c, const char *name, int64_t least, int64_t most, int64_t *out, struct err *e);

/* Finds, parses, opens what is needed through app_open, runs, prints the error, returns the exit status. */
int cli_main(struct app *app, const struct cli_command *const *tables, int argc, char **argv);
void cli_print_help(const struct cli_command *const *tables, struct str command);
void cli_print_man(const struct cli_command *const *tables); /* roff, for docs/bon.1 */

#endif
