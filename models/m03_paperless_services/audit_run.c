/* audit_run.c: one filing, as the portal does it: sources asked, the way out taken where one is dead, sent, accepted by an officer. */
#include "models/m03_paperless_services/audit.h"

#include "base/json.h"

struct filing {
    struct audit_world *w;
    struct arena *arena;
    const struct service_answers *s;
    struct source_desk desk;
    source_takes takes;
    struct case_by by;
    struct case_new in;
    struct case_made made;
    struct case_moving moving;
    struct case_moved moved;
    struct source_choice choice;
    struct audit_run *out;
};

/* ---- sources ---- */

static int outage_write(struct tx *tx, void *arg, struct err *e)
{
    const struct filing *f = arg;
    tx_unaudited(tx, "a scratch store that is thrown away");
    return sources_outage_begin(tx, f->out->killed, STR("bon paper audit"), STR("bon paper audit"), e);
}

static int back_write(struct tx *tx, void *arg, struct err *e)
{
    const struct filing *f = arg;
    tx_unaudited(tx, "a scratch store that is thrown away");
    return sources_outage_end(tx, f->out->killed, e);
}

static bool lies_here(struct str system)
{
    return str_eq(system, SOURCE_REGISTER) || str_eq(system, SOURCE_VAULT);
}

static int kill_source(struct filing *f, struct err *e)
{
    if (f->out->killed.n == 0)
        return 0;
    if (lies_here(f->out->killed))
        return db_write(f->w->app.db, outage_write, f, e);
    sources_sim_kill(f->w->sim, f->out->killed);
    return 0;
}

static int revive_source(struct filing *f, struct err *e)
{
    sources_sim_kill(f->w->sim, STR(""));
    return f->out->killed.n && lies_here(f->out->killed) ? db_write(f->w->app.db, back_write, f, e) : 0;
}

static int keep_write(struct tx *tx, void *arg, struct err *e)
{
    struct filing *f = arg;
    struct audit_record rec = { .account_name = STR("bon paper audit"), .mode = str_of(f->w->app.settings.mode) };
    return sources_keep(tx, &rec, &f->desk, &f->takes, e);
}

static int read_takes(struct filing *f, struct err *e)
{
    struct dbr *r;
    f->takes = (source_takes) { 0 };
    if (db_read_begin(f->w->app.db, &r, e))
        return -1;
    int result = sources_of(r, &f->desk, f->w->now, &f->takes, e);
    db_read_end(r);
    return result;
}

static int ask(struct filing *f, struct err *e)
{
    if (read_takes(f, e))
        return -1;
    if (!sources_to_ask(&f->takes, f->w->now))
        return 0;
    return sources_ask(&f->desk, f->w->now, &f->takes, e) || db_write(f->w->app.db, keep_write, f, e) ? -1 : 0;
}

/* ---- the way out: what the service itself declares, in this order ---- */

static const struct {
    unsigned offer;
    struct str word;
} ways[] = { { SERVICE_CACHED, STR_INIT("cached") },
             { SERVICE_DECLARE, STR_INIT("declare") },
             { SERVICE_WAIT, STR_INIT("wait") } };

static int choose_write(struct tx *tx, void *arg, struct err *e)
{
    const struct filing *f = arg;
    return sources_choose(tx, &f->desk, &f->choice, e);
}

static int take_way(struct filing *f, const struct source_take *t, struct err *e)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (!(t->offers & ways[i].offer) || t->state == SOURCE_WAITS)
            continue;
        f->out->taken |= ways[i].offer;
        return sources_choice(&f->takes, t->paper->id, ways[i].word, &f->choice, e) ||
                       db_write(f->w->app.db, choose_write, f, e)
                   ? -1
                   : 0;
    }
    return 0;
}

static int take_ways(struct filing *f, struct err *e)
{
    if (read_takes(f, e))
        return -1;
    for (size_t i = 0; i < f->takes.n; i++)
        if (f->takes.v[i].offers && take_way(f, &f->takes.v[i], e))
            return -1;
    return read_takes(f, e);
}

/* Who waits cannot send; when the source is back, it answers. */
static int wait_for_source(struct filing *f, struct err *e)
{
    if (!sources_open(&f->takes))
        return 0;
    if (revive_source(f, e))
        return -1;
    f->w->now.us += 2 * US_PER_MINUTE;
    if (ask(f, e) || take_ways(f, e))
        return -1;
    const struct source_take *t = sources_open(&f->takes);
    return t ? ERR(e, ERR_UNMET, "%.*s is still open after its source is back", STR_ARG(t->paper->id)) : 0;
}

/* ---- the case ---- */

static struct str declared(struct arena *a, const struct service_paper *p)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, 1024);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_bool(&j, "declared", true);
    json_out_bool(&j, "post_check", p->post_check);
    json_out_end(&j);
    return buf_str(&b);
}

/* Every asked paper must be here, declared, or the officer's own to look up: none may be a sheet. */
static int add_papers(struct filing *f, struct err *e)
{
    service_places places = { 0 };
    services_papers(f->s, &places);
    struct case_paper_new *papers = arena_new_array(f->arena, struct case_paper_new, f->takes.n + places.n + 1);
    f->in.n_papers = sources_papers(&f->takes, 2, papers);
    for (size_t i = 0; i < places.n; i++) {
        const struct service_paper *p = &f->s->def->papers[places.v[i]];
        if (p->source == SERVICE_PAPER)
            return ERR(e, ERR_UNMET, "%.*s is a sheet", STR_ARG(p->id));
        if (p->source == SERVICE_DECLARATION)
            papers[f->in.n_papers++] = (struct case_paper_new) { .slot = p->id,
                                                                 .name = p->name,
                                                                 .kind = CASE_DECLARED,
                                                                 .source = STR("applicant"),
                                                                 .body = declared(f->arena, p),
                                                                 .level = 2 };
    }
    f->in.papers = papers;
    return 0;
}

static int submit_write(struct tx *tx, void *arg, struct err *e)
{
    struct filing *f = arg;
    return case_submit(tx, &f->by, &f->in, &f->made, e) || sources_drop(tx, f->desk.holder, e) ? -1 : 0;
}

static int submit(struct filing *f, struct err *e)
{
    f->in = (struct case_new) { .unit = f->w->unit,
                                .channel = CASE_ONLINE,
                                .level = 2,
                                .person = f->w->person.id,
                                .pid = f->w->person.pid,
                                .name = f->w->person.name,
                                .fee_waived = true,
                                .despite_double = true,
                                .delivery = CASE_ELECTRONIC,
                                .code = case_code_new(f->arena) };
    if (case_from_answers(f->s, &f->in, e) || add_papers(f, e) || case_check(&f->w->app, f->arena, &f->in, e) ||
        db_write(f->w->app.db, submit_write, f, e))
        return -1;
    f->out->number = case_number_str(f->arena, &f->made.number);
    return 0;
}

/* The first move that leads on from where a case of this flow begins: it is taken in. */
static const struct case_flow_move *first_move(const struct case_view *c)
{
    for (size_t i = 0; i < c->flow->n_moves; i++)
        if (case_move_leaves(c->flow, &c->flow->move[i], c->state))
            return &c->flow->move[i];
    return NULL;
}

static int accept_write(struct tx *tx, void *arg, struct err *e)
{
    struct filing *f = arg;
    return case_move(tx, &f->by, &f->moving, &f->moved, e);
}

static int check_accept(struct filing *f, struct dbr *r, struct err *e)
{
    struct case_view c;
    if (case_by_id(&f->w->app, r, f->arena, f->made.id, &c, e) != 1)
        return -1;
    const struct case_flow_move *m = first_move(&c);
    struct case_move_in in = { .id = c.id, .revision = c.revision, .move = m ? m->id : STR("") };
    return m ? case_move_check(r, &f->by, &in, &f->moving, e) : ERR(e, ERR_UNMET, "no move leads on from the start");
}

static int accept(struct filing *f, struct err *e)
{
    struct dbr *r;
    if (db_read_begin(f->w->app.db, &r, e))
        return -1;
    int result = check_accept(f, r, e);
    db_read_end(r);
    if (result || db_write(f->w->app.db, accept_write, f, e))
        return -1;
    int national = f->moved.state->national; /* 3: not accepted, 5 and 6: back at the applicant's */
    return national == 3 || national == 5 || national == 6 ? ERR(e, ERR_UNMET, "the first officer did not accept it") : 0;
}

static int go(struct filing *f, struct err *e)
{
    return kill_source(f, e) || ask(f, e) || take_ways(f, e) || wait_for_source(f, e) || submit(f, e) || accept(f, e) ? -1
                                                                                                                      : 0;
}

void audit_run(struct audit_world *w, struct arena *a, const struct service_answers *s, struct str killed,
               struct audit_run *out)
{
    struct err e = { 0 }, ignored = { 0 };
    *out = (struct audit_run) { .killed = killed };
    struct filing f = { .w = w, .arena = a, .s = s, .out = out };
    f.by = case_by_system(&w->app, a, STR("bon paper audit"));
    f.desk = (struct source_desk) { .app = &w->app,
                                    .arena = a,
                                    .holder = str_fmt(a, "audit/%.*s/%.*s", STR_ARG(s->def->code), STR_ARG(killed)),
                                    .path = STR(""),
                                    .person = w->person.id,
                                    .answers = s };
    if (go(&f, &e))
        out->why = str_dup(a, e.detail[0] ? str_of(e.detail) : err_sentence(&e));
    revive_source(&f, &ignored);
}
