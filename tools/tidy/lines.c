/* Rules that look at a file line by line, whatever language it is in. */
#include "base/text.h"
#include "tools/tidy/tidy.h"

enum { WIDTH_MOST = 140, LINES_MOST = 800 };

enum {
    TABS = 1,
    SPACES = 2, /* at the end of a line */
    WIDTH = 4,
    LENGTH = 8,
    WORDS = 16, /* that mark unfinished work */
    ALL = TABS | SPACES | WIDTH | LENGTH | WORDS,
};

static unsigned rules_for(struct str path)
{
    static const struct {
        struct str ending;
        unsigned rules;
    } RULES[] = {
        { STR_INIT(".c"), ALL },
        { STR_INIT(".h"), ALL },
        { STR_INIT(".html"), ALL & ~(unsigned)WIDTH }, /* a tag and its words are one thing: a break there would be white space */
        { STR_INIT(".js"), ALL },
        { STR_INIT(".mjs"), ALL },
        { STR_INIT(".scss"), ALL },
        { STR_INIT(".css"), ALL },
        { STR_INIT(".sql"), ALL },
        { STR_INIT(".sh"), ALL },
        { STR_INIT(".py"), ALL },
        { STR_INIT(".build"), ALL },
        { STR_INIT(".md"), TABS | SPACES },
        { STR_INIT(".po"), TABS | SPACES | WORDS },
        { STR_INIT("Makefile"), SPACES | WORDS },
    };
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++)
        if (str_ends(path, RULES[i].ending))
            return RULES[i].rules;
    return 0;
}

bool tidy_wants(struct str path)
{
    /* what a test feeds to a program is data, however it is called */
    bool data = str_find(path, STR("/sample/")) >= 0 || str_find(path, STR("/fixture/")) >= 0 ||
                str_find(path, STR("/corpus/")) >= 0 || str_ends(path, STR(".min.js"));
    return !data && rules_for(path) != 0;
}

static bool word_sign(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static bool has_word(struct str line, struct str word)
{
    ptrdiff_t at;
    for (size_t from = 0; (at = str_find(str_from(line, from), word)) >= 0; from += (size_t)at + 1) {
        size_t start = from + (size_t)at, end = start + word.n;
        if ((start == 0 || !word_sign(line.p[start - 1])) && (end == line.n || !word_sign(line.p[end])))
            return true;
    }
    return false;
}

static void unfinished(struct tidy *t, struct str path, int number, struct str line)
{
    /* in two pieces, so that this file does not complain of itself */
    static const struct str WORDS_LEFT[] = { STR_INIT("TO"
                                                      "DO"),
                                             STR_INIT("FIX"
                                                      "ME"),
                                             STR_INIT("XX"
                                                      "X") };
    for (size_t i = 0; i < sizeof WORDS_LEFT / sizeof *WORDS_LEFT; i++)
        if (has_word(line, WORDS_LEFT[i]))
            tidy_complain(t, path, number, "%.*s: do it, or open an issue", STR_ARG(WORDS_LEFT[i]));
}

static void one_line(struct tidy *t, unsigned rules, struct str path, int number, struct str line)
{
    if (rules & TABS && str_find_char(line, '\t') >= 0)
        tidy_complain(t, path, number, "a tab; this project indents with spaces");
    if (rules & SPACES && line.n && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t' || line.p[line.n - 1] == '\r'))
        tidy_complain(t, path, number, "white space at the end of the line");
    size_t width = rules & WIDTH && line.n > WIDTH_MOST ? text_length(line) : 0;
    if (width > WIDTH_MOST)
        tidy_complain(t, path, number, "%zu columns; %d is the most", width, WIDTH_MOST);
    if (rules & WORDS)
        unfinished(t, path, number, line);
}

void tidy_lines(struct tidy *t, struct str path, struct str text)
{
    unsigned rules = rules_for(path);
    int number = 0;
    struct str rest = str_ends(text, STR("\n")) ? str_head(text, text.n - 1) : text, line;
    while (text.n && str_cut(&rest, '\n', &line))
        one_line(t, rules, path, ++number, line);
    if (rules & LENGTH && number > LINES_MOST)
        tidy_complain(t, path, 0, "%d lines; split what changes for different reasons (%d is the most)", number, LINES_MOST);
}
