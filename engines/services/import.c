/* import.c: services as JSON, one or all of them; and a catalogue, or one service, that somebody sends as a file. */
#include "engines/services/book.h"
#include "engines/services/draft.h"

#include "platform/crypto/crypto.h"

/* ---- out ---- */

static json_t *texts(const struct str *v, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, json_stringn(v[i].p, v[i].n));
    return list;
}

static json_t *string_of(struct str s)
{
    return json_stringn(s.p ? s.p : "", s.n);
}

void services_put_head(json_t *j, const struct service_file *f)
{
    json_object_set_new(j, "code", string_of(f->code));
    json_object_set_new(j, "name", string_of(f->name));
    json_object_set_new(j, "sector", string_of(f->sector));
    json_object_set_new(j, "sector_name", string_of(f->sector_name));
    json_object_set_new(j, "national_code", f->national_code.n ? string_of(f->national_code) : json_null());
    json_object_set_new(j, "keywords", texts(f->keywords, f->n_keywords));
    json_object_set_new(j, "life_events", texts(f->life_events, f->n_life_events));
}

json_t *services_head_json(struct dbr *r, struct arena *a, struct str code, struct err *e)
{
    struct service_row_row row;
    struct service_keywords_rows words;
    struct service_events_rows events;
    if (service_row(r, a, &(struct service_row_in) { .code = code }, &row, e) != 1 ||
        service_keywords(r, a, &(struct service_keywords_in) { .service = code }, &words, e) ||
        service_events(r, a, &(struct service_events_in) { .service = code }, &events, e))
        return NULL;
    struct str *phrases = arena_new_array(a, struct str, words.n), *names = arena_new_array(a, struct str, events.n);
    for (size_t i = 0; i < words.n; i++)
        phrases[i] = words.v[i].phrase;
    for (size_t i = 0; i < events.n; i++)
        names[i] = events.v[i].event;
    struct service_file f = { .code = row.code,
                              .name = row.name,
                              .sector = row.sector,
                              .sector_name = row.sector_name,
                              .national_code = str_or_empty(row.national_code),
                              .keywords = phrases,
                              .n_keywords = words.n,
                              .life_events = names,
                              .n_life_events = events.n };
    json_t *j = json_kept(a, json_object());
    services_put_head(j, &f);
    return j;
}

int services_file_json(struct dbr *r, struct arena *a, int64_t version_id, json_t **out, struct err *e)
{
    struct service_version_body_row row;
    json_t *version;
    if (service_version_body(r, a, &(struct service_version_body_in) { .id = version_id }, &row, e) != 1 ||
        json_read(a, row.body, &version, e))
        return -1;
    json_t *j = services_head_json(r, a, row.service, e);
    if (!j)
        return -1;
    json_object_set_new(j, "versions", json_pack("[O]", version));
    *out = j;
    return 0;
}

static int add_versions(struct dbr *r, struct arena *a, json_t *file, struct str code, struct err *e)
{
    struct service_bodies_rows rows;
    if (service_bodies(r, a, &(struct service_bodies_in) { .service = code }, &rows, e))
        return -1;
    json_t *versions = json_array();
    json_object_set_new(file, "versions", versions);
    for (size_t i = 0; i < rows.n; i++) {
        json_t *version;
        if (json_read(a, rows.v[i].body, &version, e))
            return -1;
        json_array_append(versions, version);
    }
    return 0;
}

int services_all_json(struct dbr *r, struct arena *a, json_t **out, struct err *e)
{
    struct service_codes_rows codes;
    json_t *all = json_kept(a, json_array());
    if (service_codes(r, a, &codes, e))
        return -1;
    for (size_t i = 0; i < codes.n; i++) {
        json_t *file = services_head_json(r, a, codes.v[i].code, e);
        if (!file || json_array_append(all, file) || add_versions(r, a, file, codes.v[i].code, e))
            return -1;
    }
    *out = all;
    return 0;
}

/* ---- in ---- */

static int add_file(struct arena *a, const json_t *j, size_t place, service_files *out, struct err *e)
{
    struct str text;
    struct err why = { 0 };
    struct service_named_file f = { .path = str_fmt(a, "[%zu]", place), .refused = STR("") };
    if (json_canonical(a, j, &text, e))
        return -1;
    if (services_read_file(a, text, &f.file, &f.faults, &why))
        f.refused = str_dup(a, str_of(why.detail));
    else if (f.file.code.n)
        f.path = f.file.code;
    *vec_push(a, out) = f;
    return 0;
}

static int read_all(struct arena *a, const json_t *j, const struct str *known, size_t n_known, service_files *out,
                    struct err *e)
{
    size_t n = json_is_array(j) ? json_array_size(j) : 1;
    *out = (service_files) { 0 };
    for (size_t i = 0; i < n; i++)
        if (add_file(a, json_is_array(j) ? json_array_get(j, i) : j, i, out, e))
            return -1;
    services_check_whole(a, out, known, n_known);
    return 0;
}

/* Each service of a catalogue is held to json_read's own limit when it is read by itself. */
enum { CATALOGUE_BYTES = 16 << 20 };

static int read_json(struct arena *a, struct str bytes, json_t **out, struct err *e)
{
    struct err why = { 0 };
    if (json_read_most(a, bytes, CATALOGUE_BYTES, out, &why) == 0)
        return 0;
    return ERR_SAY(e, ERR_INPUT, MSGS("Tệp không phải JSON hoặc Excel đúng dạng."), "%.200s", why.detail);
}

int services_import_read(struct arena *a, struct str bytes, const struct str *known, size_t n_known, service_files *out,
                         struct err *e)
{
    json_t *j;
    bool workbook = str_starts(bytes, STR("PK"));
    if (workbook ? services_book_read(a, bytes, &j, e) : read_json(a, bytes, &j, e))
        return -1;
    return read_all(a, j, known, n_known, out, e);
}
