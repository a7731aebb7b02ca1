/* signature.h: requests for a personal digital signature, from the citizen's choice of an authority to the certificate's serial number.
 *
 * On the wire (JSON over HTTP, one gateway for all authorities): POST /v1/requests {"authority","id","name","number"} and
 * GET /v1/requests/{id} give {"id","reference","state"} with state "received", "issued" (and "serial", "issued_on", "expires_on") or
 * "refused" (and "why"). The id is ours; the same id again is the same request. Whatever else an answer says is not looked at, and
 * so never kept.
 */
#ifndef BON_MODELS_DIGITAL_CITIZENS_SIGNATURE_H
#define BON_MODELS_DIGITAL_CITIZENS_SIGNATURE_H

#include "models/m22_digital_citizens/pages.h"

enum signature_state { SIGNATURE_WAITS = 1, SIGNATURE_SENT, SIGNATURE_ISSUED, SIGNATURE_REFUSED, SIGNATURE_TAKEN_BACK };
enum { SIGNATURE_ASK_S = 10, SIGNATURE_ASK_MOST_S = 3600 }; /* how soon it is asked again: doubled with each failure */

/* What an authority answered, read from a text that may be anything. */
struct signature_answer {
    enum signature_state state; /* SENT, ISSUED or REFUSED */
    struct str reference, serial, why;
    struct day issued_on, expires_on;
};
/* False: the answer is none of the protocol, or speaks of another request. */
bool signature_answer_read(struct arena *a, struct str body, struct str id, struct signature_answer *out);
int64_t signature_next_s(int64_t tries);

struct signature_view {
    bool linked, needs, holds, open;
    struct digital_signatures_of_rows rows;
    struct str key;
};
struct field_view provider_field(struct html *h);
struct str provider_name(struct html *h, struct str code);
struct str signature_state_title(int64_t state); /* MSG */
enum tag_kind signature_state_tag(int64_t state);

extern const struct form signature_form;
route_read_fn signature_get, to_signature;
route_prepare_fn signature_prepare, signature_back_prepare;
route_write_fn signature_write, signature_back_write;

#endif
