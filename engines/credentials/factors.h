/* factors.h: what an account has beside its password, and the checks that pages and ways in share. */
#ifndef BON_ENGINES_CREDENTIALS_FACTORS_H
#define BON_ENGINES_CREDENTIALS_FACTORS_H

#include "platform/http/module.h"

struct factors {
    bool app;         /* codes of an authenticator app */
    int64_t passkeys; /* how many */
    int64_t codes;    /* codes on paper that have not been used */
};
int factors_of(struct req *q, struct dbr *r, int64_t account, struct factors *f, struct err *e);
static inline bool factors_any(const struct factors *f)
{
    return f->app || f->passkeys > 0;
}

/* Whoever changes ways in must have shown all that the account has: a session from before there was a second factor, or one that
 * came by a weaker way, does not do. 0 good, 1 *s leads to sign-in and back to `here`, -1. */
int factors_shown(struct req *q, struct res *s, const struct factors *f, const char *here);

/* ---- codes of the app (app_code.c) ---- */
enum code_result { CODE_WRONG, CODE_RIGHT };
/* In a slow route's prepare: *step is the code's own when it is right. */
int app_code_check(struct req *q, struct dbr *r, int64_t account, struct str typed, int64_t *step, enum code_result *result, struct err *e);
/* At the door: a code counts once. CODE_WRONG: it was used before, or a later one was. */
int app_code_use(struct tx *tx, int64_t account, int64_t step, enum code_result *result, struct err *e);
/* The seed, sealed for the store. */
int app_seed_seal(struct req *q, int64_t account, struct str seed, struct str *sealed, struct err *e);

/* ---- codes on paper (paper_codes.c) ---- */
enum { PAPER_CODES = 10 };
struct paper_codes {
    struct str text[PAPER_CODES]; /* "k7mx-2f9d-qw4r": shown once */
    struct hash32 hash[PAPER_CODES];
};
/* In a slow route's prepare: new ones. */
int paper_codes_make(struct req *q, int64_t account, struct paper_codes *codes, struct err *e);
/* At the door: these and no others are the account's from now on. */
int paper_codes_keep(struct tx *tx, int64_t account, const struct paper_codes *codes, struct err *e);
/* At the door, when a second factor has been removed: without any there is nothing to be a substitute for. */
int paper_codes_end(struct req *q, struct tx *tx, int64_t account, struct err *e);
/* In a slow route's prepare: the hash under which a typed code would lie in the store. False: nothing like a code. */
bool paper_code_typed(struct arena *a, struct str typed, struct str *plain);
int paper_code_hash(struct req *q, int64_t account, struct str plain, struct hash32 *hash, struct err *e);

#endif
