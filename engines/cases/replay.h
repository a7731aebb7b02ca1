/* replay.h: all due days counted again. */
#ifndef BON_ENGINES_CASES_REPLAY_H
#define BON_ENGINES_CASES_REPLAY_H

#include "engines/cases/inside.h"

struct case_replay {
    const struct app *app;
    /* A case whose rows do not follow from its events; us = 0: no day. The number lives until it returns. May be NULL; -1 ends it. */
    int (*found)(void *ctx, struct str number, struct instant stored, struct instant counted, struct err *e);
    void *ctx;
    int64_t cases, events, wrong;
};
int case_replay_all(struct case_replay *p, struct err *e);

#endif
