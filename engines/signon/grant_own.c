/* grant_own.c: client_credentials: an app for itself, for nobody else (RFC 6749 section 4.4). */
#include "engines/signon/token.h"

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

static int check_resource(struct req *q, struct token_act *t, struct err *e)
{
    size_t n = 0;
    t->resource = STR("");
    for (size_t i = 0; i < q->n_form; i++) {
        if (!str_eq(q->form[i].name, STR("resource")))
            continue;
        if (++n > 1 || !str_list_has(&t->c->resources, q->form[i].value))
            return oauth_refuse(e, "invalid_target",
                                n > 1 ? "one resource at a time" : "resource is not one of this client's");
        t->resource = q->form[i].value;
    }
    return 0;
}

int own_prepare(struct req *q, struct token_act *t, struct err *e)
{
    return check_scope(q, t, e) || check_resource(q, t, e) || token_access(q, t, NULL, e) ? -1 : 0;
}

int own_write(struct req *q, struct tx *tx, struct token_act *t, struct err *e)
{
    (void)q;
    return token_keep(tx, t, e);
}
