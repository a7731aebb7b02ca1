/* money.c: `bon kiosk money`: each session whose money came has a receipt or a row of what is to be paid back; nothing else is allowed. */
#include "models/m02_kiosk/kiosk.h"

#include <stdio.h>

struct counting {
    struct dbr *r;
    struct arena a; /* of one row */
    struct err *e;
    int64_t asked, receipted, owed, after_end, neither;
};

static int count_one(void *ctx, const struct kiosk_asked_each_row *row)
{
    struct counting *n = ctx;
    struct pay_fate fate;
    if (pay_fate_of(n->r, &n->a, row->reference, &fate, n->e) != 1)
        return -1;
    bool receipted = fate.receipt.n > 0, owed = fate.refund != PAY_TAKEN;
    n->asked++;
    n->receipted += receipted;
    n->owed += owed;
    n->neither += fate.order.paid_at.us && !receipted && !owed;
    n->after_end += row->has_ended_at && fate.order.paid_at.us > row->ended_at.us;
    arena_clear(&n->a);
    return 0;
}

int kiosk_money_main(struct cli *c, struct err *e)
{
    struct counting n = { .e = e };
    if (db_read_begin(c->app->db, &n.r, e))
        return -1;
    arena_init(&n.a, 64 * 1024);
    int result = kiosk_asked_each(n.r, c->arena, count_one, &n, e);
    db_read_end(n.r);
    arena_release(&n.a);
    if (result)
        return -1;
    printf("{\"asked\":%lld,\"receipted\":%lld,\"owed\":%lld,\"after_end\":%lld,\"neither\":%lld}\n", (long long)n.asked,
           (long long)n.receipted, (long long)n.owed, (long long)n.after_end, (long long)n.neither);
    return n.neither == 0 ? 0
                          : ERR_SAY(e, ERR_CONFLICT, MSGS("Có khoản đã trả mà không có biên lai, cũng không nằm trong danh sách trả lại."),
                                    "%lld without either", (long long)n.neither);
}
