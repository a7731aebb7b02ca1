/* Each statement of a queries.sql is one that somebody runs: a C file names it. What nobody runs would be prepared, explained and kept
 * right for nobody.
 */
#include "tools/tidy/tidy.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static struct str first_word(struct str s)
{
    size_t n = 0;
    while (n < s.n && is_letter(s.p[n]))
        n++;
    return str_head(s, n);
}

void tidy_read_statements(struct tidy *t, struct str path, struct str text)
{
    static const struct str mark = STR_INIT("-- name:");
    struct str rest = text, line;
    for (int number = 1; str_cut(&rest, '\n', &line); number++)
        if (str_starts(line, mark))
            *vec_push(t->arena, &t->statements) =
                (struct statement) { first_word(str_trim(str_from(line, mark.n))), path, number };
}

void tidy_read_words(struct tidy *t, struct str code)
{
    for (size_t i = 0; i < code.n; i++) {
        struct str word = first_word(str_from(code, i));
        if (word.n == 0)
            continue;
        map_set(&t->words, word, t);
        i += word.n - 1;
    }
}

void tidy_statements(struct tidy *t)
{
    for (size_t i = 0; i < t->statements.n; i++) {
        const struct statement *s = &t->statements.v[i];
        if (!map_get(&t->words, s->name))
            tidy_complain(t, s->path, s->line, "no C file names %.*s: a statement that nobody runs", STR_ARG(s->name));
    }
}
