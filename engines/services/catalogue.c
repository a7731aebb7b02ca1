/* catalogue.c: the catalogue for everyone: by events of a life, by sector, by plain words. */
#include "engines/services/catalogue.h"

#include "base/json.h"
#include "gen/services_pages.h"

enum { HITS = 20, WORDS_MOST = 200 };

struct listing {
    struct req *q;
    struct dbr *r;
    struct day today;
    struct services_listed_rows rows;
    struct services_events_rows events;
};

static int load(struct req *q, struct listing *l, struct err *e)
{
    *l = (struct listing) { .q = q, .r = req_read(q, e), .today = instant_day(q->now) };
    return !l->r || services_listed(l->r, q->arena, &(struct services_listed_in) { .today = l->today }, &l->rows, e) ||
                   services_events(l->r, q->arena, &l->events, e)
               ? -1
               : 0;
}

static struct str days_words(struct req *q, const struct services_listed_row *row)
{
    struct service_def def = { .days = (int)row->days, .same_day_before = -1 };
    return row->level == SERVICE_INFO ? STR("") : services_time_words(q->arena, q->lang, &def);
}

static void add_entry(struct listing *l, const struct services_listed_row *row, struct catalogue_view *v)
{
    enum service_level level = (enum service_level)row->level;
    *vec_push(l->q->arena, &v->entries) = (struct catalogue_entry) { .code = row->service,
                                                                     .name = row->name,
                                                                     .level = service_level_label(level),
                                                                     .time = days_words(l->q, row),
                                                                     .tag = service_level_tag(level),
                                                                     .papers = row->papers,
                                                                     .online = level != SERVICE_INFO };
}

static const struct services_listed_row *row_of(const struct listing *l, struct str code)
{
    for (size_t i = 0; i < l->rows.n; i++)
        if (str_eq(l->rows.v[i].service, code))
            return &l->rows.v[i];
    return NULL;
}

/* ---- ways to narrow ---- */

static int list_found(struct listing *l, struct catalogue_view *v, struct err *e)
{
    service_hits hits;
    struct str asked = str_head(v->asked, WORDS_MOST);
    if (services_search(l->q->app, l->r, l->q->arena, asked, l->today, HITS, &hits, e))
        return -1;
    for (size_t i = 0; i < hits.n; i++) {
        const struct services_listed_row *row = row_of(l, hits.v[i].code);
        if (row)
            add_entry(l, row, v);
    }
    return 0;
}

static void list_event(struct listing *l, struct str event, struct catalogue_view *v)
{
    v->title = service_event_label(event);
    for (size_t i = 0; i < l->events.n; i++) {
        const struct services_listed_row *row = row_of(l, l->events.v[i].service);
        if (row && str_eq(l->events.v[i].event, event))
            add_entry(l, row, v);
    }
}

static void list_sector(struct listing *l, struct str sector, struct catalogue_view *v)
{
    for (size_t i = 0; i < l->rows.n; i++)
        if (str_eq(l->rows.v[i].sector, sector)) {
            v->title = l->rows.v[i].sector_name;
            add_entry(l, &l->rows.v[i], v);
        }
}

/* ---- the front page ---- */

static struct catalogue_choice *choice_of(struct catalogue_choice *v, size_t n, struct str key)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].key, key))
            return &v[i];
    return NULL;
}

static void count_choices(struct listing *l, struct catalogue_view *v)
{
    for (const struct service_word *w = service_life_events; w->word.p; w++) {
        struct catalogue_choice c = { .label = w->label, .key = w->word };
        for (size_t i = 0; i < l->events.n; i++)
            c.n += str_eq(l->events.v[i].event, w->word) && row_of(l, l->events.v[i].service);
        if (c.n)
            *vec_push(l->q->arena, &v->events) = c;
    }
    for (size_t i = 0; i < l->rows.n; i++) {
        struct catalogue_choice *c = choice_of(v->sectors.v, v->sectors.n, l->rows.v[i].sector);
        if (!c)
            *(c = vec_push(l->q->arena, &v->sectors)) =
                (struct catalogue_choice) { l->rows.v[i].sector_name, l->rows.v[i].sector, 0 };
        c->n++;
        v->total++;
        v->online += l->rows.v[i].level != SERVICE_INFO;
        v->without_paper += l->rows.v[i].level != SERVICE_INFO && l->rows.v[i].papers == 0;
    }
}

static int narrow(struct listing *l, struct catalogue_view *v, struct err *e)
{
    struct str event = req_query(l->q, "event"), sector = req_query(l->q, "sector");
    v->asked = str_or_empty(req_query(l->q, "q"));
    if (v->asked.n)
        return list_found(l, v, e);
    if (event.n)
        list_event(l, event, v);
    else if (sector.n)
        list_sector(l, sector, v);
    return 0;
}

int services_catalogue_get(struct req *q, struct res *s, struct err *e)
{
    struct listing l;
    struct catalogue_view v = { .title = STR("") };
    if (load(q, &l, e) || narrow(&l, &v, e))
        return -1;
    count_choices(&l, &v);
    struct html h = res_html(q, s);
    services_catalogue(&h, &v);
    return 0;
}

/* ---- JSON ---- */

static void put_entry(struct req *q, struct json_out *j, const struct services_listed_row *row)
{
    json_out_item_object(j);
    json_out_str(j, "code", row->service);
    if (row->level != SERVICE_INFO)
        json_out_int(j, "days", row->days);
    json_out_str(j, "level", service_word_of(service_levels, (int)row->level)->word);
    json_out_str(j, "name", row->name);
    json_out_int(j, "papers", row->papers);
    json_out_str(j, "sector", row->sector);
    json_out_str(j, "sector_name", row->sector_name);
    json_out_str(j, "since", day_iso(q->arena, row->since));
    json_out_int(j, "version", row->version);
    json_out_end(j);
}

int services_catalogue_json(struct req *q, struct res *s, struct err *e)
{
    struct listing l;
    struct catalogue_view v = { .title = STR("") };
    struct json_out j;
    if (load(q, &l, e) || narrow(&l, &v, e))
        return -1;
    bool narrowed = v.asked.n || req_query(q, "event").n || req_query(q, "sector").n;
    json_out_init(&j, &s->body);
    json_out_open(&j);
    json_out_array(&j, "services");
    for (size_t i = 0; narrowed && i < v.entries.n; i++)
        put_entry(q, &j, row_of(&l, v.entries.v[i].code));
    for (size_t i = 0; !narrowed && i < l.rows.n; i++)
        put_entry(q, &j, &l.rows.v[i]);
    json_out_end(&j);
    json_out_end(&j);
    s->type = STR("application/json; charset=utf-8");
    return 0;
}
