/* Words after the command: options and arguments. */
#include "platform/cli/cli_internal.h"

#include <string.h>

enum { ARGS_MAX = 64, OPTS_MAX = 32 };

#define SAY_OPTION MSGS("Tham số không đúng.")

static const struct cli_option *option_named(const struct cli_command *command, struct str name)
{
    for (const struct cli_option *o = command->options; o && o->name; o++)
        if (str_eq(str_of(o->name), name))
            return o;
    return NULL;
}

static int keep_option(struct cli *c, const struct cli_option *o, struct str value, struct err *e)
{
    if (c->n_opts == OPTS_MAX)
        return ERR_SAY(e, ERR_INPUT, SAY_OPTION, "more than %d options", OPTS_MAX);
    c->opts[c->n_opts].option = o;
    c->opts[c->n_opts++].value = value;
    return 0;
}

/* word is "--name" or "--name=value"; the value may be the next word. *i is moved past it. */
static int parse_option(struct cli *c, struct str word, const struct str *words, int n, int *i, struct err *e)
{
    struct str value = str_from(word, 2), name;
    bool joined = str_find_char(value, '=') >= 0;
    str_cut(&value, '=', &name);
    if (str_eq(name, STR("json")) && !joined) {
        c->json = true;
        return 0;
    }
    const struct cli_option *o = option_named(c->command, name);
    if (!o)
        return ERR_SAY(e, ERR_INPUT, SAY_OPTION, "--%.*s: %s has no such option", STR_ARG(name), c->command->name);
    if (!o->value)
        return joined ? ERR_SAY(e, ERR_INPUT, SAY_OPTION, "--%s takes no value", o->name) : keep_option(c, o, STR("1"), e);
    if (joined)
        return keep_option(c, o, value, e);
    if (*i + 1 >= n)
        return ERR_SAY(e, ERR_INPUT, SAY_OPTION, "--%s needs a value: %s", o->name, o->value);
    return keep_option(c, o, words[++*i], e);
}

static int check_arg_count(const struct cli *c, struct err *e)
{
    if (c->n_args < c->command->min_args)
        return ERR_SAY(e, ERR_INPUT, MSGS("Thiếu tham số."), "bon %s %s", c->command->name, c->command->synopsis);
    if (c->n_args > c->command->max_args)
        return ERR_SAY(e, ERR_INPUT, MSGS("Thừa tham số."), "bon %s %s", c->command->name, c->command->synopsis);
    return 0;
}

int cli_parse(struct cli *c, const struct str *words, int n, bool *help, struct err *e)
{
    bool only_args = false;
    for (int i = 0; i < n; i++) {
        struct str w = words[i];
        if (!only_args && (str_eq(w, STR("--help")) || str_eq(w, STR("-h")))) {
            *help = true;
            return 0;
        }
        if (!only_args && str_eq(w, STR("--"))) {
            only_args = true;
        } else if (!only_args && str_starts(w, STR("--"))) {
            if (parse_option(c, w, words, n, &i, e))
                return -1;
        } else if (!only_args && w.n > 1 && w.p[0] == '-') {
            return ERR_SAY(e, ERR_INPUT, SAY_OPTION, "%.*s: options are written --name", STR_ARG(w));
        } else if (c->n_args == ARGS_MAX) {
            return ERR_SAY(e, ERR_INPUT, MSGS("Thừa tham số."), "more than %d arguments", ARGS_MAX);
        } else {
            c->args[c->n_args++] = w;
        }
    }
    return check_arg_count(c, e);
}

/* The last one given wins, as with most programs. */
static const struct str *given(const struct cli *c, const char *name)
{
    for (int i = c->n_opts; i-- > 0;)
        if (strcmp(c->opts[i].option->name, name) == 0)
            return &c->opts[i].value;
    return NULL;
}

bool cli_has(const struct cli *c, const char *name)
{
    return given(c, name) != NULL;
}

struct str cli_opt(const struct cli *c, const char *name)
{
    const struct str *value = given(c, name);
    if (value)
        return *value;
    const struct cli_option *o = option_named(c->command, str_of(name));
    return o ? str_of(o->preset) : STR_NONE;
}

int cli_opt_i64(const struct cli *c, const char *name, int64_t least, int64_t most, int64_t *out, struct err *e)
{
    int64_t v;
    struct str text = cli_opt(c, name);
    if (!str_to_i64(text, &v) || v < least || v > most)
        return ERR_SAY(e, ERR_INPUT, SAY_OPTION, "--%s %.*s: a whole number from %lld to %lld is needed", name,
                       STR_ARG(text), (long long)least, (long long)most);
    *out = v;
    return 0;
}
