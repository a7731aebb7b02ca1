/* mrz.c: machine-readable lines of passports and cards. ICAO Doc 9303 part 3 (check digits), 4 (TD3, 2 x 44), 5 (TD1, 3 x 30),
 * 6 (TD2, 2 x 36). Check digits catch slips of the eye and the camera, not forgers: L1.
 */
#include "engines/identity/identity_internal.h"

#include "base/text.h"

#include <string.h>

struct span {
    unsigned char at, n;
};

/* Where things stand once the lines are joined. */
struct mrz_layout {
    struct str name;
    enum evidence_source source;
    size_t length;
    struct span issuer, names, document, nationality, born, expires, optional;
    unsigned char sex, check_document, check_born, check_expires, check_optional, check_composite; /* 0: has none */
    struct span composite[4];                                                                      /* n = 0 ends */
};

static const struct mrz_layout mrz_layouts[] = {
    { STR_INIT("td3"), SOURCE_MRZ_TD3, 88,
      .issuer = { 2, 3 }, .names = { 5, 39 }, .document = { 44, 9 }, .nationality = { 54, 3 }, .born = { 57, 6 },
      .expires = { 65, 6 }, .optional = { 72, 14 },
      .sex = 64, .check_document = 53, .check_born = 63, .check_expires = 71, .check_optional = 86, .check_composite = 87,
      .composite = { { 44, 10 }, { 57, 7 }, { 65, 22 } } },
    { STR_INIT("td1"), SOURCE_MRZ_TD1, 90,
      .issuer = { 2, 3 }, .names = { 60, 30 }, .document = { 5, 9 }, .nationality = { 45, 3 }, .born = { 30, 6 },
      .expires = { 38, 6 }, .optional = { 15, 15 },
      .sex = 37, .check_document = 14, .check_born = 36, .check_expires = 44, .check_composite = 59,
      .composite = { { 5, 25 }, { 30, 7 }, { 38, 7 }, { 48, 11 } } },
    { STR_INIT("td2"), SOURCE_MRZ_TD2, 72,
      .issuer = { 2, 3 }, .names = { 5, 31 }, .document = { 36, 9 }, .nationality = { 46, 3 }, .born = { 49, 6 },
      .expires = { 57, 6 }, .optional = { 64, 7 },
      .sex = 56, .check_document = 45, .check_born = 55, .check_expires = 63, .check_composite = 71,
      .composite = { { 36, 10 }, { 49, 7 }, { 57, 14 } } },
};

static int mrz_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 10;
    return c == '<' ? 0 : -1;
}

static int check_add(int sum, size_t position, int value)
{
    static const int weight[3] = { 7, 3, 1 };
    return (sum + value * weight[position % 3]) % 10;
}

int mrz_check_digit(struct str s)
{
    int sum = 0;
    for (size_t i = 0; i < s.n; i++) {
        int v = mrz_value(s.p[i]);
        if (v < 0)
            return -1;
        sum = check_add(sum, i, v);
    }
    return sum;
}

/* Lines joined, spaces and line ends gone, letters upper case. STR_NONE when another character stands in it. */
static struct str mrz_join(struct arena *a, struct str text)
{
    char *p = arena_alloc(a, text.n);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == ' ' || c == '\r' || c == '\n' || c == '\t')
            continue;
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (mrz_value(c) < 0)
            return STR_NONE;
        p[n++] = c;
    }
    return (struct str){ p, n };
}

bool mrz_looks_like(struct arena *a, struct str text)
{
    struct str s = mrz_join(a, text);
    return s.p && s.n >= 60 && str_find(s, STR("<<")) >= 0;
}

static struct str piece(struct str s, struct span at)
{
    return str_head(str_from(s, at.at), at.n);
}

/* A check digit that stands as '<' is allowed where the field it covers is empty (9303-4 section 4.2.2.2 for TD3 optional data). */
static bool check_holds(struct str covered, char digit)
{
    int want = mrz_check_digit(covered);
    return (digit == '<' && want == 0) || digit - '0' == want;
}

static bool composite_holds(const struct mrz_layout *l, struct str s)
{
    int sum = 0;
    size_t position = 0;
    for (size_t k = 0; k < sizeof(l->composite) / sizeof(l->composite[0]) && l->composite[k].n; k++) {
        struct str part = piece(s, l->composite[k]);
        for (size_t i = 0; i < part.n; i++)
            sum = check_add(sum, position++, mrz_value(part.p[i]));
    }
    return s.p[l->check_composite] - '0' == sum;
}

static int checks_hold(const struct mrz_layout *l, struct str s, struct err *e)
{
    if (!check_holds(piece(s, l->document), s.p[l->check_document]))
        return ERR_SAY(e, ERR_FORM, MSGS("Số giấy tờ trong dòng mã không khớp số kiểm tra. Xin quét hoặc gõ lại."), "document check");
    if (!check_holds(piece(s, l->born), s.p[l->check_born]))
        return ERR_SAY(e, ERR_FORM, MSGS("Ngày sinh trong dòng mã không khớp số kiểm tra. Xin quét hoặc gõ lại."), "birth check");
    if (!check_holds(piece(s, l->expires), s.p[l->check_expires]))
        return ERR_SAY(e, ERR_FORM, MSGS("Ngày hết hạn trong dòng mã không khớp số kiểm tra. Xin quét hoặc gõ lại."), "expiry check");
    if (l->check_optional && !check_holds(piece(s, l->optional), s.p[l->check_optional]))
        return ERR_SAY(e, ERR_FORM, MSGS("Số bổ sung trong dòng mã không khớp số kiểm tra. Xin quét hoặc gõ lại."), "optional check");
    if (!composite_holds(l, s))
        return ERR_SAY(e, ERR_FORM, MSGS("Số kiểm tra chung của dòng mã không khớp. Xin quét hoặc gõ lại."), "composite check");
    return 0;
}

static struct str without_filler(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n);
    size_t n = 0;
    bool gap = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '<') {
            gap = n > 0;
            continue;
        }
        if (gap)
            p[n++] = ' ';
        gap = false;
        p[n++] = s.p[i];
    }
    return (struct str){ p, n };
}

/* YYMMDD with '<<' for unknown month or day. Two-digit years: a birth lies at most 99 years and some days back. */
static bool mrz_birth(struct str s, struct day today, struct birth *out)
{
    int v[3] = { 0, 0, 0 };
    for (size_t i = 0; i < 3; i++) {
        char hi = s.p[i * 2], lo = s.p[i * 2 + 1];
        if (hi == '<' && lo == '<' && i > 0)
            continue;
        if (hi < '0' || hi > '9' || lo < '0' || lo > '9')
            return false;
        v[i] = (hi - '0') * 10 + (lo - '0');
    }
    int y, m, d;
    day_to_ymd(today, &y, &m, &d);
    int year = y - y % 100 + v[0];
    bool later = year > y || (year == y && (v[1] > m || (v[1] == m && v[2] > d)));
    if (later)
        year -= 100;
    struct day check;
    if (!day_from_ymd(year, v[1] ? v[1] : 1, v[2] ? v[2] : 1, &check))
        return false;
    *out = (struct birth){ (int16_t)year, (int8_t)v[1], (int8_t)(v[1] ? v[2] : 0) };
    return true;
}

/* "991231" on a Vietnamese card means: no expiry. */
static bool mrz_expiry(struct str s, bool vietnamese, struct identity_read *r)
{
    if (vietnamese && str_eq(s, STR("991231")))
        return true;
    if (!str_is_digits(s))
        return false;
    int v[3];
    for (size_t i = 0; i < 3; i++)
        v[i] = (s.p[i * 2] - '0') * 10 + (s.p[i * 2 + 1] - '0');
    r->has_expires = day_from_ymd(2000 + v[0], v[1], v[2], &r->expires);
    return r->has_expires;
}

/* Vietnamese cards carry the twelve-digit number, "<<" and a check digit in the optional field. */
static int mrz_pid(struct str optional, struct day today, struct identity_read *r, struct err *e)
{
    struct str number = str_head(optional, 12);
    if (!str_is_digits(number) || number.n != 12)
        return 0;
    if (optional.n == 15 && !check_holds(number, optional.p[14]))
        return ERR_SAY(e, ERR_FORM, MSGS("Số định danh trong dòng mã không khớp số kiểm tra. Xin quét lại."), "number check");
    return pid_parse(number, today, &r->pid, e);
}

static enum sex mrz_sex(char c)
{
    return c == 'M' ? SEX_MALE : c == 'F' ? SEX_FEMALE : SEX_UNKNOWN;
}

/* No check digit covers it: three letters are all that can be asked (9303-3 section 5 has more than ISO 3166). */
static bool is_country(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 'A' || s.p[i] > 'Z')
            return false;
    return s.n == 3;
}

static int mrz_read(struct arena *a, const struct mrz_layout *l, struct str s, struct day today, struct identity_read *r,
                    struct err *e)
{
    r->source = l->source;
    r->level = EVIDENCE_L1;
    r->layout = l->name;
    r->nationality = without_filler(a, piece(s, l->nationality));
    if (str_eq(r->nationality, STR("D"))) /* Germany's own one-letter code, 9303-3 section 5 */
        r->nationality = STR("DEU");
    bool vietnamese = str_eq(r->nationality, STR("VNM"));
    r->document = without_filler(a, piece(s, l->document));
    if (!is_country(r->nationality))
        return ERR_SAY(e, ERR_FORM, MSGS("Quốc tịch trong dòng mã không đọc được. Xin quét lại cả các dòng."), "nationality");
    if (r->document.n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Dòng mã không có số giấy tờ. Xin quét lại cả các dòng."), "no document number");
    r->sex = mrz_sex(s.p[l->sex]);
    if (identity_name(a, without_filler(a, piece(s, l->names)), r, e) != 0)
        return -1;
    if (!mrz_birth(piece(s, l->born), today, &r->born))
        return ERR_SAY(e, ERR_FORM, MSGS("Ngày sinh trong dòng mã không phải một ngày có thật."), "birth");
    if (!mrz_expiry(piece(s, l->expires), vietnamese, r))
        return ERR_SAY(e, ERR_FORM, MSGS("Ngày hết hạn trong dòng mã không phải một ngày có thật."), "expiry");
    if (!vietnamese)
        return 0;
    if (mrz_pid(piece(s, l->optional), today, r, e) != 0)
        return -1;
    if (l->source == SOURCE_MRZ_TD1 && r->pid.v[0] != '\0')
        r->document = str_dup(a, pid_str(&r->pid));
    return 0;
}

int mrz_parse(struct arena *a, struct str text, struct day today, struct identity_read *out, struct err *e)
{
    struct str s = mrz_join(a, text);
    const struct mrz_layout *l = NULL;
    for (size_t i = 0; s.p && i < sizeof(mrz_layouts) / sizeof(mrz_layouts[0]); i++)
        if (mrz_layouts[i].length == s.n)
            l = &mrz_layouts[i];
    if (!l)
        return ERR_SAY(e, ERR_FORM, MSGS("Dòng mã chưa đủ ký tự: hộ chiếu có 2 dòng 44, thẻ có 3 dòng 30. Xin quét lại cả các dòng."),
                       "%zu characters", s.n);
    if (checks_hold(l, s, e) != 0)
        return -1;
    struct identity_read r;
    memset(&r, 0, sizeof(r));
    if (mrz_read(a, l, s, today, &r, e) != 0)
        return -1;
    *out = r;
    return 0;
}
