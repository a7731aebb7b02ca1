/* po files: msgid "…" msgstr "…", each over one or more lines; comments; nothing else of gettext's format. */
#include "tools/i18nc/i18nc.h"

enum { TEXT_MAX = 16 << 10 };

struct po {
    struct catalog *c;
    const struct source *src;
    struct buf id, str;
    struct buf *filling; /* which of the two a continuation line goes to; NULL: none yet */
    size_t id_off;
};

static void refuse_line(struct po *p, size_t off, const char *why)
{
    report_error(p->c->report, p->src, off, "%s", why);
}

static void end_entry(struct po *p)
{
    if (p->filling == &p->id)
        refuse_line(p, p->id_off, "this msgid has no msgstr.");
    if (p->filling == &p->str && p->id.n)
        catalog_translate(p->c, str_dup(p->c->a, buf_str(&p->id)), str_dup(p->c->a, p->str.n ? buf_str(&p->str) : STR("")),
                          (struct place) { p->src, p->id_off });
    p->filling = NULL;
}

static void begin(struct po *p, struct buf *part)
{
    buf_init(part, p->c->a, TEXT_MAX);
    p->filling = part;
}

/* The string of a line, whose first quote must be at the start of `rest`. */
static void read_string(struct po *p, struct str rest, size_t off)
{
    size_t i = 0;
    if (rest.n == 0 || rest.p[0] != '"' || !read_literal(rest, &i, p->filling) || str_trim(str_from(rest, i)).n)
        refuse_line(p, off, "a line of a po file holds one string in quotes.");
    else if (p->filling->full)
        refuse_line(p, off, "this text is longer than 16 KiB.");
}

static void read_line(struct po *p, struct str line, size_t off)
{
    if (line.n == 0)
        return;
    if (line.p[0] == '#') {
        if (str_starts(line, STR("#,")) && str_find(line, STR("fuzzy")) >= 0)
            refuse_line(p, off, "a fuzzy translation is a guess: check it and take the mark away.");
        return;
    }
    if (str_starts(line, STR("msgid ")) || str_starts(line, STR("msgid\""))) {
        end_entry(p);
        p->id_off = off;
        begin(p, &p->id);
        read_string(p, str_trim(str_from(line, 5)), off);
    } else if (str_starts(line, STR("msgstr ")) || str_starts(line, STR("msgstr\""))) {
        if (p->filling != &p->id) {
            refuse_line(p, off, "this msgstr has no msgid before it.");
            return;
        }
        begin(p, &p->str);
        read_string(p, str_trim(str_from(line, 6)), off);
    } else if (line.p[0] == '"' && p->filling) {
        read_string(p, line, off);
    } else {
        refuse_line(p, off, "only msgid, msgstr, their continuation lines and # comments stand in a po file.");
    }
}

void read_po(struct catalog *c, const struct source *src)
{
    struct po p = { .c = c, .src = src };
    struct str rest = src->text, line;
    while (str_cut(&rest, '\n', &line))
        read_line(&p, str_trim(line), (size_t)(line.p - src->text.p));
    end_entry(&p);
}
