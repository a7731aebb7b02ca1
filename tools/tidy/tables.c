/* A module's statements name only the tables that its own migrations make: another engine is asked through its functions. What reads
 * another's tables all the same is counted in tools/tidy/borrowed, with its reason, and may only become less.
 */
#include "tools/tidy/tidy.h"

#include <string.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The next word or sign of SQL; comments are passed over, except that a statement's name ends the one before. Empty at the end. */
struct sql_words {
    struct str rest;
    int line;
    bool begins; /* the word stands after "-- name:" */
};

static void pass_comment(struct sql_words *w)
{
    ptrdiff_t end = str_find_char(w->rest, '\n');
    size_t n = end < 0 ? w->rest.n : (size_t)end;
    if (str_starts(w->rest, STR("-- name:")))
        w->begins = true;
    w->rest = str_from(w->rest, n);
}

static struct str next_word(struct sql_words *w)
{
    size_t n = 1;
    w->begins = false;
    while (w->rest.n > 0 && (w->rest.p[0] <= ' ' || str_starts(w->rest, STR("--")))) {
        if (w->rest.p[0] == '-') {
            pass_comment(w);
            continue;
        }
        w->line += w->rest.p[0] == '\n';
        w->rest = str_from(w->rest, 1);
    }
    if (w->rest.n == 0)
        return STR("");
    while (is_letter(w->rest.p[0]) && n < w->rest.n && is_letter(w->rest.p[n]))
        n++;
    struct str word = str_head(w->rest, n);
    w->rest = str_from(w->rest, n);
    return word;
}

/* "engines/stays" of "engines/stays/queries.sql". */
static struct str module_dir(struct str path)
{
    ptrdiff_t first = str_find_char(path, '/');
    ptrdiff_t second = first < 0 ? -1 : str_find_char(str_from(path, (size_t)first + 1), '/');
    return second < 0 ? STR("") : str_head(path, (size_t)(first + 1 + second));
}

void tidy_read_migration(struct tidy *t, struct str path, struct str text)
{
    struct sql_words w = { .rest = text, .line = 1 };
    struct str word, before = STR("");
    while ((word = next_word(&w)).n > 0) {
        if (str_eq_nocase(before, STR("TABLE")) && !str_eq_nocase(word, STR("IF"))) {
            struct table *table = vec_push(t->arena, &t->tables);
            *table = (struct table) { str_dup(t->arena, word), str_dup(t->arena, module_dir(path)) };
        }
        before = word;
    }
}

/* "engines/credentials engines/accounts 21 passwords came out of accounts": whose statements, whose tables, how many, why. */
void tidy_read_borrowed(struct tidy *t, struct str text)
{
    struct str rest = text, line;
    while (str_cut(&rest, '\n', &line)) {
        struct borrowed b = { .n = 0 };
        struct str number;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (!str_cut(&line, ' ', &b.by) || !str_cut(&line, ' ', &b.from) || !str_cut(&line, ' ', &number) ||
            !str_to_i64(number, &b.n) || line.n == 0)
            tidy_complain(t, STR("tools/tidy/borrowed"), 0, "cannot be read: whose statements, whose tables, how many, why");
        b.by = str_dup(t->arena, b.by);
        b.from = str_dup(t->arena, b.from);
        *vec_push(t->arena, &t->borrowed) = b;
    }
}

/* Whose table it is: an ALTER TABLE elsewhere does not make it another's. */
static struct str owner_of(const struct tidy *t, struct str table)
{
    for (size_t i = 0; i < t->tables.n; i++)
        if (str_eq(t->tables.v[i].name, table))
            return t->tables.v[i].dir;
    return STR("");
}

static bool names_a_table(struct str before)
{
    static const struct str words[] = { STR_INIT("FROM"), STR_INIT("JOIN"), STR_INIT("INTO"), STR_INIT("UPDATE") };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_eq_nocase(before, words[i]))
            return true;
    return false;
}

static struct borrowed *found_in(struct tidy *t, struct str by, struct str from)
{
    for (size_t i = 0; i < t->found.n; i++)
        if (str_eq(t->found.v[i].by, by) && str_eq(t->found.v[i].from, from))
            return &t->found.v[i];
    struct borrowed *b = vec_push(t->arena, &t->found);
    *b = (struct borrowed) { .by = str_dup(t->arena, by), .from = from };
    return b;
}

void tidy_queries(struct tidy *t, struct str path, struct str text)
{
    struct sql_words w = { .rest = text, .line = 1 };
    struct str word, before = STR(""), dir = module_dir(path);
    int64_t statement = 0;
    while ((word = next_word(&w)).n > 0) {
        struct str owner = names_a_table(before) ? owner_of(t, word) : STR("");
        statement += w.begins;
        before = word;
        if (owner.n == 0 || str_eq(owner, dir))
            continue;
        struct borrowed *b = found_in(t, dir, owner);
        if (b->last == statement)
            continue;
        b->last = statement;
        b->n++;
        b->line = w.line;
    }
}

static int64_t allowed(const struct tidy *t, const struct borrowed *b)
{
    for (size_t i = 0; i < t->borrowed.n; i++)
        if (str_eq(t->borrowed.v[i].by, b->by) && str_eq(t->borrowed.v[i].from, b->from))
            return t->borrowed.v[i].n;
    return 0;
}

void tidy_tables(struct tidy *t)
{
    for (size_t i = 0; i < t->found.n; i++) {
        const struct borrowed *b = &t->found.v[i];
        int64_t most = allowed(t, b);
        if (b->n > most)
            tidy_complain(t, str_fmt(t->arena, "%.*s/queries.sql", STR_ARG(b->by)), b->line,
                          "%lld statements name tables of %.*s, and %lld may: ask its functions", (long long)b->n, STR_ARG(b->from),
                          (long long)most);
        else if (b->n < most)
            tidy_complain(t, STR("tools/tidy/borrowed"), 0, "%.*s %.*s: it is %lld now, which is better: write that",
                          STR_ARG(b->by), STR_ARG(b->from), (long long)b->n);
    }
}
