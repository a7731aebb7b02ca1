/* assist.h: a helper types, the citizen confirms: by signing in, by a code sent to the own phone, or by hand on a printed sheet. Both
 * stand on the record.
 */
#ifndef BON_MODELS_ESSENTIAL_SERVICES_ASSIST_H
#define BON_MODELS_ESSENTIAL_SERVICES_ASSIST_H

#include "models/m01_essential_services/portal.h"

/* Does the filing wait for the citizen's confirmation of these very answers, and has a code been sent that still holds? */
int assist_state(const struct filing *f, struct instant now, bool *waits, bool *code_sent, struct err *e);
/* The citizen's own account, when there is one, sees the case; the helper stays on it. */
int assist_account(struct req *q, const struct filing *f, struct case_new *in, struct err *e);

/* At the door: these answers are confirmed. by: "account", "sms", "paper". */
int assist_confirmed(struct req *q, struct tx *tx, const struct filing *f, struct str by, struct err *e);
struct str assist_way_words(struct str by); /* MSG */

struct confirm_view {
    const struct filing *f;
    struct service_summary summary;
    bool waits;
    struct str key;
};
extern const struct form assist_confirm_form;
int assist_confirm_get(struct req *q, struct res *s, struct err *e);
int assist_confirm_prepare(struct req *q, struct err *e);
int assist_confirm_write(struct req *q, struct tx *tx, struct err *e);
int assist_confirm_reply(struct req *q, struct res *s, struct err *e);

/* By a code to the own phone: assist_code.c. */
#define ASSIST_WRONG_CODE "ma-sai" /* in the query of the page that follows a wrong code */
extern const struct form assist_typed_form;
int assist_code_prepare(struct req *q, struct err *e);
int assist_code_write(struct req *q, struct tx *tx, struct err *e);
int assist_code_reply(struct req *q, struct res *s, struct err *e);
int assist_typed_prepare(struct req *q, struct err *e);
int assist_typed_write(struct req *q, struct tx *tx, struct err *e);
int assist_typed_reply(struct req *q, struct res *s, struct err *e);

/* By hand on a printed sheet, whose scan goes with the case: assist_sheet.c. */
#define ASSIST_SHEET_SLOT STR("confirmation")
extern const struct form assist_signed_form;
struct field_view assist_signed_field(struct html *h);
int assist_sheet_pdf(struct req *q, struct res *s, struct err *e);
int assist_signed_prepare(struct req *q, struct err *e);
int assist_signed_write(struct req *q, struct tx *tx, struct err *e);

int assist_check_reply(struct req *q, struct res *s, struct err *e); /* back to the page with the answers */

#endif
