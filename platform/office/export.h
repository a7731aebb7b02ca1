/* export.h: a list as a download, in the format that the route's path ends with: "/stays/book.csv" and "/stays/book.xlsx" are two
 * rows of the module with one handler.
 *
 *     struct book *b = export_begin(q, MSGS("Sổ khách"));
 *     book_sheet(b, &(struct sheet_def){ … });
 *     … sheet_text(b, …); sheet_row_end(b); …
 *     return export_end(q, s, b, STR("so-khach"), e);
 */
#ifndef BON_PLATFORM_OFFICE_EXPORT_H
#define BON_PLATFORM_OFFICE_EXPORT_H

#include "platform/http/http.h"
#include "platform/office/sheet.h"

/* title: source text. Given back when the request ends, whatever happens to it. */
struct book *export_begin(struct req *q, struct str title);
/* The reply: the file under `stem` and the format's extension. */
int export_end(struct req *q, struct res *s, struct book *b, struct str stem, struct err *e);

#endif
