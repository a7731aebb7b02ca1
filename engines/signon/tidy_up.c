/* tidy_up.c: what is over is forgotten, in slices: requests after an hour, codes after a day, tokens after a month, since a replay must
 * still be known as one for as long as its family lives. */
#include "engines/signon/endpoints.h"

static int forget_write(struct tx *tx, void *arg, struct err *e)
{
    const struct instant day_ago = { tx_now(tx).us - US_PER_DAY }, month_ago = { tx_now(tx).us - 30 * US_PER_DAY };
    (void)arg;
    tx_unaudited(tx, "removes codes, requests, proofs and tokens that were over long ago");
    /* A session lives twelve hours. */
    if (families_settle(tx, &(struct families_settle_in) { .before = day_ago }, NULL, e))
        return -1;
    if (asks_forget(tx, &(struct asks_forget_in) { .before = day_ago }, NULL, e))
        return -1;
    return shown_forget(tx, &(struct shown_forget_in) { .before = tx_now(tx) }, NULL, e) ||
                   request_forget(tx, &(struct request_forget_in) { .before = { tx_now(tx).us - US_PER_HOUR } }, NULL, e) ||
                   code_forget(tx, &(struct code_forget_in) { .before = day_ago }, NULL, e) ||
                   token_forget(tx, &(struct token_forget_in) { .before = day_ago }, NULL, e) ||
                   refresh_forget(tx, &(struct refresh_forget_in) { .before = month_ago }, NULL, e)
               ? -1
               : 0;
}

int forget_job(struct job_run *j, struct err *e)
{
    return db_write_in(j->db, j->arena, forget_write, NULL, e);
}
