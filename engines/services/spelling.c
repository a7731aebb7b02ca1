/* spelling.c: when two written syllables may mean the same. Sources: the confusions that Vietnamese dialects make (s/x, tr/ch, d/gi/r,
 * final n/ng, i/y, c/k/q), in folded letters; distance as by Damerau and Levenshtein with neighbours swapped once.
 */
#include "engines/services/index.h"

#include <string.h>

enum { SYLLABLE_MOST = 24 };

static const struct {
    const char *written, *heard;
} beginnings[] = { { "ngh", "ng" }, { "tr", "ch" }, { "gi", "d" }, { "gh", "g" }, { "ph", "f" }, { "qu", "cw" },
                   { "x", "s" },    { "r", "d" },   { "v", "d" },  { "k", "c" },  { "q", "c" } };
static const struct {
    const char *written, *heard;
} endings[] = { { "ng", "n" }, { "nh", "n" }, { "ch", "t" }, { "c", "t" } };

static size_t put(char *to, const char *s)
{
    size_t n = strlen(s);
    memcpy(to, s, n);
    return n;
}

size_t services_sound(struct str s, char *to)
{
    size_t at = 0, end = s.n, n = 0;
    const char *tail = "";
    for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
        if (str_starts(s, str_of(beginnings[i].written))) {
            at = strlen(beginnings[i].written);
            n = put(to, beginnings[i].heard);
            break;
        }
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (end > at + strlen(endings[i].written) && str_ends(s, str_of(endings[i].written))) {
            end -= strlen(endings[i].written);
            tail = endings[i].heard;
            break;
        }
    for (; at < end; at++)
        to[n++] = s.p[at] == 'y' ? 'i' : s.p[at];
    return n + put(to + n, tail);
}

static int least(int x, int y)
{
    return x < y ? x : y;
}

int services_distance(struct str x, struct str y, int most)
{
    int rows[3][SYLLABLE_MOST + 1];
    int *before = rows[0], *last = rows[1], *now = rows[2];
    size_t longer = x.n > y.n ? x.n - y.n : y.n - x.n;
    if (x.n > SYLLABLE_MOST || y.n > SYLLABLE_MOST || longer > (size_t)most)
        return most + 1;
    memset(rows, 0, sizeof(rows));
    for (size_t k = 0; k <= y.n; k++)
        last[k] = (int)k;
    for (size_t i = 1; i <= x.n; i++) {
        int best = now[0] = (int)i;
        for (size_t k = 1; k <= y.n; k++) {
            bool same = x.p[i - 1] == y.p[k - 1];
            now[k] = least(least(last[k] + 1, now[k - 1] + 1), last[k - 1] + !same);
            if (i > 1 && k > 1 && x.p[i - 1] == y.p[k - 2] && x.p[i - 2] == y.p[k - 1])
                now[k] = least(now[k], before[k - 2] + 1);
            best = least(best, now[k]);
        }
        if (best > most)
            return most + 1;
        int *first = before;
        before = last;
        last = now;
        now = first;
    }
    return least(last[y.n], most + 1);
}
