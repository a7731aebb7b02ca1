/* map.c: published numbers as the map reads them. */
#include "engines/indicators/indicators_internal.h"

#include "base/json.h"

enum { MAP_JSON_MAX = 64 * 1024 };

struct str indicator_map_json(const struct req *q, const struct indicator_areas *areas, struct str words)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, q->arena, MAP_JSON_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_array(&j, "areas");
    for (size_t i = 0; i < areas->n; i++) {
        const struct indicator_area *area = &areas->v[i];
        struct tr_arg n[] = { { "n", str_fmt(q->arena, "%lld", (long long)area->cell.n) } };
        json_out_item_object(&j);
        json_out_str(&j, "code", unit_code_str(&area->code));
        if (area->cell.hidden)
            json_out_bool(&j, "hidden", true);
        else
            json_out_int(&j, "n", area->cell.n);
        json_out_str(&j, "name", area->name);
        if (!area->cell.hidden)
            json_out_str(&j, "text", tr_fill(q->arena, q->lang, words, n, 1));
        json_out_end(&j);
    }
    json_out_end(&j);
    json_out_end(&j);
    ASSERT(!b.full);
    return buf_str(&b);
}
