/* labels.c: what the large buttons are called in the languages of the province's peoples, where the pack has it from somebody who speaks
 * them: packs/NAME/kiosk-labels.csv, "key,lang,label,source". Nothing is made up: a label that is not there is not shown.
 */
#include "models/m02_kiosk/kiosk.h"

#include "base/csv.h"
#include "engines/people/pack.h"

enum { KEY, LANGUAGE, LABEL, SOURCE, COLUMNS_ };

int kiosk_labels_read(struct arena *a, struct str text, struct kiosk_labels *out, struct err *e)
{
    static const char *const names[COLUMNS_] = { "key", "lang", "label", "source" };
    VEC(struct kiosk_label) labels = { 0 };
    struct csv c;
    struct csv_row row;
    size_t at[COLUMNS_];
    int got;
    csv_init(&c, text, NULL);
    if (csv_columns(&c, a, names, COLUMNS_, at, e))
        return -1;
    while ((got = csv_next(&c, a, &row, e)) == 1) {
        struct kiosk_label l = { csv_cell(&row, at[KEY]), csv_cell(&row, at[LANGUAGE]), csv_cell(&row, at[LABEL]) };
        if (l.key.n == 0 || l.lang.n == 0 || l.text.n == 0 || csv_cell(&row, at[SOURCE]).n == 0)
            return ERR(e, ERR_INPUT, "kiosk-labels.csv row %lld: key, lang, label and source are all needed", (long long)row.number);
        *vec_push(a, &labels) = l;
    }
    *out = (struct kiosk_labels) { labels.v, labels.n };
    return got;
}

const struct kiosk_labels *kiosk_labels_of(const struct app *app)
{
    return app_engine(app, "kiosk");
}

int kiosk_start(struct app *app, struct err *e)
{
    void **slot = app_engine_slot(app, "kiosk");
    struct kiosk_labels *labels = arena_new(&app->arena, struct kiosk_labels);
    struct str text;
    struct err why = { 0 };
    *slot = labels;
    if (pack_file(&app->arena, app->settings.pack_dir, "kiosk-labels.csv", &text, &why) == 0)
        return kiosk_labels_read(&app->arena, text, labels, e);
    if (why.code == ERR_NOT_FOUND)
        return 0;
    return ERR(e, why.code, "%s", why.detail);
}
