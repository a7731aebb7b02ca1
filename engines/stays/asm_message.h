/* asm_message.h: the contract with the national residence system (ASM), as texts: what goes out, what comes back. Pure.
 * The contract itself stands in README.md; the simulator (asm_sim.h) speaks the other half.
 */
#ifndef BON_ENGINES_STAYS_ASM_MESSAGE_H
#define BON_ENGINES_STAYS_ASM_MESSAGE_H

#include "engines/stays/stays_internal.h"

enum { ASM_GUESTS_MAX = 50, ASM_ANSWER_MAX = 1 << 20, ASM_ID_N = 32 };

/* A guest's name between the two systems: made from what never changes of the row, so that every try carries the same. */
struct asm_id {
    char v[ASM_ID_N + 1];
};
struct asm_id asm_id_of(struct str facility_code, int64_t guest, struct instant made_at);

/* {"facility":{…},"guests":[…]}; all guests are of one facility. */
struct str asm_guests_json(struct arena *a, const struct stay_out_row *const *guests, const struct asm_id *ids, size_t n);
/* "id,id,…" for GET /api/v1/guests/status?ids= */
struct str asm_ids_text(struct arena *a, const struct asm_id *ids, size_t n);

enum asm_state { ASM_UNTOLD, ASM_ACCEPTED, ASM_REFUSED, ASM_PENDING, ASM_CONTRADICTION };
struct asm_result {
    enum asm_state state;
    struct str code, reason; /* of a refusal */
};
struct asm_answer {
    bool simulated;
    struct asm_result *results; /* one for each id that was asked, in that order; ASM_UNTOLD: the answer does not name it */
};
/* Doubled entries and any order are fine; two entries of one guest that disagree are a contradiction, to be asked again.
 * Entries about guests that were not asked are passed over. -1 ERR_SOURCE: not of the contract's shape. */
int asm_answer_read(struct arena *a, struct str json, const struct asm_id *ids, size_t n, struct asm_answer *out,
                    struct err *e);

#endif
