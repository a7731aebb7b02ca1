/* channel.c: the channel as the pack has it, and where VNeID is reached: vneid.conf of the data directory, "services = https://…". */
#include "models/m05_vneid_services/vneid.h"

#include "engines/people/pack.h"

struct vneid_channel *vneid_channel(const struct app *app)
{
    return app_engine(app, "vneid_services");
}

static bool is_yes(struct str s)
{
    return str_eq(s, STR("yes"));
}

/* One file of the pack: `row` takes its rows. */
static int read_list(struct app *app, const char *file, const char *const *names, size_t n,
                     bool (*row)(struct arena *a, const struct pack_list *l, struct vneid_channel *c),
                     struct vneid_channel *c, struct err *e)
{
    struct pack_list l;
    int got;
    if (pack_list_open(&app->arena, app->settings.pack_dir, file, names, n, &l, e))
        return -1;
    while ((got = pack_list_next(&l, e)) == 1)
        if (!row(&app->arena, &l, c))
            return pack_refuse(&l, e, "a cell is not what its column promises");
    return got;
}

static bool claim_row(struct arena *a, const struct pack_list *l, struct vneid_channel *c)
{
    struct vneid_claim x = { pack_cell(l, 0), pack_cell(l, 1), pack_cell(l, 2) };
    *vec_push(a, &c->claims) = x;
    return x.word.n && x.claim.n && x.label.n;
}

static bool state_row(struct arena *a, const struct pack_list *l, struct vneid_channel *c)
{
    struct vneid_state x = { .theirs = pack_cell(l, 2), .label = pack_cell(l, 3), .confirmed = is_yes(pack_cell(l, 4)) };
    uint32_t national = 0;
    bool good = day_parse_iso(pack_cell(l, 0), &x.from) && pack_number(l, 1, &national) && national >= 1 && national <= 10;
    x.national = (int)national;
    *vec_push(a, &c->states) = x;
    return good && x.theirs.n && x.label.n;
}

static bool service_row(struct arena *a, const struct pack_list *l, struct vneid_channel *c)
{
    struct vneid_listed x = { .code = pack_cell(l, 0) };
    uint32_t level = 0;
    bool good = pack_number(l, 1, &level) && (level == 1 || level == 2) && day_parse_iso(pack_cell(l, 2), &x.from);
    x.level = (int)level;
    *vec_push(a, &c->services) = x;
    return good && x.code.n;
}

static bool feature_row(struct arena *a, const struct pack_list *l, struct vneid_channel *c)
{
    struct vneid_feature x = { .name = pack_cell(l, 0), .note = str_or_empty(pack_cell(l, 5)) };
    for (size_t i = 0; i < DOORS_; i++) {
        struct str word = pack_cell(l, i + 1);
        if (!is_yes(word) && !str_eq(word, STR("part")) && !str_eq(word, STR("no")))
            return false;
        x.can[i] = is_yes(word) ? CAN_YES : str_eq(word, STR("part")) ? CAN_PART : CAN_NO;
    }
    *vec_push(a, &c->features) = x;
    return x.name.n > 0;
}

static int read_pack(struct app *app, struct vneid_channel *c, struct err *e)
{
    static const char *const claims[] = { "word", "claim", "label" };
    static const char *const states[] = { "from", "national", "theirs", "label", "confirmed" };
    static const char *const services[] = { "code", "level", "from" };
    static const char *const features[] = { "feature", "vneid", "app", "web", "kiosk", "note" };
    return read_list(app, "vneid-claims.csv", claims, 3, claim_row, c, e) ||
                   read_list(app, "vneid-states.csv", states, 5, state_row, c, e) ||
                   read_list(app, "vneid-services.csv", services, 3, service_row, c, e) ||
                   read_list(app, "vneid-features.csv", features, 6, feature_row, c, e)
               ? -1
               : 0;
}

/* An address that is neither https nor this machine's would carry numbers of people in the clear. */
static int read_address(struct app *app, struct vneid_channel *c, struct err *e)
{
    struct str text, line, key;
    struct err why = { 0 };
    c->base = STR("");
    if (pack_file(&app->arena, app->settings.data_dir, "vneid.conf", &text, &why))
        return why.code == ERR_NOT_FOUND ? 0 : ERR(e, why.code, "%s", why.detail);
    while (str_cut(&text, '\n', &line))
        if (str_cut(&line, '=', &key) && str_eq(str_trim(key), STR("services")))
            c->base = str_trim(line);
    return c->base.n == 0 || upstream_address_is_safe(c->base)
               ? 0
               : ERR_SAY(e, ERR_INPUT, MSGS("Địa chỉ của VNeID trong vneid.conf phải bắt đầu bằng https://, hoặc là của máy này."),
                         "vneid.conf: %.*s is neither https nor this machine's", STR_ARG(str_head(c->base, 80)));
}

int vneid_start(struct app *app, struct err *e)
{
    void **slot = app_engine_slot(app, "vneid_services");
    struct vneid_channel *c = arena_new(&app->arena, struct vneid_channel);
    if (read_pack(app, c, e) || read_address(app, c, e))
        return -1;
    *slot = c;
    return 0;
}

/* The row with the latest day that has come holds. */
static const struct vneid_state *newer(const struct vneid_state *x, const struct vneid_state *y, struct day on)
{
    return x->from.n <= on.n && (!y || x->from.n >= y->from.n) ? x : y;
}

const struct vneid_state *vneid_state_on(const struct vneid_channel *c, int national, struct day on)
{
    const struct vneid_state *found = NULL;
    for (size_t i = 0; i < c->states.n; i++)
        if (c->states.v[i].national == national)
            found = newer(&c->states.v[i], found, on);
    return found;
}

const struct vneid_state *vneid_state_called(const struct vneid_channel *c, struct str theirs, struct day on)
{
    const struct vneid_state *found = NULL;
    for (size_t i = 0; i < c->states.n; i++)
        if (str_eq(c->states.v[i].theirs, theirs))
            found = newer(&c->states.v[i], found, on);
    return found;
}

struct str vneid_door_label(enum vneid_door d)
{
    static const struct str labels[DOORS_] = { MSG("Trong VNeID"), MSG("Trang cài trên điện thoại"), MSG("Trang web"),
                                               MSG("Kiốt") };
    return labels[d];
}

struct str vneid_can_label(enum vneid_can can)
{
    static const struct str labels[CANS_] = { MSG("Không"), MSG("Một phần"), MSG("Có") };
    return labels[can];
}

enum tag_kind vneid_can_tag(enum vneid_can can)
{
    static const enum tag_kind tags[CANS_] = { TAG_PLAIN, TAG_QUEUED, TAG_ACCEPTED };
    return tags[can];
}
