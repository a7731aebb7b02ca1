/* arrive.c: somebody comes from VNeID. Their browser changes the code for a cookie of its own and goes on without it; then whoever is
 * signed in must be the person that VNeID spoke of. What it said fills in the form, each answer with its source; nobody else's form.
 */
#include "models/m05_vneid_services/doors.h"

#include "engines/accounts/accounts.h"
#include "engines/broker/links.h"
#include "gen/vneid_services_pages.h"

#define ARRIVAL_COOKIE "bon_vneid"

enum { ARRIVAL_MINUTES = 15 };

static const struct {
    const char *word; /* in the log */
    int status;
    struct str say;
} refusals[REFUSALS_] = {
    [REFUSED_GONE] = { "gone", 410,
                       MSG("Liên kết từ VNeID đã dùng hoặc đã quá một phút. Xin quay lại VNeID và mở dịch vụ lần nữa.") },
    [REFUSED_OTHER_PERSON] = { "other_person", 403,
                               MSG("VNeID mở dịch vụ này cho một người khác, không phải người đang đăng nhập ở đây. Không có "
                                   "thông tin nào được dùng. Xin đăng xuất rồi mở lại từ VNeID của chính bạn.") },
    [REFUSED_SERVICE] = { "service", 409, STR_INIT("") },
};

/* ---- the code ---- */

struct arriving {
    struct str cookie;
    bool came;
};

int vneid_arrive_prepare(struct req *q, struct err *e)
{
    struct arriving *w = arena_new(q->arena, struct arriving);
    (void)e;
    q->work = w;
    w->cookie = token_new(q->arena);
    return 0;
}

int vneid_arrive_write(struct req *q, struct tx *tx, struct err *e)
{
    struct arriving *w = q->work;
    struct vneid_arrival_come_row row;
    struct vneid_arrival_come_in in = { .cookie = sha256(w->cookie),
                                        .expires_at = { tx_now(tx).us + ARRIVAL_MINUTES * US_PER_MINUTE },
                                        .code = sha256(str_or_empty(req_query(q, "ma"))),
                                        .now = tx_now(tx) };
    tx_unaudited(tx, "a browser has come with its code; who it is shows when they sign in");
    int got = vneid_arrival_come(tx, q->arena, &in, &row, e);
    w->came = got == 1;
    return got < 0 ? -1 : 0;
}

static int show_refusal(struct req *q, struct res *s, struct vneid_come_view *v)
{
    struct html h = res_html(q, s);
    if (v->refusal != REFUSED_SERVICE)
        v->say = refusals[v->refusal].say;
    s->status = refusals[v->refusal].status;
    vneid_refused(&h, v);
    return 0;
}

/* Who is not signed in goes through VNeID, where they are signed in already. */
int vneid_arrive_reply(struct req *q, struct res *s, struct err *e)
{
    const struct arriving *w = q->work;
    (void)e;
    if (!w->came)
        return show_refusal(q, s, &(struct vneid_come_view) { .refusal = REFUSED_GONE });
    res_cookie(q, s, ARRIVAL_COOKIE, w->cookie, ARRIVAL_MINUTES * 60);
    return res_redirect(s, q->actor->account ? STR("/vneid/mo") : STR("/sign-in/with/vneid?next=%2Fvneid%2Fmo"));
}

/* ---- the person ---- */

struct opening {
    struct vneid_come_view v;
    struct vneid_arrival_row_row row;
    struct str sign_in; /* where to go first: the service needs a higher level */
};

/* The number is the one of the account; and VNeID's subject, where it is linked, opens this account and no other: after somebody has linked
 * their account anew, what was said of the old subject is somebody else's. */
static int is_same_person(struct req *q, struct dbr *r, const struct vneid_arrival_row_row *row, bool *same, struct err *e)
{
    struct broker_link_of_subject_row link;
    struct broker_link_of_account_row own;
    int linked = broker_link_of_subject(
        r, q->arena, &(struct broker_link_of_subject_in) { .issuer = row->issuer, .subject = row->subject }, &link, e);
    int has = broker_link_of_account(
        r, q->arena, &(struct broker_link_of_account_in) { .issuer = row->issuer, .account = q->actor->account }, &own, e);
    *same = q->actor->pid.v[0] && pid_eq(&q->actor->pid, &row->pid) && (linked != 1 || link.account == q->actor->account) &&
            (has != 1 || str_eq(own.subject, row->subject));
    return linked < 0 || has < 0 ? -1 : 0;
}

/* A day as people write it; all else as it is. */
static struct str as_read(struct arena *a, struct str value)
{
    struct day d;
    return day_parse_iso(value, &d) ? day_vi(a, d) : value;
}

/* What VNeID said, as the person reads it, in the order of the pack's list. */
static int fill_known(struct req *q, struct opening *w, struct err *e)
{
    const struct vneid_channel *c = vneid_channel(q->app);
    service_knowns known = { 0 };
    if (services_known_read(q->arena, w->row.known, STR("VNeID"), instant_day(w->row.made_at), &known, e))
        return -1;
    w->v.known = arena_new_array(q->arena, struct known_view, known.n);
    for (size_t k = 0; k < c->claims.n; k++)
        for (size_t i = 0; i < known.n; i++)
            if (str_eq(c->claims.v[k].word, known.v[i].name))
                w->v.known[w->v.n_known++] = (struct known_view) { c->claims.v[k].label, as_read(q->arena, known.v[i].values[0]) };
    return 0;
}

int vneid_open_prepare(struct req *q, struct err *e)
{
    struct opening *w = arena_new(q->arena, struct opening);
    struct dbr *r = req_read(q, e);
    bool same;
    q->work = w;
    w->v.name = q->actor->name;
    struct vneid_arrival_row_in in = { .cookie = sha256(str_or_empty(req_cookie(q, ARRIVAL_COOKIE))), .now = q->now };
    int got = r ? vneid_arrival_row(r, q->arena, &in, &w->row, e) : -1;
    if (got < 0)
        return -1;
    if (got == 0) {
        w->v.refusal = REFUSED_GONE;
        return 0;
    }
    if (is_same_person(q, r, &w->row, &same, e) ||
        vneid_service_on(q->app, r, q->arena, w->row.service, instant_day(q->now), &w->v.service, e))
        return -1;
    if (!same) {
        w->v.refusal = REFUSED_OTHER_PERSON;
        return 0;
    }
    if (w->v.service.state != VNEID_OFFERED) {
        w->v.refusal = REFUSED_SERVICE;
        w->v.say = vneid_service_state_say(w->v.service.state);
        return 0;
    }
    struct proof_wanted wanted = { .assurance = w->v.service.level };
    if (!proof_suffices(q->actor, &wanted))
        w->sign_in = sign_in_url(q, STR("/vneid/mo"), &wanted);
    w->v.mode = w->row.mode;
    w->v.made_at = w->row.made_at;
    w->v.offer = w->row.has_offer ? w->row.offer : 0;
    w->v.key = req_form_key(q);
    return fill_known(q, w, e);
}

static int make_offer(struct req *q, struct tx *tx, struct opening *w, struct err *e)
{
    struct case_offer o = { .account = q->actor->account,
                            .channel = CASE_VNEID,
                            .service = w->row.service,
                            .source = STR("VNeID"),
                            .known = w->row.known };
    if (case_offer_put(tx, &o, &w->v.offer, e))
        return -1;
    return vneid_arrival_offer(tx, &(struct vneid_arrival_offer_in) { .offer = w->v.offer, .id = w->row.id }, NULL, e);
}

int vneid_open_write(struct req *q, struct tx *tx, struct err *e)
{
    struct opening *w = q->work;
    struct audit_record rec = audit_of(q, w->v.refusal ? STR("vneid.refused") : STR("vneid.came"));
    if (w->v.refusal == REFUSED_GONE || w->sign_in.p || (!w->v.refusal && w->row.has_offer)) {
        tx_unaudited(tx, "nothing is known of them yet, or it was recorded when they first came");
        return 0;
    }
    rec.object = str_fmt(q->arena, "service/%.*s", STR_ARG(w->row.service));
    rec.mode = w->row.mode;
    if (w->v.refusal)
        rec.detail = str_fmt(q->arena, "{\"why\":\"%s\"}", refusals[w->v.refusal].word);
    if (!w->v.refusal && make_offer(q, tx, w, e))
        return -1;
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int vneid_open_reply(struct req *q, struct res *s, struct err *e)
{
    struct opening *w = q->work;
    (void)e;
    if (w->v.refusal)
        return show_refusal(q, s, &w->v);
    if (w->sign_in.p)
        return res_redirect(s, w->sign_in);
    struct html h = res_html(q, s);
    vneid_come(&h, &w->v);
    return 0;
}
