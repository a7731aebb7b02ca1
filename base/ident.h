/* ident.h: the numbers people and places are known by, as types that cannot be mixed up.
 *
 * Personal number (số định danh cá nhân), NĐ 137/2015, TT 59/2021/TT-BCA: 12 digits PPP G YY RRRRRR; PPP province of birth
 * registration, G century and sex (0 male 19xx, 1 female 19xx, 2/3 20xx, 4/5 21xx …), YY year of birth. No check digit.
 */
#ifndef BON_BASE_IDENT_H
#define BON_BASE_IDENT_H

#include "base/date.h"
#include "base/err.h"

struct pid {
    char v[13]; /* 12 digits and NUL; all NUL means "none" */
};

struct unit_code {
    char v[12]; /* administrative code as text: "67", "660", "24640"; a code names a unit only together with a day */
};

struct hash32 {
    uint8_t b[32]; /* SHA-256 */
};

enum sex { SEX_UNKNOWN = 0, SEX_MALE = 1, SEX_FEMALE = 2, SEX_OTHER = 3 };

/* Refuses with a sentence: not 12 digits (says how many there were), a birth year after `today`. */
int pid_parse(struct str s, struct day today, struct pid *out, struct err *e);
struct str pid_str(const struct pid *p); /* borrowed from *p; STR_NONE for none */
bool pid_eq(const struct pid *a, const struct pid *b);
int pid_birth_year(const struct pid *p);
enum sex pid_sex(const struct pid *p);
/* "067*****0123": what a screen shows to those who need not see it whole. */
struct str pid_masked(struct arena *a, const struct pid *p);

bool unit_code_parse(struct str s, struct unit_code *out); /* 2 to 10 ASCII digits, letters, '-' or '_' */
struct str unit_code_str(const struct unit_code *u);
bool unit_code_eq(const struct unit_code *a, const struct unit_code *b);

bool hash32_eq(const struct hash32 *a, const struct hash32 *b);

#endif
