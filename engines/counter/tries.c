/* tries.c: who sets out to ask a citizen for what data replaces: in a request for more, in a refusal, in a message. Each try is
 * refused, put on the log, and kept for whoever inspects that.
 */
#include "engines/counter/inside.h"

#include "base/text.h"
#include "engines/counter/counter.h"
#include "gen/counter_queries.h"

/* Papers that the law has done away with, whatever a form of old still says (Luật Cư trú 68/2020 Điều 38 khoản 3, NĐ
 * 104/2022/NĐ-CP). */
static const char *const abolished[] = { "sổ hộ khẩu", "hộ khẩu giấy", "sổ tạm trú", "giấy xác nhận cư trú",
                                         "xác nhận thông tin về cư trú" };
enum { ABOLISHED = sizeof abolished / sizeof abolished[0], WORDS_KEPT = 300 };

bool counter_is_by_data(const struct service_paper *p)
{
    return p->source == SERVICE_CITIZEN_DATA || p->source == SERVICE_VAULT || p->source == SERVICE_EXCHANGE ||
           p->source == SERVICE_OFFICER_LOOKUP;
}

static bool mentions(struct arena *a, struct str folded, struct str name)
{
    struct str key = text_fold(a, name);
    return key.n >= 6 && str_find(folded, key) >= 0;
}

struct str counter_asks_for_data(struct arena *a, const struct service_def *def, struct str text)
{
    struct str folded = text_fold(a, text);
    for (size_t i = 0; i < ABOLISHED; i++)
        if (mentions(a, folded, str_of(abolished[i])))
            return str_of(abolished[i]);
    for (size_t i = 0; def && i < def->n_papers; i++)
        if (counter_is_by_data(&def->papers[i]) && mentions(a, folded, def->papers[i].name))
            return def->papers[i].name;
    return STR("");
}

/* Elsewhere such a paper may well be spoken of ("giấy chứng sinh đã tra được"); what is not allowed is to have it brought. */
struct str counter_asks_to_bring(struct arena *a, const struct service_def *def, struct str text)
{
    static const char *const verbs[] = { "mang", "nộp", "bổ sung", "cung cấp", "bản sao", "bản chụp", "chụp lại", "photo", "xuất trình" };
    struct str folded = text_fold(a, text);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (str_find(folded, text_fold(a, str_of(verbs[i]))) >= 0)
            return counter_asks_for_data(a, def, text);
    return STR("");
}

int counter_try_record(struct req *q, struct tx *tx, const struct case_view *c, struct str asked, struct str words, struct err *e)
{
    struct audit_record rec = audit_of(q, STR("counter.asked_for_data"));
    struct counter_try_insert_in in = { .at = tx_now(tx),
                                        .case_id = c->id,
                                        .number = c->number_text,
                                        .service_name = c->service.name,
                                        .unit = c->unit,
                                        .account = q->actor->account,
                                        .account_name = q->actor->name,
                                        .asked = asked,
                                        .words = str_head(str_or_empty(words), WORDS_KEPT) };
    while (in.words.n > 0 && !text_is_utf8(in.words)) /* cut between letters */
        in.words.n--;
    rec.unit = c->unit;
    rec.object = str_fmt(q->arena, "case/%.*s", STR_ARG(c->number_text));
    return counter_try_insert(tx, &in, NULL, e) || audit_write(tx, q->arena, &rec, NULL, e) ? -1 : 0;
}

int counter_tries_of(struct dbr *r, struct arena *a, int64_t before, int most, struct counter_tries *out, struct err *e)
{
    struct counter_try_rows rows;
    struct counter_try_rows_in in = { .before = before > 0 ? before : INT64_MAX, .most = most };
    if (counter_try_rows(r, a, &in, &rows, e))
        return -1;
    *out = (struct counter_tries) { rows.v, rows.n };
    return 0;
}
