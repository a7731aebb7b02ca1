/* rollup_paper.h: the month's roll-up in the four forms that leave the house: a paper (PDF, DOCX), a workbook and JSON. All four are
 * made from one struct plan_rollup, so they cannot say different numbers.
 */
#ifndef BON_ENGINES_PLAN_ROLLUP_PAPER_H
#define BON_ENGINES_PLAN_ROLLUP_PAPER_H

#include "engines/plan/report.h"
#include "platform/office/document.h"

enum rollup_form { ROLLUP_PDF, ROLLUP_DOCX, ROLLUP_XLSX, ROLLUP_JSON, ROLLUP_FORMS_ };

const char *rollup_extension(enum rollup_form f); /* "pdf" */
const char *rollup_type(enum rollup_form f);      /* "application/pdf" */
/* Tens of milliseconds for a paper: off the hot path. The same roll-up gives the same bytes. */
int rollup_render(const struct plan_rollup *u, enum rollup_form f, struct arena *a, struct str *out, struct err *e);

/* The parts, for rollup_render. */
void rollup_document(const struct plan_rollup *u, struct arena *a, struct document *d);
int rollup_workbook(const struct plan_rollup *u, struct arena *a, struct str *out, struct err *e);
int rollup_json(const struct plan_rollup *u, struct arena *a, struct str *out, struct err *e);

/* GET /plan/months/{month}/report.pdf, .docx, .xlsx, .json */
int rollup_file(struct req *q, struct res *s, struct err *e);
struct str rollup_href(const struct html *h, int64_t month, enum rollup_form f);

/* bon plan report, for the engine's table of commands. */
extern const struct cli_option plan_report_options[];
int plan_report_command(struct cli *c, struct err *e);

#endif
