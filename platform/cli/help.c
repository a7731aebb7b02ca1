/* Help as a terminal shows it. */
#include "platform/cli/cli_internal.h"

#include <string.h>

enum { COLUMNS = 80, NAME_COLUMN = 24 };

const struct cli_exit cli_exits[] = {
    { 0, MSG("Xong việc.") },
    { 2, MSG("Lệnh, tham số hoặc dữ liệu vào không đúng.") },
    { 3, MSG("Không được phép.") },
    { 4, MSG("Không tìm thấy.") },
    { 5, MSG("Trùng hoặc xung đột với việc khác.") },
    { 6, MSG("Đang bận, thử lại sau.") },
    { 7, MSG("Cơ sở dữ liệu, ổ đĩa hoặc bộ phận ký số có lỗi.") },
    { 70, MSG("Lỗi của chương trình.") },
    { 0, { NULL, 0 } },
};

/* Columns that UTF-8 text takes: Vietnamese NFC text has one code point a column. */
static int width(struct str s)
{
    int n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

/* Words of one paragraph, broken before column 80; `at` is the column where the text begins. */
static void put_wrapped(FILE *to, struct str text, int indent, int at)
{
    struct str word;
    bool first = true;
    for (; str_cut(&text, ' ', &word); first = false) {
        int w = width(word);
        if (!first && at + 1 + w > COLUMNS) {
            fprintf(to, "\n%*s", indent, "");
            at = indent;
        } else if (!first) {
            fputc(' ', to);
            at++;
        }
        fprintf(to, "%.*s", STR_ARG(word));
        at += w;
    }
    fputc('\n', to);
}

static void put_row(FILE *to, struct str name, struct str what)
{
    fprintf(to, "  %.*s", STR_ARG(name));
    int at = 2 + width(name);
    if (at >= NAME_COLUMN) {
        fputc('\n', to);
        at = 0;
    }
    fprintf(to, "%*s", NAME_COLUMN - at, "");
    put_wrapped(to, what, NAME_COLUMN, NAME_COLUMN);
}

static void put_say(FILE *to, enum lang lang, struct str vi)
{
    fprintf(to, "%.*s", STR_ARG(tr(lang, vi)));
}

static bool in_group(const char *name, struct str group)
{
    return group.n == 0 || (str_starts(str_of(name), group) && name[group.n] == ' ');
}

static void print_list(const struct cli_program *p, struct str group, enum lang lang, FILE *to)
{
    const struct cli_command *c;
    fprintf(to, "%s: ", p->name);
    put_wrapped(to, tr(lang, p->what), 0, (int)strlen(p->name) + 2);
    fputc('\n', to);
    put_say(to, lang, MSGS("Cách dùng:"));
    fprintf(to, " %s %.*s%sCOMMAND [--json] …\n\n", p->name, STR_ARG(group), group.n ? " " : "");
    for (struct cli_walk at = { 0, 0 }; (c = cli_next(p, &at));)
        if (in_group(c->name, group))
            put_row(to, str_of(c->name), tr(lang, c->what));
    fputc('\n', to);
    put_say(to, lang, MSGS("Cách dùng một lệnh:"));
    fprintf(to, " %s help COMMAND\n", p->name);
}

static void put_option(FILE *to, const struct cli_option *o, enum lang lang)
{
    char name[64];
    snprintf(name, sizeof name, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
    put_row(to, str_of(name), tr(lang, o->help));
    if (o->preset) {
        fprintf(to, "%*s", NAME_COLUMN, "");
        put_say(to, lang, MSGS("Nếu không nêu:"));
        fprintf(to, " %s\n", o->preset);
    }
}

static void print_command(const struct cli_program *p, const struct cli_command *c, enum lang lang, FILE *to)
{
    fprintf(to, "%s %s: ", p->name, c->name);
    put_wrapped(to, tr(lang, c->what), 0, (int)(strlen(p->name) + strlen(c->name)) + 3);
    fputc('\n', to);
    put_say(to, lang, MSGS("Cách dùng:"));
    fprintf(to, " %s %s %s\n\n", p->name, c->name, c->synopsis ? c->synopsis : "");
    put_wrapped(to, tr(lang, c->help), 0, 0);
    if (c->options && c->options->name)
        fputc('\n', to);
    for (const struct cli_option *o = c->options; o && o->name; o++)
        put_option(to, o, lang);
}

bool cli_print_help(const struct cli_program *p, struct str command, enum lang lang, FILE *to)
{
    if (command.n == 0) {
        print_list(p, command, lang, to);
        return true;
    }
    const struct cli_command *c;
    for (struct cli_walk at = { 0, 0 }; (c = cli_next(p, &at));)
        if (str_eq(str_of(c->name), command)) {
            print_command(p, c, lang, to);
            return true;
        }
    if (!cli_is_group(p, command))
        return false;
    print_list(p, command, lang, to);
    return true;
}
