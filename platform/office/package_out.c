/* package_out.c: parts into a zip file. */
#include "platform/office/package.h"

#include "platform/office/package_memory.h"

#include <minizip/zip.h>
#include <stdlib.h>
#include <string.h>

/* 1/1/1980 as MS-DOS writes it: years since 1980, month, day. */
enum { FIRST_DAY = (0 << 25) | (1 << 21) | (1 << 16) };

static bool put_part(zipFile zip, const struct package_part *part)
{
    static const zip_fileinfo info = { .dosDate = FIRST_DAY };
    return zipOpenNewFileInZip(zip, part->name, &info, NULL, 0, NULL, 0, NULL, Z_DEFLATED, Z_DEFAULT_COMPRESSION) ==
               ZIP_OK &&
           zipWriteInFileInZip(zip, part->bytes.p, (unsigned)part->bytes.n) == ZIP_OK && zipCloseFileInZip(zip) == ZIP_OK;
}

static bool put_parts(struct package_memory *m, const struct package_part *parts, size_t n)
{
    zlib_filefunc64_def functions = package_memory_functions(m);
    zipFile zip = zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &functions);
    bool put = zip != NULL;
    for (size_t i = 0; put && i < n; i++)
        put = put_part(zip, &parts[i]);
    if (zip && zipClose(zip, NULL) != ZIP_OK)
        put = false;
    return put && !m->failed;
}

int package_pack(struct arena *a, const struct package_part *parts, size_t n, size_t max, struct str *out, struct err *e)
{
    struct package_memory m = { .max = max };
    char *copy = NULL;
    if (put_parts(&m, parts, n)) {
        copy = arena_try(a, m.n); /* the library's bytes are given back before anything may jump */
        if (copy)
            memcpy(copy, m.out, m.n);
    }
    free(m.out);
    if (!copy)
        return ERR(e, ERR_TOO_LARGE, "a package of %zu parts does not fit %zu bytes", n, max);
    *out = (struct str) { copy, m.n };
    return 0;
}
