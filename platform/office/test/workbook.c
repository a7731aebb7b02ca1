#include "platform/office/test/workbook.h"

#define RELATIONS     "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define RELATION_TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static const char one_sheet[] = "<sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"r1\"/></sheets>";

static struct str part(struct arena *a, const char *before, const char *name, const char *inside)
{
    return str_fmt(a,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>%s<%s "
                   "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                   "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">%s</%s>",
                   before, name, inside, name);
}

struct str workbook_by_hand(struct arena *a, const struct hand_made *h)
{
    struct package_part parts[8] = {
        { "_rels/.rels", STR(RELATIONS "<Relationship Id=\"r1\" Type=\"" RELATION_TYPE
                                       "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>") },
        { "xl/workbook.xml", part(a, "", "workbook", h->book ? h->book : one_sheet) },
        { "xl/_rels/workbook.xml.rels",
          STR(RELATIONS "<Relationship Id=\"r1\" Type=\"" RELATION_TYPE "worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                        "<Relationship Id=\"r2\" Type=\"" RELATION_TYPE "worksheet\" Target=\"worksheets/sheet2.xml\"/>"
                        "<Relationship Id=\"r3\" Type=\"" RELATION_TYPE "sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
                        "<Relationship Id=\"r4\" Type=\"" RELATION_TYPE
                        "styles\" Target=\"styles.xml\"/></Relationships>") },
        { "xl/worksheets/sheet1.xml", part(a, h->before ? h->before : "", "worksheet", h->sheet) },
        { "xl/sharedStrings.xml", part(a, "", "sst", h->strings ? h->strings : "") },
        { "xl/styles.xml", part(a, "", "styleSheet", h->styles ? h->styles : "") },
    };
    size_t n = 6;
    if (h->more.name)
        parts[n++] = h->more;
    struct str out = STR("");
    struct err e = { 0 };
    package_pack(a, parts, n, 32 << 20, &out, &e);
    return out;
}
