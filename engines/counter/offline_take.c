/* offline_take.c: before the line is cut: a machine is given a block of provisional numbers of its commune, and the list of
 * services that can be taken in without a network. The page itself is an empty shell that the browser keeps.
 */
#include "engines/counter/offline.h"

#include "base/json.h"
#include "engines/people/pack.h"
#include "gen/counter_pages.h"

#include <jansson.h>

const struct form offline_take_form = { .name = "counter_offline_take", .max_body = 4096 };

bool offline_client_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'f') || (s.p[i] >= '0' && s.p[i] <= '9')))
            return false;
    return s.n >= 16 && s.n <= 64;
}

#define NUMBER_MARK "TM-"

struct str offline_number(struct arena *a, const struct unit_code *unit, int64_t n)
{
    return str_fmt(a, NUMBER_MARK "%.*s-%06lld", STR_ARG(unit_code_str(unit)), (long long)n);
}

bool offline_number_parse(struct arena *a, struct str text, const struct unit_code *unit, int64_t *n)
{
    struct str prefix = str_fmt(a, NUMBER_MARK "%.*s-", STR_ARG(unit_code_str(unit)));
    struct str digits = str_from(text, prefix.n);
    return str_starts(text, prefix) && str_is_digits(digits) && digits.n <= 9 && str_to_i64(digits, n);
}

int counter_offline_get(struct req *q, struct res *s, struct err *e)
{
    struct offline_shell_view v = { .account = q->actor->login, .place = counter_unit_name(q, counter_intake_unit(q)) };
    (void)e;
    struct html h = res_html(q, s);
    counter_offline(&h, &v);
    return 0;
}

struct taking_along {
    struct str client;
    int64_t first, last;
    struct instant until;
    VEC(const struct service_def *) services;
};

/* Which services can be taken in without a network is the province's to say: `counter.offline` of the pack. */
static int list_services(struct req *q, struct taking_along *w, struct err *e)
{
    struct pack_conf conf;
    struct str codes, code;
    struct dbr *r = req_read(q, e);
    if (!r || pack_conf_read(q->arena, q->app->settings.pack_dir, &conf, e))
        return -1;
    codes = str_or_empty(pack_value_on(&conf, "counter.offline", instant_day(q->now)));
    while (codes.n > 0 && str_cut(&codes, ' ', &code)) {
        const struct service_def *def;
        int got = code.n ? services_in_force(q->app, r, code, instant_day(q->now), &def, e) : 0;
        if (got < 0)
            return -1;
        if (got == 1 && def->level != SERVICE_INFO)
            *vec_push(q->arena, &w->services) = def;
    }
    return 0;
}

int counter_offline_take_prepare(struct req *q, struct err *e)
{
    struct taking_along *w = q->work = arena_new(q->arena, struct taking_along);
    w->client = json_str_at(q->json, "client");
    if (!offline_client_plain(w->client))
        return ERR_SAY(e, ERR_FORM, MSGS("Máy gửi lên không có mã của máy. Xin tải lại trang rồi thử lại."), "client");
    return list_services(q, w, e);
}

/* A machine that still holds numbers gets the same block again: numbers are not wasted by opening the page. */
int counter_offline_take_write(struct req *q, struct tx *tx, struct err *e)
{
    struct taking_along *w = q->work;
    struct counter_block_of_row held;
    struct counter_block_last_row last;
    const struct unit_code *unit = counter_intake_unit(q);
    struct audit_record rec = audit_of(q, STR("counter.numbers_taken"));
    struct counter_block_insert_in in = { .unit = *unit, .client = w->client, .account = q->actor->account, .given_at = tx_now(tx) };
    struct counter_block_of_in ask = { .client = w->client, .unit = *unit, .now = tx_now(tx) };
    int64_t id;
    bool fresh = json_is_true(json_object_get(q->json, "more"));
    int got = fresh ? 0 : counter_block_of(tx_reader(tx), q->arena, &ask, &held, e);
    if (got < 0 || counter_block_last(tx_reader(tx), q->arena, &(struct counter_block_last_in) { .unit = *unit }, &last, e) < 0)
        return -1;
    in.first_n = got == 1 ? held.first_n : last.last + 1;
    in.last_n = got == 1 ? held.last_n : last.last + OFFLINE_BLOCK;
    in.until = got == 1 ? held.until : (struct instant) { tx_now(tx).us + OFFLINE_BLOCK_DAYS * US_PER_DAY };
    if (got == 0 && counter_block_insert(tx, &in, &id, e))
        return -1;
    w->first = in.first_n;
    w->last = in.last_n;
    w->until = in.until;
    rec.unit = *unit;
    rec.object = str_fmt(q->arena, "block/%.*s/%lld", STR_ARG(w->client), (long long)in.first_n);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int counter_offline_take_reply(struct req *q, struct res *s, struct err *e)
{
    const struct taking_along *w = q->work;
    struct json_out j;
    (void)e;
    s->type = STR("application/json");
    json_out_init(&j, &s->body);
    json_out_open(&j);
    json_out_str(&j, "account", q->actor->login);
    json_out_int(&j, "first", w->first);
    json_out_int(&j, "last", w->last);
    json_out_str(&j, "place", counter_unit_name(q, counter_intake_unit(q)));
    json_out_array(&j, "services");
    for (size_t i = 0; i < w->services.n; i++) {
        json_out_item_object(&j);
        json_out_str(&j, "code", w->services.v[i]->code);
        json_out_str(&j, "name", w->services.v[i]->name);
        json_out_end(&j);
    }
    json_out_end(&j);
    json_out_str(&j, "unit", unit_code_str(counter_intake_unit(q)));
    json_out_int(&j, "until_ms", w->until.us / 1000);
    json_out_end(&j);
    return 0;
}
