/* Sort keys. Part of text.h.
 *
 * A Vietnamese dictionary compares syllable by syllable: first the letters, then the tone (all of "ma" before all of "mà"). The key
 * is printable ASCII, so that it can stand in a text column and be compared bytewise by any database under the C collation:
 *
 *     syllable = letters '!' tone          '!' is below every letter, so that "an" comes before "anh"
 *     letter   = 'A' … 'a'                 place in the alphabet below; 'z' and six hex digits for any other code point
 *     number   = length digits             length is '0' + number of digits, so that "thôn 2" comes before "thôn 10"
 */
#include "base/buf.h"
#include "base/text.h"
#include "base/text_letters.h"

/* a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z */
static const uint16_t ALPHABET[] = { 'a', 0x103, 0xE2, 'b', 'c', 'd',   0x111, 'e', 0xEA, 'f',   'g',
                                     'h', 'i',   'j',  'k', 'l', 'm',   'n',   'o', 0xF4, 0x1A1, 'p',
                                     'q', 'r',   's',  't', 'u', 0x1B0, 'v',   'w', 'x',  'y',   'z' };

enum { LONGEST_NUMBER = 15 };

static bool is_digit(int32_t cp)
{
    return cp >= '0' && cp <= '9';
}

/* ASCII signs other than letters and digits end a syllable, as a space does. */
static bool ends_syllable(int32_t cp)
{
    return cp < 0x80 && !is_digit(cp) && !(cp >= 'a' && cp <= 'z');
}

static bool skipped(int32_t cp)
{
    return cp == '\'' || cp == '-';
}

static void put_letter(struct buf *key, int32_t cp)
{
    if (cp == 0x180) /* ƀ of the Ê Đê and M'Nông alphabets */
        cp = 'b';
    for (size_t i = 0; i < sizeof ALPHABET / sizeof *ALPHABET; i++)
        if (ALPHABET[i] == cp) {
            buf_put_char(key, (char)('A' + i));
            return;
        }
    buf_fmt(key, "z%06x", (unsigned)cp);
}

/* The digits from *at on, without leading zeros. */
static void put_number(struct buf *key, struct letters l, size_t *at, size_t end)
{
    while (*at + 1 < end && l.v[*at].cp == '0' && is_digit(l.v[*at + 1].cp))
        ++*at;
    size_t n = 0;
    while (*at + n < end && is_digit(l.v[*at + n].cp))
        n++;
    buf_put_char(key, (char)('0' + (n < LONGEST_NUMBER ? n : LONGEST_NUMBER)));
    for (; n; n--, ++*at)
        buf_put_char(key, (char)l.v[*at].cp);
}

static void put_syllable(struct buf *key, struct letters l, size_t start, size_t end)
{
    enum tone tone = TONE_NONE;
    for (size_t i = start; i < end;) {
        if (!tone)
            tone = l.v[i].tone;
        if (is_digit(l.v[i].cp)) {
            put_number(key, l, &i, end);
            continue;
        }
        if (!skipped(l.v[i].cp))
            put_letter(key, l.v[i].cp);
        i++;
    }
    buf_put_char(key, '!');
    buf_put_char(key, (char)('0' + tone));
}

/* The next syllable from *at on: false when there is none. */
static bool next_syllable(struct letters l, size_t *at, size_t *start, size_t *end)
{
    while (*at < l.n && ends_syllable(l.v[*at].cp))
        ++*at;
    *start = *at;
    while (*at < l.n && (!ends_syllable(l.v[*at].cp) || skipped(l.v[*at].cp)))
        ++*at;
    *end = *at;
    return *end > *start;
}

/* Ê Đê and M'Nông names begin with the given name under its particle (Y Krông Niê, H'Nhi Niê, K'Tem), Vietnamese names end with it. */
static bool given_name_first(struct letters l)
{
    bool particle = l.n > 1 && (l.v[0].cp == 'y' || l.v[0].cp == 'h' || l.v[0].cp == 'k') && !l.v[0].tone;
    return particle && (l.v[1].cp == ' ' || l.v[1].cp == '\'');
}

struct str text_sort_key(struct arena *a, struct str nfc, bool person)
{
    struct letters l = letters_of(a, nfc);
    struct buf key;
    size_t at = 0, start, end, last_start = 0, last_end = 0;
    buf_init(&key, a, SIZE_MAX);
    if (person && !given_name_first(l)) {
        while (next_syllable(l, &at, &start, &end)) {
            last_start = start;
            last_end = end;
        }
        if (last_end)
            put_syllable(&key, l, last_start, last_end);
        l.n = last_start;
        at = 0;
    }
    while (next_syllable(l, &at, &start, &end))
        put_syllable(&key, l, start, end);
    return buf_str(&key);
}
