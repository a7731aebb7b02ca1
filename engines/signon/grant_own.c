/* grant_own.c: client_credentials: an app for itself, for nobody else (RFC 6749 section 4.4). */
#include "engines/signon/resource.h"

/* What speaks of a person has no meaning here. */
static int check_scope(struct req *q, struct token_act *t, struct err *e)
{
    struct str asked = req_form(q, "scope"), rest, word;
    rest = asked;
    while (rest.n > 0 && str_cut(&rest, ' ', &word))
        if (word.n > 0 && (scope_known(word) || !str_list_has(&t->c->scopes, word)))
            return oauth_refuse(e, "invalid_scope", "not a scope that this client may have for itself");
    t->scope = asked.n > 0 ? scope_within(q->arena, asked, &t->c->scopes) : STR("");
    return 0;
}

int own_prepare(struct req *q, struct token_act *t, struct err *e)
{
    struct params p = { q->form, q->n_form };
    return check_scope(q, t, e) || resources_read(q->arena, p, t->c, &t->resource, e) || token_access(q, t, NULL, e) ? -1 : 0;
}

int own_write(struct req *q, struct tx *tx, struct token_act *t, struct err *e)
{
    (void)q;
    return token_keep(tx, t, e);
}
