/* authorize.h: from a request to its answer: sign in first, agree first, or a code at once. */
#ifndef BON_ENGINES_SIGNON_AUTHORIZE_H
#define BON_ENGINES_SIGNON_AUTHORIZE_H

#include "engines/signon/answer.h"

enum next_step { STEP_ANSWER_CODE, STEP_ANSWER_ERROR, STEP_SIGN_IN, STEP_HAT, STEP_CONSENT };

struct authorizing {
    struct auth_request r;
    enum next_step next;
    struct err refused;         /* STEP_ANSWER_ERROR */
    struct proof_wanted wanted; /* STEP_SIGN_IN */
    int64_t consent;            /* row of the consent that covers it */
    struct str code;
    bool resumed; /* at the end of a form's journey */
};

/* What the person has to do before the request has its answer. */
int authorize_decide(struct req *q, struct authorizing *w, struct err *e);
/* At the door: a new family and its code. The request has had its answer. */
int code_issue(struct req *q, struct tx *tx, struct authorizing *w, struct err *e);
int authorize_record(struct req *q, struct tx *tx, const struct auth_request *r, const char *action, struct str detail,
                     struct err *e);

extern const struct form authorize_form, par_form;
int authorize_prepare(struct req *q, struct err *e);
int resume_prepare(struct req *q, struct err *e);
int authorize_write(struct req *q, struct tx *tx, struct err *e);
int authorize_reply(struct req *q, struct res *s, struct err *e);
int authorize_posted(struct req *q, struct res *s, struct err *e);
int par_prepare(struct req *q, struct err *e);
int par_write(struct req *q, struct tx *tx, struct err *e);
int par_reply(struct req *q, struct res *s, struct err *e);

#define CONSENT_PATH "/oauth2/consent"
#define RESUME_PATH  "/oauth2/resume"

#endif
