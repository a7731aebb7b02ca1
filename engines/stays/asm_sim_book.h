/* asm_sim_book.h: what the simulator knows: guests by id, and the rules by which it takes or refuses them. */
#ifndef BON_ENGINES_STAYS_ASM_SIM_BOOK_H
#define BON_ENGINES_STAYS_ASM_SIM_BOOK_H

#include "base/map.h"
#include "engines/stays/asm_sim.h"

#include <jansson.h>

enum { ASM_BOOK_MESSAGE = 50 };
enum asm_book_state { BOOK_UNKNOWN, BOOK_ACCEPTED, BOOK_REFUSED, BOOK_PENDING };

struct asm_entry {
    char id[40];
    int64_t revision;
    enum asm_book_state state, later; /* later: what a pending one becomes when it is asked about */
    const char *code, *reason;        /* of a refusal; literals */
    struct hash32 content;
    bool is_void;
};
struct asm_said {
    char id[40];
    int64_t revision;
    enum asm_book_state state;
    const char *code, *reason;
};

struct asm_book {
    struct arena arena;
    struct map entries;
    struct asm_sim_counts counts;
};

void asm_book_init(struct asm_book *b);
void asm_book_release(struct asm_book *b);
/* -1 ERR_INPUT: not of the contract's shape. */
int asm_book_take(struct asm_book *b, const json_t *message, bool hold, struct asm_said *said, size_t *n, struct err *e);
void asm_book_ask(struct asm_book *b, struct str ids, struct asm_said *said, size_t *n);
int asm_book_state(const struct asm_book *b, struct str id);
struct asm_sim_counts asm_book_counts(const struct asm_book *b);

struct str asm_results_json(struct arena *a, const struct asm_said *said, size_t n, bool twice, bool reversed);

#endif
