/* start.c: where messages go out. */
#include "engines/notices/inside.h"

#include "engines/people/pack.h"

struct notices_state *notices_state(const struct app *app)
{
    return app_engine(app, "notices");
}

static void take(struct notices_state *s, struct str line)
{
    struct str key;
    if (!str_cut(&line, '=', &key))
        return;
    key = str_trim(key);
    line = str_trim(line);
    if (str_eq(key, STR("sms")))
        s->sms = line;
    else if (str_eq(key, STR("smtp")))
        s->smtp = line;
    else if (str_eq(key, STR("from")))
        s->from = line;
}

int notices_start(struct app *app, struct err *e)
{
    void **slot = app_engine_slot(app, "notices");
    struct notices_state *s = *slot ? *slot : arena_new(&app->arena, struct notices_state);
    struct str text, line;
    struct err why = { 0 };
    *s = (struct notices_state) { STR(""), STR(""), STR("") };
    *slot = s;
    if (pack_file(&app->arena, app->settings.data_dir, "notices.conf", &text, &why))
        return why.code == ERR_NOT_FOUND ? 0 : ERR(e, why.code, "%s", why.detail);
    while (text.n && str_cut(&text, '\n', &line))
        take(s, line);
    take(s, text);
    return 0;
}
