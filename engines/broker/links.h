/* links.h: which account an upstream's subject opens. A link is made only from a proof that is fresh: the number, name and birth of the
 * register at level 2, or signing in to the account once. It is ended by its owner, and then nothing that was shown before counts: not
 * the flow that was under way, not the arrival that waited, not the sessions it opened.
 */
#ifndef BON_ENGINES_BROKER_LINKS_H
#define BON_ENGINES_BROKER_LINKS_H

#include "engines/broker/arrival.h"

#include "engines/audit/audit.h"
#include "gen/broker_queries.h"

/* Why somebody is not let in; the sentence and the word of the log: link_refusal_of. */
enum link_refusal {
    LINK_NONE,
    LINK_SPENT,        /* this flow came back before */
    LINK_OTHER_PERSON, /* the upstream gives another number than the one that was linked, or than the account's */
    LINK_TAKEN,        /* the subject opens another account */
    LINK_HAS_ANOTHER,  /* the account is linked to another subject */
    LINK_UNLINKED,     /* the flow began before the link was ended */
    LINK_NAME,         /* the account has no number, and its name is another one */
    LINK_CLOSED,       /* the account is closed */
    LINK_DEAD,         /* the register says that this person has died */
    LINK_LEVEL,        /* the upstream names no level that is known */
    LINK_DENIED,       /* the person said no at the upstream */
    LINK_ANSWER,       /* the upstream's answer does not stand up */
    LINK_SOURCE,       /* it does not answer */
    LINK_STATE,        /* not this browser's flow */
    LINK_REFUSALS_
};
struct link_refusal_words {
    const char *word; /* in the log */
    int status;       /* HTTP */
    struct str say;   /* MSG */
};
const struct link_refusal_words *link_refusal_of(enum link_refusal r);

/* Somebody known to an upstream, as much as a link needs. */
struct link_claim {
    const char *basis; /* "register", "joined", "proof" */
    struct str upstream, issuer, subject, name, mode;
    struct pid pid;
    int level;
    struct instant started; /* of the flow: what began before the last unlink proves nothing */
};

/* Makes the link, or says why not. */
int link_make(struct req *q, struct tx *tx, const struct link_claim *c, int64_t account, int64_t *link,
              enum link_refusal *why, struct err *e);
/* Ends it with everything that came from it. Which sessions ended: *current when this request's own was among them. */
int link_end(struct req *q, struct tx *tx, int64_t link, struct str issuer, struct str subject, const char *why,
             bool *current, struct err *e);
int link_sessions_end(struct req *q, struct tx *tx, int64_t link, bool *current, struct err *e);

/* Writes a record of this engine's about a link; account 0: nobody known. */
int link_record(struct req *q, struct tx *tx, struct str action, int64_t account, struct str upstream, struct str basis,
                const struct link_refusal_words *why, struct err *e);

#endif
