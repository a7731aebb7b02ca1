/* The man page (man(7) macros, UTF-8; read with `bon man | man -l -`). */
#include "platform/cli/cli_internal.h"

#include <ctype.h>

/* Text in running paragraphs: a backslash is roff's own, and a line may not begin with a control character. */
static void put_text(FILE *to, struct str s)
{
    if (s.n > 0 && (s.p[0] == '.' || s.p[0] == '\''))
        fputs("\\&", to);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\')
            fputs("\\e", to);
        else if (s.p[i] == '-')
            fputs("\\-", to);
        else
            fputc(s.p[i], to);
    }
    fputc('\n', to);
}

static void put_line(FILE *to, const char *macro, const char *text)
{
    fprintf(to, "%s ", macro);
    put_text(to, str_of(text));
}

static void put_section(FILE *to, enum lang lang, struct str vi)
{
    struct str s = tr(lang, vi);
    fprintf(to, ".SH \"%.*s\"\n", STR_ARG(s));
}

static void put_option(FILE *to, const struct cli_option *o, enum lang lang)
{
    fprintf(to, ".TP\n.B \\-\\-%s%s%s\n", o->name, o->value ? " " : "", o->value ? o->value : "");
    put_text(to, tr(lang, o->help));
    if (o->preset)
        fprintf(to, "(%.*s %s)\n", STR_ARG(tr(lang, MSGS("Nếu không nêu:"))), o->preset);
}

static void put_command(FILE *to, const struct cli_program *p, const struct cli_command *c, enum lang lang)
{
    fprintf(to, ".SS ");
    put_text(to, str_of(c->name));
    fprintf(to, ".B %s %s\n", p->name, c->name);
    if (c->synopsis && *c->synopsis)
        put_text(to, str_of(c->synopsis));
    fputs(".PP\n", to);
    put_text(to, tr(lang, c->what));
    fputs(".PP\n", to);
    put_text(to, tr(lang, c->help));
    for (const struct cli_option *o = c->options; o && o->name; o++)
        put_option(to, o, lang);
}

static void put_exits(FILE *to, enum lang lang)
{
    put_section(to, lang, MSGS("TRẠNG THÁI KẾT THÚC"));
    for (const struct cli_exit *x = cli_exits; x->what.p; x++) {
        fprintf(to, ".TP\n.B %d\n", x->status);
        put_text(to, tr(lang, x->what));
    }
}

void cli_print_man(const struct cli_program *p, enum lang lang, FILE *to)
{
    const struct cli_command *c;
    fputs(".TH ", to);
    for (const char *s = p->name; *s; s++)
        fputc(toupper((unsigned char)*s), to);
    fprintf(to, " 1 \"\" \"%s %s\"\n", p->name, p->version);
    put_section(to, lang, MSGS("TÊN"));
    fprintf(to, "%s \\- ", p->name);
    put_text(to, tr(lang, p->what));
    put_section(to, lang, MSGS("CÁCH DÙNG"));
    fprintf(to, ".B %s\n", p->name);
    put_line(to, ".I", "COMMAND [--json] …");
    put_section(to, lang, MSGS("MÔ TẢ"));
    put_text(to, tr(lang, p->about));
    put_section(to, lang, MSGS("CÁC LỆNH"));
    for (struct cli_walk at = { 0, 0 }; (c = cli_next(p, &at));)
        put_command(to, p, c, lang);
    put_exits(to, lang);
}
