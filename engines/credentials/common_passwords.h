/* common_passwords.h: the list that the program brings along: the first eight bytes of each password's SHA-1, ascending. Made at build
 * time from common_passwords.txt (tools/commonpw). */
#ifndef BON_ENGINES_CREDENTIALS_COMMON_PASSWORDS_H
#define BON_ENGINES_CREDENTIALS_COMMON_PASSWORDS_H

#include <stddef.h>
#include <stdint.h>

extern const uint64_t common_passwords[];
extern const size_t common_passwords_n;

#endif
