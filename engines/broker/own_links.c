/* own_links.c: "Liên kết VNeID của tôi": what is linked, since when, on what evidence, what was; and how to end it. */
#include "engines/broker/pages.h"

#include "gen/broker_pages.h"

#include <string.h>

static struct str basis_label(struct str basis)
{
    static const struct {
        struct str word, label;
    } labels[] = {
        { STR_INIT("register"), MSG("Số định danh, họ tên và ngày sinh khớp dữ liệu dân cư") },
        { STR_INIT("joined"), MSG("Tài khoản được tạo ở lần đăng nhập đầu tiên, khớp dữ liệu dân cư") },
        { STR_INIT("proof"), MSG("Bạn đã đăng nhập vào tài khoản này để xác nhận") },
    };
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
        if (str_eq(basis, labels[i].word))
            return labels[i].label;
    return basis;
}

/* What models call L4 is a session of level 2; a level 1 account was opened without seeing its owner. */
static struct str evidence_of(int64_t assurance)
{
    return assurance == 2 ? evidence_label(EVIDENCE_L4, SOURCE_TYPED) : MSGS("Mức 1: chưa xác thực (L1)");
}

static const struct upstream *named(const struct upstream *all, size_t n, struct str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].name, name))
            return &all[i];
    return NULL;
}

static bool is_linked(const struct links_view *v, struct str issuer)
{
    for (size_t i = 0; i < v->links.n; i++)
        if (!v->links.v[i].ended && str_eq(v->links.v[i].row.issuer, issuer))
            return true;
    return false;
}

static int load(struct req *q, struct links_view *v, struct err *e)
{
    struct upstream all[UPSTREAMS_MAX];
    size_t n;
    struct broker_links_of_person_rows rows;
    struct dbr *r = req_read(q, e);
    if (!r || upstreams_in_force(r, q->arena, instant_day(q->now), all, &n, e) != 0 ||
        broker_links_of_person(r, q->arena, &(struct broker_links_of_person_in) { .account = q->actor->account }, &rows,
                               e) != 0)
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        const struct broker_links_of_person_row *row = &rows.v[i];
        const struct upstream *u = named(all, n, row->upstream);
        *vec_push(q->arena, &v->links) = (struct link_view) { .row = *row,
                                                              .label = u ? u->label : row->upstream,
                                                              .basis = basis_label(row->basis),
                                                              .joined = str_eq(row->basis, STR("joined")),
                                                              .ended = row->has_ended_at,
                                                              .evidence = evidence_of(row->assurance) };
        v->open = v->open || !row->has_ended_at;
        v->n_ended += row->has_ended_at;
    }
    for (size_t i = 0; i < n; i++)
        if (!is_linked(v, all[i].issuer))
            *vec_push(q->arena, &v->offers) =
                (struct offer_view) { .label = all[i].label,
                                      .href = str_fmt(q->arena, "/my-links/%.*s/start", STR_ARG(all[i].name)) };
    return 0;
}

int links_get(struct req *q, struct res *s, struct err *e)
{
    struct links_view v;
    memset(&v, 0, sizeof(v));
    if (load(q, &v, e) != 0)
        return -1;
    v.key = req_form_key(q);
    v.done = str_eq(req_query(q, "done"), STR("unlinked"))
                 ? MSGS("Đã gỡ liên kết. Các phiên mở qua liên kết ấy đã kết thúc.")
             : str_eq(req_query(q, "done"), STR("linked")) ? MSGS("Đã liên kết.")
                                                           : STR_NONE;
    struct html h = res_html(q, s);
    links_page(&h, &v);
    return 0;
}

int unlink_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id;
    bool current;
    struct broker_link_own_row row;
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "link id");
    struct broker_link_own_in in = { .id = id, .account = q->actor->account };
    int found = broker_link_own(tx_reader(tx), q->arena, &in, &row, e);
    if (found < 0)
        return -1;
    if (found == 0)
        return ERR(e, ERR_NOT_FOUND, "link %lld is not this account's or has ended", (long long)id);
    if (link_end(q, tx, id, row.issuer, row.subject, "owner", &current, e) != 0)
        return -1;
    req_outcome(q, current ? STR("out") : STR("in"));
    return link_record(q, tx, STR("broker.unlinked"), q->actor->account, row.upstream, STR_NONE, NULL, e);
}

/* When this very session was opened through the link it has just ended. */
int unlink_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    if (!str_eq(q->outcome, STR("out")))
        return res_redirect(s, STR("/my-links?done=unlinked"));
    res_cookie(q, s, SESSION_COOKIE, STR(""), 0);
    return res_redirect(s, STR("/sign-in"));
}
