/* inside.h: what this engine's files share. */
#ifndef BON_ENGINES_EDGE_INSIDE_H
#define BON_ENGINES_EDGE_INSIDE_H

#include "engines/edge/edge.h"
#include "engines/edge/pages.h"
#include "gen/edge_queries.h"

enum { EDGE_CODE_HOURS = 24, EDGE_BLOCK = 200, EDGE_SILENT_S = 180 };
#define EDGE_PURPOSE "device" /* the signer's key for what devices are told */

struct unit; /* engines/people/people.h */
/* A commune in force, or one of before 1/7/2025, by whose code roles and the register still name places. 1 0 -1 */
int edge_commune(struct dbr *r, struct arena *a, struct unit_code code, struct instant now, struct unit *out, struct err *e);

extern const struct cli_command edge_commands[];

struct str edge_code_new(struct arena *a);              /* "4821-9937-0416" */
struct hash32 edge_code_hash(struct arena *a, struct str typed); /* spaces and dashes are forgiven */

#endif
