/* scan_quality.h: is a scan likely to be readable? The picture is unpacked and looked at: resolution, light, sharpness. What comes out is a
 * doubt for the clerk, who sees the paper, with what to do; only what cannot be unpacked safely, or at all, is refused.
 */
#ifndef BON_ENGINES_COUNTER_SCAN_QUALITY_H
#define BON_ENGINES_COUNTER_SCAN_QUALITY_H

#include "base/str.h"

enum scan_doubt {
    SCAN_FINE,
    SCAN_UNKNOWN,  /* PDF, WebP, or too many points to look at: nothing is said */
    SCAN_SMALL,    /* the longer side has under 1170 points: under 100 an inch on A4 */
    SCAN_EMPTY,    /* hardly anything is written on it */
    SCAN_DARK,     /* the paper itself is dark */
    SCAN_PALE,     /* letters hardly stand out from the paper */
    SCAN_BLURRED,  /* edges of letters are spread over many points */
    SCAN_BROKEN,   /* cut off or damaged */
    SCAN_TOO_LARGE /* more points than are ever unpacked */
};
enum { SCAN_DOUBTS_ = SCAN_TOO_LARGE + 1 };
struct scan_look {
    enum scan_doubt doubt;
    int64_t width, height; /* 0: not known */
    /* What it was judged by, when it was looked at: grey of the paper and of the darkest letters, 0 to 255; how much of that difference the
     * steepest edges cross from one point to the next, in per cent; points of ink in ten thousand. */
    int paper, ink, steep, inked;
};
struct scan_look scan_look(struct str bytes);
struct str scan_doubt_label(enum scan_doubt d); /* MSG; empty for the first two */
bool scan_is_refused(enum scan_doubt d);        /* never kept, whatever the clerk says */
/* Why a scan is not taken now, or empty. keep: the clerk has seen it and keeps it all the same. */
struct str scan_objection(enum scan_doubt d, bool keep);

#endif
