/* start.c: what the provider keeps for the process, and the salt from which apps' names for people come. */
#include "engines/signon/state.h"

#include "base/rng.h"

struct salt {
    struct arena *arena;
    struct str value;
};

/* Made once for the life of the store: another salt would make every app take everybody for a stranger. */
static int find_or_make(struct tx *tx, void *arg, struct err *e)
{
    struct salt *s = arg;
    struct salt_find_row row;
    uint8_t bytes[32];
    tx_unaudited(tx, "the program's own salt, about nobody");
    int found = salt_find(tx_reader(tx), s->arena, &(struct salt_find_in) { .name = STR("subject") }, &row, e);
    if (found != 0) {
        s->value = row.value;
        return found < 0 ? -1 : 0;
    }
    random_bytes(bytes, sizeof bytes);
    s->value = str_dup(s->arena, (struct str) { (const char *)bytes, sizeof bytes });
    return salt_keep(tx, &(struct salt_keep_in) { .name = STR("subject"), .value = s->value }, NULL, e);
}

int signon_start(struct app *app, struct err *e)
{
    struct salt salt = { .arena = &app->arena };
    void **slot = app_engine_slot(app, "signon");
    if (*slot)
        return 0;
    if (db_write(app->db, find_or_make, &salt, e))
        return -1;
    struct signon_state *s = arena_new(&app->arena, struct signon_state);
    s->salt = salt.value;
    pthread_mutex_init(&s->lock, NULL);
    *slot = s;
    return 0;
}

void signon_stop(struct app *app)
{
    struct signon_state *s = signon_state(app);
    if (!s)
        return;
    client_memory_clear(s);
    pthread_mutex_destroy(&s->lock);
    *app_engine_slot(app, "signon") = NULL;
}
