/* xlsx_book.c: from the package to the sheet: relationships, the list of sheets, shared strings, which styles show days.
 * Handlers run inside libxml2, so what they keep comes from arena_try; when there is no room, the file is too large.
 */
#include "platform/office/sheet_in_inside.h"

#include <stdio.h>
#include <string.h>

enum { PATH_MAX_BYTES = 300 }; /* a part has at most 255 */

/* ---- what every handler here needs ---- */

static void no_room(struct xml *x)
{
    xml_refuse(x, ERR_TOO_LARGE, NULL, MSGS("Tệp bung ra quá lớn nên không được mở. Xin tách thành các tệp nhỏ hơn."),
               "sheet: no room");
}

static struct str keep(struct xml *x, struct arena *a, struct str s)
{
    char *p = arena_try(a, s.n);
    if (!p) {
        no_room(x);
        return STR("");
    }
    if (s.n)
        memcpy(p, s.p, s.n);
    return (struct str) { p, s.n };
}

static void no_end(struct xml *x, void *ctx, struct str name)
{
    (void)x;
    (void)ctx;
    (void)name;
}

static int lacking(struct err *e, const char *what)
{
    return ERR_SAY(e, ERR_INPUT, MSGS("Tệp không có trang tính nào đọc được. Xin lưu dạng XLSX rồi gửi lại."),
                   "XLSX lacks %s", what);
}

/* ---- relationships ---- */

struct relation {
    struct str id, type, part;
};

struct relations {
    struct arena *arena;
    struct str dir; /* of the part they belong to: "xl/" */
    VEC(struct relation) list;
};

/* A target is relative to its part's directory, or to the package when it begins with a slash. One that climbs names nothing
 * here: package_open refused such names. */
static struct str resolve(struct xml *x, struct relations *r, struct str target)
{
    if (str_starts(target, STR("/")))
        return keep(x, r->arena, str_from(target, 1));
    char *p = arena_try(r->arena, r->dir.n + target.n);
    if (!p) {
        no_room(x);
        return STR("");
    }
    memcpy(p, r->dir.p, r->dir.n);
    if (target.n)
        memcpy(p + r->dir.n, target.p, target.n);
    return (struct str) { p, r->dir.n + target.n };
}

static void relation_start(struct xml *x, void *ctx, struct str name, const struct xml_attributes *attributes)
{
    struct relations *r = ctx;
    if (!str_eq(name, STR("Relationship")) || str_eq(xml_attribute(attributes, "TargetMode"), STR("External")))
        return;
    struct relation *one = vec_try(r->arena, &r->list);
    if (!one) {
        no_room(x);
        return;
    }
    one->id = keep(x, r->arena, xml_attribute(attributes, "Id"));
    one->type = keep(x, r->arena, xml_attribute(attributes, "Type"));
    one->part = resolve(x, r, xml_attribute(attributes, "Target"));
}

static int read_relations(struct sheet_in *s, struct str part, struct relations *r, struct err *e)
{
    static const struct xml_handler handler = { relation_start, no_end, NULL };
    char path[PATH_MAX_BYTES];
    size_t slash = part.n;
    while (slash && part.p[slash - 1] != '/')
        slash--;
    struct str dir = str_head(part, slash), file = str_from(part, slash);
    *r = (struct relations) { .arena = s->arena, .dir = dir };
    int n = snprintf(path, sizeof path, "%.*s_rels/%.*s.rels", STR_ARG(dir), STR_ARG(file));
    if ((size_t)n >= sizeof path)
        return lacking(e, "relationships");
    return xml_part(s->package, (struct str) { path, (size_t)n }, &handler, r, e);
}

/* Both editions of the standard end their types alike ("…/relationships/worksheet"). */
static bool is_of(const struct relation *r, struct str kind)
{
    return str_ends(r->type, kind);
}

static struct str part_of_kind(const struct relations *r, struct str kind)
{
    for (size_t i = 0; i < r->list.n; i++)
        if (is_of(&r->list.v[i], kind))
            return r->list.v[i].part;
    return STR_NONE;
}

static int refuse_macros(const struct sheet_in *s, const struct relations *r, struct err *e)
{
    bool macros = part_of_kind(r, STR("/vbaProject")).p != NULL;
    for (size_t i = 0; package_name(s->package, i).p && !macros; i++) {
        struct str name = package_name(s->package, i);
        macros = name.n >= 14 && str_eq_nocase(str_from(name, name.n - 14), STR("vbaProject.bin"));
    }
    if (!macros)
        return 0;
    return ERR_SAY(e, ERR_INPUT, MSGS("Tệp có macro nên không được nhận. Xin lưu dạng XLSX (không macro) rồi gửi lại."),
                   "XLSX: macros");
}

/* ---- the list of sheets ---- */

struct listed_sheet {
    struct str name, id;
    bool hidden;
};

struct sheet_list {
    struct arena *arena;
    bool from_1904;
    VEC(struct listed_sheet) list;
};

static void workbook_start(struct xml *x, void *ctx, struct str name, const struct xml_attributes *attributes)
{
    struct sheet_list *l = ctx;
    if (str_eq(name, STR("workbookPr")))
        l->from_1904 = xlsx_true(xml_attribute(attributes, "date1904"));
    if (!str_eq(name, STR("sheet")))
        return;
    struct listed_sheet *one = vec_try(l->arena, &l->list);
    if (!one) {
        no_room(x);
        return;
    }
    one->name = keep(x, l->arena, xml_attribute(attributes, "name"));
    one->id = keep(x, l->arena, xml_attribute(attributes, "id"));
    struct str state = xml_attribute(attributes, "state");
    one->hidden = state.n && !str_eq(state, STR("visible"));
}

static const struct listed_sheet *choose_sheet(struct sheet_in *s, const struct sheet_list *l)
{
    const struct listed_sheet *chosen = NULL;
    for (size_t i = 0; i < l->list.n && !chosen; i++) {
        const struct listed_sheet *one = &l->list.v[i];
        if (s->limits.sheet.n ? str_eq(one->name, s->limits.sheet) : !one->hidden)
            chosen = one;
    }
    for (size_t i = 0; i < l->list.n; i++)
        if (&l->list.v[i] != chosen && l->list.v[i].hidden)
            sheet_note(s, SHEET_HIDDEN_SHEET, l->list.v[i].name);
    return chosen;
}

static int find_sheet(struct sheet_in *s, struct str workbook, const struct relations *r, struct err *e)
{
    static const struct xml_handler handler = { workbook_start, no_end, NULL };
    struct sheet_list l = { .arena = s->arena };
    if (xml_part(s->package, workbook, &handler, &l, e))
        return -1;
    const struct listed_sheet *chosen = choose_sheet(s, &l);
    for (size_t i = 0; chosen && i < r->list.n; i++)
        if (str_eq(r->list.v[i].id, chosen->id) && is_of(&r->list.v[i], STR("/worksheet")))
            s->book.sheet_part = r->list.v[i].part;
    s->book.from_1904 = l.from_1904;
    return s->book.sheet_part.p ? 0 : lacking(e, "a sheet to read");
}

/* ---- shared strings ---- */

struct strings {
    struct sheet_in *s;
    char *text; /* room for the longest cell */
    size_t n;
    bool in_text, in_phonetic;
};

static void strings_start(struct xml *x, void *ctx, struct str name, const struct xml_attributes *attributes)
{
    struct strings *t = ctx;
    (void)x;
    (void)attributes;
    if (str_eq(name, STR("si")))
        t->n = 0;
    t->in_phonetic = t->in_phonetic || str_eq(name, STR("rPh"));
    t->in_text = str_eq(name, STR("t")) && !t->in_phonetic;
}

static void strings_text(struct xml *x, void *ctx, struct str text)
{
    struct strings *t = ctx;
    if (!t->in_text)
        return;
    if (text.n > t->s->limits.cell - t->n) {
        xml_refuse(x, ERR_TOO_LARGE, NULL, MSGS("Một ô trong tệp dài hơn mức được nhận. Xin rút gọn rồi gửi lại."),
                   "sheet: a long text");
        return;
    }
    memcpy(t->text + t->n, text.p, text.n);
    t->n += text.n;
}

static void strings_end(struct xml *x, void *ctx, struct str name)
{
    struct strings *t = ctx;
    t->in_text = false;
    if (str_eq(name, STR("rPh")))
        t->in_phonetic = false;
    if (!str_eq(name, STR("si")))
        return;
    struct str kept = keep(x, t->s->arena, (struct str) { t->text, t->n });
    struct str *place = vec_try(t->s->arena, &t->s->book.strings);
    if (!place || !xlsx_unescape(t->s->arena, kept, place))
        no_room(x);
}

static int read_strings(struct sheet_in *s, struct str part, struct err *e)
{
    static const struct xml_handler handler = { strings_start, strings_end, strings_text };
    struct strings t = { .s = s, .text = xlsx_rows_text(s) };
    return part.p ? xml_part(s->package, part, &handler, &t, e) : 0;
}

/* ---- styles ---- */

struct format {
    int64_t id;
    struct str code;
};

struct styles {
    struct sheet_in *s;
    VEC(struct format) formats;
    bool in_cells; /* in cellXfs, whose order is what cells name */
};

static void take_style(struct xml *x, struct styles *t, const struct xml_attributes *attributes)
{
    int64_t id = 0;
    struct str code = STR_NONE;
    bool *place = vec_try(t->s->arena, &t->s->book.day_styles);
    if (!place) {
        no_room(x);
        return;
    }
    if (!str_to_i64(xml_attribute(attributes, "numFmtId"), &id))
        id = 0;
    for (size_t i = 0; i < t->formats.n; i++)
        if (t->formats.v[i].id == id)
            code = t->formats.v[i].code;
    *place = xlsx_format_is_day(id, code);
}

static void styles_start(struct xml *x, void *ctx, struct str name, const struct xml_attributes *attributes)
{
    struct styles *t = ctx;
    if (str_eq(name, STR("cellXfs")))
        t->in_cells = true;
    else if (str_eq(name, STR("xf")) && t->in_cells)
        take_style(x, t, attributes);
    if (!str_eq(name, STR("numFmt")))
        return;
    struct format *f = vec_try(t->s->arena, &t->formats);
    if (!f)
        no_room(x);
    else if (!str_to_i64(xml_attribute(attributes, "numFmtId"), &f->id))
        t->formats.n--;
    else
        f->code = keep(x, t->s->arena, str_or_empty(xml_attribute(attributes, "formatCode")));
}

static void styles_end(struct xml *x, void *ctx, struct str name)
{
    struct styles *t = ctx;
    (void)x;
    if (str_eq(name, STR("cellXfs")))
        t->in_cells = false;
}

static int read_styles(struct sheet_in *s, struct str part, struct err *e)
{
    static const struct xml_handler handler = { styles_start, styles_end, NULL };
    struct styles t = { .s = s };
    return part.p ? xml_part(s->package, part, &handler, &t, e) : 0;
}

/* ---- all of them ---- */

int xlsx_open_book(struct sheet_in *s, struct err *e)
{
    struct relations top, own;
    if (read_relations(s, STR(""), &top, e))
        return -1;
    struct str workbook = part_of_kind(&top, STR("/officeDocument"));
    if (!workbook.p)
        return lacking(e, "a workbook");
    if (read_relations(s, workbook, &own, e) || refuse_macros(s, &own, e) || find_sheet(s, workbook, &own, e))
        return -1;
    return read_styles(s, part_of_kind(&own, STR("/styles")), e) ||
                   read_strings(s, part_of_kind(&own, STR("/sharedStrings")), e)
               ? -1
               : 0;
}
