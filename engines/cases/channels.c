/* channels.c: doors that lie elsewhere (VNeID): what they bring for a filing, and whether they can be reached. */
#include "engines/cases/inside.h"

int case_offer_put(struct tx *tx, const struct case_offer *o, int64_t *id, struct err *e)
{
    struct case_offer_insert_in in = { .account = o->account,
                                       .service = o->service,
                                       .channel = o->channel,
                                       .source = o->source,
                                       .known = o->known,
                                       .made_at = tx_now(tx),
                                       .expires_at = { tx_now(tx).us + CASE_OFFER_MINUTES * US_PER_MINUTE } };
    return case_offer_insert(tx, &in, id, e);
}

int case_offer_read(struct dbr *r, struct arena *a, int64_t account, int64_t id, struct instant now, struct case_offer *out,
                    struct err *e)
{
    struct case_offer_row_row row;
    int got = case_offer_row(r, a, &(struct case_offer_row_in) { .id = id, .account = account, .now = now }, &row, e);
    if (got == 1)
        *out = (struct case_offer) { .id = row.id,
                                     .account = row.account,
                                     .service = row.service,
                                     .channel = (enum case_channel)row.channel,
                                     .source = row.source,
                                     .known = row.known,
                                     .made_at = row.made_at };
    return got;
}

int case_offer_take(struct tx *tx, int64_t id, int64_t draft, struct err *e)
{
    int64_t changed;
    struct case_offer_taken_in in = { .id = id, .draft = draft };
    if (case_offer_taken(tx, &in, &changed, e))
        return -1;
    return changed == 1
               ? 0
               : ERR_SAY(e, ERR_CONFLICT, MSGS("Lần mở này đã thành bản nháp rồi. Xin xem bản nháp ở trang Hồ sơ của tôi."),
                         "offer %lld is taken", (long long)id);
}

int case_channel_down(struct tx *tx, enum case_channel channel, struct instant since, struct err *e)
{
    return case_channel_down_put(tx, &(struct case_channel_down_put_in) { .channel = channel, .since = since }, NULL, e);
}

int case_channel_up(struct tx *tx, enum case_channel channel, struct err *e)
{
    return case_channel_down_end(tx, &(struct case_channel_down_end_in) { .channel = channel }, NULL, e);
}

int case_channel_down_since(struct dbr *r, struct arena *a, enum case_channel channel, struct instant *since, struct err *e)
{
    struct case_channel_down_row_row row;
    int got = case_channel_down_row(r, a, &(struct case_channel_down_row_in) { .channel = channel }, &row, e);
    if (got == 1)
        *since = row.since;
    return got;
}
