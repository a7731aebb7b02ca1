/* memory_file.h: libraries that write a file through functions (minizip, cairo) write it here, into memory from malloc, since no
 * jump may leave them; minizip reads bytes in memory through the same.
 */
#ifndef BON_PLATFORM_OFFICE_MEMORY_FILE_H
#define BON_PLATFORM_OFFICE_MEMORY_FILE_H

#include "base/str.h"

#include <minizip/ioapi.h>

struct memory_file {
    struct str in;  /* reading: borrowed */
    char *out;      /* writing: from malloc */
    size_t n, room; /* bytes written; bytes there are */
    size_t max;
    size_t at;
    bool failed; /* beyond max, or no memory */
};

/* At the end of what is written, or wherever minizip went back to. False: failed is set. */
bool memory_file_put(struct memory_file *m, const void *bytes, size_t n);
/* What was written, in the arena; m is given back, also with -1: no room. */
int memory_file_take(struct memory_file *m, struct arena *a, struct str *out);

zlib_filefunc64_def memory_file_functions(struct memory_file *m);

#endif
