/* rule.c: from which age somebody needs an asset, as the pack dates it. A wrong line refuses to start: a denominator that is
 * quietly wrong would be in every report.
 */
#include "models/m22_digital_citizens/citizens.h"

#include "engines/people/pack.h"

#include <string.h>

#define AGE_KEY "digital.age."
enum { AGE_MOST = 120, RULES_MOST = 8 };

static void put_in_order(struct asset_ages *out, enum asset a, struct day from, int age)
{
    size_t i = out->n[a]++;
    for (; i > 0 && out->v[a][i - 1].from.n > from.n; i--)
        out->v[a][i] = out->v[a][i - 1];
    out->v[a][i].from = from;
    out->v[a][i].age = age;
}

static int take_line(struct asset_ages *out, const struct pack_setting *line, struct err *e)
{
    struct str day = str_from(line->key, sizeof(AGE_KEY) - 1), name;
    struct day from;
    enum asset a;
    int64_t age;
    if (!str_cut(&day, '.', &name) || !asset_named(name, &a) || !day_parse_iso(day, &from) ||
        !str_to_i64(line->value, &age) || age < 0 || age > AGE_MOST || out->n[a] == RULES_MOST)
        return ERR(e, ERR_INPUT, "pack.conf: %.*s = %.*s", STR_ARG(line->key), STR_ARG(line->value));
    put_in_order(out, a, from, (int)age);
    return 0;
}

int asset_ages_read(struct arena *a, const char *pack_dir, struct asset_ages *out, struct err *e)
{
    struct pack_conf conf;
    memset(out, 0, sizeof(*out));
    if (pack_conf_read(a, pack_dir, &conf, e) != 0)
        return -1;
    for (size_t i = 0; i < conf.n; i++)
        if (str_starts(conf.v[i].key, STR(AGE_KEY)) && take_line(out, &conf.v[i], e) != 0)
            return -1;
    return 0;
}

int asset_age_on(const struct asset_ages *r, enum asset a, struct day on)
{
    int age = -1;
    for (size_t i = 0; i < r->n[a] && r->v[a][i].from.n <= on.n; i++)
        age = r->v[a][i].age;
    return age;
}

int64_t assets_needed(const struct asset_ages *r, struct birth born, struct day on)
{
    int64_t bits = 0;
    for (enum asset a = 0; a < ASSETS_; a++) {
        int age = asset_age_on(r, a, on);
        if (age >= 0 && birth_age(born, on) >= age)
            bits |= asset_bit(a);
    }
    return bits;
}
