/* scan_quality.h: is a scan likely to be readable? Judged by the picture's size in its head and by how many bytes it takes, not by
 * looking at its pixels: the answer is a doubt for the clerk, who sees the paper, never a refusal.
 */
#ifndef BON_ENGINES_COUNTER_SCAN_QUALITY_H
#define BON_ENGINES_COUNTER_SCAN_QUALITY_H

#include "base/str.h"

enum scan_doubt {
    SCAN_FINE,
    SCAN_UNKNOWN, /* PDF, WebP: nothing is said */
    SCAN_SMALL,   /* the longer side has under 1170 points: under 100 a inch on A4 */
    SCAN_EMPTY,   /* so few bytes that it is nearly white, or blurred beyond reading */
    SCAN_DOUBTS_
};
struct scan_look {
    enum scan_doubt doubt;
    int64_t width, height; /* 0: not known */
};
struct scan_look scan_look(struct str bytes);
struct str scan_doubt_label(enum scan_doubt d); /* MSG; empty for the first two */

#endif
