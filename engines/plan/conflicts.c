/* conflicts.c: where section II and the appendix of one row disagree. What only a reader of the whole paper sees is data of the
 * pack (plan-conflicts.csv).
 */
#include "engines/plan/import.h"

#include "base/text.h"

/* Letters and digits only: "nhà cho thuê; nhà ở" and "Nhà cho thuê, nhà ở" are no disagreement. */
static struct str bare(struct arena *a, struct str s)
{
    struct buf b;
    struct str key = text_fold(a, s);
    buf_init(&b, a, key.n + 1);
    for (size_t i = 0; i < key.n; i++)
        if ((key.p[i] >= 'a' && key.p[i] <= 'z') || (key.p[i] >= '0' && key.p[i] <= '9'))
            buf_put_char(&b, key.p[i]);
    return buf_str(&b);
}

static bool have_one_in_common(const struct agency_codes *x, const struct agency_codes *y)
{
    for (size_t i = 0; i < x->n; i++)
        for (size_t j = 0; j < y->n; j++)
            if (str_eq(x->v[i], y->v[j]))
                return true;
    return false;
}

static void add(struct arena *a, import_conflicts *out, enum plan_field f, struct str body, struct str appendix,
                struct str question)
{
    *vec_push(a, out) = (struct import_conflict) { f, body, appendix, question };
}

static void compare_deadlines(struct arena *a, const struct import_row *r, import_conflicts *out)
{
    bool same_words = str_eq(bare(a, r->body.words), bare(a, r->appendix.words));
    if (r->ongoing || r->same_deadline || same_words)
        return;
    if (r->body.words.n == 0 || r->appendix.words.n == 0)
        add(a, out, PLAN_DEADLINE, r->body.words, r->appendix.words,
            MSGS("Chỉ một phần của kế hoạch nêu thời hạn; lấy thời hạn đó?"));
    else if (r->body.has_day && r->appendix.has_day && r->body.day.n == r->appendix.day.n)
        add(a, out, PLAN_DEADLINE, r->body.words, r->appendix.words, MSGS("Hai cách viết có cùng một ngày không?"));
    else
        add(a, out, PLAN_DEADLINE, r->body.words, r->appendix.words, MSGS("Thời hạn nào đúng?"));
}

void plan_conflicts_find(struct arena *a, const struct import_row *r, import_conflicts *out)
{
    if (!str_eq(bare(a, r->name), bare(a, r->name_appendix)))
        add(a, out, PLAN_NAME, r->name, r->name_appendix, MSGS("Tên nào đúng; phạm vi có khác nhau không?"));
    compare_deadlines(a, r, out);
    if (r->body_leads.n > 0 && !have_one_in_common(&r->body_leads, &r->leads))
        add(a, out, PLAN_LEAD, r->assignments, r->lead, MSGS("Cơ quan nào chủ trì?"));
    if (have_one_in_common(&r->leads, &r->partners))
        add(a, out, PLAN_COORDINATING, str_fmt(a, "%.*s chủ trì", STR_ARG(r->lead)), r->coordinating,
            MSGS("Cơ quan chủ trì lại có tên trong các cơ quan phối hợp; bỏ tên đó?"));
}
