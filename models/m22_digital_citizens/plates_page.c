/* plates_page.c: the plates of a hamlet, the sheet to print, and what anybody reads who scans a plate: a place, and nobody's name. */
#include "models/m22_digital_citizens/plate.h"

#include "gen/digital_citizens_pages.h"
#include "platform/office/labels.h"

#include <string.h>

/* ---- a hamlet's plates ---- */

struct listing {
    struct req *q;
    struct plates_view *v;
    const struct digital_plates_of_hamlet_rows *have;
};

static int take_household(void *ctx, const struct resident_at *p)
{
    struct listing *l = ctx;
    struct plates_view *v = l->v;
    if (v->lines.n > 0 && v->lines.v[v->lines.n - 1].household == p->household)
        return 0;
    struct plate_line *line = vec_push(l->q->arena, &v->lines);
    line->household = p->household;
    line->household_code = str_dup(l->q->arena, p->code);
    for (size_t i = 0; i < l->have->n; i++)
        if (l->have->v[i].household == p->household)
            line->plate = l->have->v[i];
    v->mounted += line->plate.has_mounted_on;
    v->assigned += line->plate.id != 0 && !line->plate.has_mounted_on;
    v->without += line->plate.id == 0;
    return 0;
}

static int load(struct req *q, struct plates_view *v, struct err *e)
{
    struct digital_plates_of_hamlet_rows have;
    struct listing l = { q, v, &have };
    struct dbr *r = req_read(q, e);
    memset(v, 0, sizeof(*v));
    if (!r || hamlet_of_request(q, r, DIGITAL_VISIT, &v->hamlet, e) != 0 ||
        digital_plates_of_hamlet(r, q->arena, &(struct digital_plates_of_hamlet_in) { .hamlet = v->hamlet.id }, &have, e) != 0 ||
        hamlet_residents_each(r, q->arena, &v->hamlet, instant_day(q->now), take_household, &l, e) != 0)
        return -1;
    v->may_settle = req_may(q, DIGITAL_SETTLE, &v->hamlet.unit, 0) != NULL;
    v->key = req_form_key(q);
    return 0;
}

int plates_get(struct req *q, struct res *s, struct err *e)
{
    struct plates_view v;
    if (load(q, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    digital_plates_page(&h, &v);
    return 0;
}

/* ---- the sheet ---- */

static struct label label_of(struct req *q, const struct plates_view *v, const struct plate_line *line)
{
    return (struct label) { .qr = str_fmt(q->arena, "%s/address/%.*s", q->app->settings.base_url, STR_ARG(line->plate.code)),
                            .title = STR("ĐỊA CHỈ SỐ"),
                            .code = line->plate.code,
                            .lines = { v->hamlet.name, v->hamlet.commune, str_of(q->app->settings.site_name) } };
}

/* Those that wait to be hung. */
int plates_pdf(struct req *q, struct res *s, struct err *e)
{
    struct plates_view v;
    struct str pdf, mode = str_of(q->app->settings.mode);
    if (load(q, &v, e) != 0)
        return -1;
    if (v.assigned == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Chưa có biển nào chờ gắn ở thôn này. Xin cấp mã trước."), "no plates");
    struct label *labels = arena_new_array(q->arena, struct label, v.lines.n);
    struct label_sheet sheet = { .title = str_fmt(q->arena, "Biển địa chỉ số, %.*s", STR_ARG(v.hamlet.name)),
                                 .author = v.hamlet.commune,
                                 .mode = str_eq(mode, STR("THẬT")) ? STR("") : mode,
                                 .made = q->now,
                                 .v = labels };
    for (size_t i = 0; i < v.lines.n; i++)
        if (v.lines.v[i].plate.id != 0 && !v.lines.v[i].plate.has_mounted_on)
            labels[sheet.n++] = label_of(q, &v, &v.lines.v[i]);
    if (labels_pdf(&sheet, q->arena, &pdf, e) != 0 || res_download(q, s, "application/pdf", STR("bien-dia-chi-so.pdf")) != 0)
        return -1;
    res_body(q, s, pdf);
    return 0;
}

/* ---- for whoever scans one ---- */

int address_get(struct req *q, struct res *s, struct err *e)
{
    struct digital_plate_by_code_row plate;
    struct str code = req_param(q, "code");
    struct dbr *r = req_read(q, e);
    if (!plate_code_sound(code))
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Mã địa chỉ này không đúng. Xin đọc lại từng số trên biển."), "plate code");
    int got = r ? digital_plate_by_code(r, q->arena, &(struct digital_plate_by_code_in) { .code = code }, &plate, e) : -1;
    if (got == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Chưa cấp mã địa chỉ này cho nhà nào."), "plate code");
    if (got < 0)
        return -1;
    struct html h = res_html(q, s);
    digital_address_page(&h, &plate);
    return 0;
}
