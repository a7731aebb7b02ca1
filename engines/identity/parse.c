/* parse.c: one field that takes anything, and the checks that every reading must pass. */
#include "engines/identity/identity_internal.h"

#include "base/text.h"
#include "platform/crypto/crypto.h"

#include <stdio.h>
#include <string.h>

/* Province codes in use: 001 to 096 with gaps (GSO list). Numbers of persons registered abroad lie above [unconfirmed], so an
 * unknown code is a warning, never a refusal. */
static bool province_code_in_range(const struct pid *p)
{
    int code = (p->v[0] - '0') * 100 + (p->v[1] - '0') * 10 + (p->v[2] - '0');
    return code >= 1 && code <= 96;
}

static bool birth_in_future(struct birth b, struct day today)
{
    int y, m, d;
    day_to_ymd(today, &y, &m, &d);
    if (b.year != y)
        return b.year > y;
    if (b.month == 0 || b.month != m)
        return b.month > m;
    return b.day > d;
}

int identity_consistent(struct identity_read *r, struct day today, struct err *e)
{
    if (r->born.year != 0 && birth_in_future(r->born, today))
        return ERR_SAY(e, ERR_FORM, MSGS("Ngày sinh nằm ở tương lai. Xin xem lại giấy tờ."), "birth in the future");
    if (r->has_issued && r->issued.n > today.n)
        return ERR_SAY(e, ERR_FORM, MSGS("Ngày cấp giấy tờ nằm ở tương lai. Xin xem lại giấy tờ."), "issued in the future");
    if (r->pid.v[0] != '\0') {
        if (!province_code_in_range(&r->pid))
            r->warnings |= WARNING_PROVINCE;
        if (r->sex != SEX_UNKNOWN && r->sex != pid_sex(&r->pid))
            r->warnings |= WARNING_SEX;
        if (r->born.year != 0 && r->born.year != pid_birth_year(&r->pid))
            r->warnings |= WARNING_BIRTH_YEAR;
    }
    if (r->has_expires && r->expires.n < today.n)
        r->warnings |= WARNING_EXPIRED;
    return 0;
}

/* Signs that no name has would only serve those who want to say something to a program. */
static bool has_letter_and_no_digit(struct str key)
{
    bool letter = false;
    for (size_t i = 0; i < key.n; i++) {
        if ((key.p[i] >= '0' && key.p[i] <= '9') || strchr("!\"#$%&*+/:;<=>?@[\\]^_`{|}~", key.p[i]))
            return false;
        if (key.p[i] != ' ')
            letter = true;
    }
    return letter;
}

int identity_name(struct arena *a, struct str text, struct identity_read *r, struct err *e)
{
    struct str clean;
    if (text_clean(a, text, TEXT_ONE_LINE, IDENTITY_NAME_MAX, &clean, e) != 0)
        return -1;
    if (clean.n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Thiếu họ và tên."), "empty name");
    struct str key = text_fold(a, clean);
    if (!has_letter_and_no_digit(key))
        return ERR_SAY(e, ERR_FORM, MSGS("Họ và tên chỉ gồm chữ, không có chữ số."), "name without letters or with digits");
    r->name = clean;
    r->name_key = key;
    return 0;
}

/* Scanners add what they were set up to add: a byte order mark, line ends, spaces. */
static struct str strip_scanner_dress(struct str text)
{
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_from(text, 3);
    return str_trim(text);
}

int identity_parse(struct arena *a, struct str text, struct day today, struct identity_read *out, struct err *e)
{
    if (text.n > IDENTITY_TEXT_MAX)
        return ERR_SAY(e, ERR_FORM, MSGS("Nội dung quét dài bất thường, không phải mã trên thẻ. Xin quét lại."),
                       "%zu bytes", text.n);
    struct str s = strip_scanner_dress(text);
    if (s.n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Chưa có nội dung. Xin quét mã QR trên thẻ hoặc dán nội dung mã."), "empty");

    struct identity_read r;
    memset(&r, 0, sizeof(r));
    int result;
    if (qr_looks_like(s))
        result = qr_parse(a, s, today, &r, e);
    else if (mrz_looks_like(a, s))
        result = mrz_parse(a, s, today, &r, e);
    else
        result = ERR_SAY(e, ERR_FORM,
                         MSGS("Không nhận ra mã này. Xin quét mã QR trên thẻ căn cước, dòng mã ở cuối hộ chiếu, hoặc điền tay."),
                         "neither QR nor MRZ");
    if (result != 0 || identity_consistent(&r, today, e) != 0)
        return -1;
    r.raw = sha256(s);
    *out = r;
    return 0;
}

static bool sex_parse(struct arena *a, struct str s, enum sex *out)
{
    struct str key = text_fold(a, str_trim(s));
    if (key.n == 0)
        *out = SEX_UNKNOWN;
    else if (str_eq(key, STR("nam")) || str_eq(key, STR("male")) || str_eq(key, STR("m")))
        *out = SEX_MALE;
    else if (str_eq(key, STR("nu")) || str_eq(key, STR("female")) || str_eq(key, STR("f")))
        *out = SEX_FEMALE;
    else if (str_eq(key, STR("khac")) || str_eq(key, STR("other")) || str_eq(key, STR("x")))
        *out = SEX_OTHER;
    else
        return false;
    return true;
}

static bool nationality_parse(struct arena *a, struct str s, struct str *out)
{
    struct str t = str_trim(s);
    if (t.n == 0) {
        *out = STR("VNM");
        return true;
    }
    if (t.n != 3)
        return false;
    char *up = arena_alloc(a, 3);
    for (size_t i = 0; i < 3; i++) {
        char c = t.p[i];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (c < 'A' || c > 'Z')
            return false;
        up[i] = c;
    }
    *out = (struct str){ up, 3 };
    return true;
}

/* Passports: ICAO 9303-3 allows up to nine letters and digits; some states print longer ones in the optional field. */
static bool document_number_parse(struct arena *a, struct str s, struct str *out)
{
    struct str t = str_trim(s);
    if (t.n < 5 || t.n > 14)
        return false;
    char *up = arena_alloc(a, t.n);
    for (size_t i = 0; i < t.n; i++) {
        char c = t.p[i];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
            return false;
        up[i] = c;
    }
    *out = (struct str){ up, t.n };
    return true;
}

static int typed_number(struct arena *a, struct str number, struct day today, struct identity_read *r, struct err *e)
{
    struct str t = str_trim(number);
    /* A Vietnamese passport has at most nine characters (ICAO 9303-3): what is longer was meant as the personal number, with a
     * letter typed for a digit. */
    if (str_eq(r->nationality, STR("VNM")) && (t.n == 0 || t.n > 9 || str_is_digits(t))) {
        if (pid_parse(t, today, &r->pid, e) != 0)
            return -1;
        r->document = str_dup(a, pid_str(&r->pid));
        return 0;
    }
    if (!document_number_parse(a, t, &r->document))
        return ERR_SAY(e, ERR_FORM, MSGS("Số hộ chiếu gồm 5 đến 14 chữ cái và chữ số, không có dấu."), "document number");
    return 0;
}

enum { CHILD_UNTIL = 14 }; /* years: from then on everybody has a card, Luật Căn cước 2023 Điều 19 */

static int about(struct err *e, const char *field)
{
    if (e)
        snprintf(e->field, sizeof(e->field), "%s", field);
    return -1;
}

static int typed_nationality(struct arena *a, struct str nationality, struct identity_read *r, struct err *e)
{
    memset(r, 0, sizeof(*r));
    r->source = SOURCE_TYPED;
    r->level = EVIDENCE_L0;
    r->layout = STR("typed");
    r->document = STR("");
    if (nationality_parse(a, nationality, &r->nationality))
        return 0;
    ERR_SAY(e, ERR_FORM, MSGS("Quốc tịch ghi bằng ba chữ cái, ví dụ VNM, KOR, FRA."), "nationality");
    return about(e, "nationality");
}

static int typed_person(struct arena *a, struct str name, struct str born, struct str sex, struct day today,
                        struct identity_read *r, struct err *e)
{
    if (identity_name(a, name, r, e) != 0)
        return about(e, "name");
    if (!birth_parse(str_trim(born), &r->born)) {
        ERR_SAY(e, ERR_FORM, MSGS("Ngày sinh chưa đúng. Xin ghi ngày/tháng/năm, ví dụ 01/02/1990."), "birth");
        return about(e, "born");
    }
    if (!sex_parse(a, sex, &r->sex)) {
        ERR_SAY(e, ERR_FORM, MSGS("Giới tính ghi là Nam hoặc Nữ."), "sex");
        return about(e, "sex");
    }
    return identity_consistent(r, today, e) != 0 ? about(e, "born") : 0;
}

int identity_typed(struct arena *a, struct str number, struct str name, struct str born, struct str sex, struct str nationality,
                   struct day today, struct identity_read *out, struct err *e)
{
    struct identity_read r;
    if (typed_nationality(a, nationality, &r, e) != 0)
        return -1;
    if (typed_number(a, number, today, &r, e) != 0)
        return about(e, "number");
    if (typed_person(a, name, born, sex, today, &r, e) != 0)
        return -1;
    *out = r;
    return 0;
}

int identity_child(struct arena *a, struct str name, struct str born, struct str sex, struct str nationality, struct day today,
                   struct identity_read *out, struct err *e)
{
    struct identity_read r;
    if (typed_nationality(a, nationality, &r, e) != 0 || typed_person(a, name, born, sex, today, &r, e) != 0)
        return -1;
    if (birth_age(r.born, today) >= CHILD_UNTIL) {
        ERR_SAY(e, ERR_FORM, MSGS("Từ 14 tuổi cần số định danh hoặc số hộ chiếu."), "no number");
        return about(e, "number");
    }
    *out = r;
    return 0;
}

struct str evidence_label(enum evidence_level l, enum evidence_source s)
{
    static const struct str by_source_l1[SOURCES_] = {
        [SOURCE_TYPED] = MSG("Điền tay: chưa xác thực (L0)"),
        [SOURCE_QR_CCCD] = MSG("QR: chưa xác thực (L1)"),
        [SOURCE_MRZ_TD1] = MSG("Dòng mã trên thẻ: chưa xác thực (L1)"),
        [SOURCE_MRZ_TD2] = MSG("Dòng mã giấy tờ: chưa xác thực (L1)"),
        [SOURCE_MRZ_TD3] = MSG("Dòng mã hộ chiếu: chưa xác thực (L1)"),
    };
    static const struct str by_level[] = {
        [EVIDENCE_L0] = MSG("Điền tay: chưa xác thực (L0)"),
        [EVIDENCE_L2] = MSG("Chip: đã xác thực (L2)"),
        [EVIDENCE_L3] = MSG("Chip và khuôn mặt: đã xác thực (L3)"),
        [EVIDENCE_L4] = MSG("VNeID mức 2: đã xác thực (L4)"),
    };
    ASSERT(s < SOURCES_ && l <= EVIDENCE_L4);
    return l == EVIDENCE_L1 ? by_source_l1[s] : by_level[l];
}
