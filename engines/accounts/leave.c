/* leave.c: what happens to an account when the work behind it changes or ends. */
#include "engines/accounts/accounts_internal.h"

#include "base/text.h"
#include "platform/crypto/crypto.h"

int grant_end_on(struct tx *tx, int64_t account, int64_t grant, struct day on, struct err *e)
{
    struct grant_end_in in = { .until_day = on, .id = grant, .account = account };
    return grant_end(tx, &in, NULL, e);
}

int account_rename(struct tx *tx, struct arena *a, int64_t account, struct str name, struct err *e)
{
    struct account_name_set_in in = { .name = name, .name_key = text_fold(a, name), .id = account };
    return account_name_set(tx, &in, NULL, e);
}

int account_leave(struct tx *tx, int64_t account, struct err *e)
{
    struct account_active_set_in closed = { .active = false, .id = account };
    struct grants_end_all_in roles = { .until_day = instant_day(tx_now(tx)), .account = account };
    return account_active_set(tx, &closed, NULL, e) != 0 || grants_end_all(tx, &roles, NULL, e) != 0
               ? -1
               : sessions_end(tx, account, 0, e);
}

int account_return(struct tx *tx, int64_t account, struct err *e)
{
    struct account_active_set_in in = { .active = true, .id = account };
    return account_active_set(tx, &in, NULL, e);
}

int account_token(struct tx *tx, struct arena *a, int64_t account, int days, struct str *token, struct err *e)
{
    struct str fresh = token_new(a);
    struct instant now = tx_now(tx);
    struct session_insert_in in = { .token = sha256(fresh),
                                    .account = account,
                                    .made_at = now,
                                    .expires_at = { now.us + days * US_PER_DAY },
                                    .remote = STR(""),
                                    .agent = STR("token"),
                                    .methods = STR("token"),
                                    .assurance = 1,
                                    .authenticated_at = now };
    int64_t id;
    if (session_insert(tx, &in, &id, e) != 0)
        return -1;
    *token = fresh;
    return 0;
}
