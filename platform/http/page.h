/* page.h: what stands around every page: site name, mode banner, menu, person, language. platform/http fills it from the
 * modules' contracts and the request; the template `page(title)` in platform/html draws it:
 *
 *     {{include "platform/http/page.h"}}
 *     {{let const struct page_frame *f = page_of(h)}}
 *     <link rel="stylesheet" href="{{static_href(h, "app.css")}}">
 *     {{for const struct page_group *g in f->groups}} {{tr g->label}} {{for const struct page_link *l in g->links}} … {{end}}{{end}}
 *
 * All memory is the request's. Texts called "source text" are Vietnamese and go through {{tr …}}; the others are data.
 */
#ifndef BON_PLATFORM_PAGE_H
#define BON_PLATFORM_PAGE_H

#include "platform/http/module.h"

struct page_link {
    struct str label; /* source text */
    struct str href;  /* path */
    bool current;     /* this page, or the section that it belongs to: aria-current */
};

struct page_group {
    struct str label; /* source text: "Cơ sở lưu trú" */
    bool current;     /* one of its links is */
    VEC(struct page_link) links;
};

/* A capacity that the actor may choose. */
struct page_hat {
    int64_t grant;
    struct str title;      /* source text: the role's */
    struct str of;         /* data: for whom or where: hat_place */
    struct str instead_of; /* data: in whose place, or none */
    bool on;
};

enum page_notice { PAGE_NOTICE_NONE, PAGE_NOTICE_ERROR, PAGE_NOTICE_DONE };

struct page_frame {
    struct str site_name; /* source text */
    struct str mode;      /* "MÔ PHỎNG", "THỬ", "THẬT" */
    bool banner;          /* the mode is not THẬT: show it on every page */
    bool popup;           /* in a small window that an app has opened: no menu, nothing that leads away */
    bool narrowed;        /* this session may do less than its account: said on every page */
    VEC(struct page_group) groups; /* what this actor may open, in menu order */
    struct str path;      /* of this page, decoded */
    struct str icons;     /* static_href of the sheet of icons */
    bool signed_in;
    struct str actor_name, actor_login;
    struct str inbox;         /* path of the actor's messages, when some are unread; else empty */
    int64_t unread;
    VEC(struct str) roles;    /* titles of the actor's roles today, each once: source texts */
    VEC(struct page_hat) hats; /* when there is a choice, or the one that was on has ended; else empty */
    const struct page_hat *hat; /* the one of them that is on, or NULL */
    bool hat_ended;
    struct str home;          /* where the site's name leads: the actor's first role's home, or "/" */
    struct str sign_in_href;  /* "/sign-in?next=…": comes back here; none when signed in */
    const char *sign_out_action; /* "/sign-out", a POST: {{form "POST" …}} carries the CSRF field */
    struct str lang;          /* "vi", "en": <html lang> */
    struct str other_lang;    /* the one the switch leads to */
    struct str other_lang_name; /* "English", "Tiếng Việt": in its own language, not translated */
    struct str other_lang_href; /* GET: keeps the choice and comes back here */
    /* A sentence above the page's own content: why a submission was refused. Source text, empty when there is none. */
    enum page_notice notice_kind;
    struct str notice;
    struct str notice_id; /* the request's number, shown small beside an error; else empty */
    /* Errors beside fields, for a summary at the top with links to #field-NAME. Source texts. */
    const struct field_error *field_errors;
    size_t n_field_errors;
    struct req *q; /* for the functions below */
    struct res *s;
};

static inline const struct page_frame *page_of(const struct html *h)
{
    return h->page;
}

/* "/static/<hash>/app.css" for an embedded file's path "app.css"; "#missing" when there is no such file. */
struct str static_href(const struct html *h, const char *path);

/* For the page's form fields: what was typed (or STR_NONE), and the sentence beside it (source text, or STR_NONE). */
struct str page_typed(const struct html *h, const char *field);
struct str page_field_error(const struct html *h, const char *field);

/* For whom or where a grant is held, in words: a name, or the code of a place that nobody names; empty when it has neither. */
struct str hat_place(struct req *q, const struct grant *g);

/* Filled by res_html; called on its own only by tests. */
const struct page_frame *page_frame_fill(struct req *q, struct res *s);

#endif
