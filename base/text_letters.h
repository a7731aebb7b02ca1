/* text_letters.h: Vietnamese text taken apart into letters and tones. Internal to text_*.c and their tests. */
#ifndef BON_BASE_TEXT_LETTERS_H
#define BON_BASE_TEXT_LETTERS_H

#include "base/str.h"

enum tone { TONE_NONE, TONE_HUYEN, TONE_HOI, TONE_NGA, TONE_SAC, TONE_NANG }; /* dictionary order */

struct letter {
    int32_t
        cp; /* lower case, with its shape but without tone: 'a', U+0103 ă, U+0111 đ …; ' ' '\'' '-' for all of their kind */
    int32_t mark; /* another mark on it (breve in M'Nông ŏ), or 0 */
    enum tone tone;
};

struct letters {
    struct letter *v;
    size_t n;
};

/* Runs of white space become one ' '; none at the ends. Invalid bytes become U+FFFD. */
struct letters letters_of(struct arena *a, struct str s);

/* ' ' for every white space, '\'' for every apostrophe, '-' for every hyphen and dash, else the code point itself. */
int32_t letter_plain_sign(int32_t cp);

#endif
