/* cli.h: commands in the manner of git. A table names each command, what it needs and what it says; help, --json, usage
 * errors (exit 2) and the man page come from the table.
 */
#ifndef BON_PLATFORM_CLI_H
#define BON_PLATFORM_CLI_H

#include "base/err.h"
#include "platform/i18n/i18n.h"

#include <stdio.h>

struct app;

/* CLI_DB writes, so on SQLite it is refused while a server runs on the same file; CLI_DB_READ may run beside one.
 * CLI_SETTINGS: the settings, and no store. */
enum cli_needs { CLI_NOTHING = 0, CLI_DB = 1, CLI_SIGNER = 2, CLI_CREATE_DB = 4, CLI_DB_READ = 8, CLI_SETTINGS = 16 };

struct cli_option {
    const char *name;   /* "people": --people N */
    const char *value;  /* "N", or NULL for a switch */
    const char *preset; /* text of the default, or NULL */
    struct str help;    /* MSG */
};

struct cli {
    struct app *app; /* opened as the command's needs say */
    struct arena *arena;
    const struct cli_command *command;
    bool json;
    enum lang lang; /* BON_LANG, else LC_ALL, LC_MESSAGES, LANG; Vietnamese unless one says English */
    struct str args[64];
    int n_args;
    /* parsed options: value by name */
    struct {
        const struct cli_option *option;
        struct str value;
    } opts[32];
    int n_opts;
};

struct cli_command {
    const char *name;                 /* "stays verify-receipt": up to two words */
    const char *synopsis;             /* "[--json] FILE" */
    struct str what;                  /* MSG: one line */
    struct str help;                  /* MSG: the long text */
    const struct cli_option *options; /* ended by name NULL; may be NULL */
    int min_args, max_args;
    int needs;                                /* enum cli_needs, or-ed */
    int (*run)(struct cli *c, struct err *e); /* 0, or -1 with e: exit status from err_exit_status */
};

struct str cli_opt(const struct cli *c, const char *name); /* given, or preset, or STR_NONE */
bool cli_has(const struct cli *c, const char *name);
int cli_opt_i64(const struct cli *c, const char *name, int64_t least, int64_t most, int64_t *out, struct err *e);

/* A text for the person at the terminal, in their language, with {name} filled in; args ends with a name of NULL. */
struct str cli_say(const struct cli *c, struct str vi, const struct tr_arg *args);

/* Opens what the needs name (enum cli_needs) before a command runs: the program's own (app/boot.c), a test's, or NULL. */
typedef int cli_open_fn(struct app *app, int needs, struct err *e);

struct cli_program {
    const char *name, *version;
    struct str what;                         /* MSG: one line */
    struct str about;                        /* MSG: the paragraph of the man page */
    const struct cli_command *const *tables; /* ended by NULL, each table by a name of NULL */
    cli_open_fn *open;
};

/* Finds, parses, opens what is needed, runs, prints the error, returns the exit status. `help`, `man` and `--help` after any
 * command are built in; every command takes --json. */
int cli_main(struct app *app, const struct cli_program *p, int argc, char **argv);

enum lang cli_lang(void);
/* An empty command: the list of all. False, and nothing printed, when there is no such command or group. */
bool cli_print_help(const struct cli_program *p, struct str command, enum lang lang, FILE *to);
void cli_print_man(const struct cli_program *p, enum lang lang, FILE *to); /* roff, UTF-8 */

#endif
