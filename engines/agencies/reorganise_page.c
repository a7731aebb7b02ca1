/* reorganise_page.c: duties pass from one agency to another on a page: first looked at, then done as it was looked at, or refused. */
#include "engines/agencies/pages.h"

#include "gen/agencies_pages.h"

#include <string.h>

enum { SHOWN_MOST = 200 }; /* rows of one module; the count says how many there are */

#define ASKED                                                                                                             \
    { .name = "from", .type = FIELD_TEXT, .required = true, .max = 40, .label = MSG("Cơ quan chuyển giao") },             \
    { .name = "to", .type = FIELD_TEXT, .required = true, .max = 40, .label = MSG("Cơ quan tiếp nhận") },                 \
    { .name = "day",                                                                                                      \
      .type = FIELD_DAY,                                                                                                  \
      .required = true,                                                                                                   \
      .label = MSG("Từ ngày"),                                                                                            \
      .help = MSG("Ngày đầu tiên cơ quan tiếp nhận chịu trách nhiệm.") },                                                 \
    { .name = "decree", .type = FIELD_TEXT, .required = true, .min = 3, .max = 200, .label = MSG("Số và ngày quyết định") }, \
    { .name = "covers",                                                                                                   \
      .type = FIELD_TEXT,                                                                                                 \
      .max = 400,                                                                                                         \
      .label = MSG("Chỉ những phần việc"),                                                                                \
      .help = MSG("Để trống: chuyển tất cả và cơ quan chuyển giao chấm dứt. Chỉ tách một phần thì ghi các mục cách nhau "  \
                  "bằng dấu cách, như model/35 function/plan.report.") }

static const struct field preview_fields[] = { ASKED, { .name = NULL } };
const struct form agencies_preview_form = { .name = "agencies_preview", .fields = preview_fields };

static const struct field succeed_fields[] = {
    ASKED,
    { .name = "mark", .type = FIELD_HIDDEN, .required = true, .max = 64, .label = MSG("Dấu của bản xem trước") },
    { .name = NULL },
};
const struct form agencies_succeed_form = { .name = "agencies_succeed", .fields = succeed_fields };

struct str agencies_reorganise_path(struct arena *a, struct str from)
{
    return from.n > 0 ? str_fmt(a, "/admin/agencies?from=%.*s", STR_ARG(from)) : STR("/admin/agencies");
}

struct str agencies_act_path(struct arena *a, int64_t id)
{
    return str_fmt(a, "/admin/agencies/acts/%lld", (long long)id);
}

/* ---- all agencies ---- */

/* Agencies that exist today, or are known to begin later. */
struct field_view agencies_choice(struct html *h, const struct agencies_view *v, const char *name)
{
    bool from = strcmp(name, "from") == 0;
    struct field_view f = field_with(h, &agencies_preview_form, name, from ? v->from : STR_NONE);
    f.type = FIELD_CHOICE;
    for (size_t i = 0; i < v->agencies.n; i++)
        if (v->agencies.v[i].until.n > v->today.n)
            field_option(h, &f, v->agencies.v[i].code, v->agencies.v[i].name);
    return field_select(f);
}

int agencies_get(struct req *q, struct res *s, struct err *e)
{
    struct agencies_view v;
    struct dbr *r = req_read(q, e);
    memset(&v, 0, sizeof(v));
    v.today = instant_day(q->now);
    v.from = str_or_empty(req_query(q, "from"));
    if (!r || agencies_ever(r, q->arena, &v.agencies, e) || agency_successions_all(r, q->arena, &v.acts, e) ||
        agencies_open(r, q->arena, &v.expected, e))
        return -1;
    struct html h = res_html(q, s);
    agencies_page(&h, &v);
    return 0;
}

/* ---- what moves, by module ---- */

static const struct succession_part *part_of(const struct app *app, struct str module)
{
    for (const struct module *const *m = app->modules; *m; m++)
        if (str_eq(str_of((*m)->name), module))
            return (*m)->succession;
    return NULL;
}

static int name_object(struct req *q, struct dbr *r, const struct succession_part *part, struct succession_change *c,
                       struct err *e)
{
    struct str name;
    int got = part && part->name ? part->name(q->app, r, q->arena, c->object, &name, e) : 0;
    if (got == 1)
        c->object = name;
    return got < 0 ? -1 : 0;
}

/* Rows come module by module. */
static int group_changes(struct req *q, struct dbr *r, struct succession_changes *changes, struct succession_view *v, struct err *e)
{
    struct succession_group_view *group = NULL;
    for (size_t i = 0; i < changes->n; i++) {
        struct succession_change *c = &changes->v[i];
        const struct succession_part *part = part_of(q->app, c->module);
        if (i == 0 || !str_eq(c->module, changes->v[i - 1].module)) {
            group = vec_push(q->arena, &v->groups);
            group->what = part ? part->what : c->module;
        }
        if (group->n++ >= SHOWN_MOST)
            continue;
        if (name_object(q, r, part, c, e) != 0)
            return -1;
        *vec_push(q->arena, &group->shown) = c;
    }
    v->n = (int64_t)changes->n;
    return 0;
}

/* ---- looking ---- */

struct looking {
    struct succession_new in;
    struct succession_view view;
};

static struct succession_new asked(struct req *q)
{
    return (struct succession_new) { .from = req_form(q, "from"),
                                     .to = req_form(q, "to"),
                                     .on = req_form_day(q, "day"),
                                     .decree = req_form(q, "decree"),
                                     .covers = str_trim(str_or_empty(req_form(q, "covers"))) };
}

static int name_agencies(struct dbr *r, struct arena *a, struct succession_act *act, struct err *e)
{
    struct agency from, to;
    if (agency_by_code(r, a, act->from, &from, e) != 1 || agency_by_code(r, a, act->to, &to, e) != 1)
        return -1;
    act->from_name = from.name;
    act->to_name = to.name;
    return 0;
}

int agencies_preview_prepare(struct req *q, struct err *e)
{
    struct looking *w = arena_new(q->arena, struct looking);
    struct succession_changes changes;
    struct audit_record by = audit_of(q, STR("agencies.succeeded"));
    q->work = w;
    w->in = asked(q);
    w->view.act = (struct succession_act) {
        .from = w->in.from, .to = w->in.to, .on = w->in.on, .decree = w->in.decree, .covers = w->in.covers
    };
    if (agencies_preview(q->app, q->db, q->arena, &w->in, &by, &changes, e))
        return -1;
    w->view.mark = succession_mark(q->arena, &changes);
    struct dbr *r = req_read(q, e);
    return !r || name_agencies(r, q->arena, &w->view.act, e) || group_changes(q, r, &changes, &w->view, e) ? -1 : 0;
}

int agencies_preview_reply(struct req *q, struct res *s, struct err *e)
{
    struct looking *w = q->work;
    (void)e;
    w->view.key = req_form_key(q);
    struct html h = res_html(q, s);
    agencies_preview_page(&h, &w->view);
    return 0;
}

/* ---- doing ---- */

int agencies_succeed_prepare(struct req *q, struct err *e)
{
    (void)e;
    struct succession_new *in = arena_new(q->arena, struct succession_new);
    *in = asked(q);
    q->work = in;
    return 0;
}

int agencies_succeed_write(struct req *q, struct tx *tx, struct err *e)
{
    struct succession_changes changes;
    struct audit_record by = audit_of(q, STR("agencies.succeeded"));
    int64_t id;
    if (agencies_succeed(q->app, tx, q->arena, q->work, &by, &id, e) ||
        agency_succession_rows(tx_reader(tx), q->arena, id, &changes, e))
        return -1;
    if (!str_eq(succession_mark(q->arena, &changes), req_form(q, "mark")))
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Phần việc của hai cơ quan vừa thay đổi sau lúc xem trước. Xin xem lại rồi xác nhận."), "mark");
    req_outcome(q, str_fmt(q->arena, "%lld", (long long)id));
    return 0;
}

/* ---- one act ---- */

int agencies_act_get(struct req *q, struct res *s, struct err *e)
{
    struct succession_view v;
    struct succession_changes changes;
    int64_t id;
    struct dbr *r = req_read(q, e);
    memset(&v, 0, sizeof(v));
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "succession id");
    int got = r ? agency_succession_by_id(r, q->arena, id, &v.act, e) : -1;
    if (got == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có lần chuyển giao mang số này."), "%lld", (long long)id);
    if (got < 0 || agency_succession_rows(r, q->arena, id, &changes, e) || group_changes(q, r, &changes, &v, e))
        return -1;
    v.key = req_form_key(q);
    struct html h = res_html(q, s);
    agencies_act_page(&h, &v);
    return 0;
}

int agencies_undo_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id;
    struct audit_record by = audit_of(q, STR("agencies.succession_undone"));
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "succession id");
    if (agencies_undo(q->app, tx, q->arena, id, &by, e))
        return -1;
    req_outcome(q, str_fmt(q->arena, "%lld", (long long)id));
    return 0;
}

int agencies_to_act(struct req *q, struct res *s, struct err *e)
{
    int64_t id;
    if (!str_to_i64(q->outcome, &id))
        return ERR(e, ERR_INTERNAL, "outcome of a succession");
    return res_redirect(s, agencies_act_path(q->arena, id));
}
