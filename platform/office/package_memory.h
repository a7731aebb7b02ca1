/* package_memory.h: minizip reads and writes through functions; these are for bytes in memory. */
#ifndef BON_PLATFORM_OFFICE_PACKAGE_MEMORY_H
#define BON_PLATFORM_OFFICE_PACKAGE_MEMORY_H

#include "base/str.h"

#include <minizip/ioapi.h>

struct package_memory {
    struct str in;  /* reading: borrowed */
    char *out;      /* writing: from malloc, since no jump may leave minizip */
    size_t n, room; /* bytes written; bytes there are */
    size_t max;
    size_t at;
    bool failed; /* beyond max, or no memory */
};

zlib_filefunc64_def package_memory_functions(struct package_memory *m);

#endif
