/* desk.c: the receptionist's page: one field that takes a scan, the guests as they come, and the clock of the law. */
#include "models/m09_hotel_stays/desk.h"

#include "gen/hotel_stays_pages.h"

#include <string.h>

const struct choice stay_reasons[] = {
    { "du-lich", MSG("Du lịch") },
    { "cong-tac", MSG("Công tác") },
    { "tham-than", MSG("Thăm người thân") },
    { "kham-benh", MSG("Khám, chữa bệnh") },
    { "hoc-tap", MSG("Học tập") },
    { "khac", MSG("Việc khác") },
    { .value = NULL },
};

int desk_facility(struct req *q, struct facility *out, struct err *e)
{
    const struct grant *g = req_may(q, "stay.declare", NULL, 0);
    struct dbr *r = req_read(q, e);
    if (!r)
        return -1;
    int found = g ? facility_by_id(r, q->arena, g->facility, out, e) : 0;
    if (found < 0)
        return -1;
    return found == 1 ? 0 : ERR_SAY(e, ERR_FORBIDDEN, MSGS("Tài khoản này chưa gắn với cơ sở lưu trú nào."), "no facility");
}

int desk_guest(struct req *q, const struct identity_read *id, struct stay_guest_in *out, struct err *e)
{
    struct dbr *r = req_read(q, e);
    enum person_match match = PERSON_NO_MATCH;
    int64_t person = 0;
    struct person_claim claim = { .pid = id->pid, .name = id->name, .name_key = id->name_key, .born = id->born, .sex = id->sex };
    if (!r || (id->pid.v[0] != '\0' && person_match(r, q->arena, &claim, &match, &person, e) != 0))
        return -1;
    *out = (struct stay_guest_in){ .id = *id, .room = STR(""), .reason = stay_reasons[0].label, .arrives = q->now,
                                   .leaves = { instant_day(q->now).n + 1 }, .match = (int)match, .person = person };
    return 0;
}

static void count_drafts(struct desk_view *v)
{
    for (size_t i = 0; i < v->drafts.n; i++) {
        const struct stay_drafts_row *g = &v->drafts.v[i];
        v->ready++;
        v->late += v->now.us > g->due_at.us;
        if (i == 0 || g->due_at.us < v->due.us)
            v->due = g->due_at;
    }
}

static int desk_load(struct req *q, struct desk_view *v, struct err *e)
{
    if (desk_facility(q, &v->facility, e) != 0)
        return -1;
    struct dbr *r = req_read(q, e);
    struct stays_recent_in recent = { .facility = v->facility.id, .since = { q->now.us - US_PER_DAY }, .most = 8 };
    if (!r || stay_drafts(r, q->arena, &(struct stay_drafts_in){ .facility = v->facility.id }, &v->drafts, e) != 0 ||
        stays_recent(r, q->arena, &recent, &v->recent, e) != 0)
        return -1;
    if (q->refused)
        list_as_typed(q, v->drafts.v, v->drafts.n);
    v->now = q->now;
    v->due = stay_due(stay_clock_rule_on(q->app, instant_day(q->now)), q->now);
    v->warn = stay_warn_at(stay_clock_rule_on(q->app, instant_day(q->now)), q->now);
    count_drafts(v);
    v->key = req_form_key(q);
    v->scan_key = req_form_key(q);
    return 0;
}

int desk_get(struct req *q, struct res *s, struct err *e)
{
    struct desk_view v;
    memset(&v, 0, sizeof(v));
    if (desk_load(q, &v, e) != 0)
        return -1;
    v.typed = req_form(q, "text");
    struct html h = res_html(q, s);
    if (q->refused && str_eq(req_header(q, "x-fragment"), STR("guests")))
        desk_refusal(&h, q->n_field_errors > 0 ? q->field_errors[0].say : err_sentence(q->refused));
    else
        desk(&h, &v);
    return 0;
}

/* ---- scanning ---- */
static const struct field scan_fields[] = {
    { .name = "text", .type = FIELD_LINES, .required = true, .max = 20000, .label = MSG("Nội dung quét") },
    { .name = NULL },
};
const struct form scan_form = { .name = "scan", .fields = scan_fields, .max_body = 96 * 1024 };

/* A pasted text may hold several scans: a line with '|' is a card; machine-readable lines belong together, two of 44 or 36
 * characters or three of 30. */
static size_t lines_of_zone(struct str first)
{
    return first.n <= 32 ? 3 : first.n <= 46 ? 2 : 1;
}

static bool next_scan(struct str *rest, struct str *scan)
{
    struct str line;
    do {
        const char *from = rest->p;
        if (!str_cut(rest, '\n', &line))
            return false;
        *scan = str_trim(line);
        if (scan->n == 0 || str_find_char(*scan, '|') >= 0)
            continue;
        for (size_t more = lines_of_zone(*scan); more > 1 && str_cut(rest, '\n', &line); more--)
            *scan = str_trim((struct str){ from, (size_t)(line.p + line.n - from) });
    } while (scan->n == 0);
    return true;
}

static struct str which_scan(struct req *q, struct str say, size_t n)
{
    struct tr_arg args[] = { { "n", str_fmt(q->arena, "%zu", n) }, { "why", tr(q->lang, say) } };
    return tr_fill(q->arena, q->lang, MSGS("Mã thứ {n}: {why}"), args, 2);
}

int scan_prepare(struct req *q, struct err *e)
{
    struct new_guests *w = arena_new(q->arena, struct new_guests);
    struct str rest = req_form(q, "text"), scan;
    q->work = w;
    if (desk_facility(q, &w->facility, e) != 0)
        return -1;
    while (next_scan(&rest, &scan)) {
        struct identity_read id;
        struct err why = { .code = ERR_NONE };
        if (w->n == STAY_GUESTS_MAX)
            return req_refuse_field(q, e, "text", MSGS("Mỗi lần tối đa 60 khách. Xin dán thành nhiều lần."));
        if (identity_parse(q->arena, scan, instant_day(q->now), &id, &why) != 0) {
            struct str say = err_sentence(&why);
            return req_refuse_field(q, e, "text", w->n > 0 || rest.n > 0 ? which_scan(q, say, w->n + 1) : say);
        }
        if (desk_guest(q, &id, vec_push(q->arena, w), e) != 0)
            return -1;
    }
    return w->n > 0 ? 0 : req_refuse_field(q, e, "text", MSGS("Chưa có nội dung. Xin quét mã QR trên thẻ hoặc dán nội dung mã."));
}

int guests_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct new_guests *w = q->work;
    int64_t id = 0, first = 0;
    for (size_t i = 0; i < w->n; i++) {
        if (stay_draft_add(tx, q->arena, q, &w->facility, &w->v[i], &id, e) != 0)
            return -1;
        if (i == 0)
            first = id;
    }
    req_outcome(q, str_fmt(q->arena, "%lld", (long long)first));
    return 0;
}

int to_desk(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/stays"));
}

int scan_reply(struct req *q, struct res *s, struct err *e)
{
    struct desk_view v;
    int64_t first;
    if (!str_eq(req_header(q, "x-fragment"), STR("guests")) || !str_to_i64(q->outcome, &first))
        return to_desk(q, s, e);
    memset(&v, 0, sizeof(v));
    if (desk_load(q, &v, e) != 0)
        return -1;
    v.fragment = true;
    v.fresh_after = first - 1;
    struct html h = res_html(q, s);
    desk_fragment(&h, &v);
    return 0;
}
