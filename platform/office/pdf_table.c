/* pdf_table.c: tables: the heading again on every page; a row stays whole unless it is longer than a page. */
#include "platform/office/pdf_inside.h"

#define PAD 3.5 /* points between a cell's frame and its text */

enum { COLUMNS_MAX = 32 };

/* A row under way: each cell's layout and the first line that is not drawn yet. */
struct row {
    PangoLayout *cell[COLUMNS_MAX];
    int line[COLUMNS_MAX];
    double x[COLUMNS_MAX], width[COLUMNS_MAX];
    const char *tag[COLUMNS_MAX];
    size_t n;
};

static double column_width(const struct pdf *p, const struct document_table *t, size_t i)
{
    int whole = 0;
    for (size_t k = 0; k < t->n; k++)
        whole += t->columns[k].share;
    return (p->right - p->left) * t->columns[i].share / whole;
}

static void add_cell(struct pdf *p, struct row *r, enum document_style style, enum document_align align, struct str text,
                     double width)
{
    double x = r->n ? r->x[r->n - 1] + r->width[r->n - 1] : p->left;
    PangoLayout *l = pdf_layout(p, style, text, width - 2 * PAD);
    if (style == STYLE_CELL)
        pango_layout_set_alignment(l, align == ALIGN_CENTRE  ? PANGO_ALIGN_CENTER
                                      : align == ALIGN_RIGHT ? PANGO_ALIGN_RIGHT
                                                             : PANGO_ALIGN_LEFT);
    r->cell[r->n] = l;
    r->line[r->n] = 0;
    r->x[r->n] = x;
    r->width[r->n] = width;
    r->tag[r->n] = document_style(style)->tag;
    r->n++;
}

static struct row heading_of(struct pdf *p, const struct document_table *t)
{
    struct row r = { .n = 0 };
    for (size_t i = 0; i < t->n; i++)
        add_cell(p, &r, STYLE_CELL_HEAD, ALIGN_CENTRE, t->columns[i].title, column_width(p, t, i));
    return r;
}

static struct row row_of(struct pdf *p, const struct document_table *t, const struct table_row *from)
{
    struct row r = { .n = 0 };
    if (from->group) {
        add_cell(p, &r, STYLE_GROUP, ALIGN_LEFT, from->cell[0], p->right - p->left);
        return r;
    }
    for (size_t i = 0; i < t->n; i++)
        add_cell(p, &r, STYLE_CELL, t->columns[i].align, i < from->n ? from->cell[i] : STR(""), column_width(p, t, i));
    return r;
}

static void release(struct row *r)
{
    for (size_t i = 0; i < r->n; i++)
        g_object_unref(r->cell[i]);
}

static double height_of(const struct row *r)
{
    double most = 0;
    for (size_t i = 0; i < r->n; i++) {
        double h = pdf_layout_height(r->cell[i]);
        most = h > most ? h : most;
    }
    return most + 2 * PAD;
}

/* Lines of one cell from its next on, as many as fit; returns their height. */
static double show_cell(struct pdf *p, struct row *r, size_t i, double room)
{
    PangoLayoutIter *at = pango_layout_get_iter(r->cell[i]);
    double first = -1, end = 0;
    int line = 0;
    pdf_tag_begin(p, r->tag[i]);
    do {
        PangoRectangle box;
        if (line++ < r->line[i])
            continue;
        pango_layout_iter_get_line_extents(at, NULL, &box);
        double top = (double)box.y / PANGO_SCALE, bottom = top + (double)box.height / PANGO_SCALE;
        if (first < 0)
            first = top;
        else if (bottom - first > room)
            break;
        cairo_move_to(p->cr, r->x[i] + PAD + (double)box.x / PANGO_SCALE,
                      p->y + PAD + (double)pango_layout_iter_get_baseline(at) / PANGO_SCALE - first);
        pango_cairo_show_layout_line(p->cr, pango_layout_iter_get_line_readonly(at));
        end = bottom - first;
        r->line[i]++;
    } while (pango_layout_iter_next_line(at));
    pdf_tag_end(p);
    pango_layout_iter_free(at);
    return end;
}

static void frame(struct pdf *p, const struct row *r, double height)
{
    cairo_set_line_width(p->cr, 0.5);
    for (size_t i = 0; i < r->n; i++)
        cairo_rectangle(p->cr, r->x[i], p->y, r->width[i], height);
    cairo_stroke(p->cr);
}

/* As much of the row as the page takes. */
static void show_slice(struct pdf *p, struct row *r)
{
    double room = p->bottom - p->y - 2 * PAD, height = 0;
    for (size_t i = 0; i < r->n; i++) {
        double h = show_cell(p, r, i, room);
        height = h > height ? h : height;
    }
    frame(p, r, height + 2 * PAD);
    p->y += height + 2 * PAD;
}

static bool is_shown(const struct row *r)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->line[i] < pango_layout_get_line_count(r->cell[i]))
            return false;
    return true;
}

static void show_whole(struct pdf *p, struct row *r)
{
    pdf_tag_begin(p, "TR");
    show_slice(p, r);
    pdf_tag_end(p);
}

static void show_heading(struct pdf *p, const struct document_table *t)
{
    struct row head = heading_of(p, t);
    show_whole(p, &head);
    release(&head);
}

static void turn_page(struct pdf *p, const struct document_table *t)
{
    pdf_new_page(p);
    show_heading(p, t);
}

/* `keep`: a group's name stays with the row that follows. */
static void show_row(struct pdf *p, const struct document_table *t, struct row *r, double keep)
{
    double height = height_of(r);
    if (p->y + height + keep > p->bottom)
        turn_page(p, t);
    pdf_tag_begin(p, "TR");
    show_slice(p, r);
    pdf_tag_end(p);
    while (!is_shown(r)) {
        turn_page(p, t);
        show_whole(p, r);
    }
}

void pdf_table(struct pdf *p, const struct document_table *t)
{
    ASSERT(t->n <= COLUMNS_MAX);
    struct row head = heading_of(p, t);
    pdf_need(p, height_of(&head) + 40);
    release(&head);
    pdf_tag_begin(p, "Table");
    show_heading(p, t);
    for (size_t i = 0; i < t->rows.n; i++) {
        struct row r = row_of(p, t, &t->rows.v[i]);
        show_row(p, t, &r, t->rows.v[i].group ? 40 : 0);
        release(&r);
    }
    pdf_tag_end(p);
    p->y += 10;
}
