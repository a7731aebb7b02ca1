/* asked.c: what an app will know, in words for the person who decides about it. */
#include "engines/signon/pages.h"

#include <string.h>

struct str in_language(const struct req *q, struct str vi, struct str en)
{
    return q->lang == LANG_EN && en.p ? en : vi;
}

static void list_claims(struct arena *a, struct asked_scope *to, const char *scope)
{
    const struct claim_kind *k;
    for (size_t i = 0; (k = claim_at(i)); i++)
        if (k->scope && strcmp(k->scope, scope) == 0)
            *vec_push(a, &to->claims) = k->label;
}

void asked_scopes_of(struct arena *a, struct str scope, struct asked_scopes *out)
{
    struct str rest = scope, word;
    while (rest.n > 0 && str_cut(&rest, ' ', &word)) {
        struct str label = scope_label(word);
        struct asked_scope *to = vec_push(a, out);
        to->label = label.p ? label : word;
        list_claims(a, to, str_cstr(a, word));
    }
}
