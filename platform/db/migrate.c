/* migrate.c: brings the schema up to what this program was built for, or says why it cannot. */
#include "platform/db/db_internal.h"
#include "platform/db/own_sql.h"

#include <string.h>

/* What the program has for one module must begin with 1 and have no gap. */
static int check_list(const struct db_migration *list, struct err *e)
{
    for (const struct db_migration *m = list; m != NULL && m->module != NULL; m++) {
        int expected = 1;
        for (const struct db_migration *before = list; before < m; before++)
            if (strcmp(before->module, m->module) == 0)
                expected = before->number + 1;
        if (m->number != expected)
            return ERR(e, ERR_DB, "module %s: migration %d stands where %d is expected; its files must be numbered in order",
                       m->module, m->number, expected);
    }
    return 0;
}

static const struct db_migration *find(const struct db_migration *list, struct str module, int64_t number)
{
    for (const struct db_migration *m = list; m != NULL && m->module != NULL; m++)
        if (m->number == number && str_eq(str_of(m->module), module))
            return m;
    return NULL;
}

/* Rows come by module and number: each module's must be 1, 2, 3 … and all known to the program. */
static int check_applied(struct db_cursor *c, const struct db_migration *list, bool *done, struct err *e)
{
    struct arena names;
    arena_init(&names, 1 << 20);
    struct str module = STR_NONE;
    int64_t last = 0;
    int rc;
    while ((rc = db_step(c, e)) > 0) {
        struct str name = db_text(c, 0, &names);
        int64_t number = db_int(c, 1);
        if (module.p == NULL || !str_eq(name, module))
            last = 0;
        module = name;
        const struct db_migration *m = find(list, name, number);
        if (m == NULL)
            rc = ERR(e, ERR_DB,
                     "the database has migration %lld of module %.*s, which this program does not know: it was used "
                     "by a newer bon; start that version, or restore a backup",
                     (long long)number, STR_ARG(name));
        else if (number != last + 1)
            rc = ERR(e, ERR_DB, "the database has migration %lld of module %.*s but not %lld; restore a backup",
                     (long long)number, STR_ARG(name), (long long)last + 1);
        if (rc < 0)
            break;
        last = number;
        done[m - list] = true;
    }
    arena_release(&names);
    return rc;
}

static int read_applied(struct dbr *w, const struct db_migration *list, bool *done, struct err *e)
{
    struct db_cursor *c = cursor_begin(w, &schema_migrations_stmt, false, e);
    if (c == NULL)
        return -1;
    int rc = check_applied(c, list, done, e);
    db_end(c);
    return rc;
}

static int note_applied(struct dbr *w, const struct db_migration *m, struct err *e)
{
    struct db_cursor *c = cursor_begin(w, &schema_migration_add_stmt, true, e);
    if (c == NULL)
        return -1;
    db_bind_text(c, 0, str_of(m->module));
    db_bind_int(c, 1, m->number);
    db_bind_instant(c, 2, instant_now());
    int rc = db_step(c, e);
    db_end(c);
    return rc;
}

static int apply(struct dbr *w, const struct db_migration *m, struct err *e)
{
    char what[96];
    struct str name = str_of(m->module);
    size_t n = name.n < 64 ? name.n : 64;
    memcpy(what, name.p, n);
    what[n] = '\0';
    if (own_begin(w, e) != 0)
        return -1;
    int rc = w->db->ops->script(w, m->sql[w->db->engine], what, e);
    if (rc == 0)
        rc = note_applied(w, m, e);
    return own_end(w, rc, e);
}

int own_begin(struct dbr *w, struct err *e)
{
    if (w->db->ops->script(w, migrate_begin_sql[w->db->engine], "begin", e) != 0)
        return -1;
    w->begun = true;
    return 0;
}

int own_end(struct dbr *w, int rc, struct err *e)
{
    cursors_end(w);
    w->begun = false;
    if (rc == 0)
        rc = w->db->ops->script(w, "COMMIT", "commit", e);
    if (rc != 0)
        w->db->ops->rollback(w);
    return rc;
}

int migrate(struct dbr *w, const struct db_migration *list, struct err *e)
{
    if (check_list(list, e) != 0)
        return -1;
    size_t n = 0;
    while (list != NULL && list[n].module != NULL)
        n++;
    struct arena a;
    arena_init(&a, n + 64);
    bool *done = arena_array(&a, n + 1, sizeof *done);
    int rc = own_begin(w, e);
    if (rc == 0)
        rc = own_end(w, read_applied(w, list, done, e), e);
    for (size_t i = 0; i < n && rc == 0; i++)
        if (!done[i])
            rc = apply(w, &list[i], e);
    arena_release(&a);
    return rc;
}
