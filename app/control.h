/* control.h: what other commands may ask of a running server: a copy of its store. One process alone opens an SQLite file,
 * so whoever needs the data while it serves asks here. A Unix socket in the data directory, for the same user and root. */
#ifndef BON_APP_CONTROL_H
#define BON_APP_CONTROL_H

#include "app/program.h"

struct control;

/* The server's side: a thread of its own, one question at a time. */
int control_start(struct program *p, struct control **out, struct err *e);
void control_stop(struct control *c); /* NULL-safe */

/* A command's side: *path is a fresh copy in <data_dir>/tmp that now belongs to the caller. ERR_BUSY with a sentence when
 * whoever holds the store does not answer. */
int control_snapshot(struct program *p, void (*progress)(void *, int done, int total), void *ctx, const char **path,
                     struct err *e);

#endif
