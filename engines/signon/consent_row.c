/* consent_row.c: what a person has allowed an app, as it is remembered: one living row for both, which only grows until it is withdrawn. */
#include "engines/signon/inside.h"

/* Both together: what was agreed to before stays. */
static struct str joined(struct arena *a, struct str old, struct str more)
{
    struct buf b;
    struct str rest = more, word;
    buf_init(&b, a, 2 * SCOPE_MAX);
    buf_put(&b, old);
    while (rest.n > 0 && str_cut(&rest, ' ', &word)) {
        if (word.n == 0 || scope_has(buf_str(&b), word))
            continue;
        if (b.n > 0)
            buf_put_char(&b, ' ');
        buf_put(&b, word);
    }
    return b.n > 0 ? buf_str(&b) : STR("");
}

int consent_remember(struct tx *tx, struct arena *a, const struct consent_given *given, int64_t *id, struct err *e)
{
    struct consent_live_row row;
    const struct consent_live_in who = { .account = given->account, .client = given->client };
    int found = consent_live(tx_reader(tx), a, &who, &row, e);
    if (found < 0)
        return -1;
    if (found == 1) {
        *id = row.id;
        struct consent_widen_in in = { .id = row.id,
                                       .scope = joined(a, row.scope, given->scope),
                                       .claims = joined(a, row.claims, given->claims) };
        return consent_widen(tx, &in, NULL, e);
    }
    struct consent_insert_in in = {
        .account = who.account, .client = who.client, .scope = given->scope, .claims = given->claims, .given_at = tx_now(tx)
    };
    return consent_insert(tx, &in, id, e);
}
