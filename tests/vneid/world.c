#include "tests/vneid/world.h"

#include "gen/audit_queries.h"

#include <curl/curl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { SEALS = 400, STEP_MINUTES = 16 };

static void must(int result, const struct err *e)
{
    if (result < 0)
        fail_msg("%s: %s (%s:%d)", err_name(e->code), e->detail, e->file, e->line);
}

/* ---- the world ---- */

struct vneid_services_sim *channel_sim(struct fixture *f, const char *faults)
{
    struct err e = { 0 };
    struct vneid_services_sim *sim;
    struct vneid_services_sim_options o = { .seed = 511, .slow_ms = 1 };
    assert_true(faults_parse(vneid_services_fault_words, str_of(faults), &o.faults));
    o.vneid = (struct vneid_sim_options) { .people = "packs/dak_nong/demo-people.csv",
                                           .client_id = STR("bon"),
                                           .clock = f->p.app.clock,
                                           .clock_ctx = f->p.app.clock_ctx };
    must(vneid_services_sim_open(&o, &sim, &e), &e);
    return sim;
}

void channel_join(struct channel *c, struct vneid_services_sim *sim)
{
    c->sim = sim;
    vneid_channel(&c->way.f.p.app)->base = str_fmt(&c->way.f.arena, "http://127.0.0.1:%d", vneid_services_sim_port(sim));
}

void channel_open(struct channel *c, const char *faults)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
    fixture_open(&c->way.f);
    channel_join(c, channel_sim(&c->way.f, faults));
    way_open_beside(&c->way, vneid_services_sim_vneid(c->sim));
    channel_at(c, "2026-11-24 09:00");
}

void channel_close(struct channel *c)
{
    vneid_services_sim_close(c->sim);
    fixture_close(&c->way.f);
}

void channel_job(struct channel *c, const char *name)
{
    struct err e = { 0 };
    must(fixture_run_job(&c->way.f, str_of(name), &e), &e);
}

static int64_t unsealed(struct channel *c)
{
    struct dbr *r;
    struct err e = { 0 };
    struct arena a;
    struct audit_last_record_row last;
    int64_t sealed = 0;
    arena_init(&a, 1 << 20);
    must(db_read_begin(c->way.f.p.app.db, &r, &e), &e);
    int got = audit_last_record(r, &a, &last, &e);
    must(got, &e);
    must(audit_sealed_to(r, &a, &sealed, &e), &e);
    db_read_end(r);
    arena_release(&a);
    return got == 1 ? last.last - sealed : 0;
}

void channel_seal(struct channel *c)
{
    for (int i = 0; i < SEALS && unsealed(c) > 0; i++)
        channel_job(c, "audit.seal");
    assert_int_equal(unsealed(c), 0);
}

void channel_at(struct channel *c, const char *time)
{
    assert_true(fixture_set_clock(&c->way.f, str_of(time)));
}

int64_t channel_waiting(struct channel *c)
{
    struct dbr *r;
    struct err e = { 0 };
    struct arena a;
    struct vneid_out_waiting_row row = { .n = 0 };
    arena_init(&a, 1 << 20);
    must(db_read_begin(c->way.f.p.app.db, &r, &e), &e);
    must(vneid_out_waiting(r, &a, &row, &e), &e);
    db_read_end(r);
    arena_release(&a);
    return row.n;
}

bool channel_drain(struct channel *c, int turns)
{
    channel_seal(c);
    channel_job(c, "vneid.feed");
    for (int i = 0; i < turns; i++) {
        channel_job(c, "vneid.push");
        if (channel_waiting(c) == 0) {
            channel_job(c, "vneid.push"); /* finds nothing: the channel is up again */
            return true;
        }
        c->way.f.now.us += STEP_MINUTES * US_PER_MINUTE;
    }
    return false;
}

/* ---- cases ---- */

struct acting {
    struct channel *c;
    struct arena a;
    const char *moves;
    int64_t id;
    bool files;
    struct case_made made;
};

static int answer_last(struct tx *tx, const struct case_by *by, int64_t id, struct err *e)
{
    struct case_complaints all;
    if (case_complaints_of(tx_reader(tx), by->arena, id, &all, e))
        return -1;
    return all.n ? case_answer_complaint(tx, by, id, all.v[all.n - 1].id, STR("Đã xem lại."), e) : -1;
}

static int make_move(struct tx *tx, const struct case_by *by, int64_t id, struct str move, struct err *e)
{
    struct case_view seen;
    struct case_moving moving;
    struct case_moved moved;
    if (str_eq(move, STR("say")))
        return case_say(tx, by, id, false, STR("Xin xem phiếu hẹn."), e);
    if (str_eq(move, STR("complain")))
        return case_complain(tx, by, id, STR("Chờ lâu quá."), e);
    if (str_eq(move, STR("answer")))
        return answer_last(tx, by, id, e);
    if (case_by_id(by->app, tx_reader(tx), by->arena, id, &seen, e) != 1)
        return -1;
    struct case_move_in in = { .id = id,
                               .revision = seen.revision,
                               .move = move,
                               .reason = STR("Theo hồ sơ"),
                               .words = STR("Bản sao giấy khai sinh") };
    return case_move_check(tx_reader(tx), by, &in, &moving, e) || case_move(tx, by, &moving, &moved, e) ? -1 : 0;
}

static int file_case(struct tx *tx, struct acting *w, const struct case_by *by, struct err *e)
{
    const struct persona *p = persona_named(&w->c->way.f, STR("congdan"));
    struct case_new in = { .service = { .code = STR("DVC04"),
                                        .name = STR("Đăng ký tạm trú"),
                                        .flow = STR("commune_days"),
                                        .function = STR("residence.register"),
                                        .unit_level = STR("commune"),
                                        .version_id = 1,
                                        .version = 1,
                                        .days = 3,
                                        .same_day_before = -1 },
                           .channel = CASE_VNEID,
                           .name = STR("Nguyễn Văn Demo"),
                           .account = p->account,
                           .despite_double = true,
                           .code = case_code_new(&w->a) };
    pid_parse(STR(DEMO_PID), instant_day(w->c->way.f.now), &in.pid, NULL);
    unit_code_parse(STR(COMMUNE_HERE), &in.unit);
    if (case_submit(tx, by, &in, &w->made, e))
        return -1;
    w->id = w->made.id;
    return 0;
}

static int act_write(struct tx *tx, void *arg, struct err *e)
{
    struct acting *w = arg;
    struct case_by by = case_by_system(&w->c->way.f.p.app, &w->a, STR("test"));
    struct str rest = str_of(w->moves), move;
    if (w->files && file_case(tx, w, &by, e))
        return -1;
    while (rest.n && str_cut(&rest, ' ', &move))
        if (make_move(tx, &by, w->id, move, e))
            return -1;
    return 0;
}

static int64_t act(struct channel *c, int64_t id, const char *moves, struct str *number)
{
    struct err e = { 0 };
    struct acting w = { .c = c, .moves = moves, .id = id, .files = id == 0 };
    arena_init(&w.a, 64 << 20);
    must(db_write(c->way.f.p.app.db, act_write, &w, &e), &e);
    if (number)
        *number = case_number_str(&c->way.f.arena, &w.made.number);
    arena_release(&w.a);
    return w.id;
}

int64_t channel_file(struct channel *c, const char *moves, struct str *number)
{
    return act(c, 0, moves, number);
}

void channel_move(struct channel *c, int64_t case_id, const char *moves)
{
    act(c, case_id, moves, NULL);
}

struct case_view channel_case(struct channel *c, int64_t case_id)
{
    struct dbr *r;
    struct err e = { 0 };
    struct case_view v;
    must(db_read_begin(c->way.f.p.app.db, &r, &e), &e);
    assert_int_equal(case_by_id(&c->way.f.p.app, r, &c->way.f.arena, case_id, &v, &e), 1);
    db_read_end(r);
    return v;
}

struct reply channel_post(struct channel *c, const char *path, struct str token)
{
    return program_post_json(&c->way, str_of(path), str_fmt(&c->way.f.arena, "{\"token\":\"%.*s\"}", STR_ARG(token)));
}
