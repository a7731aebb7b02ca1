/* rollup_tables.c: see rollup_tables.h. */
#include "engines/plan/rollup_tables.h"

struct str province_in_sentence(struct arena *a, struct str province)
{
    struct str kind = STR("Tỉnh ");
    return str_starts(province, kind) ? str_fmt(a, "tỉnh %.*s", STR_ARG(str_from(province, kind.n))) : province;
}

/* ---- who reported ---- */

static struct str signed_words(struct arena *a, const struct plan_due *due)
{
    if (!due->signed_at.us)
        return STR("");
    return str_fmt(a, "%.*s, %.*s", STR_ARG(instant_vi(a, due->signed_at)), STR_ARG(due->signed_by));
}

void rollup_dues_table(const struct plan_rollup *u, struct arena *a, struct document *d)
{
    static const struct table_column columns[] = {
        { STR_INIT("TT"), 6, ALIGN_CENTRE },
        { STR_INIT("Cơ quan"), 36, ALIGN_LEFT },
        { STR_INIT("Số mô hình"), 11, ALIGN_RIGHT },
        { STR_INIT("Báo cáo"), 22, ALIGN_LEFT },
        { STR_INIT("Ký lúc, người ký"), 25, ALIGN_LEFT },
    };
    struct document_table *t = document_table(d, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < u->dues.n; i++) {
        const struct plan_due *due = &u->dues.v[i];
        table_row(t);
        table_cell(t, str_fmt(a, "%zu", i + 1));
        table_cell(t, due->agency.name);
        table_cell(t, str_fmt(a, "%zu", due->models));
        table_cell(t, plan_report_state_label(due->state));
        table_cell(t, signed_words(a, due));
    }
}

/* ---- the rows ---- */

/* What the plan says, and that its two parts say different things. */
static struct str deadline_on_paper(struct arena *a, const struct plan_line *l)
{
    const struct plan_said *said = &l->said[PLAN_DEADLINE];
    struct str words = said->counts.n ? said->counts : l->ongoing ? STR("Thường xuyên") : STR("Không ghi");
    return said->disputed ? str_fmt(a, "%.*s (*)", STR_ARG(words)) : words;
}

static void put_number(struct html *h, struct buf *b, const struct plan_number *n)
{
    struct str measured = number_words(h, n), goal = goal_words(h, n);
    if (b->n)
        buf_lit(b, "\n");
    buf_fmt(b, "%.*s: %.*s", STR_ARG(n->what), STR_ARG(measured));
    if (goal.n)
        buf_fmt(b, "; mục tiêu %.*s", STR_ARG(goal));
}

static struct str numbers_words(struct html *h, const struct plan_line *l)
{
    struct buf b;
    buf_init(&b, h->arena, 8192);
    for (size_t i = 0; i < l->n_numbers; i++)
        put_number(h, &b, &l->numbers[i]);
    return b.n ? buf_str(&b) : STR("chưa có số đo");
}

static void model_row(struct document_table *t, struct html *h, const struct plan_line *l)
{
    table_row(t);
    table_cell(t, str_fmt(h->arena, "%lld", (long long)l->number));
    table_cell(t, l->name);
    table_cell(t, agencies_words(h->arena, &l->leads));
    table_cell(t, deadline_on_paper(h->arena, l));
    table_cell(t, numbers_words(h, l));
    table_cell(t, claim_words(h, l));
    table_cell(t, l->has_gap ? gap_words(h, l) : STR("–"));
    table_cell(t, plan_status_label(l->status));
}

static struct str group_words(const struct plan_rollup *u, struct arena *a, struct str code)
{
    for (size_t i = 0; i < u->all.n_groups; i++)
        if (str_eq(u->all.groups[i].code, code))
            return str_fmt(a, "%.*s. %.*s", STR_ARG(code), STR_ARG(u->all.groups[i].name));
    return code;
}

void rollup_models_table(const struct plan_rollup *u, struct arena *a, struct document *d)
{
    static const struct table_column columns[] = {
        { STR_INIT("TT"), 4, ALIGN_CENTRE },
        { STR_INIT("Mô hình"), 26, ALIGN_LEFT },
        { STR_INIT("Cơ quan chủ trì"), 12, ALIGN_LEFT },
        { STR_INIT("Thời hạn"), 11, ALIGN_LEFT },
        { STR_INIT("Số đo"), 20, ALIGN_LEFT },
        { STR_INIT("Cơ quan báo"), 7, ALIGN_RIGHT },
        { STR_INIT("So với số đo"), 10, ALIGN_LEFT },
        { STR_INIT("Tình trạng"), 10, ALIGN_LEFT },
    };
    struct document_table *t = document_table(d, columns, sizeof columns / sizeof *columns);
    struct html h = paper_words(a);
    struct str group = STR_NONE;
    bool disputed = false;
    for (size_t i = 0; i < u->all.n_lines; i++) {
        const struct plan_line *l = &u->all.lines[i];
        if (!str_eq(group, l->group))
            table_group(t, group_words(u, a, l->group));
        group = l->group;
        disputed = disputed || l->said[PLAN_DEADLINE].disputed;
        model_row(t, &h, l);
    }
    if (disputed)
        document_paragraph(d,
                           STR("(*) Phần II và phụ lục của Kế hoạch ghi khác nhau và chưa có quyết định; xem Phụ lục III."));
}

/* ---- what agencies wrote ---- */

static bool has_words(const struct plan_line *l)
{
    return l->did.n > 0 || l->next.n > 0;
}

bool rollup_has_words(const struct plan_rollup *u)
{
    for (size_t i = 0; i < u->all.n_lines; i++)
        if (has_words(&u->all.lines[i]))
            return true;
    return false;
}

void rollup_words_table(const struct plan_rollup *u, struct arena *a, struct document *d)
{
    static const struct table_column columns[] = {
        { STR_INIT("TT"), 4, ALIGN_CENTRE },
        { STR_INIT("Mô hình"), 26, ALIGN_LEFT },
        { STR_INIT("Đã làm"), 38, ALIGN_LEFT },
        { STR_INIT("Vướng mắc, việc tháng tới"), 32, ALIGN_LEFT },
    };
    struct document_table *t = document_table(d, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < u->all.n_lines; i++) {
        const struct plan_line *l = &u->all.lines[i];
        if (!has_words(l))
            continue;
        table_row(t);
        table_cell(t, str_fmt(a, "%lld", (long long)l->number));
        table_cell(t, l->name);
        table_cell(t, l->did);
        table_cell(t, l->next);
    }
}

/* ---- where the plan disagrees with itself ---- */

static struct str decision_words(struct arena *a, const struct plan_conflict *x)
{
    if (!x->decided)
        return STR("Chưa có quyết định");
    return str_fmt(a, "%.*s\n%.*s (%.*s, %.*s)", STR_ARG(x->words), STR_ARG(x->reason), STR_ARG(x->by),
                   STR_ARG(day_vi(a, instant_day(x->at))));
}

void rollup_conflicts_table(const struct plan_rollup *u, struct arena *a, struct document *d)
{
    static const struct table_column columns[] = {
        { STR_INIT("TT"), 4, ALIGN_CENTRE },        { STR_INIT("Mô hình"), 9, ALIGN_CENTRE },
        { STR_INIT("Mục"), 13, ALIGN_LEFT },        { STR_INIT("Phần II"), 20, ALIGN_LEFT },
        { STR_INIT("Phụ lục"), 20, ALIGN_LEFT },    { STR_INIT("Điều cần làm rõ"), 18, ALIGN_LEFT },
        { STR_INIT("Quyết định"), 16, ALIGN_LEFT },
    };
    struct document_table *t = document_table(d, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < u->conflicts.n; i++) {
        const struct plan_conflict *x = &u->conflicts.v[i];
        table_row(t);
        table_cell(t, str_fmt(a, "%zu", i + 1));
        table_cell(t, x->model ? str_fmt(a, "%lld", (long long)x->model) : STR("cả Kế hoạch"));
        table_cell(t, plan_field_label(x->field));
        table_cell(t, x->body.n ? x->body : STR("không ghi"));
        table_cell(t, x->appendix.n ? x->appendix : STR("không ghi"));
        table_cell(t, x->question);
        table_cell(t, decision_words(a, x));
    }
}
