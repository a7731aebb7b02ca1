/* pdf_inside.h: what the files that draw a document share. Nothing here takes memory from an arena while cairo and pango are
 * about: a jump over them would leave their objects behind.
 */
#ifndef BON_PLATFORM_OFFICE_PDF_INSIDE_H
#define BON_PLATFORM_OFFICE_PDF_INSIDE_H

#include "platform/office/document_style.h"

#include <pango/pangocairo.h>

#define POINTS_PER_MM (72 / 25.4)

enum { TAGS_MAX = 8 };

struct pdf {
    const struct document *d;
    const struct document_words *words;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoContext *context;
    bool sideways, sideways_next;
    double width, height;       /* of the page, points */
    double left, right, bottom; /* edges of the text */
    double y;                   /* where the next thing goes */
    int page;                   /* 0: none begun */
    const char *tags[TAGS_MAX]; /* open structure elements, outermost first */
    size_t n_tags;
};

/* Structure of the text. What is open when a page ends is closed and opened again behind the next page's number, so that no screen
 * reader meets the number in the middle of a sentence. */
void pdf_tag_begin(struct pdf *p, const char *tag);
void pdf_tag_end(struct pdf *p);

/* One style in one width; the caller unrefs it. */
PangoLayout *pdf_layout(struct pdf *p, enum document_style style, struct str text, double width);
double pdf_layout_height(PangoLayout *l);
/* Draws all of it, tagged. */
void pdf_show(struct pdf *p, PangoLayout *l, const char *tag, double x, double y);
/* A line `share` as long as the layout's longest line, centred below it (underlines of agency, motto, subject). */
void pdf_rule(struct pdf *p, PangoLayout *l, double x, double width, double y, double share);

void pdf_new_page(struct pdf *p);
/* A new page unless this much room is left. */
void pdf_need(struct pdf *p, double room);
void pdf_text(struct pdf *p, enum document_style style, struct str text, double keep);

void pdf_head(struct pdf *p); /* pdf_head.c: agency, nation, number, date, title, addressees */
void pdf_foot(struct pdf *p); /* pdf_foot.c: receivers and signature */
void pdf_table(struct pdf *p, const struct document_table *t);
void pdf_qr(struct pdf *p, struct str text);

/* pdf_catalog.c: a finished PDF with its language, which cairo 1.16 cannot say, appended as an update. */
int pdf_complete(struct arena *a, struct str pdf, struct str *out, struct err *e);

#endif
