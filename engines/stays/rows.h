/* rows.h: the engine's rows for the models that stand on it: its typed statements, as queries.sql declares them. Models read
 * with these and write through stays.h; only stay_draft_update and stay_draft_delete are writes a model calls itself.
 */
#ifndef BON_ENGINES_STAYS_ROWS_H
#define BON_ENGINES_STAYS_ROWS_H

#include "engines/stays/stays.h"
#include "gen/stays_queries.h"

#endif
