/* claim_set.h: claims gathered in any order, written as canonical JSON. */
#ifndef BON_ENGINES_SIGNON_CLAIM_SET_H
#define BON_ENGINES_SIGNON_CLAIM_SET_H

#include "base/buf.h"

enum { CLAIM_SET_MOST = 48 };

struct claim_set {
    struct arena *a;
    struct {
        const char *name;
        struct str json;
    } v[CLAIM_SET_MOST];
    size_t n;
};

void claim_put(struct claim_set *s, const char *name, struct str text); /* STR_NONE puts nothing */
void claim_put_int(struct claim_set *s, const char *name, int64_t n);
void claim_put_json(struct claim_set *s, const char *name, struct str canonical);
bool claim_is_put(const struct claim_set *s, const char *name);
struct str claim_set_json(struct claim_set *s);

#endif
