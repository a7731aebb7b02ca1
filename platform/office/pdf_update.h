/* pdf_update.h: an update at the end of a PDF that cairo 1.16 wrote (ISO 32000-1, 7.5.6): some objects once more or new, a cross-reference
 * section for them, a trailer that leads back. What stood there stays as it is, byte for byte.
 */
#ifndef BON_PLATFORM_OFFICE_PDF_UPDATE_H
#define BON_PLATFORM_OFFICE_PDF_UPDATE_H

#include "base/buf.h"
#include "base/err.h"

enum { PDF_UPDATE_OBJECTS = 6 };
struct pdf_update {
    struct arena *arena;
    struct str base;
    int64_t root, info, size, start; /* of the trailer; size grows with pdf_update_new */
    struct buf b;
    int64_t number[PDF_UPDATE_OBJECTS];
    size_t at[PDF_UPDATE_OBJECTS];
    size_t n;
};
/* room: for what the update adds. */
int pdf_update_begin(struct arena *a, struct str pdf, size_t room, struct pdf_update *u, struct err *e);
/* The newest dictionary of an object, without "<<" and ">>". */
int pdf_update_dictionary(const struct pdf_update *u, int64_t number, struct str *out, struct err *e);
int64_t pdf_update_new(struct pdf_update *u); /* a number that no object has */
/* Between these two the caller writes the object into u->b. */
void pdf_update_object(struct pdf_update *u, int64_t number);
void pdf_update_object_end(struct pdf_update *u);
void pdf_update_end(struct pdf_update *u);

/* The digits that stand behind `word` (and blanks, and an opening bracket) in s. */
bool pdf_number_after(struct str s, struct str word, int64_t *out);

#endif
