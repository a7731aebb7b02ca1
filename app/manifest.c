#include "app/manifest.h"

#include <jansson.h>

#define FORMAT "bon-backup-1"

static json_t *text_of(struct str s)
{
    return json_stringn(s.p ? s.p : "", s.n);
}

static json_t *file_json(struct arena *a, const struct manifest_file *f)
{
    json_t *j = json_kept(a, json_object());
    json_object_set_new(j, "bytes", json_integer(f->size));
    json_object_set_new(j, "name", text_of(f->name));
    json_object_set_new(j, "sha256", text_of(str_hex(a, f->sha.b, sizeof f->sha.b)));
    return j;
}

static json_t *manifest_json(struct arena *a, const struct manifest *m, struct err *e)
{
    json_t *key, *j = json_kept(a, json_object()), *files = json_kept(a, json_array());
    if (json_read(a, jwk_json(a, &m->key), &key, e))
        return NULL;
    for (size_t i = 0; i < m->n_files; i++)
        json_array_append(files, file_json(a, &m->files[i]));
    json_object_set_new(j, "at", text_of(m->at));
    json_object_set_new(j, "engine", text_of(m->engine));
    json_object_set(j, "files", files);
    json_object_set_new(j, "format", json_string(FORMAT));
    json_object_set(j, "key", key);
    json_object_set_new(j, "mode", text_of(m->mode));
    json_object_set_new(j, "program", text_of(m->program));
    return j;
}

int manifest_write(struct arena *a, const struct manifest *m, struct str *text, struct err *e)
{
    json_t *j = manifest_json(a, m, e);
    return j ? json_canonical(a, j, text, e) : -1;
}

/* ---- reading: the text came from outside, but its signature has been checked by whoever trusts it ---- */

static int read_file(const json_t *j, struct manifest_file *out, struct err *e)
{
    struct manifest_file f = { .name = str_or_empty(json_str_at(j, "name")),
                               .size = json_integer_value(json_object_get(j, "bytes")) };
    if (f.name.n == 0 || f.size < 0 || !str_unhex(str_or_empty(json_str_at(j, "sha256")), f.sha.b, sizeof f.sha.b))
        return ERR(e, ERR_INPUT, "manifest: a file without name, size or hash");
    *out = f;
    return 0;
}

static int read_members(struct arena *a, const json_t *j, struct manifest *m, struct err *e)
{
    const json_t *files = json_object_get(j, "files");
    struct str key;
    if (!str_eq(json_str_at(j, "format"), STR(FORMAT)))
        return ERR(e, ERR_INPUT, "manifest: not of format " FORMAT);
    if (json_array_size(files) == 0 || json_array_size(files) > MANIFEST_FILES)
        return ERR(e, ERR_INPUT, "manifest: %zu files", json_array_size(files));
    if (json_canonical(a, json_object_get(j, "key"), &key, e) || jwk_read(a, key, &m->key, e))
        return -1;
    m->at = str_or_empty(json_str_at(j, "at"));
    m->engine = str_or_empty(json_str_at(j, "engine"));
    m->mode = str_or_empty(json_str_at(j, "mode"));
    m->program = str_or_empty(json_str_at(j, "program"));
    for (size_t i = 0; i < json_array_size(files); i++)
        if (read_file(json_array_get(files, i), &m->files[m->n_files++], e))
            return -1;
    return 0;
}

int manifest_read(struct arena *a, struct str text, struct manifest *out, struct err *e)
{
    struct manifest m = { .n_files = 0 };
    json_t *j;
    if (json_read(a, text, &j, e) || read_members(a, j, &m, e))
        return -1;
    *out = m;
    return 0;
}

const struct manifest_file *manifest_file_named(const struct manifest *m, struct str name)
{
    for (size_t i = 0; i < m->n_files; i++)
        if (str_eq(m->files[i].name, name))
            return &m->files[i];
    return NULL;
}
