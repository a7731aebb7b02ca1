/* document.h: an administrative paper as its parts, before anyone thinks of pages: head, blocks, signature, receivers. One
 * document is rendered as PDF (document_pdf) and as DOCX (document_docx); both lay it out as NĐ 30/2020/NĐ-CP, appendix I asks.
 *
 *     struct document d;
 *     document_init(&d, a);
 *     d.above = STR("UBND TỈNH ĐẮK NÔNG"); d.agency = …; d.kind = STR("BÁO CÁO"); d.about = …; d.place = …; d.on = …;
 *     document_to(&d, STR("Bộ Công an"));
 *     document_heading(&d, 1, STR("Kết quả chung"));            // "I. Kết quả chung": numbers are put here
 *     document_paragraph(&d, …);
 *     struct document_table *t = document_table(&d, columns, 4);
 *     table_row(t); table_cell(t, …) …
 *     document_pdf(&d, a, &bytes, &e);
 *
 * Texts are Vietnamese and stand as they are; nothing here translates. All of them are borrowed until the document is rendered.
 */
#ifndef BON_PLATFORM_OFFICE_DOCUMENT_H
#define BON_PLATFORM_OFFICE_DOCUMENT_H

#include "base/date.h"
#include "base/err.h"
#include "base/vec.h"

enum document_align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT, ALIGN_JUSTIFY };

struct table_column {
    struct str title;
    int share; /* of the width: the columns' shares together are the whole */
    enum document_align align;
};

struct table_row {
    bool group; /* one cell over the whole width: the name of the rows that follow */
    struct str *cell;
    size_t n;
};

struct document_table {
    const struct table_column *columns;
    size_t n;
    VEC(struct table_row) rows;
    struct arena *arena;
};

enum block_kind {
    BLOCK_BASIS, /* "Căn cứ …": slanted */
    BLOCK_PARAGRAPH,
    BLOCK_HEADING,
    BLOCK_ITEM,    /* of a list: "- " in front */
    BLOCK_CAPTION, /* above a table */
    BLOCK_TABLE,
    BLOCK_QR,       /* text: what the code says; the next paragraph explains it */
    BLOCK_SIDEWAYS, /* the pages from here on lie on their side, for wide tables */
    BLOCK_UPRIGHT,
    BLOCK_SIGNATURE, /* receivers and signature stand here, before the appendices; without it, at the end */
    BLOCK_APPENDIX,  /* "Phụ lục I" */
    BLOCK_TITLE,     /* its title */
    BLOCK_ATTACHED,  /* "(Kèm theo Báo cáo số …)" */
};

struct document_block {
    enum block_kind kind;
    int level; /* BLOCK_HEADING: 1 to 3 */
    struct str text;
    struct document_table *table;
};

typedef VEC(struct str) document_texts;

struct document {
    struct arena *arena;
    struct str above, agency; /* upper case, as printed, with line breaks where they are wanted; above may be empty */
    struct str number;        /* "12/BC-TCTĐA06"; empty: room to write it by hand */
    struct str place;         /* "Gia Nghĩa" */
    struct day on;
    struct str form;   /* above everything, at the right: "Mẫu số 01", with line breaks; empty: the paper has no form */
    struct str kind;   /* "BÁO CÁO"; empty: a letter, whose about stands below the number */
    struct str about;  /* trích yếu */
    document_texts to; /* kính gửi */
    VEC(struct document_block) blocks;
    document_texts authority; /* lines above the signature: "TM. TỔ CÔNG TÁC", "KT. TỔ TRƯỞNG", "TỔ PHÓ" */
    struct str signer;        /* name; may be empty */
    document_texts receivers; /* nơi nhận, without dash and semicolon: "Bộ Công an (để b/c)"; the last is "Lưu: VT" */
    bool half;                /* on A5, letters in proportion: the forms of the one-stop desk. PDF only: DOCX stays A4 */
    struct str mode;          /* "MÔ PHỎNG", "THỬ": on every page; empty: a real paper */
    struct instant made;      /* in the file's properties; the same document and moment give the same bytes */
    int counters[3];
};

void document_init(struct document *d, struct arena *a);
void document_to(struct document *d, struct str who);
void document_basis(struct document *d, struct str text);
void document_paragraph(struct document *d, struct str text);
void document_heading(struct document *d, int level, struct str text);
void document_item(struct document *d, struct str text);
void document_caption(struct document *d, struct str text);
void document_qr(struct document *d, struct str text);
void document_sideways(struct document *d);
void document_upright(struct document *d);
void document_signature(struct document *d);
/* name "Phụ lục I", title in capitals, the paper that it belongs to in brackets. */
void document_appendix(struct document *d, struct str name, struct str title, struct str attached);
void document_authority(struct document *d, struct str line);
void document_receiver(struct document *d, struct str who);

/* columns is borrowed. */
struct document_table *document_table(struct document *d, const struct table_column *columns, size_t n);
void table_row(struct document_table *t);
void table_cell(struct document_table *t, struct str text); /* STR_NONE: empty; no more cells than columns */
void table_group(struct document_table *t, struct str text);

/* Fixed words, and lines made of the above. */
struct str document_nation(void);
struct str document_motto(void);
struct str document_date(struct arena *a, struct str place, struct day on); /* "Gia Nghĩa, ngày 08 tháng 01 năm 2024" */

/* ---- rendering: off the hot path (.slow routes, jobs, commands): tens of milliseconds ---- */
/* Text can be searched and copied; structure is tagged for screen readers; the typeface is in the file. */
int document_pdf(const struct document *d, struct arena *a, struct str *out, struct err *e);
int document_docx(const struct document *d, struct arena *a, struct str *out, struct err *e);

/* The typeface of papers, or a refusal that names the Debian package: asked at start, so that no paper comes out broken. */
int document_fonts_check(struct err *e);

#endif
