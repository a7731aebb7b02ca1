/* labels.c: see labels.h. */
#include "platform/office/labels.h"

#include "platform/office/fonts.h"
#include "platform/office/memory_file.h"
#include "platform/office/pdf_inside.h"
#include "platform/office/qr.h"

#include <cairo-pdf.h>
#include <stdlib.h>

/* Millimetres. */
enum { ACROSS = 2, DOWN = 5, LABEL_WIDTH = 90, LABEL_HEIGHT = 52, EDGE = 15, TOP = 18, QR_SIDE = 38, GAP = 4 };
enum { SHEET_MAX = 32 << 20 };

struct drawing {
    const struct label_sheet *sheet;
    const struct qr *codes; /* of each label; width 0: its text does not fit */
    cairo_t *cr;
    PangoContext *context;
};

static double points(double mm)
{
    return mm * POINTS_PER_MM;
}

/* Draws a line of text that may wrap, and gives the height it took. */
static double put_text(struct drawing *d, struct str text, double size, bool bold, double x, double y, double width)
{
    PangoLayout *l = pango_layout_new(d->context);
    PangoFontDescription *font = pango_font_description_new();
    PangoRectangle r;
    pango_font_description_set_family(font, FONT_FAMILY);
    pango_font_description_set_size(font, (int)(size * PANGO_SCALE));
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(l, font);
    pango_font_description_free(font);
    pango_layout_set_width(l, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(l, text.p ? text.p : "", (int)text.n);
    cairo_tag_begin(d->cr, "P", NULL);
    cairo_move_to(d->cr, x, y);
    pango_cairo_show_layout(d->cr, l);
    cairo_tag_end(d->cr, "P");
    pango_layout_get_extents(l, NULL, &r);
    g_object_unref(l);
    return text.n > 0 ? (double)r.height / PANGO_SCALE : 0;
}

static void put_qr(struct drawing *d, const struct qr *q, double x, double y)
{
    double module = points(QR_SIDE) / (q->width + 2 * QR_QUIET);
    cairo_tag_begin(d->cr, "Figure", NULL);
    for (int row = 0; row < q->width; row++)
        for (int column = 0; column < q->width; column++)
            if (qr_is_dark(q, column, row))
                cairo_rectangle(d->cr, x + (column + QR_QUIET) * module, y + (row + QR_QUIET) * module, module, module);
    cairo_fill(d->cr);
    cairo_tag_end(d->cr, "Figure");
}

static void put_label(struct drawing *d, size_t i, double x, double y)
{
    const struct label *l = &d->sheet->v[i];
    double left = x + points(QR_SIDE + GAP), width = points(LABEL_WIDTH - QR_SIDE - 2 * GAP), at = y + points(GAP);
    cairo_set_line_width(d->cr, 0.5);
    cairo_rectangle(d->cr, x, y, points(LABEL_WIDTH), points(LABEL_HEIGHT)); /* where the scissors go */
    cairo_stroke(d->cr);
    if (d->codes[i].width > 0)
        put_qr(d, &d->codes[i], x + points(1), y + points(GAP));
    at += put_text(d, l->title, 10, false, left, at, width);
    at += put_text(d, l->code, 15, true, left, at, width) + points(1);
    for (size_t k = 0; k < LABEL_LINES; k++)
        at += put_text(d, l->lines[k], 10, false, left, at, width);
    cairo_set_source_rgb(d->cr, 0.7, 0, 0.1);
    put_text(d, d->sheet->mode, 8, false, x + points(GAP), y + points(LABEL_HEIGHT - GAP), points(LABEL_WIDTH - 2 * GAP));
    cairo_set_source_rgb(d->cr, 0, 0, 0);
}

static void draw(struct drawing *d)
{
    enum { A_PAGE = ACROSS * DOWN };
    for (size_t i = 0; i < d->sheet->n; i++) {
        size_t place = i % A_PAGE;
        if (i > 0 && place == 0)
            cairo_show_page(d->cr);
        if (i == 0)
            cairo_tag_begin(d->cr, "Document", NULL);
        put_label(d, i, points(EDGE + (double)(place % ACROSS) * LABEL_WIDTH), points(TOP + (double)(place / ACROSS) * LABEL_HEIGHT));
    }
    if (d->sheet->n > 0)
        cairo_tag_end(d->cr, "Document");
    cairo_show_page(d->cr);
}

static cairo_status_t put_bytes(void *file, const unsigned char *bytes, unsigned n)
{
    return memory_file_put(file, bytes, n) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* NUL-ended, from the arena. */
struct properties {
    const char *title, *author, *made;
};

/* From here to the end no arena is touched: a jump over cairo would leave its objects behind. */
static int draw_into(struct drawing *d, const struct properties *about, struct memory_file *file, struct err *e)
{
    PangoFontMap *fonts = fonts_of_thread(e);
    if (!fonts)
        return -1;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(put_bytes, file, points(PAGE_SHORT), points(PAGE_LONG));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, about->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, about->author);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "bon");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, about->made);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, about->made);
    d->cr = cairo_create(surface);
    d->context = pango_font_map_create_context(fonts);
    pango_context_set_language(d->context, pango_language_from_string("vi"));
    pango_cairo_update_context(d->cr, d->context);
    draw(d);
    g_object_unref(d->context);
    cairo_status_t drawn = cairo_status(d->cr);
    cairo_destroy(d->cr);
    cairo_surface_finish(surface);
    cairo_status_t written = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS)
        return ERR(e, file->failed ? ERR_TOO_LARGE : ERR_INTERNAL, "labels: %s",
                   cairo_status_to_string(drawn != CAIRO_STATUS_SUCCESS ? drawn : written));
    return 0;
}

/* As cairo takes a moment: no fraction of a second. */
static struct str moment(struct arena *a, struct instant t)
{
    struct day day;
    int hour, minute, second;
    instant_local(t, &day, &hour, &minute, &second);
    return str_fmt(a, "%.*sT%02d:%02d:%02d+07:00", STR_ARG(day_iso(a, day)), hour, minute, second);
}

int labels_pdf(const struct label_sheet *s, struct arena *a, struct str *out, struct err *e)
{
    struct memory_file file = { .max = SHEET_MAX };
    struct qr *codes = arena_new_array(a, struct qr, s->n);
    struct drawing d = { .sheet = s, .codes = codes };
    struct properties about = { str_cstr(a, s->title), str_cstr(a, s->author), str_cstr(a, moment(a, s->made)) };
    struct str drawn;
    for (size_t i = 0; i < s->n; i++)
        if (!qr_make(a, s->v[i].qr, &codes[i]))
            codes[i].width = 0;
    if (draw_into(&d, &about, &file, e)) {
        free(file.out);
        return -1;
    }
    if (memory_file_take(&file, a, &drawn))
        return ERR(e, ERR_TOO_LARGE, "no room for a sheet of labels");
    return pdf_complete(a, drawn, out, e);
}
