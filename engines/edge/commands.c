/* commands.c: `bon edge add`: a device and its one-time code from the server's terminal, before anybody has signed in. */
#include "engines/edge/inside.h"

#include "engines/people/people.h"

#include <stdio.h>

struct adding {
    struct cli *c;
    struct unit_code unit;
    struct str name, place;
    struct str code;
    int64_t id;
};

static int add_write(struct tx *tx, void *arg, struct err *e)
{
    struct adding *w = arg;
    struct arena *a = w->c->arena;
    struct instant now = tx_now(tx);
    struct audit_record rec = { .action = STR("edge.device_made"),
                                .account_name = STR("bon edge add"),
                                .unit = w->unit,
                                .mode = str_of(w->c->app->settings.mode) };
    if (edge_device_add(tx, &w->unit, w->name, w->place, &w->id, e))
        return -1;
    struct edge_code_insert_in code = { .hash = edge_code_hash(a, w->code),
                                        .device = w->id,
                                        .expires_at = { now.us + EDGE_CODE_HOURS * US_PER_HOUR } };
    rec.object = str_fmt(a, "device/%lld", (long long)w->id);
    return edge_code_insert(tx, &code, NULL, e) || audit_write(tx, a, &rec, NULL, e) ? -1 : 0;
}

static int find_unit(struct cli *c, struct str typed, struct unit_code *out, struct err *e)
{
    struct unit u;
    struct dbr *r;
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int got = unit_code_parse(typed, out) ? edge_commune(r, c->arena, *out, app_now(c->app), &u, e) : 0;
    db_read_end(r);
    return got == 0 ? ERR_SAY(e, ERR_INPUT, MSGS("Không có xã nào mang mã này."), "%.*s", STR_ARG(typed)) : got < 0 ? -1 : 0;
}

static int run_add(struct cli *c, struct err *e)
{
    struct adding w = { .c = c, .name = c->args[1], .place = c->args[2], .code = edge_code_new(c->arena) };
    if (find_unit(c, c->args[0], &w.unit, e) || db_write_in(c->app->db, c->arena, add_write, &w, e))
        return -1;
    printf("%.*s\n", STR_ARG(w.code));
    return 0;
}

const struct cli_command edge_commands[] = {
    { .name = "edge add",
      .synopsis = "UNIT NAME PLACE",
      .what = MSG("Ghi một máy mới và in mã ghi danh"),
      .help = MSG("UNIT là mã xã có một cửa nơi đặt máy. Mã in ra dùng một lần, trong 24 giờ: bon kiosk enrol MÃ."),
      .min_args = 3,
      .max_args = 3,
      .needs = CLI_DB,
      .run = run_add },
    { .name = NULL },
};
