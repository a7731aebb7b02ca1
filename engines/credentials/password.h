/* password.h: which passwords are taken. Whether one is right is platform/crypto's password_matches. */
#ifndef BON_ENGINES_CREDENTIALS_PASSWORD_H
#define BON_ENGINES_CREDENTIALS_PASSWORD_H

#include "base/ident.h"

enum { PASSWORD_LEAST = 10, PASSWORD_MOST = 200, PASSWORD_OWN_LEAST = 6 };

/* Refuses, with a sentence that says why: what is short, made of the sign-in name or the person's number, or made of little more
 * than what everybody tries first: words of the province, rows of the keyboard, a date, a telephone number. */
int password_acceptable(struct arena *a, struct str password, struct str login, const struct pid *pid, struct err *e);

/* Passwords that everybody tries first, which the program brings along (common_passwords.h), and those that have leaked elsewhere, as
 * 64-bit beginnings of their SHA-1 in ascending order: eight bytes each behind "bonleak1". The file is made by `bon credentials
 * breached`; without one only the first kind is known. The list never leaves the machine and no part of a password does. */
int breached_has(const char *path, struct str password, bool *found, struct err *e);

struct breached_list {
    int64_t common;        /* brought along */
    int64_t loaded;        /* in the file; 0: there is none */
    struct instant loaded_at;
};
enum { BREACHED_OLD_DAYS = 365 }; /* a list grows old as new leaks come */
/* Refused like breached_has when the file is no list. */
int breached_list_of(const char *path, struct breached_list *out, struct err *e);

/* Makes that file from a list in the form of the public ones: FILE with lines "SHA1:COUNT" in ascending order, or DIR with a file
 * for each five-digit beginning ("0018A", "0018A.txt") of lines "REST:COUNT". *n: how many it holds. The old file stays until
 * the new one is whole. */
int breached_make(const char *from, const char *path, int64_t *n, struct err *e);

/* <data_dir>/breached.list */
struct settings;
const char *breached_path(struct arena *a, const struct settings *s);

#endif
