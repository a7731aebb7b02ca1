/* identity.h: what somebody at a counter has in hand, read into one result with an evidence level that follows the record
 * into every later decision. A QR on a card is unsigned text that anyone can print: L1, never "verified".
 *
 * L0 typed · L1 QR or MRZ read (unsigned) · L2 chip, passive authentication good · L3 L2 + not cloned + face · L4 VNeID level 2.
 */
#ifndef BON_ENGINES_IDENTITY_H
#define BON_ENGINES_IDENTITY_H

#include "platform/http/module.h"

enum evidence_level { EVIDENCE_L0, EVIDENCE_L1, EVIDENCE_L2, EVIDENCE_L3, EVIDENCE_L4 };
enum evidence_source { SOURCE_TYPED, SOURCE_QR_CCCD, SOURCE_MRZ_TD1, SOURCE_MRZ_TD2, SOURCE_MRZ_TD3, SOURCES_ };

/* What does not go together on a paper: a reason to look at it again, never one to send somebody away. Bits. */
enum identity_warning { WARNING_EXPIRED = 1, WARNING_SEX = 2, WARNING_BIRTH_YEAR = 4, WARNING_PROVINCE = 8 };
enum { IDENTITY_WARNINGS = 4 };

struct identity_read {
    enum evidence_source source;
    enum evidence_level level;
    struct str layout;      /* which row of the rule table read it: "cccd-2021" */
    struct pid pid;         /* none for a foreign passport */
    struct str document;    /* number of the document: passport, or the pid */
    struct str old_cmnd;    /* 9 digits or empty */
    struct str name;        /* NFC, as written on the document; MRZ names have no diacritics */
    struct str name_key;    /* text_fold of it */
    struct birth born;
    enum sex sex;
    struct str nationality; /* ISO 3166-1 alpha-3: "VNM" */
    struct str address;     /* as written, may be empty */
    struct day issued, expires;
    bool has_issued, has_expires;
    struct hash32 raw;      /* SHA-256 of the bytes read: evidence without keeping them */
    int warnings;           /* bits of enum identity_warning: from the paper alone, nothing of the register */
};

/* One field that takes anything: QR text, MRZ lines, pasted text. Refuses with a sentence that names what is wrong ("Số định
 * danh có 11 chữ số, cần đủ 12."). today decides about future dates and expiry. */
int identity_parse(struct arena *a, struct str text, struct day today, struct identity_read *out, struct err *e);

/* Typed by hand: L0. */
int identity_typed(struct arena *a, struct str number, struct str name, struct str born, struct str sex, struct str nationality,
                   struct day today, struct identity_read *out, struct err *e);

/* A child below fourteen with a parent: no number yet, the other rules are those of everybody. e->field of both: number, name, born,
 * sex or nationality. */
int identity_child(struct arena *a, struct str name, struct str born, struct str sex, struct str nationality, struct day today,
                   struct identity_read *out, struct err *e);

struct str evidence_label(enum evidence_level l, enum evidence_source s); /* MSG: "QR: chưa xác thực (L1)" */

struct identity_warning_words {
    enum identity_warning bit;
    const char *code; /* for programs: "sex_differs" */
    struct str say;   /* MSG: a sentence */
};
struct identity_warning_list {
    struct identity_warning_words v[IDENTITY_WARNINGS];
    size_t n;
};
struct identity_warning_list identity_warnings(int64_t bits); /* what matters most first */

int mrz_check_digit(struct str s); /* 7-3-1 weights, ICAO 9303-3 section 4.9; -1 on a character outside A-Z 0-9 < */

extern const struct module identity_module;

#endif
