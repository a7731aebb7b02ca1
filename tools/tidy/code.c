/* Rules about C: includes, banned functions, SQL outside queries.sql, globals that change. */
#include "tools/tidy/tidy.h"

static bool name_sign(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static struct str skip_spaces(struct str s)
{
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = str_from(s, 1);
    return s;
}

/* ---- includes ---- */

/* code has blanks where a literal's text was; the text itself comes from the same place in the line. */
static void include_line(struct tidy *t, struct str path, int number, struct str code, struct str line)
{
    struct str s = skip_spaces(code);
    if (!str_starts(s, STR("#")))
        return;
    s = skip_spaces(str_from(s, 1));
    if (!str_starts(s, STR("include")))
        return;
    s = skip_spaces(str_from(s, sizeof "include" - 1));
    if (!str_starts(s, STR("\"")))
        return;
    struct str target = str_from(line, (size_t)(s.p - code.p) + 1);
    ptrdiff_t end = str_find_char(target, '"');
    if (end >= 0)
        tidy_include(t, path, number, str_head(target, (size_t)end));
}

/* ---- banned functions ---- */

static const struct {
    struct str name;
    const char *instead;
} BANNED[] = {
    { STR_INIT("alloca"), "take it from an arena" },
    { STR_INIT("asctime"), "use base/date.h" },
    { STR_INIT("atof"), "use str_to_double" },
    { STR_INIT("atoi"), "use str_to_i64" },
    { STR_INIT("atol"), "use str_to_i64" },
    { STR_INIT("atoll"), "use str_to_i64" },
    { STR_INIT("ctime"), "use base/date.h" },
    { STR_INIT("fscanf"), "parse with struct str" },
    { STR_INIT("gets"), "read into a buffer of known size" },
    { STR_INIT("gmtime"), "use base/date.h" },
    { STR_INIT("localtime"), "use base/date.h" },
    { STR_INIT("mktemp"), "use mkstemp" },
    { STR_INIT("rand"), "use base/rng.h" },
    { STR_INIT("random"), "use base/rng.h" },
    { STR_INIT("scanf"), "parse with struct str" },
    { STR_INIT("sprintf"), "use str_fmt or snprintf" },
    { STR_INIT("srand"), "use base/rng.h" },
    { STR_INIT("sscanf"), "parse with struct str" },
    { STR_INIT("stpcpy"), "use struct str" },
    { STR_INIT("strcat"), "use struct buf" },
    { STR_INIT("strcpy"), "use struct str" },
    { STR_INIT("strncat"), "use struct buf" },
    { STR_INIT("strtok"), "use str_cut" },
    { STR_INIT("strtok_r"), "use str_cut" },
    { STR_INIT("tmpnam"), "use mkstemp" },
    { STR_INIT("vsprintf"), "use str_vfmt or vsnprintf" },
};

static void banned_calls(struct tidy *t, struct str path, int number, struct str code)
{
    for (size_t at = 0; at < code.n;) {
        if (!name_sign(code.p[at])) {
            at++;
            continue;
        }
        size_t end = at;
        while (end < code.n && name_sign(code.p[end]))
            end++;
        struct str name = str_head(str_from(code, at), end - at);
        bool called = str_starts(skip_spaces(str_from(code, end)), STR("("));
        bool member = at && (code.p[at - 1] == '.' || code.p[at - 1] == '>');
        for (size_t i = 0; called && !member && i < sizeof BANNED / sizeof *BANNED; i++)
            if (str_eq(name, BANNED[i].name))
                tidy_complain(t, path, number, "%.*s is banned: %s", STR_ARG(name), BANNED[i].instead);
        at = end;
    }
}

/* ---- SQL ---- */

/* Where statements may stand in C: the database layer, the compiler that reads SQL, the peers that bench/ measures against, and the
 * test of this rule. */
static bool may_hold_sql(struct str path)
{
    return !str_ends(path, STR(".c")) || str_starts(path, STR("platform/db/")) || str_starts(path, STR("tools/sqlc/")) ||
           str_starts(path, STR("bench/")) || str_starts(path, STR("tools/tidy/test/"));
}

/* Whether `first` stands in s as a word of its own and `second` somewhere behind it, or directly behind it. */
static bool words(struct str s, struct str first, struct str second, bool adjacent)
{
    ptrdiff_t at;
    for (size_t from = 0; (at = str_find(str_from(s, from), first)) >= 0; from += (size_t)at + 1) {
        size_t start = from + (size_t)at;
        struct str rest = str_from(s, start + first.n);
        if ((start && name_sign(s.p[start - 1])) || (rest.n && name_sign(rest.p[0])))
            continue;
        ptrdiff_t found = str_find(rest, second);
        if (found > 0 && (!adjacent || skip_spaces(rest).p == rest.p + found))
            return true;
    }
    return false;
}

static bool is_sql(struct str s)
{
    return words(s, STR("INSERT"), STR("INTO"), true) || words(s, STR("DELETE"), STR("FROM"), true) ||
           words(s, STR("SELECT"), STR("FROM"), false) || words(s, STR("UPDATE"), STR("SET"), false);
}

static void sql(struct tidy *t, struct str path, const struct c_text *c)
{
    if (may_hold_sql(path))
        return;
    for (size_t i = 0; i < c->literals.n; i++)
        if (is_sql(c->literals.v[i].text))
            tidy_complain(t, path, c->literals.v[i].line, "SQL in C: name the statement in queries.sql");
}

/* ---- globals ---- */

/* Programs that stand alone and live for one run. */
static bool may_change_statics(struct str path)
{
    return str_find(path, STR("/test/")) >= 0 || str_starts(path, STR("tests/")) || str_starts(path, STR("bench/")) ||
           str_starts(path, STR("fuzz/"));
}

/* A line that declares something static which can change, at the left margin or inside a function. Locks, once-flags and what a signal
 * handler sets cannot be arguments. */
static void changing_static(struct tidy *t, struct str path, int number, struct str code)
{
    static const struct str HARMLESS[] = { STR_INIT("const"),          STR_INIT("inline"),          STR_INIT("sig_atomic_t"),
                                           STR_INIT("pthread_once_t"), STR_INIT("pthread_mutex_t"), STR_INIT("_Noreturn"),
                                           STR_INIT("__attribute__") };
    struct str s = skip_spaces(code);
    if (!str_starts(s, STR("static ")) || may_change_statics(path))
        return;
    for (size_t i = 0; i < sizeof HARMLESS / sizeof *HARMLESS; i++)
        if (str_find(s, HARMLESS[i]) >= 0)
            return;
    ptrdiff_t end = str_find_char(s, '='), semicolon = str_find_char(s, ';'), bracket = str_find_char(s, '(');
    if (end < 0)
        end = semicolon;
    if (end >= 0 && (bracket < 0 || bracket > end))
        tidy_complain(t, path, number, "a static that can change; state is an argument here");
}

void tidy_c(struct tidy *t, struct str path, struct str text)
{
    struct c_text c = tidy_lex(t->arena, text);
    struct str code_rest = c.code, text_rest = text, code, line;
    for (int number = 1; str_cut(&code_rest, '\n', &code) && str_cut(&text_rest, '\n', &line); number++) {
        include_line(t, path, number, code, line);
        banned_calls(t, path, number, code);
        changing_static(t, path, number, code);
    }
    sql(t, path, &c);
    tidy_read_words(t, c.code);
}
