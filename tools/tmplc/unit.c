#include "tools/tmplc/tmplc.h"

#include <stdio.h>

void refuse(struct ctx *c, size_t off, const char *fmt, ...)
{
    if (c->failed)
        return;
    c->failed = true;
    char sentence[900];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(sentence, sizeof(sentence), fmt, ap);
    va_end(ap);
    report_error(c->r, c->src, off, "%s", sentence);
}

void unit_init(struct unit *u, struct arena *a, struct report *r)
{
    *u = (struct unit) { .arena = a, .report = r };
}

void unit_add(struct unit *u, struct source src, bool own)
{
    *vec_push(u->arena, &u->files) = (struct file) { .src = src, .own = own };
}

const struct template *unit_find(const struct unit *u, struct str name)
{
    for (size_t i = 0; i < u->templates.n; i++)
        if (str_eq(u->templates.v[i]->name, name))
            return u->templates.v[i];
    return NULL;
}

bool unit_parse(struct unit *u)
{
    bool ok = true;
    for (size_t i = 0; i < u->files.n; i++)
        ok = lex_template(u->arena, &u->files.v[i].src, &u->files.v[i].tokens, u->report) &&
             parse_signatures(u, &u->files.v[i]) && ok;
    for (size_t i = 0; ok && i < u->files.n; i++)
        parse_file(u, &u->files.v[i]);
    return u->report->errors == 0;
}
