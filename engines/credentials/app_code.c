/* app_code.c: the seed of an authenticator app lies in the store under a key that the signer derives for its account; a code counts
 * once. */
#include "engines/credentials/factors.h"
#include "engines/credentials/totp.h"
#include "gen/credentials_queries.h"

#include "platform/crypto/signer.h"

static struct str seed_name(struct arena *a, int64_t account)
{
    return str_fmt(a, "totp/%lld", (long long)account);
}

int app_seed_seal(struct req *q, int64_t account, struct str seed, struct str *sealed, struct err *e)
{
    struct hash32 key;
    struct str name = seed_name(q->arena, account);
    if (signer_vault_key(q->signer, q->arena, name, &key, e) != 0)
        return -1;
    *sealed = secret_seal(q->arena, &key, name, seed);
    secret_wipe(&key, sizeof(key));
    return 0;
}

static int seed_open(struct req *q, int64_t account, struct str sealed, struct str *seed, struct err *e)
{
    struct hash32 key;
    struct str name = seed_name(q->arena, account);
    if (signer_vault_key(q->signer, q->arena, name, &key, e) != 0)
        return -1;
    bool opened = secret_open(q->arena, &key, name, sealed, seed);
    secret_wipe(&key, sizeof(key));
    return opened ? 0 : ERR(e, ERR_SIGNER, "the seed of account %lld does not open: another vault.secret?", (long long)account);
}

int app_code_check(struct req *q, struct dbr *r, int64_t account, struct str typed, int64_t *step, enum code_result *result, struct err *e)
{
    struct totp_of_account_row row;
    struct str seed;
    int found = totp_of_account(r, q->arena, &(struct totp_of_account_in){ .account = account }, &row, e);
    *result = CODE_WRONG;
    if (found <= 0)
        return found;
    if (seed_open(q, account, row.sealed, &seed, e) != 0)
        return -1;
    if (totp_find(seed, typed, q->now, step) && *step > row.last_step)
        *result = CODE_RIGHT;
    secret_wipe((void *)(uintptr_t)seed.p, seed.n);
    return 0;
}

int app_code_use(struct tx *tx, int64_t account, int64_t step, enum code_result *result, struct err *e)
{
    int64_t changed;
    struct totp_use_in in = { .step = step, .now = tx_now(tx), .account = account };
    if (totp_use(tx, &in, &changed, e) != 0)
        return -1;
    *result = changed == 1 ? CODE_RIGHT : CODE_WRONG;
    return 0;
}
