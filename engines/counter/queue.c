/* queue.c: what waits at a desk, most urgent first, in pages that begin after the last line seen: a queue of thousands opens as
 * quickly as a short one.
 */
#include "engines/counter/inside.h"

#include "gen/counter_pages.h"

enum { PAGE = 50 };

struct queue_list {
    const char *name;
    struct str label; /* MSG */
};
static const struct queue_list lists[] = {
    { "all", MSG("Đang chờ") },     { "mine", MSG("Của tôi") },        { "free", MSG("Chưa ai nhận") },
    { "late", MSG("Đã quá hạn") }, { "soon", MSG("Sắp đến hạn") },
};
enum { LISTS = sizeof lists / sizeof lists[0] };

struct str queue_number(struct html *h, const struct case_line *c)
{
    return case_number_str(h->arena, &c->number);
}

struct str queue_href(struct html *h, const struct case_line *c)
{
    return counter_case_path(h->arena, &c->number, "");
}

bool queue_is_soon(struct html *h, const struct case_line *c)
{
    const struct req *q = page_of(h)->q;
    return c->clock == CLOCK_RUNNING && c->due.us && !c->late && c->due.us < case_soon(q->app, q->now).us;
}

static struct str list_asked(const struct req *q)
{
    struct str asked = req_query(q, "list");
    for (size_t i = 0; i < LISTS; i++)
        if (str_eq(asked, str_of(lists[i].name)))
            return asked;
    return str_of(lists[0].name);
}

static void narrow(const struct req *q, struct str list, struct case_queue_ask *ask)
{
    if (str_eq(list, STR("mine")))
        ask->officer = q->actor->account;
    if (str_eq(list, STR("free")))
        ask->officer = CASE_NOBODYS;
    if (str_eq(list, STR("late")))
        ask->due_before = q->now;
    if (str_eq(list, STR("soon"))) {
        ask->due_from = q->now;
        ask->due_before = case_soon(q->app, q->now);
    }
}

static void fill_tabs(struct req *q, const struct counter_desks *all, struct queue_view *v)
{
    struct arena *a = q->arena;
    int64_t counts[LISTS] = { v->counts.waiting, 0, 0, v->counts.late, v->counts.soon };
    v->desks.label = MSGS("Bộ phận");
    v->lists.label = MSGS("Việc đang chờ");
    for (size_t i = 0; i < all->n && all->n > 1; i++)
        *vec_push(a, &v->desks.tabs) = (struct tab_view) {
            .label = all->v[i].name, .href = str_fmt(a, "/counter?desk=%zu", i), .current = i == v->place
        };
    for (size_t i = 0; i < LISTS; i++)
        *vec_push(a, &v->lists.tabs) = (struct tab_view) { .label = lists[i].label,
                                                           .href = str_fmt(a, "/counter?desk=%zu&list=%s", v->place, lists[i].name),
                                                           .current = !v->searched && str_eq(v->list, str_of(lists[i].name)),
                                                           .counted = !v->searched && i != 1 && i != 2,
                                                           .count = counts[i] };
}

static int read_list(struct req *q, struct dbr *r, struct queue_view *v, struct case_queue_ask *ask, struct err *e)
{
    int64_t turn;
    ask->most = PAGE;
    if (v->searched)
        return case_search(q->app, r, q->arena, &v->desk.unit, v->search, PAGE, &v->cases, e);
    narrow(q, v->list, ask);
    if (str_to_i64(req_query(q, "turn"), &turn) && str_to_i64(req_query(q, "id"), &ask->after_id))
        ask->after_turn = (struct instant) { turn };
    if (case_queue(q->app, r, q->arena, ask, q->now, &v->cases, e))
        return -1;
    if (v->cases.more)
        v->next = str_fmt(q->arena, "/counter?desk=%zu&list=%.*s&turn=%lld&id=%lld", v->place, STR_ARG(v->list),
                          (long long)v->cases.next_turn.us, (long long)v->cases.next_id);
    return 0;
}

/* Cases of other places that a search by number found are not this reader's. */
static void keep_own(struct req *q, struct queue_view *v)
{
    size_t kept = 0;
    for (size_t i = 0; i < v->cases.n; i++)
        if (case_line_is_for(q, &v->cases.v[i]))
            v->cases.v[kept++] = v->cases.v[i];
    v->cases.n = kept;
}

int counter_queue_get(struct req *q, struct res *s, struct err *e)
{
    struct counter_desks all;
    const struct counter_desk *desk;
    struct case_pairs pairs;
    struct case_raises raises = { .n = 0 };
    struct queue_view v = { .search = str_trim(str_or_empty(req_query(q, "q"))), .key = req_form_key(q) };
    struct dbr *r = req_read(q, e);
    if (!r || counter_desk_asked(q, &all, &desk, e))
        return -1;
    struct case_queue_ask ask = { .unit = desk->unit, .agency = desk->agency, .owner = desk->owner };
    v.desk = *desk;
    v.place = (size_t)(desk - all.v);
    v.list = list_asked(q);
    v.searched = v.search.n > 0;
    v.place_name = counter_unit_name(q, &desk->unit);
    v.may_receive = desk->owner == OWNER_ONE_STOP;
    v.may_approve = desk->owner == OWNER_APPROVER;
    struct case_queue_ask whole = ask; /* read_list narrows */
    if (read_list(q, r, &v, &ask, e))
        return -1;
    if (v.searched)
        keep_own(q, &v);
    /* A receipt's QR or a whole number leads straight to its case. */
    if (v.searched && v.cases.n == 1 && str_eq_nocase(v.search, case_number_str(q->arena, &v.cases.v[0].number)))
        return res_redirect(s, counter_case_path(q->arena, &v.cases.v[0].number, ""));
    /* Whoever searches does not ask how much waits. */
    if ((!v.searched && case_queue_counts(q->app, r, q->arena, &whole, q->now, &v.counts, e)) ||
        counter_colleagues(q, desk, &v.colleagues, e) ||
        case_pairs_of(r, q->arena, &desk->unit, &pairs, e))
        return -1;
    v.pairs = (int64_t)pairs.n;
    if (v.may_approve && case_raises_at(r, q->arena, &ask, &raises, e))
        return -1;
    v.raised = (int64_t)raises.n;
    fill_tabs(q, &all, &v);
    struct html h = res_html(q, s);
    counter_queue(&h, &v);
    return 0;
}
