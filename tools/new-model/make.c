#include "base/buf.h"
#include "base/csv.h"
#include "base/text.h"
#include "base/vec.h"
#include "tools/new-model/new_model.h"

enum { TITLE_MOST = 300, NAME_MOST = 32, PLAN_ROWS = 42 };

int plan_row_read(struct arena *a, struct str csv, int number, struct plan_row *out, struct err *e)
{
    static const char *const COLUMNS[] = { "number", "name_vi", "name_en", "lead" };
    size_t at[4];
    struct csv c;
    struct csv_row row;
    int got;
    csv_init(&c, csv, NULL);
    if (csv_columns(&c, a, COLUMNS, 4, at, e))
        return -1;
    while ((got = csv_next(&c, a, &row, e)) == 1) {
        int64_t n;
        if (!str_to_i64(csv_cell(&row, at[0]), &n) || n != number)
            continue;
        *out = (struct plan_row) { csv_cell(&row, at[1]), csv_cell(&row, at[2]), csv_cell(&row, at[3]) };
        return 0;
    }
    return got < 0 ? -1 : ERR(e, ERR_INPUT, "the plan has no row %d", number);
}

static bool word_sign(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The length of an @word@ at the beginning of s, 0 when there is none. A lone @ is text. */
static size_t word_length(struct str s)
{
    size_t n = 1;
    while (n < s.n && word_sign(s.p[n]))
        n++;
    return n > 1 && n < s.n && s.p[n] == '@' ? n + 1 : 0;
}

int template_fill(struct arena *a, struct str text, const struct filling *words, size_t n, struct str *out, struct err *e)
{
    struct buf b;
    buf_init(&b, a, SIZE_MAX / 2);
    for (ptrdiff_t at; (at = str_find_char(text, '@')) >= 0;) {
        buf_put(&b, str_head(text, (size_t)at));
        text = str_from(text, (size_t)at);
        size_t length = word_length(text), i = 0;
        if (!length) {
            buf_put_char(&b, '@');
            text = str_from(text, 1);
            continue;
        }
        struct str word = { text.p + 1, length - 2 };
        while (i < n && !str_eq(words[i].word, word))
            i++;
        if (i == n)
            return ERR(e, ERR_INPUT, "a template asks for @%.*s@, which nobody knows", STR_ARG(word));
        buf_put(&b, words[i].text);
        text = str_from(text, length);
    }
    buf_put(&b, text);
    *out = buf_str(&b);
    return 0;
}

int list_with(struct arena *a, struct str list, struct str dir, struct str *out, struct err *e)
{
    struct buf b;
    struct str rest = str_ends(list, STR("\n")) ? str_head(list, list.n - 1) : list, line;
    bool placed = false;
    buf_init(&b, a, SIZE_MAX / 2);
    while (list.n && str_cut(&rest, '\n', &line)) {
        bool same_number = str_eq(str_head(line, 3), str_head(dir, 3));
        if (line.n > 4 && (same_number || str_eq(str_from(line, 4), str_from(dir, 4))))
            return ERR(e, ERR_CONFLICT, "models/LIST has %.*s already", STR_ARG(line));
        if (!placed && line.n && line.p[0] != '#' && str_cmp(line, dir) > 0) {
            buf_fmt(&b, "%.*s\n", STR_ARG(dir));
            placed = true;
        }
        buf_fmt(&b, "%.*s\n", STR_ARG(line));
    }
    if (!placed)
        buf_fmt(&b, "%.*s\n", STR_ARG(dir));
    *out = buf_str(&b);
    return 0;
}

static int check_name(struct str name, struct str engines, struct err *e)
{
    struct str line;
    if (name.n < 2 || name.n > NAME_MOST || name.p[0] < 'a' || name.p[0] > 'z')
        return ERR(e, ERR_INPUT, "a name has 2 to %d signs and begins with a letter: guest_houses", NAME_MOST);
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_')
            return ERR(e, ERR_INPUT, "a name is made of a-z, 0-9 and _: guest_houses");
    }
    while (str_cut(&engines, '\n', &line))
        if (str_eq(str_trim(line), name))
            return ERR(e, ERR_CONFLICT, "an engine is called %.*s", STR_ARG(name));
    return 0;
}

/* A title goes between quotes in C and into a template: what would end either is refused. */
static int check_title(struct arena *a, struct str title, struct str *out, struct err *e)
{
    static const char REFUSED[] = "\"\\{}|";
    if (text_clean(a, title, TEXT_ONE_LINE, TITLE_MOST, out, e))
        return -1;
    for (size_t i = 0; i < sizeof REFUSED - 1; i++)
        if (str_find_char(*out, REFUSED[i]) >= 0)
            return ERR(e, ERR_INPUT, "a title cannot hold %c: %.*s", REFUSED[i], STR_ARG(*out));
    return out->n ? 0 : ERR(e, ERR_INPUT, "a title is missing");
}

static struct str replaced(struct arena *a, struct str s, char from, char to, bool upper)
{
    char *p = str_cstr(a, s);
    for (size_t i = 0; i < s.n; i++) {
        if (p[i] == from)
            p[i] = to;
        else if (upper && p[i] >= 'a' && p[i] <= 'z')
            p[i] = (char)(p[i] - 'a' + 'A');
    }
    return (struct str) { p, s.n };
}

struct made_file {
    struct str path, content;
};
struct made_files {
    struct made_file *v;
    size_t n, room;
};

/* Every template filled; "html/@name@.html.in" becomes html/guest_houses.html. */
static int fill_all(struct arena *a, const struct new_model *m, struct str target, const struct filling *words, size_t n,
                    struct made_files *out, struct err *e)
{
    struct str_list names = { 0 };
    if (files_below(a, m->templates, &names, e))
        return -1;
    for (size_t i = 0; i < names.n; i++) {
        struct str text, path;
        struct made_file f;
        if (!str_ends(names.v[i], STR(".in")))
            continue;
        if (file_read(a, str_fmt(a, "%.*s/%.*s", STR_ARG(m->templates), STR_ARG(names.v[i])), &text, e) ||
            template_fill(a, text, words, n, &f.content, e) ||
            template_fill(a, str_head(names.v[i], names.v[i].n - 3), words, n, &path, e))
            return -1;
        f.path = str_fmt(a, "%.*s/%.*s", STR_ARG(target), STR_ARG(path));
        *vec_push(a, out) = f;
    }
    return out->n ? 0 : ERR(e, ERR_NOT_FOUND, "%.*s holds no templates", STR_ARG(m->templates));
}

static int top_file(struct arena *a, const struct new_model *m, const char *path, struct str *out, struct err *e)
{
    return file_read(a, str_fmt(a, "%.*s/%s", STR_ARG(m->top), path), out, e);
}

int new_model_make(struct arena *a, const struct new_model *m, struct str *dir, struct err *e)
{
    struct str csv, list, new_list, engines, title, english;
    struct plan_row row;
    struct made_files files = { 0 };
    if (m->number < 1 || m->number > PLAN_ROWS)
        return ERR(e, ERR_INPUT, "the plan has rows 1 to %d", PLAN_ROWS);
    if (top_file(a, m, "engines/LIST", &engines, e) || check_name(m->name, engines, e))
        return -1;
    struct str made = str_fmt(a, "m%02d_%.*s", m->number, STR_ARG(m->name));
    if (top_file(a, m, "packs/dak_nong/models.csv", &csv, e) || plan_row_read(a, csv, m->number, &row, e) ||
        check_title(a, m->title.p ? m->title : row.name, &title, e) ||
        check_title(a, m->english.p ? m->english : row.english, &english, e) || top_file(a, m, "models/LIST", &list, e) ||
        list_with(a, list, made, &new_list, e))
        return -1;
    const struct filling words[] = {
        { STR("dir"), made },
        { STR("name"), m->name },
        { STR("NAME"), replaced(a, m->name, 0, 0, true) },
        { STR("path"), replaced(a, m->name, '_', '-', false) },
        { STR("number"), str_fmt(a, "%d", m->number) },
        { STR("title"), title },
        { STR("english"), english },
        { STR("plan"), row.name },
        { STR("lead"), row.lead },
    };
    struct str target = str_fmt(a, "%.*s/models/%.*s", STR_ARG(m->top), STR_ARG(made));
    if (fill_all(a, m, target, words, sizeof words / sizeof *words, &files, e))
        return -1;
    for (size_t i = 0; i < files.n; i++)
        if (file_write(a, files.v[i].path, files.v[i].content, e))
            return -1;
    if (file_write(a, str_fmt(a, "%.*s/models/LIST", STR_ARG(m->top)), new_list, e))
        return -1;
    *dir = made;
    return 0;
}
