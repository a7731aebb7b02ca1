/* ask_answer.h: what the pages of both kinds of questions share. */
#ifndef BON_ENGINES_SIGNON_ASK_ANSWER_H
#define BON_ENGINES_SIGNON_ASK_ANSWER_H

#include "engines/audit/audit.h"
#include "engines/signon/ask.h"
#include "gen/signon_queries.h"

struct ask_decision {
    int64_t ask;
    struct str client, scope;
    bool agreed;
};

/* Only while it waits. A yes is also remembered as consent, to be seen and withdrawn under /my-apps. ERR_CONFLICT: somebody was
 * faster, or the time is over. */
int ask_decide_and_record(struct req *q, struct tx *tx, const struct ask_decision *d, struct err *e);

/* ERR_STEP_UP: the question wants a session in which more was shown. */
int ask_level_suffices(const struct req *q, int64_t wanted, struct err *e);

#endif
