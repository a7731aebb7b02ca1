/* commands.c: `bon stays …`. */
#include "engines/stays/commands.h"
#include "engines/stays/asm_sim.h"
#include "engines/stays/police.h"

#include "base/json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 256 * 1024, LIST_MAX = 100000 };

static void say(struct cli *c, struct str text, const struct tr_arg *args)
{
    struct str line = cli_say(c, text, args);
    printf("%.*s\n", STR_ARG(line));
}

static struct str number(struct cli *c, int64_t n)
{
    return str_fmt(c->arena, "%lld", (long long)n);
}

/* ---- receipts ---- */

static int read_file(struct cli *c, struct str path, struct str *out, struct err *e)
{
    char *bytes = arena_alloc(c->arena, FILE_MAX);
    size_t n = 0;
    int fd = str_eq(path, STR("-")) ? STDIN_FILENO : open(str_cstr(c->arena, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ERR_SAY(e, ERR_INPUT, MSGS("Không mở được tệp."), "%.*s: %s", STR_ARG(path), strerror(errno));
    ssize_t got = 1;
    while (n < FILE_MAX && (got = read(fd, bytes + n, FILE_MAX - n)) > 0)
        n += (size_t)got;
    if (fd != STDIN_FILENO)
        close(fd);
    if (got < 0 || n == FILE_MAX)
        return ERR_SAY(e, ERR_INPUT, MSGS("Không đọc được tệp, hoặc tệp quá lớn."), "%.*s", STR_ARG(path));
    *out = str_trim((struct str) { bytes, n });
    return 0;
}

/* Offline: no settings are read, so the keys are where a data directory would have them. */
static struct str keys_path(struct cli *c)
{
    const char *keys = getenv("BON_KEY_DIR"), *data = getenv("BON_DATA_DIR");
    if (cli_has(c, "keys"))
        return cli_opt(c, "keys");
    if (keys && *keys)
        return str_fmt(c->arena, "%s/seal.jwks", keys);
    return str_fmt(c->arena, "%s/keys/seal.jwks", data && *data ? data : "var");
}

static void print_receipt(struct cli *c, const struct stay_receipt *r, struct instant sealed_at)
{
    struct tr_arg args[] = {
        { "number", r->number },
        { "facility", r->facility_name },
        { "at", instant_vi(c->arena, r->at) },
        { "guests", number(c, r->guests) },
        { "late", number(c, r->late) },
        { "sealed", instant_vi(c->arena, sealed_at) },
        { "mode", r->mode },
        { NULL, { NULL, 0 } },
    };
    say(c,
        MSGS("Biên nhận đúng: {number}, {facility}, {at}, {guests} khách ({late} muộn), niêm phong lúc {sealed}, chế độ "
             "{mode}."),
        args);
}

static void print_receipt_json(struct cli *c, const struct stay_receipt *r, struct instant sealed_at)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, c->arena, 4096);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "at", instant_iso(c->arena, r->at));
    json_out_int(&j, "facility", r->facility);
    json_out_str(&j, "facility_name", r->facility_name);
    json_out_int(&j, "guests", r->guests);
    json_out_int(&j, "late", r->late);
    json_out_str(&j, "mode", r->mode);
    json_out_str(&j, "number", r->number);
    json_out_str(&j, "sealed_at", instant_iso(c->arena, sealed_at));
    json_out_str(&j, "unit", unit_code_str(&r->unit));
    json_out_bool(&j, "valid", true);
    json_out_end(&j);
    printf("%.*s\n", STR_ARG(buf_str(&b)));
}

static int run_verify(struct cli *c, struct err *e)
{
    struct jwk keys[SIGNER_KEYS_MAX];
    struct stay_receipt r;
    struct instant sealed_at;
    struct str evidence, set;
    size_t n = 0;
    if (read_file(c, c->args[0], &evidence, e) != 0 || read_file(c, keys_path(c), &set, e) != 0 ||
        receipt_keys_read(c->arena, set, keys, SIGNER_KEYS_MAX, &n, e) != 0)
        return -1;
    struct err why = { 0 };
    if (stay_receipt_check(c->arena, evidence, keys, n, &r, &sealed_at, &why) != 0)
        return ERR_SAY(e, ERR_CONFLICT, err_sentence(&why), "%s", why.detail); /* exit status 5, as `audit verify` */
    if (c->json)
        print_receipt_json(c, &r, sealed_at);
    else
        print_receipt(c, &r, sealed_at);
    return 0;
}

static int run_keys(struct cli *c, struct err *e)
{
    struct str json;
    if (receipt_keys_json(c->app->signer, c->arena, &json, e) != 0)
        return -1;
    printf("%.*s\n", STR_ARG(json));
    return 0;
}

/* ---- lists ---- */

static int unit_opt(struct cli *c, struct unit_code *out, struct err *e)
{
    if (!unit_code_parse(cli_opt(c, "unit"), out))
        return ERR_SAY(e, ERR_INPUT, MSGS("Xin cho biết mã xã, ví dụ --unit 24763."), "--unit");
    return 0;
}

static struct day night_opt(struct cli *c)
{
    struct day d;
    return cli_has(c, "night") && day_parse_iso(cli_opt(c, "night"), &d) ? d : stay_night_on(app_now(c->app));
}

static void print_guest_json(struct cli *c, const struct stay_night_row *g)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, c->arena, 8192);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "arrives", instant_iso(c->arena, g->arrives_at));
    json_out_str(&j, "facility", g->facility_name);
    json_out_int(&j, "guest", g->id);
    json_out_bool(&j, "late", g->late);
    json_out_str(&j, "leaves", day_iso(c->arena, g->leaves_on));
    json_out_str(&j, "name", g->name);
    json_out_str(&j, "number", pid_str(&g->pid).p ? pid_masked(c->arena, &g->pid) : STR_NONE);
    json_out_str(&j, "room", g->room);
    json_out_int(&j, "state", g->state);
    json_out_end(&j);
    printf("%.*s\n", STR_ARG(buf_str(&b)));
}

static void print_night(struct cli *c, const struct night *n)
{
    for (size_t i = 0; i < n->guests.n; i++) {
        const struct stay_night_row *g = n->guests.v[i].row;
        if (c->json)
            print_guest_json(c, g);
        else
            printf("%.*s\t%.*s\t%.*s\t%.*s\t%s\n", STR_ARG(g->facility_name), STR_ARG(g->room), STR_ARG(g->name),
                   STR_ARG(instant_vi(c->arena, g->arrives_at)), g->late ? "!" : "");
    }
    if (c->json)
        return;
    struct tr_arg args[] = {
        { "night", day_vi(c->arena, n->day) },
        { "guests", number(c, (int64_t)n->guests.n) },
        { "late", number(c, n->late) },
        { "facilities", number(c, n->facilities) },
        { NULL, { NULL, 0 } },
    };
    say(c, MSGS("Đêm {night}: {guests} khách ở {facilities} cơ sở, {late} khai muộn."), args);
}

static int run_tonight(struct cli *c, struct err *e)
{
    struct scope_unit unit = { .name = STR_NONE };
    struct night n;
    struct dbr *r;
    if (unit_opt(c, &unit.code, e) != 0 || db_read_begin(c->app->db, &r, e) != 0)
        return -1;
    struct scope_units units = { &unit, 1 };
    int result = night_load(r, c->arena, &units, night_opt(c), &n, e);
    db_read_end(r);
    if (result == 0)
        print_night(c, &n);
    return result;
}

static void print_facility(struct cli *c, const struct facility_row *f)
{
    if (!c->json) {
        printf("%lld\t%.*s\t%.*s\t%.*s\t%s\t%lld\n", (long long)f->id, STR_ARG(f->code), STR_ARG(f->name), STR_ARG(f->kind),
               f->unit.v, (long long)f->rooms);
        return;
    }
    struct buf b;
    struct json_out j;
    buf_init(&b, c->arena, 4096);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "address", f->address);
    json_out_str(&j, "code", f->code);
    json_out_int(&j, "id", f->id);
    json_out_str(&j, "kind", f->kind);
    json_out_int(&j, "lat_e6", f->lat_e6);
    json_out_int(&j, "lon_e6", f->lon_e6);
    json_out_str(&j, "name", f->name);
    json_out_bool(&j, "open", f->open);
    json_out_int(&j, "rooms", f->rooms);
    json_out_str(&j, "unit", unit_code_str(&f->unit));
    json_out_end(&j);
    printf("%.*s\n", STR_ARG(buf_str(&b)));
}

static int run_facilities(struct cli *c, struct err *e)
{
    struct facility_rows rows;
    struct dbr *r;
    struct str unit = cli_has(c, "unit") ? cli_opt(c, "unit") : STR("");
    struct facilities_search_in in = { .after = 0, .key = STR(""), .in_unit = unit, .most = LIST_MAX };
    if (db_read_begin(c->app->db, &r, e) != 0)
        return -1;
    int result = facilities_search(r, c->arena, &in, &rows, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < rows.n; i++)
        print_facility(c, &rows.v[i]);
    return result;
}

static int run_seed(struct cli *c, struct err *e)
{
    int64_t seed;
    struct day today = instant_day(app_now(c->app));
    if (cli_opt_i64(c, "seed", 0, INT64_MAX, &seed, e) != 0)
        return -1;
    if (cli_has(c, "today") && !day_parse_iso(cli_opt(c, "today"), &today))
        return ERR_SAY(e, ERR_INPUT, MSGS("Ngày không đúng dạng, ví dụ --today 2026-11-23."), "--today");
    if (stays_seed(c->app->db, (uint64_t)seed, today, c->app->settings.pack_dir, e) != 0)
        return -1;
    say(c, MSGS("Đã tạo cơ sở lưu trú và lịch sử lưu trú mô phỏng."), NULL);
    return 0;
}

/* ---- the table ---- */

static const struct cli_option verify_options[] = {
    { "keys", "TỆP", NULL, MSG("Tập khoá công khai (JWK Set), như bon stays keys in ra; mặc định là khoá của máy này") },
    { .name = NULL },
};
static const struct cli_option night_options[] = {
    { "unit", "MÃ", NULL, MSG("Mã xã năm 2023") },
    { "night", "NGÀY", NULL, MSG("Đêm cần xem, mặc định đêm nay") },
    { .name = NULL },
};
static const struct cli_option facilities_options[] = {
    { "unit", "MÃ", NULL, MSG("Mã xã năm 2023") },
    { .name = NULL },
};
static const struct cli_option seed_options[] = {
    { "seed", "S", "511", MSG("Hạt giống: cùng hạt giống, cùng dân cư, cùng ngày cho cùng dữ liệu") },
    { "today", "NGÀY", NULL, MSG("Ngày mà lịch sử dừng lại, mặc định hôm nay") },
    { .name = NULL },
};

const struct cli_command stays_commands[] = {
    { .name = "stays verify-receipt",
      .synopsis = "FILE [--keys FILE] [--json]",
      .what = MSG("Kiểm tra một biên nhận, không cần mạng"),
      .help = MSG(
          "Đọc tệp chứng cứ (JSON) hoặc nội dung mã QR, tính lại gốc cây băm và kiểm tra chữ ký. Không mở cơ sở dữ liệu. "
          "Thoát với mã 0 khi đúng, 5 khi không đúng. FILE là - thì đọc từ đầu vào chuẩn."),
      .options = verify_options,
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_NOTHING,
      .run = run_verify },
    { .name = "stays keys",
      .what = MSG("In khoá công khai để kiểm tra biên nhận ở nơi khác"),
      .help = MSG("In một JWK Set (RFC 7517); lưu thành tệp rồi dùng với bon stays verify-receipt --keys."),
      .needs = CLI_SIGNER,
      .run = run_keys },
    { .name = "stays tonight",
      .synopsis = "--unit MÃ [--night NGÀY] [--json]",
      .what = MSG("Khách lưu trú trong đêm của một xã"),
      .help = MSG("Mỗi khách một dòng, số giấy tờ được che."),
      .options = night_options,
      .needs = CLI_DB_READ,
      .run = run_tonight },
    { .name = "stays facilities",
      .synopsis = "[--unit MÃ] [--json]",
      .what = MSG("Danh sách cơ sở lưu trú"),
      .help = MSG("Mỗi cơ sở một dòng: số, mã, tên, loại, xã, số phòng."),
      .options = facilities_options,
      .needs = CLI_DB_READ,
      .run = run_facilities },
    { .name = "stays seed",
      .synopsis = "[--seed S] [--today NGÀY]",
      .what = MSG("Tạo cơ sở lưu trú và lịch sử mô phỏng"),
      .help = MSG("Cần dân cư mô phỏng trước (bon seed). Mọi dòng mang chế độ MÔ PHỎNG. Từ chối khi đã có cơ sở."),
      .options = seed_options,
      .needs = CLI_DB,
      .run = run_seed },
    { .name = "sim asm",
      .synopsis = "[--port P] [--faults …] [--seed S]",
      .what = MSG("Mô phỏng hệ thống quốc gia nhận thông báo lưu trú"),
      .help = MSG("Một tiến trình trên 127.0.0.1 nói cùng giao thức JSON với bon. Các lỗi cố ý: slow, 500, duplicate, "
                  "reorder, schema."),
      .options = stays_sim_options,
      .needs = CLI_NOTHING,
      .run = stays_sim_main },
    { .name = NULL },
};
