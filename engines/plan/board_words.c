/* board_words.c: the board's sentences and shapes, made from its numbers. */
#include "engines/plan/board.h"

/* ---- status ---- */

static const struct {
    const char *name;
    enum share_kind share;
    struct str cell, part; /* class; "{n} quá hạn" */
} looks[PLAN_STATUSES_] = {
    [PLAN_MET] = { "met", SHARE_DONE, STR_INIT("cell cell--done"), MSG("{n} đạt theo số đo") },
    [PLAN_SAID_DONE] = { "said", SHARE_SAID, STR_INIT("cell"), MSG("{n} báo xong, chưa có số đo") },
    [PLAN_WAITING] = { "waiting", SHARE_OPEN, STR_INIT("cell"), MSG("{n} chưa đến hạn") },
    [PLAN_SOON] = { "soon", SHARE_SOON, STR_INIT("cell"), MSG("{n} sắp đến hạn") },
    [PLAN_LATE] = { "late", SHARE_LATE, STR_INIT("cell cell--late"), MSG("{n} quá hạn") },
    [PLAN_ONGOING] = { "ongoing", SHARE_STANDING, STR_INIT("cell"), MSG("{n} làm thường xuyên") },
};

/* As a leader reads them: what is reached first, what is late before what has no end. */
static const enum plan_status reading_order[PLAN_STATUSES_] = { PLAN_MET,  PLAN_SAID_DONE, PLAN_WAITING,
                                                                PLAN_SOON, PLAN_LATE,      PLAN_ONGOING };

enum plan_status status_in_order(size_t i)
{
    return reading_order[i];
}

enum share_kind status_share(enum plan_status s)
{
    return looks[s].share;
}

const char *status_name(enum plan_status s)
{
    return looks[s].name;
}

bool status_named(struct str name, enum plan_status *out)
{
    for (int i = 0; i < PLAN_STATUSES_; i++)
        if (str_eq(name, str_of(looks[i].name))) {
            *out = (enum plan_status)i;
            return true;
        }
    return false;
}

struct shares status_shares(struct arena *a, const struct board_sum *sum, struct str title)
{
    struct shares s = { .title = title };
    for (int i = 0; i < PLAN_STATUSES_; i++) {
        enum plan_status status = reading_order[i];
        if (sum->status[status] == 0)
            continue;
        *vec_push(a, &s.parts) =
            (struct share) { .kind = looks[status].share, .label = plan_status_label(status), .n = sum->status[status] };
    }
    return s;
}

/* ---- a row ---- */

struct str line_name(const struct html *h, const struct plan_line *l)
{
    return h->lang == LANG_EN && l->name_en.n > 0 ? l->name_en : l->name;
}

bool line_counted(const struct plan_line *l)
{
    const struct plan_number *n = plan_line_number(l);
    return n && n->counted && plan_number_progress(n) >= 0;
}

int64_t line_percent(const struct plan_line *l)
{
    return line_counted(l) ? plan_number_progress(plan_line_number(l)) / 10 : 0;
}

struct str cell_class(const struct plan_line *l)
{
    return looks[l->status].cell;
}

struct str model_href(const struct html *h, const struct plan_line *l)
{
    return str_fmt(h->arena, "/plan/models/%lld", (long long)l->number);
}

/* ---- all rows ---- */

static bool has_count(const struct plan_line *l)
{
    for (size_t i = 0; i < l->n_numbers; i++)
        if (l->numbers[i].counted)
            return true;
    return false;
}

struct board_sum board_add(const struct plan_overview *o)
{
    struct board_sum sum = { .rows = (int64_t)o->n_lines };
    for (size_t i = 0; i < o->n_lines; i++) {
        const struct plan_line *l = &o->lines[i];
        sum.status[l->status]++;
        sum.uncounted += !has_count(l);
        sum.undecided += l->said[PLAN_DEADLINE].disputed;
        if (l->has_gap && l->gap > 0 && (!sum.widest || l->gap > sum.widest->gap))
            sum.widest = l;
    }
    return sum;
}

static struct board_group group_of(struct arena *a, const struct plan_overview *o, const struct plan_group *g,
                                   bool (*keep)(const void *ctx, const struct plan_line *l), const void *ctx)
{
    struct board_group group = { g->code, g->name, arena_new_array(a, const struct plan_line *, o->n_lines + 1), 0 };
    for (size_t i = 0; i < o->n_lines; i++)
        if (str_eq(o->lines[i].group, g->code) && (!keep || keep(ctx, &o->lines[i])))
            group.lines[group.n++] = &o->lines[i];
    return group;
}

struct board_groups board_grouped(struct arena *a, const struct plan_overview *o,
                                  bool (*keep)(const void *ctx, const struct plan_line *l), const void *ctx)
{
    struct board_groups all = { arena_new_array(a, struct board_group, o->n_groups + 1), 0 };
    for (size_t i = 0; i < o->n_groups; i++) {
        struct board_group group = group_of(a, o, &o->groups[i], keep, ctx);
        if (group.n > 0)
            all.v[all.n++] = group;
    }
    return all;
}

/* ---- sentences ---- */

static struct str say_n(struct html *h, struct str vi, int64_t n)
{
    return tr_fill(h->arena, h->lang, vi, (const struct tr_arg[]) { { "n", html_int(h, n) } }, 1);
}

enum { HEADLINE_MAX = 600 };

/* "42 mô hình: 3 đạt mục tiêu, 28 quá hạn. 39 mô hình chưa có số đo." What no row is in is left out. */
struct str board_headline(struct html *h, const struct board_sum *sum)
{
    struct buf b;
    struct str between = STR(" ");
    buf_init(&b, h->arena, HEADLINE_MAX);
    buf_put(&b, say_n(h, MSGS("{n} mô hình:"), sum->rows));
    for (int i = 0; i < PLAN_STATUSES_; i++) {
        enum plan_status status = reading_order[i];
        if (sum->status[status] == 0)
            continue;
        buf_put(&b, between);
        buf_put(&b, say_n(h, looks[status].part, sum->status[status]));
        between = STR(", ");
    }
    buf_put(&b, STR(". "));
    buf_put(&b, sum->uncounted > 0 ? say_n(h, MSGS("{n} mô hình chưa có số đo."), sum->uncounted)
                                   : tr(h->lang, MSGS("Mô hình nào cũng có số đo.")));
    return buf_str(&b);
}

struct str board_gap(struct html *h, const struct board_sum *sum)
{
    const struct plan_line *l = sum->widest;
    if (!l)
        return tr(h->lang, MSGS("Chưa thấy nơi nào báo cao hơn số đo được."));
    struct tr_arg args[] = {
        { "n", html_num(h, l->number) },
        { "lead", agencies_words(h->arena, &l->leads) },
        { "said", html_int(h, l->claim) },
        { "counted", html_int(h, line_percent(l)) },
    };
    return tr_fill(h->arena, h->lang, MSGS("Chênh lệch lớn nhất ở mô hình {n}: {lead} báo {said} %, đo được {counted} %."),
                   args, sizeof args / sizeof *args);
}

struct str board_signed(struct html *h, const struct board_month *m)
{
    struct tr_arg args[] = { { "signed", html_int(h, m->signed_) }, { "due", html_int(h, m->due) } };
    return tr_fill(h->arena, h->lang, MSGS("{signed}/{due} đã ký"), args, 2);
}
