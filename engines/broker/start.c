/* start.c: setting out: from this site's door to the upstream's, and what the engine keeps for the process. */
#include "engines/broker/emergency.h"
#include "gen/broker_pages.h"

int upstream_asked(struct req *q, struct upstream *out, struct err *e)
{
    struct dbr *r = req_read(q, e);
    int found = r ? upstream_in_force(r, q->arena, req_param(q, "upstream"), instant_day(q->now), out, e) : -1;
    if (found < 0)
        return -1;
    return found == 1 && !out->off ? 0 : ERR(e, ERR_NOT_FOUND, "no upstream of this name is in force");
}

static int set_out(struct req *q, struct res *s, enum flow_aim aim, struct err *e)
{
    struct upstream u;
    struct provider p;
    struct flow f;
    struct proof_wanted wanted = proof_wanted_of(q);
    if (upstream_asked(q, &u, e) != 0)
        return -1;
    /* The read transaction is not held while waiting for another system. */
    db_read_end(q->reader);
    q->reader = NULL;
    struct err why = { 0 };
    if (provider_find(q->app, q->arena, &u, q->now, &p, &why) != 0) {
        log_err(q->log, LOG_WARN, "broker.source", q->id, &why);
        struct refused_view v = { .label = u.label, .say = link_refusal_of(LINK_SOURCE)->say, .again = q->path };
        struct html h = res_html(q, s);
        s->status = 502;
        arrival_refused(&h, &v);
        return 0;
    }
    flow_begin(q, &u, aim, aim == FLOW_LINK ? STR("/my-links") : req_query(q, "next"), &f);
    res_cookie(q, s, FLOW_COOKIE, flow_cookie(q, &f), FLOW_MINUTES * 60);
    return res_redirect(s, flow_authorize_url(q, &u, &p, &f, wanted.since.us > 0));
}

int start_get(struct req *q, struct res *s, struct err *e)
{
    return set_out(q, s, FLOW_SIGN_IN, e);
}

int link_start_get(struct req *q, struct res *s, struct err *e)
{
    return set_out(q, s, FLOW_LINK, e);
}

int broker_start(struct app *app, struct err *e)
{
    (void)e;
    void **slot = app_engine_slot(app, "broker");
    if (!*slot)
        *slot = provider_cache_new();
    return 0;
}

void broker_stop(struct app *app)
{
    void **slot = app_engine_slot(app, "broker");
    provider_cache_free(*slot);
    *slot = NULL;
}

int keys_get(struct req *q, struct res *s, struct err *e)
{
    struct str json;
    return client_keys_json(q->signer, q->arena, &json, e) != 0 ? -1 : res_text(s, "application/json", json);
}

/* ---- the sign-in page ---- */

/* What is to be known before choosing it: an open emergency path, or that it does not answer. */
static int way_note(struct req *q, struct dbr *r, const struct upstream *u, struct str *note, struct err *e)
{
    struct instant until;
    if (emergency_until(q, r, u->name, &until, e) != 0)
        return -1;
    struct tr_arg args[] = { { "until", instant_vi(q->arena, until) } };
    *note = until.us > 0
                ? tr_fill(q->arena, q->lang,
                          MSGS("Đường khẩn cấp mở đến {until}: xin đăng nhập bằng mật khẩu và bước thứ hai."), args, 1)
            : provider_is_down(q->app, u, q->now)
                ? MSGS("Đang gián đoạn; hồ sơ của bạn vẫn an toàn. Xin thử lại sau hoặc dùng cách khác.")
                : STR_NONE;
    return 0;
}

int broker_ways_in(struct req *q, struct way_in *out, size_t *n, struct err *e)
{
    struct upstream all[UPSTREAMS_MAX];
    size_t found;
    struct str next = req_query(q, "next");
    struct proof_wanted wanted = proof_wanted_of(q);
    struct dbr *r = req_read(q, e);
    if (!r || upstreams_in_force(r, q->arena, instant_day(q->now), all, &found, e) != 0)
        return -1;
    for (size_t i = 0; i < found && *n < WAYS_IN_MAX; i++) {
        struct buf b;
        struct str note;
        if (way_note(q, r, &all[i], &note, e) != 0)
            return -1;
        buf_init(&b, q->arena, 4 * FLOW_NEXT_MAX);
        urlencode_param(&b, "next", next.n > 0 ? next : str_or_empty(req_form(q, "next")));
        if (wanted.since.us > 0)
            buf_fmt(&b, "&since=%lld", (long long)(wanted.since.us / US_PER_SECOND));
        out[(*n)++] = (struct way_in) { .label = all[i].label,
                                        .href = str_fmt(q->arena, "/sign-in/with/%.*s?%.*s", STR_ARG(all[i].name),
                                                        STR_ARG(buf_str(&b))),
                                        .note = note };
    }
    return 0;
}
