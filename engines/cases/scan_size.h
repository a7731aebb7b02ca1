/* scan_size.h: how large a picture says that it is, read from its head alone: what is too large is refused before anything is unpacked. */
#ifndef BON_ENGINES_CASES_SCAN_SIZE_H
#define BON_ENGINES_CASES_SCAN_SIZE_H

#include "base/str.h"

enum scan_kind { SCAN_NO_PICTURE, SCAN_JPEG, SCAN_PNG };
struct scan_size {
    enum scan_kind kind;
    bool progressive; /* JPEG in several passes: a decoder keeps all of it */
    int64_t width, height;
};
struct scan_size scan_size_of(struct str bytes); /* SCAN_NO_PICTURE also when the head says nothing */

/* A sheet of A3 at 600 points an inch has 70 million; a phone's best camera 50. */
enum { SCAN_SIDE_MAX = 20000, SCAN_POINTS_MAX = 80 * 1000 * 1000 };
bool scan_too_large(const struct scan_size *s);

#endif
