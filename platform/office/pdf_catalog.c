/* pdf_catalog.c: what cairo 1.16 cannot say of a paper: its language, and that its title belongs in the window's bar. The catalog once more
 * with two entries added.
 */
#include "platform/office/pdf_inside.h"
#include "platform/office/pdf_update.h"

enum { ADDED = 1024 };

int pdf_complete(struct arena *a, struct str pdf, struct str *out, struct err *e)
{
    struct pdf_update u;
    struct str catalog;
    if (pdf_update_begin(a, pdf, pdf.n < ADDED ? 2 * ADDED : pdf.n, &u, e) || pdf_update_dictionary(&u, u.root, &catalog, e))
        return -1;
    pdf_update_object(&u, u.root);
    buf_fmt(&u.b, "<<%.*s   /Lang (vi-VN)\n   /ViewerPreferences << /DisplayDocTitle true >>\n>>", STR_ARG(catalog));
    pdf_update_object_end(&u);
    pdf_update_end(&u);
    *out = buf_str(&u.b);
    return 0;
}
