/* bon log: the server's JSON lines as a person reads them. Lines that are no JSON pass unchanged. */
#include "app/program.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_ROOM = 8192 };

static const char *text_of(const json_t *j, const char *name)
{
    const char *s = json_string_value(json_object_get(j, name));
    return s ? s : "";
}

/* A control character in a log must not reach the terminal as one. */
static void print_plain(const char *s)
{
    for (; *s; s++)
        putchar((unsigned char)*s < 0x20 || *s == 0x7f ? '?' : *s);
}

static void print_moment(const char *at)
{
    struct instant t;
    struct day d;
    int hour, minute, second;
    if (!instant_parse(str_of(at), &t)) {
        print_plain(at);
        return;
    }
    instant_local(t, &d, &hour, &minute, &second);
    int year, month, day;
    day_to_ymd(d, &year, &month, &day);
    printf("%02d:%02d:%02d %02d/%02d", hour, minute, second, day, month);
}

static void print_line(const json_t *j, bool colour)
{
    const char *level = text_of(j, "level"), *name;
    bool bad = strcmp(level, "error") == 0 || strcmp(level, "warn") == 0;
    json_t *v;
    print_moment(text_of(j, "at"));
    printf(" %s%-5s%s ", bad && colour ? "\033[31m" : "", level, bad && colour ? "\033[0m" : "");
    print_plain(text_of(j, "event"));
    json_object_foreach((json_t *)j, name, v)
    {
        if (strcmp(name, "at") == 0 || strcmp(name, "level") == 0 || strcmp(name, "event") == 0 || !json_is_string(v) ||
            json_string_length(v) == 0)
            continue;
        printf("  ");
        print_plain(name);
        putchar('=');
        print_plain(json_string_value(v));
    }
    putchar('\n');
}

static void print_lines(FILE *f)
{
    char line[LINE_ROOM];
    bool colour = isatty(STDOUT_FILENO) != 0;
    while (fgets(line, sizeof line, f)) {
        json_t *j = json_loads(line, 0, NULL);
        if (json_is_object(j) && json_object_get(j, "event"))
            print_line(j, colour);
        else
            fputs(line, stdout);
        json_decref(j);
        fflush(stdout);
    }
}

int cmd_log(struct cli *c, struct err *e)
{
    bool standard = c->n_args == 0 || str_eq(c->args[0], STR("-"));
    FILE *f = standard ? stdin : fopen(str_cstr(c->arena, c->args[0]), "rb");
    if (!f)
        return ERR(e, ERR_NOT_FOUND, "%.*s cannot be read", STR_ARG(c->args[0]));
    print_lines(f);
    if (!standard)
        fclose(f);
    return 0;
}
