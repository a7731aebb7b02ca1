/* load.c: service files from a disk, alone or a whole directory, and what only the whole shows. */
#include "engines/services/inside.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES_MOST = 5000 };

static int read_bytes(struct arena *a, const char *path, struct str *out, struct err *e)
{
    struct stat st;
    FILE *f = fopen(path, "rbe");
    if (!f || fstat(fileno(f), &st) || st.st_size > SERVICE_FILE_MAX) {
        int why = f ? EFBIG : errno;
        if (f)
            fclose(f);
        return ERR_SAY(e, ERR_INPUT, MSGS("Không mở được tệp, hoặc tệp lớn hơn 1 MB."), "%s: %s", path, strerror(why));
    }
    char *bytes = arena_alloc(a, (size_t)st.st_size);
    size_t n = fread(bytes, 1, (size_t)st.st_size, f);
    bool failed = ferror(f);
    fclose(f);
    if (failed)
        return ERR_SAY(e, ERR_INPUT, MSGS("Không mở được tệp, hoặc tệp lớn hơn 1 MB."), "%s", path);
    *out = (struct str) { bytes, n };
    return 0;
}

static int load_file(struct arena *a, const char *path, service_files *out, struct err *e)
{
    struct str bytes;
    struct err why = { 0 };
    if (read_bytes(a, path, &bytes, e))
        return -1;
    struct service_named_file f = { .path = str_dup(a, str_of(path)), .refused = STR("") };
    if (services_read_file(a, bytes, &f.file, &f.faults, &why))
        f.refused = str_dup(a, str_of(why.detail));
    *vec_push(a, out) = f;
    return 0;
}

/* ---- a directory ---- */

static int by_name(const void *x, const void *y)
{
    return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

static int list_files(struct arena *a, const char *path, struct str **out, size_t *n, struct err *e)
{
    VEC(struct str) names = { 0 };
    DIR *dir = opendir(path);
    if (!dir)
        return ERR_SAY(e, ERR_INPUT, MSGS("Không mở được thư mục."), "%s: %s", path, strerror(errno));
    for (const struct dirent *d; (d = readdir(dir)) != NULL && names.n < FILES_MOST;)
        if (str_ends(str_of(d->d_name), STR(".json")) && d->d_name[0] != '.')
            *vec_push(a, &names) = str_dup(a, str_of(d->d_name));
    closedir(dir);
    if (names.n > 1)
        qsort(names.v, names.n, sizeof(*names.v), by_name);
    *out = names.v;
    *n = names.n;
    return 0;
}

static int load_directory(struct arena *a, const char *path, service_files *out, struct err *e)
{
    struct str *names = NULL;
    size_t n = 0;
    if (list_files(a, path, &names, &n, e))
        return -1;
    for (size_t i = 0; i < n; i++) {
        struct str full = str_fmt(a, "%s/%.*s", path, STR_ARG(names[i]));
        if (load_file(a, str_cstr(a, full), out, e))
            return -1;
    }
    return 0;
}

/* ---- what the whole shows ---- */

static void add_fault(struct arena *a, struct service_named_file *f, struct str path, struct str say, struct str what)
{
    if (f->faults.n < SERVICE_FAULTS)
        *vec_push(a, &f->faults) = (struct service_fault) { path, say, what };
}

static struct service_named_file *file_of(const service_files *files, struct str code)
{
    for (size_t i = 0; i < files->n; i++)
        if (!files->v[i].refused.n && str_eq(files->v[i].file.code, code))
            return &files->v[i];
    return NULL;
}

static bool is_listed(const struct str *v, size_t n, struct str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i], s))
            return true;
    return false;
}

/* Does a bundle that begins at `from` come back to `to`? A chain longer than all files has come back somewhere itself. */
static bool leads_to(const service_files *files, struct str from, struct str to, size_t steps)
{
    const struct service_named_file *f = file_of(files, from);
    for (size_t v = 0; f && steps > 0 && v < f->file.n_versions; v++) {
        const struct service_def *def = f->file.versions[v];
        for (size_t i = 0; i < def->n_children; i++)
            if (str_eq(def->children[i].service, to) || leads_to(files, def->children[i].service, to, steps - 1))
                return true;
    }
    return false;
}

enum { CHAIN_MOST = 6 };

/* known NULL with one file: who asks knows nothing of the other services, so a child may be any. */
static void check_child(struct arena *a, const service_files *files, struct service_named_file *f, size_t version,
                        size_t child, const struct str *known, size_t n_known)
{
    struct str code = f->file.versions[version]->children[child].service;
    struct str path = str_fmt(a, "versions[%zu].bundle.children[%zu].service", version, child);
    bool alone = files->n == 1 && !known;
    if (!alone && !file_of(files, code) && !is_listed(known, n_known, code))
        add_fault(a, f, path, MSGS("Không có dịch vụ nào mang mã này."), code);
    else if (leads_to(files, code, f->file.code, CHAIN_MOST))
        add_fault(a, f, path, MSGS("Chuỗi liên thông quay lại chính dịch vụ này."), code);
}

void services_check_whole(struct arena *a, service_files *files, const struct str *known, size_t n_known)
{
    for (size_t i = 0; i < files->n; i++) {
        struct service_named_file *f = &files->v[i];
        if (f->refused.n)
            continue;
        if (file_of(files, f->file.code) != f)
            add_fault(a, f, STR("code"), MSGS("Hai tệp cùng một mã dịch vụ."), f->file.code);
        for (size_t v = 0; v < f->file.n_versions; v++)
            for (size_t c = 0; c < f->file.versions[v]->n_children; c++)
                check_child(a, files, f, v, c, known, n_known);
    }
}

bool services_is_directory(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

int services_load_path(struct arena *a, const char *path, const struct str *known, size_t n_known, service_files *out,
                       struct err *e)
{
    *out = (service_files) { 0 };
    if (services_is_directory(path) ? load_directory(a, path, out, e) : load_file(a, path, out, e))
        return -1;
    services_check_whole(a, out, known, n_known);
    return 0;
}

size_t services_files_faults(const service_files *files)
{
    size_t n = 0;
    for (size_t i = 0; i < files->n; i++)
        n += files->v[i].faults.n + (files->v[i].refused.n > 0);
    return n;
}
