/* face.c: the first page, numbers, calling a person, stars, and the end: the machine forgets. */
#include "models/m02_kiosk/pages.h"

#include "gen/kiosk_pages.h"
#include "platform/crypto/crypto.h"

/* ---- what all pages need ---- */

int kiosk_open(struct req *q, struct res *s, struct kiosk_bar *bar, struct kiosk_session *session, struct err *e)
{
    *bar = (struct kiosk_bar) { .idle_s = KIOSK_IDLE_S, .warn_s = KIOSK_WARN_S, .key = req_form_key(q) };
    if (kiosk_place_of(q, &bar->place, e))
        return -1;
    int got = kiosk_session_of(q, &bar->place, session, e);
    if (got < 0)
        return -1;
    bar->begun = got == 1;
    bar->covered = session->covered;
    res_header(q, s, STR("Cache-Control"), STR("no-store"));
    return 0;
}

int kiosk_to_start(struct req *q, struct res *s, struct err *e)
{
    (void)q;
    (void)e;
    return res_redirect(s, STR("/kiosk"));
}

int kiosk_get(struct req *q, struct res *s, struct err *e)
{
    static const char *const keys[] = { "ticket", "file", "find" };
    struct kiosk_session session;
    struct kiosk_start_view v = { 0 };
    const struct kiosk_labels *labels = kiosk_labels_of(q->app);
    if (kiosk_open(q, s, &v.bar, &session, e))
        return -1;
    for (size_t i = 0; labels && i < labels->n; i++)
        for (size_t k = 0; k < 3; k++)
            if (str_eq(labels->v[i].key, str_of(keys[k])))
                *vec_push(q->arena, &v.other[k]) = labels->v[i].text;
    struct html h = res_html(q, s);
    if (v.bar.covered)
        kiosk_cover_page(&h, &v.bar);
    else
        kiosk_start_page(&h, &v);
    return 0;
}

/* ---- a number ---- */

static const struct choice lane_choices[] = { { "plain", MSG("Lấy số thường") },
                                              { "old", MSG("Người từ 60 tuổi") },
                                              { "pregnant", MSG("Phụ nữ mang thai, có con nhỏ") },
                                              { "disabled", MSG("Người khuyết tật") },
                                              { .value = NULL } };
static const struct field lane_fields[] = {
    { .name = "lane", .type = FIELD_CHOICE, .required = true, .label = MSG("Lấy số cho"), .choices = lane_choices },
    { .name = NULL },
};
const struct form kiosk_lane_form = { .name = "kiosk_lane", .fields = lane_fields, .max_body = 4 * 1024 };

static int draw_ticket(struct req *q, struct res *s, const struct edge_ticket *t, struct err *e)
{
    struct kiosk_session session;
    struct kiosk_ticket_view v = { 0 };
    if (kiosk_open(q, s, &v.bar, &session, e))
        return -1;
    if (t)
        v.ticket = *t;
    struct html h = res_html(q, s);
    kiosk_ticket_page(&h, &v);
    return 0;
}

int kiosk_ticket_get(struct req *q, struct res *s, struct err *e)
{
    return draw_ticket(q, s, NULL, e);
}

struct ticket_work {
    struct kiosk_place place;
    struct edge_ticket ticket;
};

int kiosk_ticket_prepare(struct req *q, struct err *e)
{
    struct ticket_work *w = arena_new(q->arena, struct ticket_work);
    q->work = w;
    if (kiosk_place_of(q, &w->place, e))
        return -1;
    return w->place.prints ? 0
                           : ERR_SAY(e, ERR_CONFLICT, MSGS("Máy hết giấy hoặc kẹt giấy nên chưa phát số được. Xin lấy số ở bàn hướng dẫn."),
                                     "no paper");
}

int kiosk_ticket_write(struct req *q, struct tx *tx, struct err *e)
{
    struct ticket_work *w = q->work;
    enum edge_lane lane;
    tx_unaudited(tx, "a number in a queue says nothing of anyone");
    if (!edge_lane_named(req_form(q, "lane"), &lane))
        return ERR(e, ERR_INPUT, "no such lane");
    if (edge_ticket_take(tx, q->arena, &w->place.device, lane, &w->ticket, e))
        return -1;
    req_outcome(q, str_fmt(q->arena, "%d %lld %lld %lld", w->ticket.priority, (long long)w->ticket.number, (long long)w->ticket.ahead,
                           (long long)w->ticket.wait_minutes));
    return 0;
}

/* Told from what was written, so that a second press shows the same number. */
static bool ticket_told(struct req *q, struct edge_ticket *t)
{
    struct str rest = q->outcome, part[4];
    int64_t n[4];
    for (size_t i = 0; i < 4; i++)
        if (!str_cut(&rest, ' ', &part[i]) || !str_to_i64(part[i], &n[i]))
            return false;
    *t = (struct edge_ticket) { .id = 1, .priority = n[0] == 1, .number = n[1], .ahead = n[2], .wait_minutes = n[3] };
    t->text = edge_ticket_text(q->arena, t->priority, t->number);
    return true;
}

int kiosk_ticket_reply(struct req *q, struct res *s, struct err *e)
{
    struct edge_ticket t;
    return ticket_told(q, &t) ? draw_ticket(q, s, &t, e) : ERR(e, ERR_INTERNAL, "an outcome that is no ticket");
}

/* ---- a person comes ---- */

struct session_work {
    struct kiosk_place place;
    struct kiosk_session session;
    int64_t stars;
};

int kiosk_call_prepare(struct req *q, struct err *e)
{
    struct session_work *w = arena_new(q->arena, struct session_work);
    q->work = w;
    return kiosk_place_of(q, &w->place, e) || kiosk_session_of(q, &w->place, &w->session, e) < 0 ? -1 : 0;
}

static int cover(struct tx *tx, const struct session_work *w, bool covered, struct err *e)
{
    struct kiosk_session_seen_in in = { .id = w->session.id, .now = tx_now(tx), .covered = covered };
    return w->session.id ? kiosk_session_seen(tx, &in, NULL, e) : 0;
}

/* The helper sees that somebody called, and a screen that shows nothing. */
int kiosk_call_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct session_work *w = q->work;
    tx_unaudited(tx, "a call for help says nothing of anyone");
    return edge_call_person(tx, q->arena, &w->place.device, e) || cover(tx, w, true, e) ? -1 : 0;
}

int kiosk_uncover_prepare(struct req *q, struct err *e)
{
    return kiosk_call_prepare(q, e);
}

int kiosk_uncover_write(struct req *q, struct tx *tx, struct err *e)
{
    tx_unaudited(tx, "the owner of the session goes on");
    return cover(tx, q->work, false, e);
}

/* ---- stars ---- */

static const struct field rate_fields[] = {
    { .name = "stars", .type = FIELD_INT, .required = true, .min = 1, .max = 5, .label = MSG("Số sao") },
    { .name = NULL },
};
const struct form kiosk_rate_form = { .name = "kiosk_rate", .fields = rate_fields, .max_body = 1024 };

int kiosk_rate_prepare(struct req *q, struct err *e)
{
    struct session_work *w = arena_new(q->arena, struct session_work);
    q->work = w;
    w->stars = req_form_int(q, "stars");
    return kiosk_place_of(q, &w->place, e);
}

int kiosk_rate_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct session_work *w = q->work;
    (void)q;
    tx_unaudited(tx, "stars without a name");
    return kiosk_rating_insert(
        tx, &(struct kiosk_rating_insert_in) { .device = w->place.device.id, .now = tx_now(tx), .stars = w->stars }, NULL, e);
}

int kiosk_rate_reply(struct req *q, struct res *s, struct err *e)
{
    struct kiosk_bar bar;
    struct kiosk_session session;
    if (kiosk_open(q, s, &bar, &session, e))
        return -1;
    struct html h = res_html(q, s);
    kiosk_thanks_page(&h, &bar);
    return 0;
}

/* ---- the end ---- */

int kiosk_forget_prepare(struct req *q, struct err *e)
{
    return kiosk_call_prepare(q, e);
}

/* The page says why it ends: nobody pressed "still here", or somebody pressed "done". */
static const char *how_of(struct req *q)
{
    struct str how = req_query(q, "how");
    return str_eq(how, STR("idle")) ? "idle" : str_eq(how, STR("left")) ? "left" : "done";
}

int kiosk_forget_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct session_work *w = q->work;
    if (w->session.id)
        return kiosk_session_forget(tx, q->app, q->arena, w->session.id, how_of(q), e);
    tx_unaudited(tx, "there is nothing to forget");
    return 0;
}

int kiosk_forget_reply(struct req *q, struct res *s, struct err *e)
{
    struct kiosk_gone_view v = { 0 };
    struct kiosk_session none;
    const struct session_work *w = q->work;
    if (kiosk_open(q, s, &v.bar, &none, e))
        return -1;
    v.session = w ? w->session.id : 0;
    res_header(q, s, STR("Clear-Site-Data"), STR("\"cache\", \"cookies\", \"storage\""));
    struct html h = res_html(q, s);
    kiosk_gone_page(&h, &v);
    return 0;
}
