/* service_words.c: a version's data as sentences for readers. */
#include "engines/services/catalogue.h"

static struct str condition_words(struct arena *a, enum lang lang, const struct service_def *def,
                                  const struct service_condition *c);

static struct str answer_label(const struct service_field *f, struct str value, enum lang lang)
{
    for (size_t i = 0; i < f->n_choices; i++)
        if (str_eq(f->choices[i].value, value))
            return f->choices[i].label;
    if (f->type != SERVICE_YES_NO)
        return value;
    return tr(lang, str_eq(value, STR("yes")) ? MSGS("Có") : MSGS("Không"));
}

static struct str values_words(struct arena *a, enum lang lang, const struct service_field *f,
                               const struct service_condition *c)
{
    struct str all = STR("");
    for (size_t i = 0; i < c->n_values; i++)
        all = str_fmt(a, "%.*s%s%.*s", STR_ARG(all), i ? "; " : "", STR_ARG(answer_label(f, c->values[i], lang)));
    return all;
}

static struct str question_words(struct arena *a, enum lang lang, const struct service_def *def,
                                 const struct service_condition *c)
{
    static const struct str sentences[SERVICE_CONDITIONS_] = {
        [SERVICE_IS] = MSG("“{question}” là “{answer}”"),
        [SERVICE_IN] = MSG("“{question}” là một trong: {answer}"),
        [SERVICE_ANSWERED] = MSG("“{question}” có câu trả lời"),
        [SERVICE_AGE_UNDER] = MSG("“{question}”: dưới {years} tuổi"),
        [SERVICE_AGE_AT_LEAST] = MSG("“{question}”: từ {years} tuổi"),
    };
    const struct service_field *f = &def->fields[c->field];
    struct tr_arg args[] = { { "question", f->label },
                             { "answer", values_words(a, lang, f, c) },
                             { "years", str_fmt(a, "%d", c->years) } };
    return tr_fill(a, lang, sentences[c->kind], args, 3);
}

static struct str parts_words(struct arena *a, enum lang lang, const struct service_def *def,
                              const struct service_condition *c)
{
    struct str all = STR(""), join = tr(lang, c->kind == SERVICE_ALL ? MSGS("và") : MSGS("hoặc"));
    for (size_t i = 0; i < c->n_parts; i++) {
        struct str part = condition_words(a, lang, def, c->parts[i]);
        bool mixed = c->parts[i]->kind == SERVICE_ALL || c->parts[i]->kind == SERVICE_SOME;
        if (i > 0)
            all = str_fmt(a, "%.*s %.*s ", STR_ARG(all), STR_ARG(join));
        all = str_fmt(a, mixed ? "%.*s(%.*s)" : "%.*s%.*s", STR_ARG(all), STR_ARG(part));
    }
    return all;
}

static struct str condition_words(struct arena *a, enum lang lang, const struct service_def *def,
                                  const struct service_condition *c)
{
    if (c->kind == SERVICE_ALL || c->kind == SERVICE_SOME)
        return parts_words(a, lang, def, c);
    if (c->kind != SERVICE_NOT)
        return question_words(a, lang, def, c);
    struct tr_arg args[] = { { "condition", condition_words(a, lang, def, c->parts[0]) } };
    return tr_fill(a, lang, MSGS("không phải ({condition})"), args, 1);
}

struct str services_condition_words(struct arena *a, enum lang lang, const struct service_def *def,
                                    const struct service_condition *when)
{
    return when ? condition_words(a, lang, def, when) : STR("");
}

struct str services_time_words(struct arena *a, enum lang lang, const struct service_def *def)
{
    struct tr_arg args[] = { { "n", str_fmt(a, "%d", def->days) },
                             { "hour", str_fmt(a, "%02d:%02d", def->same_day_before / 60, def->same_day_before % 60) } };
    if (def->days > 0)
        return tr_fill(a, lang, MSGS("{n} ngày làm việc"), args, 2);
    return def->same_day_before < 0
               ? tr(lang, MSGS("Trong ngày"))
               : tr_fill(a, lang, MSGS("Trong ngày; nhận sau {hour} thì trả ngày làm việc tiếp theo"), args, 2);
}

static struct str flags_words(struct arena *a, enum lang lang, const struct service_word *list, unsigned flags)
{
    struct str all = STR("");
    for (; list->word.p; list++)
        if (flags & (unsigned)list->value)
            all = str_fmt(a, "%.*s%s%.*s", STR_ARG(all), all.n ? "; " : "", STR_ARG(tr(lang, list->label)));
    return all;
}

struct str services_fallback_words(struct arena *a, enum lang lang, unsigned fallbacks)
{
    return flags_words(a, lang, service_fallbacks, fallbacks);
}

struct str services_delivery_words(struct arena *a, enum lang lang, unsigned delivery)
{
    return flags_words(a, lang, service_deliveries, delivery);
}

enum tag_kind service_level_tag(enum service_level l)
{
    return l == SERVICE_FULL ? TAG_ACCEPTED : l == SERVICE_PARTIAL ? TAG_SENT : TAG_PLAIN;
}
