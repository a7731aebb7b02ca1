/* totp.h: codes of authenticator apps, RFC 6238: HMAC-SHA-1, six digits, thirty seconds, as every app knows them. */
#ifndef BON_ENGINES_CREDENTIALS_TOTP_H
#define BON_ENGINES_CREDENTIALS_TOTP_H

#include "base/buf.h"
#include "base/date.h"

enum { TOTP_SEED = 20, TOTP_STEP_S = 30, TOTP_DIGITS = 6 };

int64_t totp_step(struct instant at);
uint32_t totp_value(struct str seed, int64_t step, int digits);
/* Whether what was typed is the code of this step, the one before or the one after: clocks differ, and typing takes time.
 * *step is the one it belongs to. Takes the same time whichever it is. */
bool totp_find(struct str seed, struct str typed, struct instant now, int64_t *step);

struct str base32_text(struct arena *a, struct str bytes); /* RFC 4648 section 6, without padding */
/* What the QR code says to the app: "otpauth://totp/ISSUER:LOGIN?secret=…&issuer=ISSUER". */
struct str totp_address(struct arena *a, struct str seed, struct str issuer, struct str login);

#endif
