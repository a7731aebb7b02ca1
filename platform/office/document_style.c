/* document_style.c: see document_style.h. One row a style, under the decree's range. */
#include "platform/office/document_style.h"

/* clang-format off */
static const struct text_style styles[STYLES_] = {
    /*                      id             size  bold   italic align          first left  before after spacing tag outline */
    /* [1] 12–13, upper case, bold */
    [STYLE_NATION]       = { "QuocHieu",   12,   true,  false, ALIGN_CENTRE,  0,    0,    0,     0,    1.0,  "P",  0 },
    /* [1] 13–14, bold */
    [STYLE_MOTTO]        = { "TieuNgu",    13,   true,  false, ALIGN_CENTRE,  0,    0,    0,     0,    1.0,  "P",  0 },
    /* [2] 12–13, upper case */
    [STYLE_ABOVE]        = { "CapTren",    12,   false, false, ALIGN_CENTRE,  0,    0,    0,     0,    1.0,  "P",  0 },
    /* [2] 12–13, upper case, bold */
    [STYLE_AGENCY]       = { "CoQuan",     12,   true,  false, ALIGN_CENTRE,  0,    0,    0,     0,    1.0,  "P",  0 },
    /* [3] 13 */
    [STYLE_NUMBER]       = { "SoKyHieu",   13,   false, false, ALIGN_CENTRE,  0,    0,    6,     0,    1.0,  "P",  0 },
    /* [4] 13–14, slanted */
    [STYLE_DATE]         = { "DiaDanh",    13,   false, true,  ALIGN_CENTRE,  0,    0,    6,     0,    1.0,  "P",  0 },
    /* [5a] 13–14, upper case, bold */
    [STYLE_KIND]         = { "TenLoai",    14,   true,  false, ALIGN_CENTRE,  0,    0,    18,    0,    1.0,  "H1", 0 },
    /* [5a] 13–14, bold */
    [STYLE_ABOUT]        = { "TrichYeu",   14,   true,  false, ALIGN_CENTRE,  0,    0,    0,     0,    1.0,  "P",  0 },
    /* [5b] 12–13 */
    [STYLE_ABOUT_LETTER] = { "TrichYeuCV", 12,   false, false, ALIGN_CENTRE,  0,    0,    6,     0,    1.0,  "P",  0 },
    /* [9a] 13–14 */
    [STYLE_TO]           = { "KinhGui",    14,   false, false, ALIGN_LEFT,    0,    15,   6,     0,    1.0,  "P",  0 },
    [STYLE_TO_ONE]       = { "KinhGuiDs",  14,   false, false, ALIGN_LEFT,    0,    40,   0,     0,    1.0,  "P",  0 },
    /* [6] 13–14, slanted */
    [STYLE_BASIS]        = { "CanCu",      14,   false, true,  ALIGN_JUSTIFY, 10,   0,    0,     6,    1.1,  "P",  0 },
    /* [6] 13–14; first line 1 or 1.27 cm; 6 pt between */
    [STYLE_BODY]         = { "NoiDung",    14,   false, false, ALIGN_JUSTIFY, 10,   0,    0,     6,    1.1,  "P",  0 },
    /* [6] 13–14, bold */
    [STYLE_HEADING_1]    = { "Muc1",       14,   true,  false, ALIGN_LEFT,    10,   0,    6,     6,    1.1,  "H2", 1 },
    [STYLE_HEADING_2]    = { "Muc2",       14,   true,  false, ALIGN_LEFT,    10,   0,    0,     6,    1.1,  "H3", 2 },
    [STYLE_HEADING_3]    = { "Muc3",       14,   false, true,  ALIGN_LEFT,    10,   0,    0,     6,    1.1,  "H4", 3 },
    [STYLE_ITEM]         = { "GachDong",   14,   false, false, ALIGN_JUSTIFY, 10,   0,    0,     6,    1.1,  "LI", 0 },
    [STYLE_CAPTION]      = { "TenBang",    13,   true,  false, ALIGN_CENTRE,  0,    0,    6,     6,    1.0,  "P",  0 },
    /* [10] 14, bold */
    [STYLE_APPENDIX]     = { "PhuLuc",     14,   true,  false, ALIGN_CENTRE,  0,    0,    0,     0,    1.0,  "H2", 1 },
    /* [10] 13–14, upper case, bold */
    [STYLE_TITLE]        = { "TenPhuLuc",  14,   true,  false, ALIGN_CENTRE,  0,    0,    0,     0,    1.0,  "P",  0 },
    /* [10] 13–14, slanted */
    [STYLE_ATTACHED]     = { "KemTheo",    13,   false, true,  ALIGN_CENTRE,  0,    0,    0,     8,    1.0,  "P",  0 },
    [STYLE_CELL_HEAD]    = { "DauBang",    11,   true,  false, ALIGN_CENTRE,  0,    0,    0,     0,    1.0,  "TH", 0 },
    [STYLE_CELL]         = { "OBang",      11,   false, false, ALIGN_LEFT,    0,    0,    0,     0,    1.0,  "TD", 0 },
    [STYLE_GROUP]        = { "NhomBang",   11,   true,  false, ALIGN_LEFT,    0,    0,    0,     0,    1.0,  "TH", 0 },
    /* [9b] 12, bold, slanted */
    [STYLE_RECEIVERS]    = { "NoiNhan",    12,   true,  true,  ALIGN_LEFT,    0,    0,    0,     0,    1.0,  "P",  0 },
    /* [9b] 11 */
    [STYLE_RECEIVER]     = { "NoiNhanDs",  11,   false, false, ALIGN_LEFT,    0,    0,    0,     0,    1.0,  "P",  0 },
    /* [7a] 13–14, upper case, bold */
    [STYLE_AUTHORITY]    = { "QuyenHan",   14,   true,  false, ALIGN_CENTRE,  0,    0,    0,     0,    1.0,  "P",  0 },
    /* [7b] 13–14, bold */
    [STYLE_SIGNER]       = { "NguoiKy",    14,   true,  false, ALIGN_CENTRE,  0,    0,    0,     0,    1.0,  "P",  0 },
    /* [I.7] 13–14, top centre, not on the first page */
    [STYLE_PAGE_NUMBER]  = { "SoTrang",    13,   false, false, ALIGN_CENTRE,  0,    0,    0,     0,    1.0,  "P",  0 },
    [STYLE_MODE]         = { "CheDo",      10,   true,  false, ALIGN_LEFT,    0,    0,    0,     0,    1.0,  "P",  0 },
    /* of the forms that a circular prints: its number, small, at the right */
    [STYLE_FORM]         = { "MauSo",      11,   false, true,  ALIGN_RIGHT,   0,    0,    0,     6,    1.0,  "P",  0 },
};
/* clang-format on */

const struct text_style *document_style(enum document_style s)
{
    return &styles[s];
}

enum document_style document_block_style(const struct document_block *b)
{
    switch (b->kind) {
    case BLOCK_BASIS:
        return STYLE_BASIS;
    case BLOCK_PARAGRAPH:
        return STYLE_BODY;
    case BLOCK_HEADING:
        return (enum document_style)(STYLE_HEADING_1 + b->level - 1);
    case BLOCK_ITEM:
        return STYLE_ITEM;
    case BLOCK_CAPTION:
        return STYLE_CAPTION;
    case BLOCK_APPENDIX:
        return STYLE_APPENDIX;
    case BLOCK_TITLE:
        return STYLE_TITLE;
    case BLOCK_ATTACHED:
        return STYLE_ATTACHED;
    default:
        return STYLES_;
    }
}

bool document_has_signature_block(const struct document *d)
{
    for (size_t i = 0; i < d->blocks.n; i++)
        if (d->blocks.v[i].kind == BLOCK_SIGNATURE)
            return true;
    return false;
}
