/* told.c: what VNeID tells of its citizens: what they have read, what they want. One token carries some of it; each has an id of its own,
 * so that the same told twice, or in another order, is one thing.
 */
#include "models/m05_vneid_services/vneid.h"

#include "base/text.h"

#include <jansson.h>
#include <stdio.h>

enum { KEY_MAX = 120, WORDS_MAX = 1000, AGE_DAYS = 60 };

static const struct str names[TOLD_KINDS_] = { STR_INIT("read"), STR_INIT("withdraw"), STR_INIT("supplement") };

struct str vneid_told_name(enum vneid_told_kind k)
{
    return names[k];
}

static int refuse(struct err *e, const char *field, const char *detail)
{
    ERR(e, ERR_INPUT, "events token: %s", detail);
    snprintf(e->field, sizeof e->field, "%s", field);
    return -1;
}

static struct str text_of(struct arena *a, const json_t *j, const char *name, size_t most)
{
    struct str s = str_or_empty(json_str_at(j, name));
    struct str clean;
    return s.n <= most && text_clean(a, s, TEXT_MANY_LINES, most, &clean, NULL) == 0 ? clean : STR("");
}

static enum vneid_told_kind kind_named(struct str name)
{
    int k = 0;
    while (k < TOLD_KINDS_ && !str_eq(names[k], name))
        k++;
    return (enum vneid_told_kind)k;
}

static int read_one(struct arena *a, const json_t *item, struct instant now, struct vneid_told *out, struct err *e)
{
    struct case_number number;
    struct vneid_told x = { .id = text_of(a, item, "id", KEY_MAX),
                            .of = text_of(a, item, "of", KEY_MAX),
                            .words = text_of(a, item, "words", WORDS_MAX),
                            .kind = kind_named(text_of(a, item, "type", KEY_MAX)) };
    if (!x.id.n)
        return refuse(e, "id", "an event without an id");
    if (x.kind == TOLD_KINDS_)
        return refuse(e, "type", "an event of no known type");
    if (!case_number_parse(a, text_of(a, item, "case", CASE_NUMBER_MAX), &number))
        return refuse(e, "case", "no case number");
    x.number = case_number_str(a, &number);
    if (pid_parse(text_of(a, item, "person", KEY_MAX), instant_day(now), &x.pid, NULL))
        return refuse(e, "person", "no personal number");
    /* The future would beat what comes later; the far past is somebody's old recording. */
    if (!instant_parse(text_of(a, item, "time", KEY_MAX), &x.at) || x.at.us > now.us + VNEID_SKEW_S * US_PER_SECOND ||
        x.at.us < now.us - AGE_DAYS * US_PER_DAY)
        return refuse(e, "time", "no moment of the last two months");
    if (x.kind == TOLD_READ && !x.of.n)
        return refuse(e, "of", "does not say what was read");
    *out = x;
    return 0;
}

int vneid_told_read(struct arena *a, const struct upstream *u, const struct jwt *t, struct instant now,
                    struct vneid_tellings *out, struct err *e)
{
    struct vneid_tellings x = { .n = 0 };
    struct jwt_expect expect = { .issuer = u->issuer,
                                 .audience = u->client_id,
                                 .sole_audience = true,
                                 .type = VNEID_EVENTS_TYPE,
                                 .now = now,
                                 .skew_s = VNEID_SKEW_S,
                                 .age_s = VNEID_TOKEN_AGE_S,
                                 .needs_exp = true,
                                 .needs_iat = true,
                                 .needs_jti = true };
    if (jwt_check(t, &expect, e))
        return -1;
    const json_t *events = json_object_get(t->claims, "events");
    size_t n = json_array_size(events);
    if (n < 1 || n > VNEID_TOLD_MAX)
        return refuse(e, "events", "no list of one to twenty events");
    for (; x.n < n; x.n++)
        if (read_one(a, json_array_get(events, x.n), now, &x.v[x.n], e))
            return -1;
    *out = x;
    return 0;
}
