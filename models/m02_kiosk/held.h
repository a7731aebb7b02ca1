/* held.h: what a session holds, sealed and opened. */
#ifndef BON_MODELS_KIOSK_HELD_H
#define BON_MODELS_KIOSK_HELD_H

#include "models/m02_kiosk/kiosk.h"

struct str kiosk_held_seal(struct arena *a, struct str token, const struct kiosk_held *h); /* STR_NONE: more than a session may hold */
bool kiosk_held_open(struct arena *a, struct str token, struct str sealed, struct kiosk_held *out);

#endif
