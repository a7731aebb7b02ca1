/* flows.c: the flows of the pack and those that cases have followed since. What a version says is fixed by the first store that saw it. */
#include "engines/cases/inside.h"

#include "platform/crypto/crypto.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { FLOW_FILES_MAX = 100 };

struct keeping {
    struct arena *arena;
    struct cases_state *state;
};

static int by_name_and_version(const void *x, const void *y)
{
    const struct case_flow *a = x, *b = y;
    int names = str_cmp(a->name, b->name);
    return names ? names : a->version - b->version;
}

const struct case_flow *case_flow_find(const struct cases_state *s, struct str name, int64_t version)
{
    const struct case_flow *found = NULL;
    for (size_t i = 0; i < s->flows.n; i++)
        if (str_eq(s->flows.v[i].name, name) && (version == 0 || s->flows.v[i].version == version))
            found = &s->flows.v[i];
    return found;
}

const struct case_flow *case_flow_named(const struct app *app, struct str name)
{
    return case_flow_find(cases_state(app), name, 0);
}

const struct case_flow *case_flow_version(const struct app *app, struct str name, int64_t version)
{
    return case_flow_find(cases_state(app), name, version);
}

/* ---- the pack ---- */

static int take_file(struct app *app, struct cases_state *s, const char *name, struct err *e)
{
    struct str path = str_fmt(&app->arena, "flows/%s", name), text;
    struct case_flow f;
    if (pack_file(&app->arena, app->settings.pack_dir, str_cstr(&app->arena, path), &text, e) ||
        case_flow_read(&app->arena, path, text, &f, e))
        return -1;
    if (case_flow_find(s, f.name, f.version))
        return ERR(e, ERR_INPUT, "%.*s: flow %.*s version %d is in another file", STR_ARG(path), STR_ARG(f.name), f.version);
    *vec_push(&app->arena, &s->flows) = f;
    return 0;
}

static int is_flow_file(const struct dirent *d)
{
    return str_ends(str_of(d->d_name), STR(".json")) && d->d_name[0] != '.';
}

/* A pack without flows offers no service that ends in a case. */
static int read_files(struct app *app, struct cases_state *s, struct err *e)
{
    struct dirent **list = NULL;
    struct str dir = str_fmt(&app->arena, "%s/flows", app->settings.pack_dir);
    int n = scandir(str_cstr(&app->arena, dir), &list, is_flow_file, alphasort), result = 0;
    if (n < 0)
        return errno == ENOENT ? 0 : ERR(e, ERR_INTERNAL, "%.*s: %s", STR_ARG(dir), strerror(errno));
    if (n > FLOW_FILES_MAX)
        result = ERR(e, ERR_INPUT, "%.*s: %d flows", STR_ARG(dir), n);
    for (int i = 0; i < n && result == 0; i++)
        result = take_file(app, s, list[i]->d_name, e);
    for (int i = 0; i < n; i++)
        free(list[i]);
    free(list);
    return result;
}

/* ---- the store ---- */

static int keep_write(struct tx *tx, void *arg, struct err *e)
{
    struct keeping *k = arg;
    tx_unaudited(tx, "flows of the pack, as they are read at every start");
    for (size_t i = 0; i < k->state->flows.n; i++) {
        const struct case_flow *f = &k->state->flows.v[i];
        struct case_flow_keep_in in = { .name = f->name, .version = f->version, .hash = sha256(f->body), .body = f->body };
        if (case_flow_keep(tx, &in, NULL, e))
            return -1;
    }
    return 0;
}

/* What the store has beside the pack comes in; what both have must be the same. */
static int take_row(struct app *app, struct cases_state *s, const struct case_flows_all_row *row, struct err *e)
{
    const struct case_flow *f = case_flow_find(s, row->name, row->version);
    struct hash32 hash = f ? sha256(f->body) : row->hash;
    struct case_flow kept;
    if (!hash32_eq(&hash, &row->hash))
        return ERR_SAY(e, ERR_INPUT,
                       MSGS("Một quy trình đã có hồ sơ đi theo bị sửa mà không tăng số phiên bản. Xin trả lại như cũ hoặc "
                            "ghi phiên bản mới."),
                       "flow %.*s version %lld differs from the one in use", STR_ARG(row->name), (long long)row->version);
    if (f)
        return 0;
    if (case_flow_read(&app->arena, row->name, row->body, &kept, e))
        return -1;
    *vec_push(&app->arena, &s->flows) = kept;
    return 0;
}

static int read_store(struct app *app, struct cases_state *s, bool *missing, struct err *e)
{
    struct case_flows_all_rows rows;
    struct dbr *r;
    size_t of_pack = s->flows.n, both = 0;
    if (db_read_begin(app->db, &r, e))
        return -1;
    int result = case_flows_all(r, &app->arena, &rows, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < rows.n; i++) {
        both += case_flow_find(s, rows.v[i].name, rows.v[i].version) ? 1 : 0;
        result = take_row(app, s, &rows.v[i], e);
    }
    *missing = both < of_pack;
    return result;
}

int case_flows_load(struct app *app, struct cases_state *s, struct err *e)
{
    struct keeping k = { &app->arena, s };
    bool missing = false;
    if (read_files(app, s, e) || (app->db && read_store(app, s, &missing, e)))
        return -1;
    if (s->flows.n > 0)
        qsort(s->flows.v, s->flows.n, sizeof *s->flows.v, by_name_and_version);
    return missing ? db_write(app->db, keep_write, &k, e) : 0;
}
