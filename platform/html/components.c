/* components.c: fills the views of components.h. */
#include "platform/html/components.h"

#include <string.h>

static const struct field *find_field(const struct form *form, const char *name)
{
    for (const struct field *f = form->fields; f->name; f++)
        if (strcmp(f->name, name) == 0)
            return f;
    return NULL;
}

struct str field_anchor(const struct html *h, struct str name)
{
    return str_fmt(h->arena, "field-%.*s", STR_ARG(name));
}

static struct str described_by(const struct html *h, const struct field_view *f)
{
    bool help = f->help.n > 0;
    bool error = f->error.n > 0;
    if (!help && !error)
        return STR_NONE;
    if (!error)
        return str_fmt(h->arena, "%.*s-help", STR_ARG(f->id));
    if (!help)
        return str_fmt(h->arena, "%.*s-error", STR_ARG(f->id));
    return str_fmt(h->arena, "%.*s-help %.*s-error", STR_ARG(f->id), STR_ARG(f->id));
}

static struct str keypad(enum field_type type)
{
    switch (type) {
    case FIELD_INT:
    case FIELD_PID:
    case FIELD_DAY:
        return STR("numeric");
    default:
        return STR_NONE;
    }
}

/* The limit that the control itself keeps: numbers and days are judged by the server, which says what is wrong. */
static int control_max(const struct field *f)
{
    return f->type == FIELD_TEXT || f->type == FIELD_LINES || f->type == FIELD_SECRET ? f->max : 0;
}

static int natural_width(enum field_type type)
{
    switch (type) {
    case FIELD_INT:
        return 8;
    case FIELD_PID:
    case FIELD_DAY:
        return 12;
    case FIELD_INSTANT:
        return 20;
    default:
        return 0;
    }
}

/* A box that was unchecked is absent from the post: what is stored must not check it again. */
static bool was_unchecked(const struct html *h, const struct form *form, const struct field *f)
{
    const struct req *q = page_of(h)->q;
    return f->type == FIELD_CHECK && q->method == METHOD_POST && q->route && q->route->form == form;
}

void field_option(struct html *h, struct field_view *f, struct str value, struct str label)
{
    struct option_view *o = vec_push(h->arena, &f->options);
    o->value = value;
    o->label = label;
    o->selected = f->value.p && str_eq(f->value, value);
    /* The first control of a group carries the field's own id, so that the error summary's link reaches it. */
    o->id = f->options.n == 1 ? f->id : str_fmt(h->arena, "%.*s-%zu", STR_ARG(f->id), f->options.n);
}

struct field_view field_with(struct html *h, const struct form *form, const char *name, struct str stored)
{
    struct field_view v = { .name = str_of(name) };
    v.id = field_anchor(h, v.name);
    const struct field *f = find_field(form, name);
    if (!f) {
        v.label = v.name; /* a page that asks for a field the form does not have shows it by its bare name */
        return v;
    }
    v.type = f->type;
    v.label = f->label;
    v.help = f->help;
    v.required = f->required;
    v.max = control_max(f);
    v.width = natural_width(f->type);
    v.inputmode = keypad(f->type);
    v.error = page_field_error(h, name);
    v.describedby = described_by(h, &v);
    struct str typed = f->type == FIELD_SECRET || f->type == FIELD_FILE ? STR_NONE : page_typed(h, name);
    v.value = typed.p ? typed : f->type == FIELD_SECRET || was_unchecked(h, form, f) ? STR_NONE : stored;
    v.checked = f->type == FIELD_CHECK && str_eq(v.value, STR("1"));
    for (const struct choice *c = f->choices; c && c->value; c++)
        field_option(h, &v, str_of(c->value), c->label);
    v.as_select = v.options.n > 6;
    return v;
}

struct field_view field_of(struct html *h, const struct form *form, const char *name)
{
    return field_with(h, form, name, STR_NONE);
}

struct field_view field_width(struct field_view f, int width)
{
    f.width = width;
    return f;
}

struct field_view field_auto(struct field_view f, const char *autocomplete)
{
    f.autocomplete = str_of(autocomplete);
    return f;
}

struct field_view field_suffix(struct field_view f, struct str suffix)
{
    f.suffix = suffix;
    return f;
}

struct field_view field_select(struct field_view f)
{
    f.as_select = true;
    return f;
}

struct field_view field_label(struct field_view f, struct str label)
{
    f.label = label;
    return f;
}

struct field_view field_row(struct html *h, struct field_view f, int64_t row)
{
    f.id = str_fmt(h->arena, "%.*s-%lld", STR_ARG(f.id), (long long)row);
    f.describedby = described_by(h, &f);
    for (size_t i = 0; i < f.options.n; i++)
        f.options.v[i].id = i == 0 ? f.id : str_fmt(h->arena, "%.*s-%zu", STR_ARG(f.id), i + 1);
    return f;
}

struct look {
    struct str class;
    const char *icon;
};

void field_complete(struct html *h, struct field_view *f)
{
    f->id = field_anchor(h, f->name);
    f->error = page_field_error(h, str_cstr(h->arena, f->name));
    f->describedby = described_by(h, f);
    if (!f->inputmode.n)
        f->inputmode = keypad(f->type);
    if (!f->width)
        f->width = natural_width(f->type);
}

static const struct look note_looks[NOTES_] = {
    [NOTE_INFO] = { STR_INIT("info"), "info" },
    [NOTE_DONE] = { STR_INIT("done"), "check" },
    [NOTE_WARN] = { STR_INIT("warn"), "alert" },
    [NOTE_ERROR] = { STR_INIT("error"), "alert" },
};
static const struct look tag_looks[TAGS_] = {
    [TAG_DRAFT] = { STR_INIT("draft"), "pencil" },    [TAG_QUEUED] = { STR_INIT("queued"), "queue" },
    [TAG_SENT] = { STR_INIT("sent"), "send" },        [TAG_ACCEPTED] = { STR_INIT("accepted"), "check" },
    [TAG_REFUSED] = { STR_INIT("refused"), "cross" }, [TAG_LATE] = { STR_INIT("late"), "clock" },
    [TAG_VOID] = { STR_INIT("void"), "trash" },       [TAG_PLAIN] = { STR_INIT("plain"), NULL },
};
static const struct str button_classes[BUTTONS_] = {
    [BUTTON_FIRST] = STR_INIT("btn"),
    [BUTTON_SECOND] = STR_INIT("btn btn--second"),
    [BUTTON_WARN] = STR_INIT("btn btn--warn"),
    [BUTTON_PLAIN] = STR_INIT("btn btn--plain"),
};
static const struct str moment_classes[MOMENTS_] = {
    [MOMENT_PLAIN] = STR_INIT("timeline__item"),
    [MOMENT_DONE] = STR_INIT("timeline__item timeline__item--done"),
    [MOMENT_WARN] = STR_INIT("timeline__item timeline__item--warn"),
};
static const struct str tile_classes[TILES_] = {
    [TILE_PLAIN] = STR_INIT("tile"),
    [TILE_DONE] = STR_INIT("tile tile--done"),
    [TILE_LATE] = STR_INIT("tile tile--late"),
};

struct str note_class(enum note_kind k)
{
    return note_looks[k].class;
}

const char *note_icon(enum note_kind k)
{
    return note_looks[k].icon;
}

struct str tag_class(enum tag_kind k)
{
    return tag_looks[k].class;
}

const char *tag_icon(enum tag_kind k)
{
    return tag_looks[k].icon;
}

struct str button_class(enum button_kind k)
{
    return button_classes[k];
}

struct str moment_class(enum moment_kind k)
{
    return moment_classes[k];
}

struct str tile_class(enum tile_kind k)
{
    return tile_classes[k];
}

enum note_kind notice_note(enum page_notice n)
{
    return n == PAGE_NOTICE_DONE ? NOTE_DONE : NOTE_ERROR;
}

struct str notice_role(enum page_notice n)
{
    return n == PAGE_NOTICE_DONE ? STR("status") : STR("alert");
}

struct str lang_short(struct str lang)
{
    return str_eq(lang, STR("en")) ? STR("EN") : STR("VI");
}

struct str field_group_class(const struct html *h, const struct field_view *f)
{
    struct str error = f->error.n ? STR(" govuk-form-group--error") : STR("");
    if (!f->width)
        return str_fmt(h->arena, "govuk-form-group%.*s", STR_ARG(error));
    return str_fmt(h->arena, "govuk-form-group field--w%d%.*s", f->width, STR_ARG(error));
}

struct str control_class(const struct html *h, const struct field_view *f, struct str base)
{
    struct str digits = f->inputmode.n ? STR(" num-field") : STR("");
    if (!f->error.n)
        return str_fmt(h->arena, "%.*s%.*s", STR_ARG(base), STR_ARG(digits));
    return str_fmt(h->arena, "%.*s%.*s %.*s--error", STR_ARG(base), STR_ARG(digits), STR_ARG(base));
}

struct str control_type(enum field_type t)
{
    switch (t) {
    case FIELD_SECRET:
        return STR("password");
    case FIELD_INSTANT:
        return STR("datetime-local");
    default:
        return STR("text"); /* days too: a typed 16/02/2024 reads the same in every browser's language */
    }
}

struct str icon_href(const struct html *h, const char *name)
{
    struct str sheet = page_of(h)->icons, icon = str_of(name);
    char *p = arena_alloc(h->arena, sheet.n + 1 + icon.n);
    memcpy(p, sheet.p, sheet.n);
    p[sheet.n] = '#';
    memcpy(p + sheet.n + 1, icon.p, icon.n);
    return (struct str) { p, sheet.n + 1 + icon.n };
}

struct str series_words(struct html *h, const struct series *s)
{
    struct tr_arg args[] = {
        { "title", tr(h->lang, s->title) },        { "n", html_int(h, (int64_t)s->points.n) },
        { "least", html_int(h, series_least(s)) }, { "most", html_int(h, series_most(s)) },
        { "unit", tr(h->lang, s->unit) },
    };
    return tr_fill(h->arena, h->lang,
                   MSGS("{title}: {n} mốc, thấp nhất {least}, cao nhất {most} {unit}. Số liệu đầy đủ ở bảng bên dưới."),
                   args, sizeof args / sizeof *args);
}
