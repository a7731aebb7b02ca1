/* Which language a reader asks for: "en", or an Accept-Language header (RFC 9110 section 12.5.4). */
#include "platform/i18n/i18n.h"

/* "vi", "en", also with a region: "en-GB". */
static bool tag_parse(struct str tag, enum lang *out)
{
    static const struct {
        struct str tag;
        enum lang lang;
    } known[] = { { STR_INIT("vi"), LANG_VI }, { STR_INIT("en"), LANG_EN } };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (!str_eq_nocase(str_head(tag, 2), known[i].tag) || (tag.n > 2 && tag.p[2] != '-'))
            continue;
        *out = known[i].lang;
        return true;
    }
    return false;
}

/* ";q=0.8" in thousandths; 1000 when there is none, 0 when it cannot be read. */
static int weight_parse(struct str s)
{
    s = str_trim(s);
    if (s.n == 0)
        return 1000;
    if (s.n < 3 || (s.p[0] != 'q' && s.p[0] != 'Q') || s.p[1] != '=')
        return 0;
    s = str_from(s, 2);
    if (s.p[0] != '0' && s.p[0] != '1')
        return 0;
    int weight = s.p[0] == '1' ? 1000 : 0;
    int digit = 100;
    if (s.n == 1)
        return weight;
    if (s.p[1] != '.' || s.n > 5)
        return 0;
    for (size_t i = 2; i < s.n; i++, digit /= 10) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return 0;
        weight += (s.p[i] - '0') * digit;
    }
    return weight > 1000 ? 0 : weight;
}

bool lang_parse(struct str s, enum lang *out)
{
    int best = 0;
    struct str rest = s, range, tag;
    while (str_cut(&rest, ',', &range)) {
        struct str weight = range;
        enum lang lang;
        if (!str_cut(&weight, ';', &tag))
            continue;
        int q = weight_parse(weight.p ? weight : STR(""));
        if (tag_parse(str_trim(tag), &lang) && q > best) {
            best = q;
            *out = lang;
        }
    }
    return best > 0;
}
