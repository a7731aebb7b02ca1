/* sim_book.c: what the stand-in has of cases. It reads messages on its own: it shares no reader with the sender, so that a mistake is not
 * made twice and hidden.
 */
#include "models/m05_vneid_services/sim_inside.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"

#include <stdlib.h>

enum { ANSWER_MAX = 256 * 1024, PERCENT = 100 };

bool sim_chance(struct vneid_services_sim *s, unsigned fault)
{
    size_t bit = 0;
    while (fault >> bit != 1)
        bit++;
    if (!(s->o.faults.faults & fault))
        return false;
    unsigned percent = s->o.faults.rated ? s->o.faults.percent[bit] : FAULT_PERCENT;
    return rng_below(&s->rng, PERCENT) < percent;
}

void sim_did_put(struct vneid_services_sim *s, const char *type, struct str number, struct str of, struct str pid,
                 struct str words, struct instant at)
{
    *vec_push(&s->book, &s->did) = (struct sim_did) { .no = ++s->dids,
                                                      .type = str_of(type),
                                                      .number = str_dup(&s->book, number),
                                                      .of = str_dup(&s->book, of),
                                                      .pid = str_dup(&s->book, pid),
                                                      .words = str_dup(&s->book, words),
                                                      .at = at };
}

/* ---- messages ---- */

static struct sim_case *case_of(struct vneid_services_sim *s, struct str number)
{
    struct sim_case *c = map_get(&s->cases, number);
    if (c)
        return c;
    c = arena_new(&s->book, struct sim_case);
    c->number = str_dup(&s->book, number);
    c->state = c->result = STR("");
    map_set(&s->cases, c->number, c);
    *vec_push(&s->book, &s->list) = c;
    return c;
}

void sim_touch(struct vneid_services_sim *s, struct sim_case *c, struct instant now)
{
    struct day today = instant_day(now);
    if (c->days.n == 0 || c->days.v[c->days.n - 1].n != today.n)
        *vec_push(&s->book, &c->days) = today;
}

static bool was_touched(const struct sim_case *c, struct day day)
{
    for (size_t i = 0; i < c->days.n; i++)
        if (c->days.v[i].n == day.n)
            return true;
    return false;
}

static void apply(struct vneid_services_sim *s, struct sim_case *c, const json_t *item, struct instant now)
{
    const json_t *data = json_object_get(item, "data");
    struct sim_message *m = arena_new(&s->book, struct sim_message);
    int64_t sequence = json_integer_value(json_object_get(data, "sequence"));
    bool whole = str_ends(str_or_empty(json_str_at(item, "type")), STR(".whole"));
    s->counts.out_of_order += !whole && sequence != c->sequence + 1;
    m->id = str_dup(&s->book, str_or_empty(json_str_at(item, "id")));
    m->number = c->number;
    m->no = ++s->counts.applied;
    c->sequence = sequence;
    c->state = str_dup(&s->book, str_or_empty(json_str_at(data, "state")));
    if (str_or_empty(json_str_at(data, "result")).n)
        c->result = str_dup(&s->book, str_or_empty(json_str_at(data, "result")));
    sim_touch(s, c, now);
    c->forgotten = false;
    map_set(&s->messages, m->id, m);
    *vec_push(&s->book, &s->applied) = m;
    sim_did_put(s, "read", c->number, m->id, str_or_empty(json_str_at(data, "person")), STR(""), now);
    pthread_cond_broadcast(&s->applied_more);
}

static const char *judge(struct vneid_services_sim *s, const json_t *item, struct instant now,
                         const struct sim_message **known)
{
    const json_t *data = json_object_get(item, "data");
    int64_t sequence = json_integer_value(json_object_get(data, "sequence"));
    struct sim_case *c = case_of(s, str_or_empty(json_str_at(item, "subject")));
    s->counts.came++;
    *known = map_get(&s->messages, str_or_empty(json_str_at(item, "id")));
    if (*known && !c->forgotten) {
        s->counts.known++;
        return "known";
    }
    if (str_ends(str_or_empty(json_str_at(item, "type")), STR(".whole")) || sequence == c->sequence + 1) {
        apply(s, c, item, now);
        *known = s->applied.v[s->applied.n - 1];
        return "taken";
    }
    if (sequence <= c->sequence)
        return "refused";
    s->counts.gaps++;
    return "gap";
}

static void answer_one(struct vneid_services_sim *s, struct arena *a, const json_t *item, struct instant now,
                       struct json_out *j)
{
    const struct sim_message *known;
    const char *outcome = judge(s, item, now, &known);
    json_out_item_object(j);
    json_out_str(j, "id", str_or_empty(json_str_at(item, "id")));
    if (known)
        json_out_str(j, "no", str_fmt(a, "VN-%lld", (long long)known->no));
    json_out_str(j, "outcome", str_of(outcome));
    if (str_eq(str_of(outcome), STR("refused")))
        json_out_str(j, "reason", STR("sequence"));
    json_out_end(j);
}

/* On the way some change places, some come twice. */
bool sim_take(struct vneid_services_sim *s, struct arena *a, struct str body, struct instant now, struct str *answer)
{
    json_t *batch;
    struct buf b;
    struct json_out j;
    if (json_read(a, body, &batch, NULL))
        return false;
    size_t n = json_array_size(batch);
    const json_t **items = arena_new_array(a, const json_t *, n + 1);
    for (size_t i = 0; i < n; i++)
        items[i] = json_array_get(batch, i);
    for (size_t i = 0; i + 1 < n; i++)
        if (sim_chance(s, FAULT_REORDER)) {
            const json_t *first = items[i];
            items[i] = items[i + 1];
            items[i + 1] = first;
            s->counts.reordered++;
        }
    buf_init(&b, a, ANSWER_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "mode", STR("MÔ PHỎNG"));
    json_out_array(&j, "results");
    for (size_t i = 0; i < n; i++) {
        const struct sim_message *again;
        answer_one(s, a, items[i], now, &j);
        if (sim_chance(s, FAULT_DUPLICATE)) {
            s->counts.duplicated++;
            judge(s, items[i], now, &again);
        }
    }
    json_out_end(&j);
    json_out_end(&j);
    *answer = buf_str(&b);
    return n > 0;
}

/* ---- the list of a day ---- */

static int by_number(const void *x, const void *y)
{
    return str_cmp((*(struct sim_case *const *)x)->number, (*(struct sim_case *const *)y)->number);
}

static void put_case(struct json_out *j, const struct sim_case *c)
{
    json_out_item_object(j);
    json_out_str(j, "case", c->number);
    json_out_str(j, "result", c->result);
    json_out_str(j, "state", c->state);
    json_out_end(j);
}

struct str sim_list_one(struct vneid_services_sim *s, struct arena *a, struct str number)
{
    const struct sim_case *c = map_get(&s->cases, number);
    struct buf b;
    struct json_out j;
    buf_init(&b, a, 1024);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_array(&j, "cases");
    if (c && !c->forgotten)
        put_case(&j, c);
    json_out_end(&j);
    json_out_str(&j, "mode", STR("MÔ PHỎNG"));
    json_out_end(&j);
    return buf_str(&b);
}

struct str sim_list(struct vneid_services_sim *s, struct arena *a, struct day day, struct str after)
{
    struct buf b;
    struct json_out j;
    struct str last = STR("");
    int shown = 0;
    if (s->list.n > 1)
        qsort(s->list.v, s->list.n, sizeof *s->list.v, by_number);
    buf_init(&b, a, ANSWER_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_array(&j, "cases");
    for (size_t i = 0; i < s->list.n && shown < SIM_LIST_PAGE; i++) {
        const struct sim_case *c = s->list.v[i];
        if (c->forgotten || !was_touched(c, day) || str_cmp(c->number, after) <= 0)
            continue;
        put_case(&j, c);
        last = c->number;
        shown++;
    }
    json_out_end(&j);
    json_out_str(&j, "mode", STR("MÔ PHỎNG"));
    if (shown == SIM_LIST_PAGE)
        json_out_str(&j, "next", last);
    json_out_end(&j);
    return buf_str(&b);
}
