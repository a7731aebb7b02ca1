#include "engines/signon/answer.h"

#include "engines/signon/pages.h"
#include "gen/signon_pages.h"

#include <string.h>

enum { ANSWER_MAX = 16 * 1024 };

static void put_pair(struct req *q, struct buf *b, struct str uri, const char *name, struct str value)
{
    struct html h = { .out = b, .arena = q->arena };
    bool first = str_find_char(uri, '?') < 0 && str_find_char(buf_str(b), '?') < 0;
    if (!value.p)
        return;
    buf_put_char(b, first ? '?' : '&');
    buf_put(b, str_of(name));
    buf_put_char(b, '=');
    html_query(&h, value);
}

static struct str answer(struct req *q, const struct auth_request *r, const struct param *v, size_t n)
{
    struct buf b;
    buf_init(&b, q->arena, ANSWER_MAX);
    buf_put(&b, r->redirect_uri);
    for (size_t i = 0; i < n; i++)
        put_pair(q, &b, r->redirect_uri, v[i].name.p, v[i].value);
    put_pair(q, &b, r->redirect_uri, "state", r->state);
    put_pair(q, &b, r->redirect_uri, "iss", str_of(q->app->settings.base_url));
    return buf_str(&b);
}

struct str answer_with_code(struct req *q, const struct auth_request *r, struct str code)
{
    const struct param v[] = { { STR("code"), code } };
    return answer(q, r, v, 1);
}

struct str answer_with_error(struct req *q, const struct auth_request *r, const struct err *why)
{
    const struct param v[] = { { STR("error"), str_of(oauth_error(why)) },
                               { STR("error_description"), oauth_description(q->arena, why) } };
    return answer(q, r, v, 2);
}

int answer_send(struct req *q, struct res *s, struct str location)
{
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    return res_redirect(s, location);
}

int answer_lead_on(struct req *q, struct res *s, const struct signon_client *c, struct str location)
{
    struct lead_on_view v = { .app = q->lang == LANG_EN && c->name_en.p ? c->name_en : c->name,
                              .href = str_starts(location, STR("https://")) ? location : STR_NONE };
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    res_header(q, s, STR("Refresh"), str_fmt(q->arena, "0;url=%.*s", STR_ARG(location)));
    struct html h = res_html(q, s);
    lead_on(&h, &v);
    return 0;
}
