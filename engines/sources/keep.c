/* keep.c: what was said and what was chosen, at the door; and as papers of the case. */
#include "engines/sources/inside.h"

#include "base/json.h"
#include "gen/sources_queries.h"
#include "platform/crypto/crypto.h"

static int set_take(struct tx *tx, const struct source_desk *d, const struct source_take *t, struct err *e)
{
    struct source_take_set_in in = { .holder = d->holder,
                                     .slot = t->paper->id,
                                     .system = t->system,
                                     .state = t->state,
                                     .account = d->account,
                                     .path = d->path,
                                     .paper = t->paper->name,
                                     .person = d->person,
                                     .question = str_or_empty(t->question),
                                     .body = str_or_empty(t->body),
                                     .has_as_of = t->as_of.us != 0,
                                     .as_of = t->as_of,
                                     .mode = str_or_empty(t->mode),
                                     .asked_at = t->asked_at };
    return source_take_set(tx, &in, NULL, e);
}

/* So that there is something with an age when the source is down next time. */
static int set_kept(struct tx *tx, const struct source_desk *d, const struct source_take *t, struct err *e)
{
    struct source_question q;
    if (t->state != SOURCE_HERE || !(t->paper->fallbacks & SERVICE_CACHED) ||
        !source_question_read(d->arena, t->question, &q))
        return 0;
    struct source_kept_set_in in = { .system = t->system,
                                     .about = source_question_about(d->arena, &q),
                                     .members = source_question_members(d->arena, &q),
                                     .body = t->body,
                                     .as_of = t->as_of,
                                     .mode = t->mode };
    return source_kept_set(tx, &in, NULL, e);
}

static struct str words_of_act(const struct source_desk *d, const source_takes *all)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, d->arena, 16 << 10);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_array(&j, "asked");
    for (size_t i = 0; i < all->n; i++) {
        const struct source_take *t = &all->v[i];
        json_out_item_object(&j);
        json_out_str(&j, "paper", t->paper->id);
        json_out_int(&j, "state", t->state);
        json_out_str(&j, "system", t->system);
        json_out_end(&j);
    }
    json_out_end(&j);
    json_out_end(&j);
    return buf_str(&b);
}

static bool mixed_up(const source_takes *all)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].state == SOURCE_OTHER_PERSON)
            return true;
    return false;
}

/* A source that speaks of somebody else is written down by itself, so that its owner can be told. */
int sources_record(struct tx *tx, const struct audit_record *by, const struct source_desk *d, const source_takes *all,
                 struct err *e)
{
    struct audit_record rec = *by;
    rec.subject = d->person;
    rec.purpose = d->answers->def->name;
    rec.object = d->holder;
    rec.detail = words_of_act(d, all);
    rec.action = STR("sources.asked");
    if (audit_write(tx, d->arena, &rec, NULL, e))
        return -1;
    rec.action = STR("sources.other_person");
    return mixed_up(all) ? audit_write(tx, d->arena, &rec, NULL, e) : 0;
}

int sources_keep(struct tx *tx, const struct audit_record *by, const struct source_desk *d, const source_takes *all, struct err *e)
{
    for (size_t i = 0; i < all->n; i++)
        if (set_take(tx, d, &all->v[i], e) || set_kept(tx, d, &all->v[i], e))
            return -1;
    return sources_record(tx, by, d, all, e);
}

/* ---- choosing ---- */

static const struct {
    struct str word;
    unsigned offer;
    enum source_state state;
} choices[] = {
    { STR_INIT("wait"), SERVICE_WAIT, SOURCE_WAITS },
    { STR_INIT("cached"), SERVICE_CACHED, SOURCE_CACHED },
    { STR_INIT("declare"), SERVICE_DECLARE, SOURCE_DECLARED },
    { STR_INIT("again"), 0, SOURCE_UNASKED },
};
enum { CHOICES = sizeof choices / sizeof *choices };

int sources_choice(const source_takes *all, struct str slot, struct str word, struct source_choice *out, struct err *e)
{
    const struct source_take *t = NULL;
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].paper->id, slot))
            t = &all->v[i];
    if (!t)
        return ERR_SAY(e, ERR_INPUT, MSGS("Hồ sơ này không hỏi giấy tờ đó. Xin tải lại trang."), "slot %.*s",
                       STR_ARG(str_head(slot, 60)));
    if (!t->offers)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Giấy tờ này không còn phải chọn: nguồn đã trả lời hoặc bạn đã chọn rồi. Xin xem lại trang."),
                       "slot %.*s is settled", STR_ARG(slot));
    for (size_t i = 0; i < CHOICES; i++)
        if (str_eq(choices[i].word, word) && (choices[i].offer == 0 || (t->offers & choices[i].offer))) {
            *out = (struct source_choice) { t, choices[i].state };
            return 0;
        }
    return ERR_SAY(e, ERR_FORM, MSGS("Xin chọn một trong những cách ghi ở đây: giấy tờ này không có cách khác."),
                   "choice %.*s", STR_ARG(str_head(word, 20)));
}

static struct str declaration(const struct source_desk *d, const struct source_take *t)
{
    static const char *const why[SOURCE_STATES_] = {
        [SOURCE_DOWN] = "down", [SOURCE_WAITS] = "down", [SOURCE_NOTHING] = "nothing", [SOURCE_OTHER_PERSON] = "other_person"
    };
    struct buf b;
    struct json_out j;
    buf_init(&b, d->arena, 1024);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_bool(&j, "declared", true);
    json_out_bool(&j, "post_check", t->paper->post_check || t->state == SOURCE_NOTHING || t->state == SOURCE_OTHER_PERSON);
    json_out_str(&j, "system", t->system);
    json_out_str(&j, "why", str_of(why[t->state]));
    json_out_end(&j);
    return buf_str(&b);
}

/* The last good answer, read again at the door: between page and choice it may have been thrown away as too old. */
static int use_kept(struct dbr *r, const struct source_desk *d, struct source_take *t, struct err *e)
{
    struct source_kept_row_row row;
    struct source_question q;
    if (!source_question_read(d->arena, t->question, &q))
        return ERR(e, ERR_INTERNAL, "question of %.*s", STR_ARG(t->paper->id));
    struct source_kept_row_in in = { .system = t->system,
                                     .about = source_question_about(d->arena, &q),
                                     .members = source_question_members(d->arena, &q) };
    int got = source_kept_row(r, d->arena, &in, &row, e);
    if (got != 1)
        return got < 0 ? -1
                       : ERR_SAY(e, ERR_CONFLICT, MSGS("Dữ liệu lấy lần trước không còn dùng được. Xin chọn cách khác."),
                                 "%.*s", STR_ARG(t->system));
    t->body = row.body;
    t->mode = row.mode;
    t->as_of = row.as_of;
    return 0;
}

int sources_apply(struct dbr *r, const struct source_desk *d, const struct source_choice *c, struct instant now,
                  struct source_take *out, struct err *e)
{
    struct source_take t = *c->take;
    if (c->state == SOURCE_CACHED && use_kept(r, d, &t, e))
        return -1;
    if (c->state == SOURCE_DECLARED) {
        t.body = declaration(d, c->take);
        t.as_of = now;
    }
    if (c->state == SOURCE_UNASKED)
        t.asked_at = (struct instant) { 0 };
    else
        t.state = c->state;
    *out = t;
    return 0;
}

int sources_choose(struct tx *tx, const struct source_desk *d, const struct source_choice *c, struct err *e)
{
    struct source_take t;
    tx_unaudited(tx, "a draft that its owner goes on with; nothing is filed yet");
    return sources_apply(tx_reader(tx), d, c, tx_now(tx), &t, e) || set_take(tx, d, &t, e) ? -1 : 0;
}

/* ---- for the case ---- */

size_t sources_papers(const source_takes *all, int level, struct case_paper_new *out)
{
    static const enum case_paper_given kinds[SOURCE_STATES_] = {
        [SOURCE_HERE] = CASE_FETCHED, [SOURCE_CACHED] = CASE_CACHED, [SOURCE_DECLARED] = CASE_DECLARED
    };
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) {
        const struct source_take *t = &all->v[i];
        if (t->state != SOURCE_HERE && t->state != SOURCE_CACHED && t->state != SOURCE_DECLARED)
            continue;
        out[n++] = (struct case_paper_new) { .slot = t->paper->id,
                                             .name = t->paper->name,
                                             .kind = kinds[t->state],
                                             .source = t->state == SOURCE_DECLARED ? STR("applicant") : t->system,
                                             .body = t->body,
                                             .as_of = t->as_of,
                                             .level = level,
                                             .mode = t->mode };
    }
    return n;
}

int sources_drop(struct tx *tx, struct str holder, struct err *e)
{
    return source_take_drop(tx, &(struct source_take_drop_in) { .holder = holder }, NULL, e);
}
