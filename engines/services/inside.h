/* inside.h: shared by the files of this engine. */
#ifndef BON_ENGINES_SERVICES_INSIDE_H
#define BON_ENGINES_SERVICES_INSIDE_H

#include "engines/audit/audit.h"
#include "engines/services/words.h"
#include "gen/services_queries.h"

struct services_state; /* state.h */
int services_start(struct app *app, struct err *e);
void services_stop(struct app *app);
struct services_state *services_state(const struct app *app);

/* ---- storing: store.c ---- */
struct service_stored {
    int new_versions, same_versions;
    bool head_changed;
};
/* Accounts; 0: from a file. */
struct service_people {
    int64_t published, drafted;
};
/* A file whose faults are none. Refuses a published version with another content by its name (ERR_CONFLICT, e->field), and a new one that
 * does not begin after all others. The record of the change is the caller's. */
int services_store(struct tx *tx, struct arena *a, const struct service_file *f, const struct service_people *by,
                   struct service_stored *out, struct err *e);

/* ---- files: load.c ---- */
struct service_named_file {
    struct str path;
    struct service_file file;
    service_faults faults;
    struct str refused; /* no JSON at all, too large: why; else empty */
};
typedef VEC(struct service_named_file) service_files;
/* A file, or every *.json of a directory in order of name, with faults; then what only the whole shows: two files of one code, a bundle
 * that leads back to itself, a child that neither the files nor `known` have. */
int services_load_path(struct arena *a, const char *path, const struct str *known, size_t n_known, service_files *out,
                       struct err *e);
/* The part that only the whole shows, for files that came another way. */
void services_check_whole(struct arena *a, service_files *files, const struct str *known, size_t n_known);
bool services_is_directory(const char *path);
size_t services_files_faults(const service_files *files);

/* Codes of all services there are. */
int services_known_codes(struct dbr *r, struct arena *a, struct str **out, size_t *n, struct err *e);
/* All files in one transaction, with the record's action and object by the caller. */
struct service_load_counts {
    int64_t versions, same, heads;
};
int services_store_files(struct tx *tx, struct arena *a, const service_files *files, const struct service_people *by,
                         struct service_load_counts *out, struct err *e);

extern const struct cli_command services_commands[];

#endif
