/* twice.c: one person stands once in a list, whichever way the list comes: a scanner that reads a card twice, a card that comes
 * round again, a program that sends a line twice. A child without a paper cannot be told from another and is not compared.
 */
#include "engines/stays/stays_internal.h"

bool stay_paper_is_same(const struct stay_paper *one, const struct stay_paper *other)
{
    if (one->pid.v[0] != '\0')
        return pid_eq(&one->pid, &other->pid);
    return one->document.n > 0 && str_eq(one->document, other->document) && str_eq(one->nationality, other->nationality);
}

struct stay_paper stay_paper_of(const struct identity_read *id)
{
    return (struct stay_paper) { .pid = id->pid, .document = id->document, .nationality = id->nationality };
}

int stay_refuse_twice(struct arena *a, const struct req *q, const struct stay_guest_in *guests, size_t n, struct err *e)
{
    for (size_t i = 1; i < n; i++) {
        struct stay_paper here = stay_paper_of(&guests[i].id);
        for (size_t k = 0; k < i; k++) {
            struct stay_paper before = stay_paper_of(&guests[k].id);
            if (!stay_paper_is_same(&before, &here))
                continue;
            struct tr_arg args[] = { { "n", str_fmt(a, "%zu", i + 1) },
                                     { "name", guests[i].id.name },
                                     { "before", str_fmt(a, "%zu", k + 1) } };
            struct str say = tr_fill(a, q->lang,
                                     MSGS("Khách thứ {n}: {name} đã có trong danh sách (khách thứ {before}): "
                                          "mỗi người chỉ khai một lần."),
                                     args, 3);
            return ERR_SAY(e, ERR_FORM, say, "guest %zu is guest %zu", i, k);
        }
    }
    return 0;
}
