/* session_seen.c: when a session was last used, for its owner's own list, to the minute. Each request leaves one number in a table in
 * memory; a job carries the table to the store. So looking costs no write, and a thousand looks cost as much as one.
 */
#include "engines/accounts/accounts_internal.h"

#include <stdatomic.h>

enum { SLOTS = 8192, SLICE = 200 };

/* Session's number (its lower half) and minute in one word, so that no lock is needed. Two sessions of one slot overwrite each other:
 * the list may then be a few minutes behind. */
struct seen_table {
    _Atomic uint64_t slot[SLOTS];
};

struct seen_slice {
    struct session_seen_in rows[SLICE];
    size_t n;
};

struct seen_table *seen_table_new(struct app *app)
{
    return arena_new(&app->arena, struct seen_table);
}

void session_seen_note(const struct accounts_state *state, int64_t session, struct instant now)
{
    struct seen_table *t = state ? state->seen : NULL;
    uint64_t word = (uint64_t)(uint32_t)session << 32 | (uint32_t)(now.us / US_PER_MINUTE);
    if (!t)
        return;
    _Atomic uint64_t *slot = &t->slot[(uint64_t)session % SLOTS];
    if (atomic_load_explicit(slot, memory_order_relaxed) != word)
        atomic_store_explicit(slot, word, memory_order_relaxed);
}

static int write_slice(struct tx *tx, void *arg, struct err *e)
{
    const struct seen_slice *s = arg;
    tx_unaudited(tx, "when sessions were last used, shown to their owners only");
    for (size_t i = 0; i < s->n; i++)
        if (session_seen(tx, &s->rows[i], NULL, e) != 0)
            return -1;
    return 0;
}

int session_seen_job(struct job_run *j, struct err *e)
{
    const struct accounts_state *state = *app_engine_slot(j->app, "accounts");
    struct seen_table *t = state ? state->seen : NULL;
    struct seen_slice s = { .n = 0 };
    for (size_t i = 0; t && i < SLOTS; i++) {
        uint64_t word = atomic_exchange_explicit(&t->slot[i], 0, memory_order_relaxed);
        if (word == 0)
            continue;
        s.rows[s.n++] = (struct session_seen_in){ .id = (int64_t)(word >> 32), .seen = { (int64_t)(uint32_t)word * US_PER_MINUTE } };
        if (s.n == SLICE && db_write_in(j->db, j->arena, write_slice, &s, e) != 0)
            return -1;
        s.n = s.n == SLICE ? 0 : s.n;
    }
    return s.n == 0 ? 0 : db_write_in(j->db, j->arena, write_slice, &s, e);
}
