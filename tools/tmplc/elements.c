/* What the HTML standard says about single elements and attributes, as tables (html.spec.whatwg.org, sections 13.1.2 and
 * 13.2.6.4.7; htmx 2 reference for hx-*). Names compare without case, because browsers do. */
#include "tools/tmplc/machine.h"

static const struct {
    const char *name;
    unsigned bits;
} elements[] = {
    { "a", EL_NOT_NESTED },
    { "address", EL_ENDS_P },
    { "applet", EL_REFUSED },
    { "area", EL_VOID },
    { "article", EL_ENDS_P },
    { "aside", EL_ENDS_P },
    { "base", EL_REFUSED },
    { "blockquote", EL_ENDS_P },
    { "br", EL_VOID },
    { "button", EL_NOT_NESTED | EL_P_SCOPE },
    { "caption", EL_P_SCOPE },
    { "code", EL_ANY_TEXT },
    { "col", EL_VOID },
    { "details", EL_ENDS_P },
    { "dialog", EL_ENDS_P },
    { "div", EL_ENDS_P },
    { "dl", EL_ENDS_P },
    { "embed", EL_REFUSED },
    { "fieldset", EL_ENDS_P },
    { "figcaption", EL_ENDS_P },
    { "figure", EL_ENDS_P },
    { "footer", EL_ENDS_P },
    { "foreignobject", EL_REFUSED },
    { "form", EL_ENDS_P | EL_NOT_NESTED },
    { "frame", EL_REFUSED },
    { "frameset", EL_REFUSED },
    { "h1", EL_ENDS_P },
    { "h2", EL_ENDS_P },
    { "h3", EL_ENDS_P },
    { "h4", EL_ENDS_P },
    { "h5", EL_ENDS_P },
    { "h6", EL_ENDS_P },
    { "header", EL_ENDS_P },
    { "hgroup", EL_ENDS_P },
    { "hr", EL_VOID | EL_ENDS_P },
    { "iframe", EL_REFUSED },
    { "img", EL_VOID },
    { "input", EL_VOID },
    { "kbd", EL_ANY_TEXT },
    { "link", EL_VOID },
    { "listing", EL_REFUSED },
    { "main", EL_ENDS_P },
    { "math", EL_REFUSED },
    { "menu", EL_ENDS_P },
    { "meta", EL_VOID },
    { "nav", EL_ENDS_P },
    { "noembed", EL_REFUSED },
    { "noframes", EL_REFUSED },
    { "object", EL_REFUSED },
    { "ol", EL_ENDS_P },
    { "p", EL_ENDS_P },
    { "param", EL_REFUSED },
    { "plaintext", EL_REFUSED },
    { "pre", EL_ENDS_P | EL_KEEPS_SPACE },
    { "script", EL_RAW },
    { "search", EL_ENDS_P },
    { "section", EL_ENDS_P },
    { "source", EL_VOID },
    { "style", EL_RAW },
    { "svg", EL_P_SCOPE },
    { "table", EL_ENDS_P },
    { "td", EL_P_SCOPE },
    { "template", EL_P_SCOPE },
    { "textarea", EL_PLAIN | EL_KEEPS_SPACE },
    { "th", EL_P_SCOPE },
    { "title", EL_PLAIN },
    { "track", EL_VOID },
    { "ul", EL_ENDS_P },
    { "wbr", EL_VOID },
    { "xmp", EL_REFUSED },
};

unsigned element_bits(struct str name)
{
    for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++)
        if (str_eq_nocase(name, str_of(elements[i].name)))
            return elements[i].bits;
    return 0;
}

static bool among(const char *const *list, struct str name)
{
    for (; *list; list++)
        if (str_eq_nocase(name, str_of(*list)))
            return true;
    return false;
}

static bool starts_nocase(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq_nocase(str_head(s, prefix.n), prefix);
}

static const char *const link_elements[] = { "a", "area", "img", "blockquote", "q", "ins", "del", NULL };
static const char *const link_attrs[] = { "href", "src", "cite", "xlink:href", NULL };
static const char *const url_attrs[] = {
    "href",        "src",        "action",  "formaction", "poster",   "cite",      "manifest",    "background",
    "xlink:href",  "hx-get",     "hx-post", "hx-put",     "hx-patch", "hx-delete", "hx-push-url", "hx-replace-url",
    "sse-connect", "ws-connect", NULL,
};

/* Their value is a language of its own (CSS, JavaScript, a list of URLs), or it changes what the element is. */
static const char *const no_hole_attrs[] = {
    "style",      "srcset",  "imagesrcset",   "srcdoc",      "ping",      "http-equiv", "method",
    "formmethod", "charset", "attributename", "hx-vals",     "hx-vars",   "hx-headers", "hx-request",
    "hx-trigger", "hx-ext",  "xmlns",         "xmlns:xlink", "translate", "is",         NULL,
};

static const char *const kind_changers[] = { "type", "rel", "integrity", "as", NULL };
static const char *const kind_elements[] = { "script", "style", "link", NULL };
static const char *const animations[] = { "animate", "animatemotion", "animatetransform", "set", NULL };
static const char *const animated[] = { "values", "from", "to", "by", NULL };

enum attr_kind attr_kind(struct str element, struct str attr)
{
    if (starts_nocase(attr, STR("data-hx-")))
        attr = str_from(attr, 5);
    if (starts_nocase(attr, STR("on")) || starts_nocase(attr, STR("hx-on")))
        return ATTR_NEVER;
    if (among(link_elements, element) && among(link_attrs, attr))
        return ATTR_LINK;
    if (among(url_attrs, attr))
        return ATTR_URL;
    if (among(no_hole_attrs, attr))
        return ATTR_NO_HOLE;
    if (among(kind_changers, attr) && among(kind_elements, element))
        return ATTR_NO_HOLE;
    if (among(animated, attr) && among(animations, element))
        return ATTR_NO_HOLE;
    return ATTR_PLAIN;
}

bool attr_is_visible(struct str attr)
{
    static const char *const visible[] = {
        "title",
        "alt",
        "placeholder",
        "label",
        "aria-label",
        "aria-description",
        "aria-roledescription",
        "aria-placeholder",
        "aria-valuetext",
        "hx-confirm",
        "hx-prompt",
        NULL,
    };
    return among(visible, attr);
}

bool attr_is_boolean(struct str attr)
{
    static const char *const boolean[] = {
        "checked", "disabled",  "selected",   "required",       "readonly", "multiple", "open",
        "hidden",  "autofocus", "novalidate", "formnovalidate", "inert",    "reversed", "async",
        "defer",   "controls",  "loop",       "muted",          "autoplay", "download", NULL,
    };
    return among(boolean, attr);
}
