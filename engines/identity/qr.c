/* qr.c: the QR on the card. Text fields between '|', read by a table of layouts, because cards differ by year of issue and
 * the next layout should be a row, not code. The text is unsigned: whatever it says is L1.
 * Source: docs/vietnamese.md (CCCD 2021: seven fields; thẻ căn cước 2024: more fields follow, layout not published).
 */
#include "engines/identity/identity_internal.h"

#include "base/text.h"

#include <string.h>

enum { QR_FIELDS_MAX = 24 };

struct qr_fields {
    struct str v[QR_FIELDS_MAX];
    size_t n;
};

typedef int qr_field_fn(struct arena *a, struct str value, struct day today, struct identity_read *r, struct err *e);

static int read_pid(struct arena *a, struct str v, struct day today, struct identity_read *r, struct err *e)
{
    if (pid_parse(v, today, &r->pid, e) != 0)
        return -1;
    r->document = str_dup(a, pid_str(&r->pid));
    return 0;
}

static int read_cmnd(struct arena *a, struct str v, struct day today, struct identity_read *r, struct err *e)
{
    (void)today;
    if (v.n == 0) {
        r->old_cmnd = STR("");
        return 0;
    }
    if (!str_is_digits(v) || (v.n != 9 && v.n != 12))
        return ERR_SAY(e, ERR_FORM, MSGS("Số chứng minh nhân dân cũ trong mã phải có 9 hoặc 12 chữ số."), "%zu bytes", v.n);
    r->old_cmnd = str_dup(a, v);
    return 0;
}

static int read_name(struct arena *a, struct str v, struct day today, struct identity_read *r, struct err *e)
{
    (void)today;
    return identity_name(a, v, r, e);
}

static int read_born(struct arena *a, struct str v, struct day today, struct identity_read *r, struct err *e)
{
    (void)a;
    (void)today;
    if (!birth_parse(v, &r->born))
        return ERR_SAY(e, ERR_FORM, MSGS("Ngày sinh trong mã không phải một ngày có thật."), "birth");
    return 0;
}

static int read_sex(struct arena *a, struct str v, struct day today, struct identity_read *r, struct err *e)
{
    (void)today;
    struct str key = text_fold(a, v);
    if (str_eq(key, STR("nam")))
        r->sex = SEX_MALE;
    else if (str_eq(key, STR("nu")))
        r->sex = SEX_FEMALE;
    else
        return ERR_SAY(e, ERR_FORM, MSGS("Giới tính trong mã không phải Nam hoặc Nữ."), "sex");
    return 0;
}

static int read_address(struct arena *a, struct str v, struct day today, struct identity_read *r, struct err *e)
{
    (void)today;
    return text_clean(a, v, TEXT_ONE_LINE, IDENTITY_ADDRESS_MAX, &r->address, e);
}

static int read_issued(struct arena *a, struct str v, struct day today, struct identity_read *r, struct err *e)
{
    (void)a;
    (void)today;
    if (v.n == 0)
        return 0;
    if (!day_parse_vi(v, &r->issued))
        return ERR_SAY(e, ERR_FORM, MSGS("Ngày cấp trong mã không phải một ngày có thật."), "issued");
    r->has_issued = true;
    return 0;
}

/* First row that fits the number of fields wins. */
static const struct qr_layout {
    struct str name;
    size_t least, most;
    qr_field_fn *fields[8];
} qr_layouts[] = {
    { STR_INIT("cccd-2021"), 7, 7, { read_pid, read_cmnd, read_name, read_born, read_sex, read_address, read_issued } },
    { STR_INIT("cccd-no-issue-day"), 6, 6, { read_pid, read_cmnd, read_name, read_born, read_sex, read_address } },
    { STR_INIT("can-cuoc-2024"), 8, QR_FIELDS_MAX, { read_pid, read_cmnd, read_name, read_born, read_sex, read_address, read_issued } },
};

bool qr_looks_like(struct str text)
{
    return str_find_char(text, '|') >= 0;
}

static int qr_split(struct str text, struct qr_fields *f, struct err *e)
{
    struct str piece;
    f->n = 0;
    while (str_cut(&text, '|', &piece)) {
        if (f->n == QR_FIELDS_MAX)
            return ERR_SAY(e, ERR_FORM, MSGS("Mã QR có quá nhiều ô, không phải mã trên thẻ căn cước."), "over %d fields",
                           QR_FIELDS_MAX);
        f->v[f->n++] = str_trim(piece);
    }
    return 0;
}

static const struct qr_layout *qr_layout_for(size_t n)
{
    for (size_t i = 0; i < sizeof(qr_layouts) / sizeof(qr_layouts[0]); i++)
        if (n >= qr_layouts[i].least && n <= qr_layouts[i].most)
            return &qr_layouts[i];
    return NULL;
}

int qr_parse(struct arena *a, struct str text, struct day today, struct identity_read *out, struct err *e)
{
    struct qr_fields f;
    struct str clean;
    /* The whole text first: bytes that no card holds are refused before any field is looked at. */
    if (text_clean(a, text, TEXT_ONE_LINE, IDENTITY_TEXT_MAX, &clean, e) != 0 || qr_split(clean, &f, e) != 0)
        return -1;
    const struct qr_layout *layout = qr_layout_for(f.n);
    if (!layout)
        return ERR_SAY(e, ERR_FORM, MSGS("Mã QR thiếu ô: thẻ căn cước có 7 ô cách nhau bằng dấu |. Xin quét lại cả mã."),
                       "%zu fields", f.n);
    struct identity_read r;
    memset(&r, 0, sizeof(r));
    r.source = SOURCE_QR_CCCD;
    r.level = EVIDENCE_L1;
    r.layout = layout->name;
    r.nationality = STR("VNM");
    for (size_t i = 0; i < sizeof(layout->fields) / sizeof(layout->fields[0]) && layout->fields[i]; i++)
        if (layout->fields[i](a, f.v[i], today, &r, e) != 0)
            return -1;
    *out = r;
    return 0;
}
