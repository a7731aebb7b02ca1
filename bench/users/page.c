/* page.c: what a person reads off a page: its forms with what stands in them, and links. Pages are our own, so their marks are known: names
 * in double quotes, no tags inside attributes.
 */
#include "bench/users/users.h"

#include <stdio.h>
#include <string.h>

/* ---- texts ---- */

/* Answers are NUL-ended by wire.c. */
static const char *body_of(const struct user *u)
{
    const char *end = strstr(u->answer, "\r\n\r\n");
    return end ? end + 4 : "";
}

bool page_has(const struct user *u, const char *text)
{
    return strstr(body_of(u), text) != NULL;
}

static bool take(const char *at, const char *stops, char *out, size_t room)
{
    size_t n = strcspn(at, stops);
    if (n == 0 || n >= room)
        return false;
    memcpy(out, at, n);
    out[n] = '\0';
    return true;
}

bool page_text(const struct user *u, const char *before, char *out, size_t room)
{
    const char *at = strstr(body_of(u), before);
    return at && take(at + strlen(before), "\"<?#", out, room);
}

bool page_text_any(const struct user *u, const char *before, uint64_t chance, char *out, size_t room)
{
    size_t n = 0;
    for (const char *at = strstr(body_of(u), before); at; at = strstr(at + 1, before))
        n++;
    const char *at = strstr(body_of(u), before);
    for (size_t i = 0; n > 0 && i < chance % n; i++)
        at = strstr(at + 1, before);
    return at && take(at + strlen(before), "\"<?#", out, room);
}

bool header_text(const struct user *u, const char *name, char *out, size_t room)
{
    const char *end = strstr(u->answer, "\r\n\r\n");
    for (const char *line = strstr(u->answer, "\r\n"); line && line < end; line = strstr(line + 2, "\r\n")) {
        size_t n = strlen(name);
        if (strncasecmp(line + 2, name, n) == 0 && line[2 + n] == ':')
            return take(line + 2 + n + 1 + strspn(line + 2 + n + 1, " "), "\r", out, room);
    }
    return false;
}

/* ---- one tag ---- */

struct tag {
    const char *at, *end; /* '<' and behind '>' */
};

static bool tag_is(const struct tag *t, const char *name)
{
    size_t n = strlen(name);
    return strncmp(t->at + 1, name, n) == 0 && (t->at[1 + n] == ' ' || t->at[1 + n] == '>');
}

/* The tag that begins at or after `at` and before `end`. */
static bool next_tag(const char *at, const char *end, struct tag *out)
{
    const char *open = at < end ? memchr(at, '<', (size_t)(end - at)) : NULL;
    const char *close = open ? memchr(open, '>', (size_t)(end - open)) : NULL;
    if (!close)
        return false;
    *out = (struct tag) { open, close + 1 };
    return true;
}

static bool attribute(const struct tag *t, const char *name, const char **value, size_t *n)
{
    char mark[40];
    int length = snprintf(mark, sizeof mark, " %s=\"", name);
    const char *at = memmem(t->at, (size_t)(t->end - t->at), mark, (size_t)length);
    if (!at)
        return false;
    *value = at + length;
    *n = strcspn(*value, "\"");
    return true;
}

static bool says(const struct tag *t, const char *name, const char *wanted)
{
    const char *value;
    size_t n;
    return attribute(t, name, &value, &n) && n == strlen(wanted) && memcmp(value, wanted, n) == 0;
}

static bool has_word(const struct tag *t, const char *word)
{
    return memmem(t->at, (size_t)(t->end - t->at), word, strlen(word)) != NULL;
}

/* ---- the body that is sent ---- */

struct body {
    char *out;
    size_t n, room;
    bool full;
};

static void put_byte(struct body *b, unsigned char c)
{
    static const char hex[] = "0123456789ABCDEF";
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (b->n + 4 > b->room) {
        b->full = true;
    } else if (plain) {
        b->out[b->n++] = (char)c;
    } else {
        b->out[b->n++] = '%';
        b->out[b->n++] = hex[c >> 4];
        b->out[b->n++] = hex[c & 15];
    }
}

/* As it stands in a page, with the five entities that our pages write. */
static void put_html(struct body *b, const char *p, size_t n)
{
    static const struct {
        const char *text;
        char is;
    } entities[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#39;", '\'' } };
    for (size_t i = 0; i < n;) {
        size_t step = 1;
        char c = p[i];
        for (size_t k = 0; k < sizeof entities / sizeof *entities; k++)
            if (strncmp(p + i, entities[k].text, strlen(entities[k].text)) == 0) {
                step = strlen(entities[k].text);
                c = entities[k].is;
            }
        put_byte(b, (unsigned char)c);
        i += step;
    }
}

static void put_field(struct body *b, const char *name, size_t name_n, const char *value, size_t value_n)
{
    if (b->n + 2 > b->room) {
        b->full = true;
        return;
    }
    if (b->n > 0)
        b->out[b->n++] = '&';
    put_html(b, name, name_n);
    if (b->n < b->room)
        b->out[b->n++] = '=';
    put_html(b, value, value_n);
}

enum { GIVEN_MOST = 8 };
struct giving {
    const struct given *given;
    bool placed[GIVEN_MOST];
};

static const struct given *given_of(struct giving *g, const char *name, size_t n)
{
    for (size_t i = 0; g->given && i < GIVEN_MOST && g->given[i].name; i++)
        if (strlen(g->given[i].name) == n && memcmp(g->given[i].name, name, n) == 0) {
            g->placed[i] = true;
            return &g->given[i];
        }
    return NULL;
}

static void put_pressed(struct body *b, const struct giving *g)
{
    for (size_t i = 0; g->given && i < GIVEN_MOST && g->given[i].name; i++)
        if (!g->placed[i])
            put_field(b, g->given[i].name, strlen(g->given[i].name), g->given[i].value, strlen(g->given[i].value));
}

/* The option that is chosen, else the first. */
static void option_of(const char *at, const char *end, const char **value, size_t *n)
{
    struct tag t;
    bool first = true;
    for (; next_tag(at, end, &t) && !tag_is(&t, "/select"); at = t.end)
        if (tag_is(&t, "option") && (first || has_word(&t, " selected"))) {
            attribute(&t, "value", value, n);
            first = false;
        }
}

static void put_control(struct body *b, const struct tag *t, const char *end, struct giving *giving)
{
    const char *name, *value = "";
    size_t name_n, value_n = 0;
    bool box = says(t, "type", "radio") || says(t, "type", "checkbox");
    if (!attribute(t, "name", &name, &name_n) || says(t, "type", "file") || tag_is(t, "button"))
        return;
    const struct given *g = given_of(giving, name, name_n);
    attribute(t, "value", &value, &value_n);
    if (box && (g ? strlen(g->value) != value_n || memcmp(g->value, value, value_n) != 0 : !has_word(t, " checked")))
        return;
    if (tag_is(t, "select"))
        option_of(t->end, end, &value, &value_n);
    if (tag_is(t, "textarea")) {
        value = t->end;
        value_n = strcspn(value, "<");
    }
    if (g)
        put_field(b, name, name_n, g->value, strlen(g->value));
    else
        put_field(b, name, name_n, value, value_n);
}

long form_body(const struct user *u, const char *action, const struct given *given, char *out, size_t room)
{
    struct body b = { .out = out, .room = room };
    struct giving giving = { .given = given };
    struct tag t;
    const char *at = body_of(u), *end = u->answer + u->got;
    while (next_tag(at, end, &t) && !(tag_is(&t, "form") && says(&t, "action", action)))
        at = t.end;
    if (!next_tag(at, end, &t))
        return -1;
    for (at = t.end; next_tag(at, end, &t) && !tag_is(&t, "/form"); at = t.end)
        if (tag_is(&t, "input") || tag_is(&t, "select") || tag_is(&t, "textarea"))
            put_control(&b, &t, end, &giving);
    put_pressed(&b, &giving);
    return b.full ? -1 : (long)b.n;
}
