/* words.c: the sentences of the leader's page that depend on its numbers. */
#include "engines/indicators/pages.h"

struct str cell_words(struct html *h, struct cell c)
{
    return c.hidden ? tr(h->lang, MSGS("ẩn")) : html_int(h, c.n);
}

bool has_hidden(const struct indicator_areas *areas)
{
    for (size_t i = 0; i < areas->n; i++)
        if (areas->v[i].cell.hidden)
            return true;
    return false;
}

static struct str say_n(struct html *h, struct str vi, struct str n)
{
    return tr_fill(h->arena, h->lang, vi, (const struct tr_arg[]){ { "n", n } }, 1);
}

struct str against_before(struct html *h, const struct leader_view *v)
{
    if (!v->before || !v->before->known || v->before->total.hidden || v->guests->total.hidden)
        return STR_NONE;
    int64_t more = v->guests->total.n - v->before->total.n;
    if (more == 0)
        return tr(h->lang, MSGS("bằng đêm trước"));
    return more > 0 ? say_n(h, MSGS("hơn đêm trước {n}"), html_int(h, more)) : say_n(h, MSGS("kém đêm trước {n}"), html_int(h, -more));
}

struct str open_words(struct html *h, const struct leader_view *v)
{
    struct str n = html_int(h, v->open.n);
    if (v->open.hidden)
        return STR_NONE;
    return v->facilities.hidden ? say_n(h, MSGS("vì quá ít; {n} cơ sở đang mở"), n) : say_n(h, MSGS("trên {n} cơ sở đang mở"), n);
}

/* Rounded down: whoever sees 100 % may rely on it. */
struct str on_time_words(struct html *h, const struct leader_view *v)
{
    if (v->declared_known == 0)
        return STR("–");
    int64_t tenths = (v->declared_known - v->late_known) * 1000 / v->declared_known;
    return str_fmt(h->arena, "%lld%s%lld %%", (long long)(tenths / 10), h->lang == LANG_VI ? "," : ".", (long long)(tenths % 10));
}

struct str late_words(struct html *h, const struct leader_view *v)
{
    return v->late.days == 0 ? STR("–") : html_int(h, v->late.n);
}

struct str late_remark(struct html *h, const struct leader_view *v)
{
    if (v->late.hidden == 0)
        return tr(h->lang, MSGS("khách, trong 7 ngày"));
    return say_n(h, MSGS("khách, trong 7 ngày; chưa kể {n} ngày ẩn vì quá ít"), html_int(h, (int64_t)v->late.hidden));
}

struct str night_words(struct html *h, const struct leader_view *v)
{
    struct tr_arg args[] = { { "day", html_day(h, v->asked.day) } };
    return tr_fill(h->arena, h->lang, MSGS("Đêm {day}"), args, 1);
}

struct str counted_words(struct html *h, const struct leader_view *v)
{
    struct tr_arg args[] = { { "at", html_instant(h, v->guests->computed_at) } };
    if (!v->guests->known)
        return MSGS("Đêm này chưa có số liệu.");
    return tr_fill(h->arena, h->lang, v->guests->closed ? MSGS("Đã chốt lúc {at}.") : MSGS("Số liệu lúc {at}."), args, 1);
}
