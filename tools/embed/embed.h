/* embed.h: the parts of tools/embed, for its main and its tests. */
#ifndef BON_TOOLS_EMBED_H
#define BON_TOOLS_EMBED_H

#include "base/err.h"
#include "base/vec.h"

struct source_file {
    struct str disk; /* where it was read */
    struct str path; /* relative to the root, '/' between parts */
    struct str bytes;
    struct str gzip; /* STR_NONE where compressing saves nothing */
    char hash[17];
};

struct source_files {
    struct source_file *v;
    size_t n, room;
};

enum { EMBED_FILE_MOST = 64 * 1024 * 1024 };

/* Reads `where`, a file or a directory with all below it (names that begin with a dot are left out). Each must lie under root. */
int embed_collect(struct arena *a, struct str root, struct str where, struct source_files *out, struct err *e);

/* Sorts by path, hashes and compresses; refuses two files with one path. */
int embed_finish(struct arena *a, struct source_files *files, struct err *e);

/* "text/css; charset=utf-8" for "app.css"; application/octet-stream for what the table does not know. */
struct str embed_type(struct str path);

/* gzip at level 9 without time stamp, so that same bytes in give same bytes out; STR_NONE when that is not smaller. */
struct str embed_gzip(struct arena *a, struct str bytes);

struct str embed_source(struct arena *a, const struct source_files *files, struct str name, struct str header);
struct str embed_header(struct arena *a, struct str name);
struct str embed_depfile(struct arena *a, const struct source_files *files, struct str target);

#endif
