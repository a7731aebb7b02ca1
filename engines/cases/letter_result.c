/* letter_result.c: what was applied for, printed from the template of the service's version and the answers as they were filed. */
#include "engines/cases/letter_paper.h"

#include "base/text.h"
#include "engines/services/services.h"

static const struct table_column columns[] = { { STR_INIT("Nội dung"), 2, ALIGN_LEFT },
                                               { STR_INIT("Chi tiết"), 3, ALIGN_LEFT } };

static void put_block(const struct service_answers *s, const struct service_block *b, struct document *d)
{
    if (b->paragraph.p) {
        document_paragraph(d, services_fill(s, b->paragraph));
        return;
    }
    struct document_table *t = document_table(d, columns, 2);
    for (size_t i = 0; i < b->n_rows; i++) {
        table_row(t);
        table_cell(t, services_fill(s, b->rows[i][0]));
        table_cell(t, services_fill(s, b->rows[i][1]));
    }
}

static void put_frame(const struct app *app, struct arena *a, const struct service_def *def, const struct case_view *c,
                      const struct case_letter *l, struct str place, struct document *d)
{
    document_init(d, a);
    d->above = str_eq(place, STR("")) ? STR("") : STR("ỦY BAN NHÂN DÂN");
    d->agency = text_upper(a, place.n ? place : cases_state(app)->province_name);
    d->number = c->number_text;
    d->place = cases_state(app)->capital;
    d->on = instant_day(l->at);
    d->kind = text_upper(a, def->result.name);
    d->mode = str_eq(c->mode, STR("THẬT")) ? STR_NONE : c->mode;
    d->made = l->at;
    document_authority(d, def->result.signer_title.n ? def->result.signer_title : STR("NGƯỜI KÝ"));
    d->signer = l->account ? l->name : STR_NONE;
}

int case_result_document(const struct app *app, struct dbr *r, struct arena *a, const struct case_view *c,
                         const struct case_letter *l, struct str place, struct document *d, struct err *e)
{
    struct service_answers s;
    struct str json;
    const struct service_def *def = services_version((struct app *)app, r, c->service.version_id, e);
    if (!def)
        return -1;
    if (def->result.name.n == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Thủ tục này không có mẫu kết quả để in."), "%.*s has no result",
                       STR_ARG(def->code));
    int got = case_answers_of(r, a, c->id, &json, e);
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "no answers of case %lld", (long long)c->id);
    services_answers_init(&s, a, def, instant_day(c->made_at));
    if (services_answers_read(&s, json, e))
        return -1;
    put_frame(app, a, def, c, l, place, d);
    for (size_t i = 0; i < def->result.n_blocks; i++)
        put_block(&s, &def->result.blocks[i], d);
    return 0;
}
