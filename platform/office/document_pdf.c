/* document_pdf.c: a document on pages, through pango and cairo. */
#include "platform/office/pdf_inside.h"

#include "platform/office/fonts.h"
#include "platform/office/memory_file.h"

#include <cairo-pdf.h>
#include <stdio.h>
#include <stdlib.h>

enum { PDF_MAX = 32 << 20, NUMBER_MAX = 40 };

/* ---- structure ---- */

void pdf_tag_begin(struct pdf *p, const char *tag)
{
    ASSERT(p->n_tags < TAGS_MAX);
    cairo_tag_begin(p->cr, tag, NULL);
    p->tags[p->n_tags++] = tag;
}

void pdf_tag_end(struct pdf *p)
{
    ASSERT(p->n_tags > 0);
    cairo_tag_end(p->cr, p->tags[--p->n_tags]);
}

/* ---- pieces ---- */

static PangoAlignment pango_align(enum document_align a)
{
    return a == ALIGN_CENTRE ? PANGO_ALIGN_CENTER : a == ALIGN_RIGHT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

/* The number of a paper ("511/KH-UBND") stays on one line: no break between two blanks where a slash stands. */
static void keep_numbers_whole(PangoLayout *l, struct str text)
{
    PangoAttrList *list = pango_attr_list_new();
    for (size_t at = 0; at < text.n;) {
        struct str rest = str_from(text, at), word;
        str_cut(&rest, ' ', &word);
        if (str_find_char(word, '/') >= 0 && word.n <= NUMBER_MAX) {
            PangoAttribute *whole = pango_attr_allow_breaks_new(FALSE);
            whole->start_index = (guint)at;
            whole->end_index = (guint)(at + word.n);
            pango_attr_list_insert(list, whole);
        }
        at += word.n + 1;
    }
    pango_layout_set_attributes(l, list);
    pango_attr_list_unref(list);
}

PangoLayout *pdf_layout(struct pdf *p, enum document_style style, struct str text, double width)
{
    const struct text_style *s = document_style(style);
    PangoLayout *l = pango_layout_new(p->context);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, FONT_FAMILY);
    pango_font_description_set_size(font, (int)(s->size * PANGO_SCALE));
    pango_font_description_set_weight(font, s->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, s->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(l, font);
    pango_font_description_free(font);
    pango_layout_set_width(l, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(l, pango_align(s->align));
    pango_layout_set_justify(l, s->align == ALIGN_JUSTIFY);
    pango_layout_set_indent(l, (int)(s->first * POINTS_PER_MM * PANGO_SCALE));
    pango_layout_set_line_spacing(l, s->spacing == 1 ? 0 : (float)s->spacing);
    pango_layout_set_text(l, text.p ? text.p : "", (int)text.n);
    keep_numbers_whole(l, text);
    return l;
}

double pdf_layout_height(PangoLayout *l)
{
    PangoRectangle r;
    pango_layout_get_extents(l, NULL, &r);
    return (double)r.height / PANGO_SCALE;
}

void pdf_show(struct pdf *p, PangoLayout *l, const char *tag, double x, double y)
{
    pdf_tag_begin(p, tag);
    cairo_move_to(p->cr, x, y);
    pango_cairo_show_layout(p->cr, l);
    pdf_tag_end(p);
}

void pdf_rule(struct pdf *p, PangoLayout *l, double x, double width, double y, double share)
{
    PangoRectangle r;
    pango_layout_get_extents(l, NULL, &r);
    double length = (double)r.width / PANGO_SCALE * share;
    cairo_set_line_width(p->cr, 0.75);
    cairo_move_to(p->cr, x + (width - length) / 2, y);
    cairo_rel_line_to(p->cr, length, 0);
    cairo_stroke(p->cr);
}

/* ---- pages ---- */

static void put_margin_text(struct pdf *p, enum document_style style, struct str text)
{
    PangoLayout *l = pdf_layout(p, style, text, p->right - p->left);
    /* Private: no part of the text (ISO 32000-1, 14.8.4.2); cairo 1.16 has no word for an artifact. */
    pdf_show(p, l, "Private", p->left, MARGIN_TOP * POINTS_PER_MM / 2 - pdf_layout_height(l) / 2);
    g_object_unref(l);
}

/* The number stands in the middle of the top margin, from the second page on; the mode, where it is not the real one, always. */
static void furnish_page(struct pdf *p)
{
    char number[16];
    int n = snprintf(number, sizeof number, "%d", p->page);
    if (p->page > 1)
        put_margin_text(p, STYLE_PAGE_NUMBER, (struct str) { number, (size_t)n });
    if (!p->d->mode.n)
        return;
    cairo_set_source_rgb(p->cr, 0.7, 0, 0.1);
    put_margin_text(p, STYLE_MODE, p->d->mode);
    cairo_set_source_rgb(p->cr, 0, 0, 0);
}

/* Of the sheet, upright, in points. */
static double sheet_short(const struct document *d)
{
    return (d->half ? HALF_SHORT : PAGE_SHORT) * POINTS_PER_MM;
}
static double sheet_long(const struct document *d)
{
    return (d->half ? HALF_LONG : PAGE_LONG) * POINTS_PER_MM;
}
static double scale_of(const struct document *d)
{
    return d->half ? HALF_SCALE : 1;
}

static void begin_page(struct pdf *p)
{
    double wide = p->sideways_next ? sheet_long(p->d) : sheet_short(p->d), high = p->sideways_next ? sheet_short(p->d) : sheet_long(p->d);
    p->page++;
    p->sideways = p->sideways_next;
    p->width = wide / scale_of(p->d);
    p->height = high / scale_of(p->d);
    p->left = (p->d->half ? HALF_MARGIN_LEFT : MARGIN_LEFT) * POINTS_PER_MM;
    p->right = p->width - MARGIN_RIGHT * POINTS_PER_MM;
    p->bottom = p->height - MARGIN_BOTTOM * POINTS_PER_MM;
    p->y = MARGIN_TOP * POINTS_PER_MM;
    cairo_pdf_surface_set_size(p->surface, wide, high); /* forgets what was drawn since the last page, tags too */
    if (p->page == 1)
        pdf_tag_begin(p, "Document");
    furnish_page(p);
}

void pdf_new_page(struct pdf *p)
{
    const char *open[TAGS_MAX];
    size_t n = p->n_tags;
    while (p->n_tags > 1) { /* all but the document itself */
        open[p->n_tags - 1] = p->tags[p->n_tags - 1];
        pdf_tag_end(p);
    }
    if (p->page > 0)
        cairo_show_page(p->cr);
    begin_page(p);
    while (p->n_tags < n)
        pdf_tag_begin(p, open[p->n_tags]);
}

void pdf_need(struct pdf *p, double room)
{
    if (p->page == 0 || p->y + room > p->bottom)
        pdf_new_page(p);
}

/* ---- running text ---- */

/* Line by line, so that it may go on over the next page; never one line alone at the foot of a page. */
static void show_lines(struct pdf *p, PangoLayout *l, double x)
{
    PangoLayoutIter *i = pango_layout_get_iter(l);
    int line = 0, lines = pango_layout_get_line_count(l);
    double page_start = p->y, used = 0; /* height of the lines on earlier pages */
    do {
        PangoRectangle r;
        pango_layout_iter_get_line_extents(i, NULL, &r);
        double height = (double)r.height / PANGO_SCALE, top = (double)r.y / PANGO_SCALE;
        bool first_of_many = line == 0 && lines > 1;
        if (page_start + top - used + height * (first_of_many ? 2 : 1) > p->bottom) {
            pdf_new_page(p);
            page_start = p->y;
            used = top;
        }
        cairo_move_to(p->cr, x + (double)r.x / PANGO_SCALE,
                      page_start - used + (double)pango_layout_iter_get_baseline(i) / PANGO_SCALE);
        pango_cairo_show_layout_line(p->cr, pango_layout_iter_get_line_readonly(i));
        p->y = page_start - used + top + height;
        line++;
    } while (pango_layout_iter_next_line(i));
    pango_layout_iter_free(i);
}

/* keep: room that must be left behind it on the same page (a heading does not end a page). */
void pdf_text(struct pdf *p, enum document_style style, struct str text, double keep)
{
    const struct text_style *s = document_style(style);
    double left = p->left + s->left * POINTS_PER_MM;
    PangoLayout *l = pdf_layout(p, style, text, p->right - left);
    p->y += s->before;
    pdf_need(p, keep > 0 ? pdf_layout_height(l) + keep : 0);
    pdf_tag_begin(p, s->tag);
    show_lines(p, l, left);
    pdf_tag_end(p);
    p->y += s->after;
    g_object_unref(l);
}

/* Items that follow each other are one list; what a screen reader says is "list of three". */
static bool is_item(const struct document *d, size_t i)
{
    return i < d->blocks.n && d->blocks.v[i].kind == BLOCK_ITEM;
}

static void item(struct pdf *p, size_t i)
{
    if (i == 0 || !is_item(p->d, i - 1))
        pdf_tag_begin(p, "L");
    pdf_text(p, STYLE_ITEM, p->d->blocks.v[i].text, 0);
    if (!is_item(p->d, i + 1))
        pdf_tag_end(p);
}

/* What must not be the last thing on a page: headings and what stands above a table. Points that are to follow. */
static double room_behind(enum block_kind kind)
{
    return kind == BLOCK_HEADING                                                                              ? 40
           : kind == BLOCK_CAPTION || kind == BLOCK_APPENDIX || kind == BLOCK_TITLE || kind == BLOCK_ATTACHED ? 60
                                                                                                              : 0;
}

static void block(struct pdf *p, size_t i)
{
    const struct document_block *b = &p->d->blocks.v[i];
    switch (b->kind) {
    case BLOCK_ITEM:
        item(p, i);
        break;
    case BLOCK_TABLE:
        pdf_table(p, b->table);
        break;
    case BLOCK_QR:
        pdf_qr(p, b->text);
        break;
    case BLOCK_SIDEWAYS:
    case BLOCK_UPRIGHT:
        p->sideways_next = b->kind == BLOCK_SIDEWAYS;
        pdf_new_page(p);
        break;
    case BLOCK_SIGNATURE:
        pdf_foot(p);
        break;
    default:
        pdf_text(p, document_block_style(b), b->text, room_behind(b->kind));
    }
}

static void draw(struct pdf *p)
{
    pdf_new_page(p);
    pdf_head(p);
    for (size_t i = 0; i < p->d->blocks.n; i++)
        block(p, i);
    if (!document_has_signature_block(p->d))
        pdf_foot(p);
    pdf_tag_end(p);
    cairo_show_page(p->cr);
}

/* ---- the file ---- */

static cairo_status_t put_bytes(void *file, const unsigned char *bytes, unsigned n)
{
    return memory_file_put(file, bytes, n) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* NUL-ended, from the arena. */
struct properties {
    const char *title, *author, *made;
};

static void set_properties(cairo_surface_t *s, const struct properties *about)
{
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, about->title);
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_AUTHOR, about->author);
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATOR, "bon");
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, about->made);
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_MOD_DATE, about->made);
}

/* From here to the end no arena is touched. */
static int draw_into(const struct document *d, const struct document_words *words, const struct properties *about,
                     struct memory_file *file, struct err *e)
{
    PangoFontMap *fonts = fonts_of_thread(e);
    if (!fonts)
        return -1;
    struct pdf p = { .d = d, .words = words };
    p.surface = cairo_pdf_surface_create_for_stream(put_bytes, file, sheet_short(d), sheet_long(d));
    p.cr = cairo_create(p.surface);
    cairo_scale(p.cr, scale_of(d), scale_of(d));
    p.context = pango_font_map_create_context(fonts);
    pango_context_set_language(p.context, pango_language_from_string("vi"));
    pango_cairo_update_context(p.cr, p.context);
    set_properties(p.surface, about);
    draw(&p);
    g_object_unref(p.context);
    cairo_status_t drawn = cairo_status(p.cr);
    cairo_destroy(p.cr);
    cairo_surface_finish(p.surface);
    cairo_status_t written = cairo_surface_status(p.surface);
    cairo_surface_destroy(p.surface);
    if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS)
        return ERR(e, file->failed ? ERR_TOO_LARGE : ERR_INTERNAL, "PDF: %s",
                   cairo_status_to_string(drawn != CAIRO_STATUS_SUCCESS ? drawn : written));
    return 0;
}

int document_pdf(const struct document *d, struct arena *a, struct str *out, struct err *e)
{
    struct memory_file file = { .max = PDF_MAX };
    struct document_words words;
    struct str drawn;
    document_words(d, a, &words);
    struct properties about = { str_cstr(a, words.title), str_cstr(a, words.author), str_cstr(a, words.made) };
    if (draw_into(d, &words, &about, &file, e)) {
        free(file.out);
        return -1;
    }
    if (memory_file_take(&file, a, &drawn))
        return ERR(e, ERR_TOO_LARGE, "no room for a PDF");
    return pdf_complete(a, drawn, out, e);
}
