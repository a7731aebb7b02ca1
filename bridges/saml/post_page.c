/* post_page.c: the one page of this repository whose form leads to another site, which SAML's POST binding asks for and our template
 * compiler refuses by design. So it is written here by hand, with the same escaper, for one address out of an app's metadata; the
 * policy lets the form go there and nowhere else. Without a script a button does it.
 */
#include "bridges/saml/post_page.h"

const struct str post_script = STR_INIT("document.querySelector('form').submit();\n");

static struct str origin_of(struct str url)
{
    size_t slashes = 0, i = 0;
    while (i < url.n && (url.p[i] != '/' || ++slashes < 3))
        i++;
    return str_head(url, i);
}

/* What could end the policy's directive and begin another one is in no address that a browser is sent to. */
static bool is_plain(struct str origin)
{
    for (size_t i = 0; i < origin.n; i++) {
        char c = origin.p[i];
        if (c <= ' ' || c > '~' || c == ';' || c == ',' || c == '\'' || c == '"')
            return false;
    }
    return str_starts(origin, STR("https://")) || str_starts(origin, STR("http://127.0.0.1")) ||
           str_starts(origin, STR("http://localhost"));
}

static void put_hidden(struct html *h, const char *name, struct str value)
{
    buf_lit(h->out, "<input type=\"hidden\" name=\"");
    buf_put(h->out, str_of(name));
    buf_lit(h->out, "\" value=\"");
    html_attr(h, value);
    buf_lit(h->out, "\">");
}

int post_page(struct req *q, struct res *s, struct str url, struct str message, struct str relay_state)
{
    struct str origin = origin_of(url);
    if (!is_plain(origin)) {
        s->status = 500;
        return res_text(s, "text/plain", STR("the app's address is not https\n"));
    }
    res_header(q, s, STR("Content-Security-Policy"),
               str_fmt(q->arena,
                       "default-src 'none'; script-src 'self'; style-src 'self'; form-action %.*s; frame-ancestors 'none'; "
                       "base-uri 'none'",
                       STR_ARG(origin)));
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    struct html h = { .out = &s->body, .arena = q->arena };
    buf_lit(
        h.out,
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Đang chuyển tiếp</title></head><body><main>"
        "<h1>Đang chuyển tiếp</h1><p>Bạn đã đăng nhập. Nếu trang không tự chuyển, xin bấm nút dưới đây.</p><form "
        "method=\"post\" action=\"");
    html_attr(&h, url);
    buf_lit(h.out, "\">");
    put_hidden(&h, "SAMLResponse", message);
    if (relay_state.n > 0)
        put_hidden(&h, "RelayState", relay_state);
    buf_lit(h.out,
            "<button type=\"submit\">Tiếp tục</button></form></main><script src=\"/saml/post.js\"></script></body></html>");
    return 0;
}
