/* From argv to exit status. */
#include "platform/cli/cli.h"

#include "platform/cli/cli_internal.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 128, COMMAND_ARENA = 256 << 20, USAGE = 2 };

enum lang cli_lang(void)
{
    static const char *const names[] = { "BON_LANG", "LC_ALL", "LC_MESSAGES", "LANG" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) /* the first that is set decides, as in POSIX; "C" says nothing about the reader */
            return strncmp(value, "en", 2) == 0 ? LANG_EN : LANG_VI;
    }
    return LANG_VI;
}

struct str cli_say(const struct cli *c, struct str vi, const struct tr_arg *args)
{
    size_t n = 0;
    while (args && args[n].name)
        n++;
    return tr_fill(c->arena, c->lang, vi, args, n);
}

static void complain(const struct cli_program *p, struct str sentence)
{
    fprintf(stderr, "%s: %.*s\n", p->name, STR_ARG(sentence));
}

static int unknown(const struct cli_program *p, struct arena *a, enum lang lang, struct str typed)
{
    const char *nearest = cli_nearest(p, typed);
    struct tr_arg args[] = { { "typed", typed }, { "nearest", str_of(nearest) } };
    if (cli_is_group(p, typed)) {
        cli_print_help(p, typed, lang, stderr);
        return USAGE;
    }
    if (nearest)
        complain(p, tr_fill(a, lang, MSGS("Không có lệnh “{typed}”. Có phải là “{nearest}”?"), args, 2));
    else
        complain(p, tr_fill(a, lang, MSGS("Không có lệnh “{typed}”. Xem các lệnh: bon help"), args, 1));
    return USAGE;
}

static void put_json_text(FILE *to, const char *name, struct str s)
{
    fprintf(to, "\"%s\":\"", name);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char b = (unsigned char)s.p[i];
        if (b < 0x20 || b == '"' || b == '\\')
            fprintf(to, "\\u%04x", b);
        else
            fputc(b, to);
    }
    fputc('"', to);
}

static int report(const struct cli_program *p, const struct cli *c, const struct err *e)
{
    struct str sentence = tr(c->lang, err_sentence(e));
    if (c->json) {
        fputs("{\"error\":{", stderr);
        put_json_text(stderr, "code", str_of(err_name(e->code)));
        fputc(',', stderr);
        put_json_text(stderr, "detail", str_of(e->detail));
        fputc(',', stderr);
        put_json_text(stderr, "sentence", sentence);
        fputs("}}\n", stderr);
    } else {
        complain(p, sentence);
        if (e->detail[0])
            fprintf(stderr, "  (%s) %s\n", err_name(e->code), e->detail);
    }
    return err_exit_status(e->code);
}

struct running {
    struct cli *c;
    const struct cli_program *p;
    struct err *e;
    int result;
};

static void open_and_run(void *ctx)
{
    struct running *w = ctx;
    struct cli *c = w->c;
    bool shut = c->command->needs && w->p->open && w->p->open(c->app, c->command->needs, w->e);
    w->result = shut ? -1 : c->command->run(c, w->e);
}

static int run_command(struct cli *c, const struct cli_program *p, struct err *e)
{
    struct running w = { .c = c, .p = p, .e = e };
    if (!arena_holds(c->arena, open_and_run, &w))
        return ERR(e, ERR_TOO_LARGE, "the command wanted more than %d bytes", COMMAND_ARENA);
    return w.result;
}

/* A text of at most two words from what stands behind `help`. */
static struct str joined(struct arena *a, const struct str *words, int n)
{
    if (n == 0)
        return STR("");
    return n == 1 ? words[0] : str_fmt(a, "%.*s %.*s", STR_ARG(words[0]), STR_ARG(words[1]));
}

static int print_help_for(const struct cli_program *p, struct arena *a, enum lang lang, const struct str *words, int n)
{
    struct str command = joined(a, words, n);
    return cli_print_help(p, command, lang, stdout) ? 0 : unknown(p, a, lang, command);
}

static int run_words(struct cli *c, const struct cli_program *p, const struct str *words, int n)
{
    struct err e = { 0 };
    int used = 0;
    bool help = false;
    if (n == 0 || str_eq(words[0], STR("help")) || str_eq(words[0], STR("--help")) || str_eq(words[0], STR("-h")))
        return print_help_for(p, c->arena, c->lang, words + (n > 0), n - (n > 0));
    if (str_eq(words[0], STR("man"))) {
        cli_print_man(p, c->lang, stdout);
        return 0;
    }
    static const struct str version = STR_INIT("version");
    c->command = str_eq(words[0], STR("--version")) ? cli_find(p, &version, 1, &used) : cli_find(p, words, n, &used);
    if (!c->command)
        return unknown(p, c->arena, c->lang, words[0]);
    if (cli_parse(c, words + used, n - used, &help, &e))
        return report(p, c, &e);
    if (help)
        return print_help_for(p, c->arena, c->lang, words, used);
    if (run_command(c, p, &e))
        return report(p, c, &e);
    return fflush(stdout) ? USAGE : 0;
}

int cli_main(struct app *app, const struct cli_program *p, int argc, char **argv)
{
    struct arena arena;
    struct str words[WORDS_MAX];
    int n = 0;
    arena_init(&arena, COMMAND_ARENA);
    for (int i = 1; i < argc && n < WORDS_MAX; i++)
        words[n++] = str_of(argv[i]);
    struct cli c = { .app = app, .arena = &arena, .lang = cli_lang() };
    int status = run_words(&c, p, words, n);
    arena_release(&arena);
    return status;
}
