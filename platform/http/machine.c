/* machine.c: what a program sends to a route of a protocol. Nothing is cleaned, since it must be given back, compared or hashed
 * as it came; what comes twice is refused, because two programs on the way might each believe another one.
 */
#include "platform/http/inside.h"

#include "base/text.h"
#include "platform/http/form.h"

#include <stdio.h>

static int refuse(struct err *e, struct str name, const char *why)
{
    ERR(e, ERR_INPUT, "parameter \"%.*s\" %s", STR_ARG(str_head(name, 60)), why);
    snprintf(e->field, sizeof(e->field), "%.*s", STR_ARG(str_head(name, 60)));
    return -1;
}

static bool may_repeat(const struct route *route, struct str name)
{
    const struct field *f = route->form ? form_field(route->form, name) : NULL;
    return (f && f->many) || (route->many_in_query && str_eq(name, str_of(route->many_in_query)));
}

static int check_params(const struct route *route, const struct param *v, size_t n, struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        if (!text_is_utf8(v[i].name) || !text_is_utf8(v[i].value))
            return refuse(e, STR("?"), "is not UTF-8 text");
        for (size_t k = 0; k < i; k++)
            if (str_eq(v[i].name, v[k].name) && !may_repeat(route, v[i].name))
                return refuse(e, v[i].name, "is there twice");
    }
    return 0;
}

/* The query was cleaned for pages; here it is read again as it came. */
static int take_query(struct req *q, struct err *e)
{
    if (q->query_raw.n > 0 && parse_urlencoded(q->arena, q->query_raw, &q->query, &q->n_query, e) < 0)
        return -1;
    return check_params(q->route, q->query, q->n_query, e);
}

int machine_take(struct passage *p, struct err *e)
{
    struct req *q = p->q;
    if (take_query(q, e) < 0)
        return -1;
    if (!q->route->form)
        return 0;
    if (form_read(p, e) < 0)
        return -1;
    return q->route->json ? 0 : check_params(q->route, q->form, q->n_form, e);
}
