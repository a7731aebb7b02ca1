/* manifest.h: what a backup says about itself, canonical JSON signed with the "backup" key:
 * {"at","engine","files":[{"bytes","name","sha256"}…],"format":"bon-backup-1","key":{JWK},"mode","program"} */
#ifndef BON_APP_MANIFEST_H
#define BON_APP_MANIFEST_H

#include "platform/crypto/crypto.h"

enum { MANIFEST_FILES = 16 };

struct manifest_file {
    struct str name;
    int64_t size;
    struct hash32 sha;
};

struct manifest {
    struct str at, engine, mode, program; /* engine: "sqlite", "postgres" */
    struct jwk key;
    struct manifest_file files[MANIFEST_FILES];
    size_t n_files;
};

int manifest_write(struct arena *a, const struct manifest *m, struct str *text, struct err *e);
int manifest_read(struct arena *a, struct str text, struct manifest *out, struct err *e);
const struct manifest_file *manifest_file_named(const struct manifest *m, struct str name);

#endif
