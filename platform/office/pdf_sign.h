/* pdf_sign.h: a PDF of document_pdf with a digital signature inside (ISO 32000-1, 12.8.3.3, adbe.pkcs7.detached): any reader of PDF shows
 * who signed and whether a byte was changed since.
 *
 *     pdf_sign_begin(a, pdf, &(struct pdf_signature){ … }, &s, e);   // the file with room for the signature, and its hash
 *     signer_cms(signer, a, &s.hash, &cms, e);
 *     pdf_sign_end(&s, cms, &signed_pdf, e);
 */
#ifndef BON_PLATFORM_OFFICE_PDF_SIGN_H
#define BON_PLATFORM_OFFICE_PDF_SIGN_H

#include "base/buf.h"
#include "base/date.h"
#include "platform/crypto/crypto.h"

struct pdf_signature {
    struct str name, reason, place; /* as readers of PDF show them */
    struct instant at;
};
enum { PDF_CMS_MAX = 6144 };
struct pdf_to_sign {
    struct arena *arena;
    struct str before, after; /* of the hexadecimal digits: what the signature stands over */
    struct hash32 hash;       /* SHA-256 of both */
};
int pdf_sign_begin(struct arena *a, struct str pdf, const struct pdf_signature *what, struct pdf_to_sign *out, struct err *e);
int pdf_sign_end(const struct pdf_to_sign *s, struct str cms, struct str *pdf, struct err *e);

#endif
