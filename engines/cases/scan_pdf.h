/* scan_pdf.h: whether a PDF is paper only. */
#ifndef BON_ENGINES_CASES_SCAN_PDF_H
#define BON_ENGINES_CASES_SCAN_PDF_H

#include "base/err.h"

/* Refuses with a sentence: scripts, actions, attached files, programs, film, forms, passwords, and what cannot be looked into. */
int scan_pdf_check(struct str bytes, struct err *e);

#endif
