/* vneid: how fast what waits for VNeID drains after a day's outage, beside what the same run shows to be possible: asking alone, with
 * nothing kept, and two durable writes a batch, with nobody asked. The stand-in answers on this machine.
 *
 *     BON_DATA_DIR=… bench/bench_vneid [messages]        a store without messages that wait; best a fresh one
 */
#include "models/m05_vneid_services/vneid.h"
#include "app/program.h"
#include "models/m05_vneid_services/sim.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

enum { MESSAGES = 10000, A_CASE = 8, BATCH = 100, SLICE = 1000, FIRST_CASE = 100000000, ARENA = 512 << 20 };

struct bench {
    struct program p;
    struct arena arena;
    struct vneid_services_sim *sim;
    int64_t messages, first; /* first of the slice that is put */
    struct err e;
};

static void must(int result, struct bench *b)
{
    if (result >= 0)
        return;
    fprintf(stderr, "vneid: %s: %s\n", err_name(b->e.code), b->e.detail);
    exit(1);
}

static struct vneid_message message(struct bench *b, int64_t i)
{
    return (struct vneid_message) { .kind = SAY_STATUS,
                                    .sequence = i % A_CASE + 1,
                                    .national = 4,
                                    .key = str_fmt(&b->arena, "bench/%lld", (long long)i),
                                    .number = str_fmt(&b->arena, "24763.H16-%lld", (long long)(FIRST_CASE + i / A_CASE)),
                                    .theirs = STR("DANG_XU_LY"),
                                    .words = STR("Cán bộ đang xem hồ sơ."),
                                    .result = STR(""),
                                    .mode = STR("MÔ PHỎNG"),
                                    .source = STR("http://bench"),
                                    .at = app_now(&b->p.app) };
}

static int put_slice(struct tx *tx, void *arg, struct err *e)
{
    struct bench *b = arg;
    tx_unaudited(tx, "messages of a measurement");
    for (int64_t i = b->first; i < b->first + SLICE && i < b->messages; i++) {
        struct vneid_message m = message(b, i);
        struct vneid_case_next_row next;
        int64_t id = FIRST_CASE + i / A_CASE;
        struct vneid_case_insert_in known = { .case_id = id, .number = m.number, .made_at = tx_now(tx), .mode = m.mode };
        struct vneid_out_insert_in in = { .case_id = id,
                                          .sequence = m.sequence,
                                          .said_as = m.key,
                                          .kind = vneid_kind_name(m.kind),
                                          .national = m.national,
                                          .result = m.result,
                                          .body = vneid_message_json(&b->arena, &m),
                                          .at = m.at,
                                          .next_at = tx_now(tx),
                                          .mode = m.mode };
        if (vneid_case_insert(tx, &known, NULL, e) ||
            vneid_case_next(tx, &b->arena, &(struct vneid_case_next_in) { .case_id = id }, &next, e) != 1 ||
            vneid_out_insert(tx, &in, NULL, e))
            return -1;
    }
    return 0;
}

static int64_t waiting(struct bench *b)
{
    struct dbr *r;
    struct vneid_out_waiting_row row = { .n = 0 };
    must(db_read_begin(b->p.app.db, &r, &b->e), b);
    must(vneid_out_waiting(r, &b->arena, &row, &b->e), b);
    db_read_end(r);
    return row.n;
}

static void say(const char *what, const struct bench *b, int64_t us)
{
    printf("%-46s %8lld messages/s  (%lld ms)\n", what, (long long)(b->messages * US_PER_SECOND / (us > 0 ? us : 1)),
           (long long)(us / 1000));
}

static int64_t drain(struct bench *b)
{
    int64_t began = monotonic_us();
    while (waiting(b) > 0) {
        struct arena a;
        arena_init(&a, 64 << 20);
        struct job_run turn = { .app = &b->p.app, .db = b->p.app.db, .arena = &a, .now = app_now(&b->p.app) };
        must(vneid_push_job(&turn, &b->e), b);
        arena_release(&a);
    }
    return monotonic_us() - began;
}

/* The same batches, signed and asked, under other keys; nothing is kept. */
static int64_t ask_alone(struct bench *b)
{
    int64_t began = monotonic_us();
    for (int64_t i = 0; i < b->messages; i += BATCH) {
        struct ask_answer answer;
        struct buf body;
        struct ask question = { .url = str_fmt(&b->arena, "%.*s/v1/events",
                                               STR_ARG(vneid_channel(&b->p.app)->base)) };
        buf_init(&body, &b->arena, BATCH * 4096);
        for (int64_t k = 0; k < BATCH; k++) {
            struct vneid_message m = message(b, b->messages + i + k);
            buf_put_char(&body, k ? ',' : '[');
            buf_put(&body, vneid_message_json(&b->arena, &m));
        }
        buf_put_char(&body, ']');
        question.body = buf_str(&body);
        must(vneid_own_token(&b->p.app, &b->arena, app_now(&b->p.app), question.body, &question.bearer, &b->e), b);
        must(ask_over_http(&b->arena, &question, &answer, &b->e), b);
    }
    return monotonic_us() - began;
}

static int write_row(struct tx *tx, void *arg, struct err *e)
{
    struct vneid_token_take_in in = { .token = sha256(token_new(arg)), .expires_at = { 1 } };
    tx_unaudited(tx, "a row of a measurement");
    return vneid_token_take(tx, &in, NULL, e);
}

static int64_t write_alone(struct bench *b)
{
    int64_t began = monotonic_us();
    for (int64_t i = 0; i < 2 * b->messages / BATCH; i++)
        must(db_write(b->p.app.db, write_row, &b->arena, &b->e), b);
    return monotonic_us() - began;
}

int main(int argc, char **argv)
{
    static struct bench b;
    struct vneid_services_sim_options o = {
        .seed = 511, .vneid = { .people = "packs/dak_nong/demo-people.csv", .client_id = STR_INIT("bon") }
    };
    b.messages = MESSAGES;
    if (argc > 1 && (!str_to_i64(str_of(argv[1]), &b.messages) || b.messages < BATCH || b.messages % BATCH)) {
        fprintf(stderr, "vneid: messages in hundreds\n");
        return 2;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    program_init(&b.p);
    arena_init(&b.arena, ARENA);
    must(program_open(&b.p.app, CLI_DB | CLI_SIGNER, &b.e), &b);
    must(vneid_services_sim_open(&o, &b.sim, &b.e), &b);
    vneid_channel(&b.p.app)->base = str_fmt(&b.arena, "http://127.0.0.1:%d", vneid_services_sim_port(b.sim));
    for (b.first = 0; b.first < b.messages; b.first += SLICE)
        must(db_write(b.p.app.db, put_slice, &b, &b.e), &b);
    say("limit: asking alone, nothing kept", &b, ask_alone(&b));
    say("limit: two durable writes a batch, nobody asked", &b, write_alone(&b));
    say("drained: held, asked, settled", &b, drain(&b));
    vneid_services_sim_close(b.sim);
    arena_release(&b.arena);
    program_release(&b.p);
    return 0;
}
