/* succeed.c: duties pass from one agency to another. Every module that holds some takes part through its contract, in list order;
 * what each holds of both agencies is hashed before and after.
 */
#include "engines/agencies/succeed.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"

enum { STATE_MAX = 8 << 20, DETAIL_MAX = 4096 };

bool succession_covers(const struct succession *s, struct str object)
{
    struct str rest = s->covers, piece;
    if (s->covers.n == 0)
        return true;
    while (str_cut(&rest, ' ', &piece))
        if (str_eq(piece, object))
            return true;
    return false;
}

int part_fingerprint(struct dbr *r, struct arena *a, const struct succession_part *part, const struct succession *act,
                     struct hash32 *out, struct err *e)
{
    struct buf b;
    buf_init(&b, a, STATE_MAX);
    if (part->state(r, a, act, &b, e))
        return -1;
    if (b.full)
        return ERR(e, ERR_TOO_LARGE, "state of %.*s", STR_ARG(part->what));
    *out = sha256(buf_str(&b));
    return 0;
}

/* ---- what is asked ---- */

static int check_agency(struct dbr *r, struct arena *a, struct str code, struct day on, struct err *e)
{
    struct agency g;
    int got = agency_by_code(r, a, code, &g, e);
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có cơ quan mang mã này. Xin xem bon agencies list."), "%.*s", STR_ARG(code));
    if (!agency_in_force(&g, on))
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Cơ quan này không còn hoặc chưa hoạt động vào ngày chuyển giao."), "%.*s",
                       STR_ARG(code));
    return 0;
}

static int check(struct dbr *r, struct arena *a, const struct succession_new *in, struct err *e)
{
    if (str_eq(in->from, in->to))
        return ERR_SAY(e, ERR_FORM, MSGS("Một cơ quan không thể tiếp nhận chính mình."), "%.*s", STR_ARG(in->from));
    if (str_trim(in->decree).n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Xin ghi số và ngày của quyết định làm căn cứ chuyển giao."), "decree");
    /* The day before is the last on which the old one answers. */
    return check_agency(r, a, in->from, (struct day) { in->on.n - 1 }, e) || check_agency(r, a, in->to, in->on, e) ? -1 : 0;
}

/* ---- moving ---- */

struct moving {
    struct succession_run run; /* first: moved() gets its address */
    const char *module;
    int64_t rows;
};

static int moved(struct succession_run *run, struct str object, struct str was, struct str became, struct err *e)
{
    struct moving *m = (struct moving *)run;
    struct succession_row_insert_in in = { .succession = run->act->id,
                                           .n = ++m->rows,
                                           .module = str_of(m->module),
                                           .object = object,
                                           .was = str_or_empty(was),
                                           .became = str_or_empty(became) };
    return succession_row_insert(run->tx, &in, NULL, e);
}

static int move_part(struct moving *m, const struct module *module, struct err *e)
{
    struct succession_part_insert_in in = { .succession = m->run.act->id, .module = str_of(module->name) };
    struct dbr *r = tx_reader(m->run.tx);
    const struct succession_part *part = module->succession;
    m->module = module->name;
    if (part_fingerprint(r, m->run.a, part, m->run.act, &in.was, e) || part->move(&m->run, e) ||
        part_fingerprint(r, m->run.a, part, m->run.act, &in.became, e))
        return -1;
    return succession_part_insert(m->run.tx, &in, NULL, e);
}

static int insert_act(struct tx *tx, const struct succession_new *in, const struct audit_record *by, int64_t *id, struct err *e)
{
    struct succession_insert_in row = { .from_agency = in->from,
                                        .to_agency = in->to,
                                        .on_day = in->on,
                                        .decree = in->decree,
                                        .covers = str_or_empty(in->covers),
                                        .made_at = tx_now(tx),
                                        .account = by->account };
    return succession_insert(tx, &row, id, e);
}

int succession_record(struct tx *tx, struct arena *a, const struct audit_record *by, struct str action,
                      const struct succession *act, struct str decree, struct err *e)
{
    struct audit_record rec = *by;
    struct buf b;
    struct json_out j;
    buf_init(&b, a, DETAIL_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "covers", act->covers);
    json_out_str(&j, "decree", decree);
    json_out_str(&j, "from", act->from);
    json_out_str(&j, "on", day_iso(a, act->on));
    json_out_str(&j, "to", act->to);
    json_out_end(&j);
    rec.action = action;
    rec.object = str_fmt(a, "agency_succession/%lld", (long long)act->id);
    rec.detail = buf_str(&b);
    return audit_write(tx, a, &rec, NULL, e);
}

int agencies_succeed(const struct app *app, struct tx *tx, struct arena *a, const struct succession_new *in,
                     const struct audit_record *by, int64_t *id, struct err *e)
{
    struct succession act = { .from = in->from, .to = in->to, .on = in->on, .covers = str_or_empty(in->covers) };
    if (check(tx_reader(tx), a, in, e) || insert_act(tx, in, by, &act.id, e))
        return -1;
    struct moving m = { .run = { .app = app, .tx = tx, .a = a, .act = &act, .moved = moved } };
    for (const struct module *const *module = app->modules; *module; module++)
        if ((*module)->succession && move_part(&m, *module, e))
            return -1;
    *id = act.id;
    return succession_record(tx, a, by, STR("agencies.succeeded"), &act, in->decree, e);
}
