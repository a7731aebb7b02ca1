/* labels.h: a sheet of labels to cut out, two beside each other and five below: a QR code, a code in large letters, lines of text. For
 * plates on doors, tags on shelves. Vertical A4, 90 by 52 mm a label.
 */
#ifndef BON_PLATFORM_OFFICE_LABELS_H
#define BON_PLATFORM_OFFICE_LABELS_H

#include "base/date.h"
#include "base/err.h"

enum { LABEL_LINES = 3 };
struct label {
    struct str qr;                  /* what the code says */
    struct str title, code;         /* "ĐỊA CHỈ SỐ", "24640-00123-4" */
    struct str lines[LABEL_LINES];  /* may be empty */
};
struct label_sheet {
    struct str title, author;
    struct str mode;     /* on every label; empty: real ones */
    struct instant made; /* the same sheet and moment give the same bytes */
    const struct label *v;
    size_t n;
};
/* Off the hot path. Text can be searched and copied; the typeface is in the file. */
int labels_pdf(const struct label_sheet *s, struct arena *a, struct str *out, struct err *e);

#endif
