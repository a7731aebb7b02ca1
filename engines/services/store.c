/* store.c: a checked file into the catalogue. What is published stays as it is: a changed version is refused by its name. */
#include "engines/services/inside.h"

#include <stdio.h>

static int insert_version(struct tx *tx, const struct service_def *def, struct str body, const struct service_people *by,
                          struct err *e)
{
    int64_t id;
    struct service_version_insert_in in = { .service = def->code,
                                            .version = def->version,
                                            .since = def->from,
                                            .until = def->until,
                                            .level = (int64_t)def->level,
                                            .unit_level = (int64_t)def->unit_level,
                                            .function = str_or_empty(def->function),
                                            .flow = str_or_empty(def->flow),
                                            .days = def->days,
                                            .papers = (int64_t)services_sheets(def),
                                            .body = body,
                                            .hash = def->hash,
                                            .published_at = tx_now(tx),
                                            .published_by = by->published,
                                            .drafted_by = by->drafted };
    return service_version_insert(tx, &in, &id, e) || services_stamp_next(tx, NULL, e) ? -1 : 0;
}

static int refuse_version(const struct service_def *def, struct str say, struct err *e)
{
    ERR_SAY(e, ERR_CONFLICT, say, "%.*s version %d", STR_ARG(def->code), def->version);
    if (e)
        snprintf(e->field, sizeof(e->field), "%.*s v%d", STR_ARG(def->code), def->version);
    return -1;
}

static const struct service_versions_row *row_of(const struct service_versions_rows *rows, int version)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->v[i].version == version)
            return &rows->v[i];
    return NULL;
}

/* It must begin after all that is published, and after the end that one of them names. */
static bool follows(const struct service_def *def, const struct service_versions_rows *rows)
{
    struct day open;
    day_from_ymd(9999, 12, 31, &open);
    for (size_t i = 0; i < rows->n; i++) {
        const struct service_versions_row *v = &rows->v[i];
        if (v->version >= def->version || v->since.n >= def->from.n || (v->until.n != open.n && v->until.n > def->from.n))
            return false;
    }
    return true;
}

static int store_version(struct tx *tx, const struct service_def *def, struct str body,
                         const struct service_versions_rows *rows, const struct service_people *by,
                         struct service_stored *out, struct err *e)
{
    const struct service_versions_row *there = row_of(rows, def->version);
    if (there && !hash32_eq(&there->hash, &def->hash))
        return refuse_version(
            def, MSGS("Phiên bản đã công bố thì không sửa được nữa. Xin lập một phiên bản mới với ngày hiệu lực mới."), e);
    if (there) {
        out->same_versions++;
        return 0;
    }
    if (!follows(def, rows))
        return refuse_version(def, MSGS("Phiên bản mới phải có số lớn hơn và ngày hiệu lực sau mọi phiên bản đã công bố."),
                              e);
    out->new_versions++;
    return insert_version(tx, def, body, by, e);
}

/* ---- the head: names and words ---- */

static bool same_texts(const struct str *x, size_t n, const struct str *y, size_t m)
{
    for (size_t i = 0; i < n && n == m; i++)
        if (!str_eq(x[i], y[i]))
            return false;
    return n == m;
}

static int has_words(struct dbr *r, struct arena *a, const struct service_file *f, bool *same, struct err *e)
{
    struct service_keywords_rows words;
    struct service_events_rows events;
    if (service_keywords(r, a, &(struct service_keywords_in) { .service = f->code }, &words, e) ||
        service_events(r, a, &(struct service_events_in) { .service = f->code }, &events, e))
        return -1;
    struct str *phrases = arena_new_array(a, struct str, words.n);
    for (size_t i = 0; i < words.n; i++)
        phrases[i] = words.v[i].phrase;
    *same = same_texts(phrases, words.n, f->keywords, f->n_keywords) && events.n == f->n_life_events;
    for (size_t i = 0; *same && i < events.n; i++) {
        bool found = false;
        for (size_t k = 0; k < f->n_life_events; k++)
            found |= str_eq(f->life_events[k], events.v[i].event);
        *same = found;
    }
    return 0;
}

/* 1 as it stands there, 0 not, -1 failed. */
static int head_same(struct dbr *r, struct arena *a, const struct service_file *f, struct err *e)
{
    struct service_row_row row;
    bool same = false;
    int got = service_row(r, a, &(struct service_row_in) { .code = f->code }, &row, e);
    if (got != 1)
        return got;
    if (!str_eq(row.name, f->name) || !str_eq(row.sector, f->sector) || !str_eq(row.sector_name, f->sector_name) ||
        !str_eq(str_or_empty(row.national_code), f->national_code))
        return 0;
    return has_words(r, a, f, &same, e) ? -1 : same;
}

static int store_words(struct tx *tx, const struct service_file *f, struct err *e)
{
    if (service_keywords_drop(tx, &(struct service_keywords_drop_in) { .service = f->code }, NULL, e) ||
        service_events_drop(tx, &(struct service_events_drop_in) { .service = f->code }, NULL, e))
        return -1;
    for (size_t i = 0; i < f->n_keywords; i++)
        if (service_keyword_insert(tx, &(struct service_keyword_insert_in) { f->code, (int64_t)i, f->keywords[i] }, NULL, e))
            return -1;
    for (size_t i = 0; i < f->n_life_events; i++)
        if (service_event_insert(tx, &(struct service_event_insert_in) { f->code, f->life_events[i] }, NULL, e))
            return -1;
    return services_stamp_next(tx, NULL, e);
}

static int store_head(struct tx *tx, struct arena *a, const struct service_file *f, bool *changed, struct err *e)
{
    int same = head_same(tx_reader(tx), a, f, e);
    struct service_put_in in = { .code = f->code,
                                 .name = f->name,
                                 .sector = f->sector,
                                 .sector_name = f->sector_name,
                                 .national_code = f->national_code.n ? f->national_code : STR_NONE,
                                 .changed_at = tx_now(tx) };
    *changed = same == 0;
    if (same != 0)
        return same < 0 ? -1 : 0;
    return service_put(tx, &in, NULL, e) || store_words(tx, f, e) ? -1 : 0;
}

int services_store(struct tx *tx, struct arena *a, const struct service_file *f, const struct service_people *by,
                   struct service_stored *out, struct err *e)
{
    struct service_versions_rows rows;
    *out = (struct service_stored) { 0 };
    if (service_versions(tx_reader(tx), a, &(struct service_versions_in) { .service = f->code }, &rows, e) ||
        store_head(tx, a, f, &out->head_changed, e))
        return -1;
    for (size_t i = 0; i < f->n_versions; i++)
        if (store_version(tx, f->versions[i], f->bodies[i], &rows, by, out, e))
            return -1;
    return 0;
}

int services_known_codes(struct dbr *r, struct arena *a, struct str **out, size_t *n, struct err *e)
{
    struct service_codes_rows rows;
    if (service_codes(r, a, &rows, e))
        return -1;
    *out = arena_new_array(a, struct str, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        (*out)[i] = rows.v[i].code;
    *n = rows.n;
    return 0;
}

int services_store_files(struct tx *tx, struct arena *a, const service_files *files, const struct service_people *by,
                         struct service_load_counts *out, struct err *e)
{
    *out = (struct service_load_counts) { 0 };
    for (size_t i = 0; i < files->n; i++) {
        struct service_stored stored;
        if (services_store(tx, a, &files->v[i].file, by, &stored, e))
            return -1;
        out->versions += stored.new_versions;
        out->same += stored.same_versions;
        out->heads += stored.head_changed;
    }
    return 0;
}
