/* package_out.c: parts into a zip file. */
#include "platform/office/package.h"

#include "platform/office/memory_file.h"

#include <minizip/zip.h>

/* 1/1/1980 as MS-DOS writes it: years since 1980, month, day. */
enum { FIRST_DAY = (0 << 25) | (1 << 21) | (1 << 16) };

static bool put_part(zipFile zip, const struct package_part *part)
{
    static const zip_fileinfo info = { .dosDate = FIRST_DAY };
    return zipOpenNewFileInZip(zip, part->name, &info, NULL, 0, NULL, 0, NULL, Z_DEFLATED, Z_DEFAULT_COMPRESSION) ==
               ZIP_OK &&
           zipWriteInFileInZip(zip, part->bytes.p, (unsigned)part->bytes.n) == ZIP_OK && zipCloseFileInZip(zip) == ZIP_OK;
}

static bool put_parts(struct memory_file *m, const struct package_part *parts, size_t n)
{
    zlib_filefunc64_def functions = memory_file_functions(m);
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
    struct memory_file m = { .max = max };
    if (!put_parts(&m, parts, n))
        m.failed = true;
    if (memory_file_take(&m, a, out))
        return ERR(e, ERR_TOO_LARGE, "a package of %zu parts does not fit %zu bytes", n, max);
    return 0;
}
