/* letter_paper.h: letters as papers. */
#ifndef BON_ENGINES_CASES_LETTER_PAPER_H
#define BON_ENGINES_CASES_LETTER_PAPER_H

#include "engines/cases/inside.h"
#include "platform/office/document.h"

/* Forms 01 to 05 as a document; steps are for the control sheet only. */
int case_letter_document(const struct app *app, struct arena *a, const struct case_view *c, const struct case_steps *steps,
                         const struct case_letter *l, struct document *d, struct err *e);

/* The result, from the service's template. place: who gives it, or empty for the province. */
int case_result_document(const struct app *app, struct dbr *r, struct arena *a, const struct case_view *c,
                         const struct case_letter *l, struct str place, struct document *d, struct err *e);

/* A result as it was signed. 1; 0: it was given before results were signed; -1, ERR_BUSY: a moment more. */
int case_letter_signed(struct dbr *r, struct arena *a, int64_t letter, struct str *pdf, struct err *e);

#endif
