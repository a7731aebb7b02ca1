/* outline.c: where the communes lie, for the map. Made at the first use and kept, plain and packed, since it never changes while the
 * program runs. The communes of 2025 have shapes; of those of 2023 only approximate centres are known, so they are circles over
 * the outlines of the districts (packs/dak_nong/README.md says what is approximate).
 */
#include "engines/indicators/pages.h"

#include "engines/people/pack.h"

#include <jansson.h>
#include <zlib.h>

enum { CORNERS = 20, PRECISION = 7 }; /* seven digits of a coordinate: eleven metres at the most */

/* ---- circles ---- */

/* A point turned by 18 degrees, CORNERS times: no trigonometry needed. */
static const double turn_cos = 0.95105651629515353, turn_sin = 0.30901699437494742;
static const double radius = 0.024;      /* degrees of latitude, 2.7 km: circles next to each other stay apart */
static const double widen = 1.0223;      /* a degree of longitude is shorter here: 1 / cos(12 degrees) */

static json_t *circle_around(const struct place *p)
{
    json_t *ring = json_array();
    double x = radius, y = 0, lat = p->lat_e6 / 1e6, lon = p->lon_e6 / 1e6;
    for (int i = 0; i <= CORNERS; i++) {
        double kept = x;
        json_array_append_new(ring, json_pack("[f,f]", lon + x * widen, lat + y));
        x = x * turn_cos - y * turn_sin;
        y = kept * turn_sin + y * turn_cos;
    }
    return json_pack("{s:s, s:{s:s, s:s%, s:b}, s:{s:s, s:[o]}}", "type", "Feature", "properties", "code", p->code.v, "name_vi",
                     p->name.p, p->name.n, "approximate", 1, "geometry", "type", "Polygon", "coordinates", ring);
}

static void add_circles(const struct places *p, json_t *features)
{
    for (size_t i = 0; i < p->n[GEO_2023]; i++)
        json_array_append_new(features, circle_around(&p->v[GEO_2023][i]));
}

/* Districts are drawn behind and counted by nobody: map.js leaves a feature with "outline" alone. */
static void mark_outlines(json_t *features)
{
    size_t i;
    json_t *feature;
    json_array_foreach(features, i, feature)
    {
        json_object_set_new(json_object_get(feature, "properties"), "outline", json_true());
    }
}

/* ---- making the file ---- */

static const char *source_file(enum geography g)
{
    return g == GEO_2023 ? "districts-2023.geojson" : "boundaries-former-daknong-communes-2025.geojson";
}

static int pack_gzip(struct arena *a, struct str plain, struct str *out, struct err *e)
{
    z_stream z = { .next_in = (Bytef *)(uintptr_t)plain.p, .avail_in = (uInt)plain.n };
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) /* + 16: gzip, not zlib */
        return ERR(e, ERR_INTERNAL, "zlib");
    uLong room = deflateBound(&z, (uLong)plain.n);
    char *bytes = arena_try(a, room);
    z.next_out = (Bytef *)bytes;
    z.avail_out = (uInt)room;
    int ended = bytes ? deflate(&z, Z_FINISH) : Z_MEM_ERROR;
    size_t n = z.total_out;
    deflateEnd(&z);
    if (ended != Z_STREAM_END)
        return ERR(e, ERR_INTERNAL, "a map of %zu bytes cannot be packed", plain.n);
    *out = (struct str){ bytes, n };
    return 0;
}

static int write_file(struct arena *a, const json_t *geo, struct kept_file *out, struct err *e)
{
    const size_t flags = JSON_COMPACT | JSON_REAL_PRECISION(PRECISION);
    struct kept_file f;
    size_t n = json_dumpb(geo, NULL, 0, flags);
    char *text = n > 0 ? arena_try(a, n) : NULL;
    if (!text || json_dumpb(geo, text, n, flags) != n)
        return ERR(e, ERR_INTERNAL, "a map of %zu bytes cannot be written", n);
    f.plain = (struct str){ text, n };
    if (pack_gzip(a, f.plain, &f.gzip, e) != 0)
        return -1;
    *out = f;
    return 0;
}

/* Under the lock; takes nothing from the request's arena, whose end jumps out of here. */
static int make_file(struct indicators_state *state, enum geography g, struct str text, struct err *e)
{
    json_error_t why;
    json_t *geo = json_loadb(text.p, text.n, 0, &why), *features = json_object_get(geo, "features");
    if (g == GEO_2023 && features) {
        mark_outlines(features);
        add_circles(&state->places, features);
    }
    int result = features ? write_file(state->arena, geo, &state->outlines[g], e) :
                            ERR(e, ERR_INTERNAL, "%s: %s", source_file(g), why.text);
    json_decref(geo);
    return result;
}

static struct kept_file kept(struct indicators_state *state, enum geography g)
{
    pthread_mutex_lock(&state->lock);
    struct kept_file f = state->outlines[g];
    pthread_mutex_unlock(&state->lock);
    return f;
}

static int outline_file(struct req *q, struct indicators_state *state, enum geography g, struct kept_file *out, struct err *e)
{
    struct str text;
    int result = 0;
    *out = kept(state, g);
    if (out->plain.p)
        return 0;
    if (pack_file(q->arena, q->app->settings.pack_dir, source_file(g), &text, e) != 0)
        return -1;
    pthread_mutex_lock(&state->lock);
    if (!state->outlines[g].plain.p)
        result = make_file(state, g, text, e);
    pthread_mutex_unlock(&state->lock);
    *out = kept(state, g);
    return result;
}

static int outline(struct req *q, struct res *s, enum geography g, struct err *e)
{
    struct indicators_state *state = indicators_state(q->app);
    struct kept_file f;
    if (!state)
        return ERR(e, ERR_NOT_FOUND, "no pack");
    if (outline_file(q, state, g, &f, e) != 0)
        return -1;
    bool packed = req_takes_gzip(q);
    res_header(q, s, STR("Cache-Control"), STR("private, max-age=86400"));
    res_header(q, s, STR("Vary"), STR("Accept-Encoding"));
    if (packed)
        res_header(q, s, STR("Content-Encoding"), STR("gzip"));
    return res_text(s, "application/geo+json", packed ? f.gzip : f.plain);
}

int indicator_outline_2023(struct req *q, struct res *s, struct err *e)
{
    return outline(q, s, GEO_2023, e);
}

int indicator_outline_2025(struct req *q, struct res *s, struct err *e)
{
    return outline(q, s, GEO_2025, e);
}
