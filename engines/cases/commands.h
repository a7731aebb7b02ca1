/* commands.h: shared by the files of `bon case`. */
#ifndef BON_ENGINES_CASES_COMMANDS_H
#define BON_ENGINES_CASES_COMMANDS_H

#include "engines/cases/inside.h"

void case_print(struct str line);
/* By its number as typed. Refuses with a sentence. */
int case_named(struct cli *c, struct dbr *r, struct str text, struct case_view *out, struct err *e);

extern const struct cli_option case_new_options[];
int case_new_command(struct cli *c, struct err *e);
extern const struct cli_option case_generate_options[];
int case_generate_command(struct cli *c, struct err *e);

#endif
