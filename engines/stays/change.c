/* change.c: a declared stay becomes longer, shorter, moves to another room, or turns out not to have been. Nothing is
 * deleted: the guest's row says what is so now, stay_change what was, the log who said so.
 */
#include "engines/stays/stays_internal.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

enum { NIGHTS_MAX = 366, REASON_MAX = 300, REASON_MIN = 5 };

static const struct choice kinds[] = {
    { "extend", MSG("Ở thêm") },
    { "leave", MSG("Đã trả phòng") },
    { "room", MSG("Đổi phòng") },
    { "void", MSG("Huỷ khai báo này") },
    { .value = NULL },
};

const struct form stay_change_form = {
    .name = "stay_change",
    .fields =
        (const struct field[]) {
            { .name = "guest", .type = FIELD_HIDDEN, .required = true, .max = 20 },
            { .name = "kind", .type = FIELD_CHOICE, .required = true, .choices = kinds, .label = MSG("Thay đổi") },
            { .name = "leaves", .type = FIELD_DAY, .label = MSG("Ngày đi mới") },
            { .name = "left", .type = FIELD_INSTANT, .label = MSG("Đã rời lúc") },
            { .name = "room", .type = FIELD_TEXT, .max = 40, .label = MSG("Phòng mới") },
            { .name = "reason",
              .type = FIELD_TEXT,
              .max = REASON_MAX,
              .label = MSG("Lý do"),
              .help = MSG("Bắt buộc khi huỷ: nhập nhầm, khách không đến…") },
            { .name = NULL },
        },
};

struct str stay_change_label(int64_t kind)
{
    ASSERT(kind >= 0 && kind < STAY_CHANGES_);
    return kinds[kind].label;
}

static enum stay_change_kind kind_named(struct str value)
{
    for (size_t i = 0; kinds[i].value; i++)
        if (str_eq(value, str_of(kinds[i].value)))
            return (enum stay_change_kind)i;
    return STAY_CHANGES_;
}

int stay_change_read(struct req *q, struct stay_change *out, struct err *e)
{
    struct stay_change c = { .kind = kind_named(req_form(q, "kind")), .reason = req_form(q, "reason") };
    if (!str_to_i64(req_form(q, "guest"), &c.guest) || c.guest <= 0)
        return ERR(e, ERR_INPUT, "guest is no number");
    if (c.kind == STAY_EXTEND && !req_form_has(q, "leaves"))
        return req_refuse_field(q, e, "leaves", MSGS("Xin điền ngày đi mới."));
    if (c.kind == STAY_SWAP_ROOM && !req_form_has(q, "room"))
        return req_refuse_field(q, e, "room", MSGS("Xin điền phòng mới."));
    if (c.kind == STAY_CANCEL && text_length(c.reason) < REASON_MIN)
        return req_refuse_field(q, e, "reason", MSGS("Xin ghi lý do huỷ để sau này còn giải thích được."));
    if (c.kind == STAY_EXTEND)
        c.leaves = req_form_day(q, "leaves");
    if (c.kind == STAY_LEAVE)
        c.left = req_form_has(q, "left") ? req_form_instant(q, "left") : q->now;
    if (c.kind == STAY_SWAP_ROOM)
        c.room = req_form(q, "room");
    *out = c;
    return 0;
}

/* ---- the change itself ---- */

struct changing {
    struct tx *tx;
    struct arena *arena;
    const struct req *q;
    const struct facility *f;
    const struct stay_change *c;
    struct stay_guest_for_change_row was;
    struct stay_guest_change_in now;
    struct str from, to; /* as the history reads it */
};

static int find_guest(struct changing *w, struct err *e)
{
    struct stay_guest_for_change_in in = { .id = w->c->guest, .facility = w->f->id };
    int found = stay_guest_for_change(tx_reader(w->tx), w->arena, &in, &w->was, e);
    if (found < 0)
        return -1;
    if (found == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có khách này trong các thông báo của cơ sở."), "guest %lld",
                       (long long)w->c->guest);
    if (w->was.state == STAY_VOID)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Khai báo này đã huỷ, không thay đổi được nữa."), "void already");
    w->now = (struct stay_guest_change_in) { .id = w->was.id,
                                             .state = w->was.state,
                                             .state_note = w->was.state_note,
                                             .room = w->was.room,
                                             .leaves_on = w->was.leaves_on,
                                             .has_left_at = w->was.has_left_at,
                                             .left_at = w->was.left_at,
                                             .revision = w->was.revision };
    return 0;
}

static int extend(struct changing *w, struct err *e)
{
    struct day arrived = instant_day(w->was.arrives_at), leaves = w->c->leaves;
    if (leaves.n < arrived.n || leaves.n < instant_day(tx_now(w->tx)).n)
        return ERR_SAY(e, ERR_FORM, MSGS("Ngày đi mới phải từ hôm nay trở đi và không trước ngày đến."),
                       "leaves before today");
    if (leaves.n - arrived.n > NIGHTS_MAX)
        return ERR_SAY(e, ERR_FORM, MSGS("Lưu trú tối đa một năm; ở lâu hơn phải đăng ký tạm trú."), "over a year");
    w->now.leaves_on = leaves;
    w->now.has_left_at = false;
    w->from = day_iso(w->arena, w->was.leaves_on);
    w->to = day_iso(w->arena, leaves);
    return 0;
}

static int leave(struct changing *w, struct err *e)
{
    struct instant left = w->c->left;
    if (left.us < w->was.arrives_at.us || left.us > tx_now(w->tx).us + US_PER_MINUTE)
        return ERR_SAY(e, ERR_FORM, MSGS("Giờ rời đi phải sau giờ đến và không ở tương lai."), "left outside the stay");
    w->now.has_left_at = true;
    w->now.left_at = left;
    w->now.leaves_on = instant_day(left);
    w->from = day_iso(w->arena, w->was.leaves_on);
    w->to = instant_iso(w->arena, left);
    return 0;
}

static int swap_room(struct changing *w, struct err *e)
{
    if (w->c->room.n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Xin điền phòng mới."), "no room");
    w->now.room = w->c->room;
    w->from = w->was.room;
    w->to = w->c->room;
    return 0;
}

static int cancel(struct changing *w, struct err *e)
{
    if (text_length(w->c->reason) < REASON_MIN)
        return ERR_SAY(e, ERR_FORM, MSGS("Xin ghi lý do huỷ để sau này còn giải thích được."), "void without a reason");
    w->now.state = STAY_VOID;
    w->now.state_note = w->c->reason;
    w->from = STR("");
    w->to = STR("void");
    return 0;
}

static int apply(struct changing *w, struct err *e)
{
    static int (*const acts[])(struct changing *, struct err *) = {
        [STAY_EXTEND] = extend, [STAY_LEAVE] = leave, [STAY_SWAP_ROOM] = swap_room, [STAY_CANCEL] = cancel
    };
    if ((unsigned)w->c->kind >= STAY_CHANGES_)
        return ERR(e, ERR_INPUT, "no such change");
    if (acts[w->c->kind](w, e) != 0)
        return -1;
    /* What is out already goes out again; a refusal stays one until a new declaration. */
    if (w->now.state == STAY_SENT || w->now.state == STAY_ACCEPTED)
        w->now.state = STAY_QUEUED;
    return 0;
}

static int keep(struct changing *w, struct err *e)
{
    int64_t changed;
    if (stay_guest_change(w->tx, &w->now, &changed, e) != 0)
        return -1;
    if (changed != 1)
        return ERR(e, ERR_CONFLICT, "guest %lld changed under way", (long long)w->was.id);
    struct stay_change_insert_in row = { .guest = w->was.id,
                                         .revision = w->was.revision + 1,
                                         .at = tx_now(w->tx),
                                         .kind = w->c->kind,
                                         .was = w->from,
                                         .is_now = w->to,
                                         .reason = str_or_empty(w->c->reason),
                                         .account = w->q->actor->account };
    if (stay_change_insert(w->tx, &row, NULL, e) != 0)
        return -1;
    if (!w->was.sent)
        return 0; /* nobody outside has heard of it yet: the first message says all */
    struct stay_turn_set_in turn = { .guest = w->was.id, .attempts = 0, .next_at = tx_now(w->tx) };
    return stay_turn_set(w->tx, &turn, NULL, e);
}

static int record(struct changing *w, struct err *e)
{
    static const char *const words[] = { "extend", "leave", "room", "void" };
    struct audit_record rec = audit_of(w->q, STR("stays.changed"));
    struct buf b;
    struct json_out j;
    buf_init(&b, w->arena, 2048);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "change", str_of(words[w->c->kind]));
    json_out_int(&j, "guest", w->was.id);
    json_out_str(&j, "now", w->to);
    json_out_str(&j, "reason", str_or_empty(w->c->reason));
    json_out_str(&j, "was", w->from);
    json_out_end(&j);
    ASSERT(!b.full);
    rec.detail = buf_str(&b);
    rec.facility = w->f->id;
    rec.facility_name = w->f->name;
    rec.unit = w->f->unit;
    rec.object = str_fmt(w->arena, "stay/%.*s", STR_ARG(stay_number(w->arena, w->was.facility, w->was.month, w->was.n)));
    if (w->was.has_person) {
        rec.subject = w->was.person;
        rec.purpose = MSGS("Thay đổi thông báo lưu trú");
    }
    return audit_write(w->tx, w->arena, &rec, NULL, e);
}

int stay_change(struct tx *tx, struct arena *a, const struct req *q, const struct facility *f, const struct stay_change *c,
                struct err *e)
{
    struct changing w = { .tx = tx, .arena = a, .q = q, .f = f, .c = c };
    return find_guest(&w, e) != 0 || apply(&w, e) != 0 || keep(&w, e) != 0 || record(&w, e) != 0 ? -1 : 0;
}
