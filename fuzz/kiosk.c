/* kiosk.c: what comes from a kiosk. Behind p: posts of an outage as JSON: what is taken is written and read again as the same. Behind n: a
 * provisional number: what is taken prints as it was. Behind l: the labels of a pack.
 */
#include "fuzz/fuzz.h"

#include "models/m02_kiosk/replay.h"

static void posts(struct arena *a, struct str text)
{
    struct kiosk_posts *read = arena_new(a, struct kiosk_posts), *again = arena_new(a, struct kiosk_posts);
    struct err e = { 0 };
    if (kiosk_posts_read(a, text, read, &e)) {
        fuzz_check_refusal(&e);
        return;
    }
    struct str written = kiosk_posts_write(a, read);
    ASSERT(!written.p || (kiosk_posts_read(a, written, again, &e) == 0 && again->n == read->n));
    for (size_t i = 0; written.p && i < read->n; i++)
        ASSERT(str_eq(read->v[i].path, again->v[i].path) && str_eq(read->v[i].body, again->v[i].body));
}

static void number(struct arena *a, struct str text)
{
    struct unit_code unit;
    int64_t n;
    if (edge_provisional_read(text, &unit, &n))
        ASSERT(str_eq(edge_provisional(a, &unit, n), text));
}

static void labels(struct arena *a, struct str text)
{
    struct kiosk_labels l;
    if (kiosk_labels_read(a, text, &l, NULL) == 0)
        for (size_t i = 0; i < l.n; i++)
            ASSERT(l.v[i].key.n > 0 && l.v[i].lang.n > 0 && l.v[i].text.n > 0);
}

void fuzz_start(void)
{
}

void fuzz_one(struct arena *a, struct str bytes)
{
    struct str rest = str_from(bytes, 1);
    if (bytes.n == 0)
        return;
    if (bytes.p[0] == 'p')
        posts(a, rest);
    else if (bytes.p[0] == 'n')
        number(a, rest);
    else if (bytes.p[0] == 'l')
        labels(a, rest);
}
