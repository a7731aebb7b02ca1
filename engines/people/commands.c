/* commands.c: bon seed, bon people show, bon people units. */
#include "engines/people/commands.h"

#include "base/json.h"
#include "engines/audit/audit.h"
#include "engines/people/people.h"
#include "engines/people/seed.h"
#include "platform/http/module.h"

#include <stdio.h>
#include <unistd.h>

enum { OUTPUT_MAX = 256 * 1024 };

static void print(struct str s)
{
    fwrite(s.p, 1, s.n, stdout);
}

/* ---- bon seed ---- */

/* A line that is written over, and only for somebody who looks. */
static void show_progress(void *ctx, int64_t done, int64_t total)
{
    const struct cli *c = ctx;
    static const char bar[] = "########################################";
    int width = (int)(done * 40 / (total > 0 ? total : 1));
    struct tr_arg args[] = { { "done", str_fmt(c->arena, "%lld", (long long)done) },
                             { "total", str_fmt(c->arena, "%lld", (long long)total) },
                             { NULL, { NULL, 0 } } };
    struct str say = cli_say(c, MSGS("{done} / {total} người"), args);
    fprintf(stderr, "\r[%.*s%*s] %.*s", width, bar, 40 - width, "", STR_ARG(say));
    if (done >= total)
        fputc('\n', stderr);
    fflush(stderr);
}

static void print_seed_json(struct cli *c, const struct seed_result *r, int64_t rate)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, c->arena, OUTPUT_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_int(&j, "cards", r->cards);
    json_out_str(&j, "digest", str_hex(c->arena, r->digest.b, sizeof r->digest.b));
    json_out_int(&j, "households", r->households);
    json_out_int(&j, "microseconds", r->us);
    json_out_int(&j, "people", r->people);
    json_out_int(&j, "people_per_second", rate);
    json_out_int(&j, "residences", r->residences);
    json_out_end(&j);
    print(buf_str(&b));
    print(STR("\n"));
}

static void print_seed_text(struct cli *c, const struct seed_result *r, int64_t rate)
{
    struct tr_arg args[] = {
        { "people", str_fmt(c->arena, "%lld", (long long)r->people) },
        { "households", str_fmt(c->arena, "%lld", (long long)r->households) },
        { "cards", str_fmt(c->arena, "%lld", (long long)r->cards) },
        { "seconds", str_fmt(c->arena, "%lld,%01lld", (long long)(r->us / 1000000), (long long)(r->us / 100000 % 10)) },
        { "rate", str_fmt(c->arena, "%lld", (long long)rate) },
        { "digest", str_hex(c->arena, r->digest.b, sizeof r->digest.b) },
        { NULL, { NULL, 0 } },
    };
    print(cli_say(
        c, MSGS("Đã tạo {people} người trong {households} hộ với {cards} thẻ sau {seconds} giây ({rate} người mỗi giây)."),
        args));
    print(STR("\n"));
    print(cli_say(c, MSGS("Dấu vân tay của dữ liệu (SHA-256): {digest}"), args));
    print(STR("\n"));
}

/* What other engines add to the synthetic province: lodging places, accounts … */
static int seed_others(struct cli *c, uint64_t seed, struct day as_of, struct err *e)
{
    struct app *app = c->app;
    struct seed_world *world = arena_new(c->arena, struct seed_world);
    if (seed_world_load(c->arena, app->settings.pack_dir, seed, as_of, world, e))
        return -1;
    for (size_t i = 0; app->modules[i]; i++)
        if (app->modules[i]->seed && app->modules[i]->seed(app, world, e))
            return -1;
    for (size_t i = 0; app->modules[i]; i++)
        if (app->modules[i]->seed_after && app->modules[i]->seed_after(app, world, e))
            return -1;
    return 0;
}

static int run_seed(struct cli *c, struct err *e)
{
    int64_t people, seed;
    struct day as_of;
    if (cli_opt_i64(c, "people", 1, 990000, &people, e) || cli_opt_i64(c, "seed", 0, INT64_MAX, &seed, e))
        return -1;
    if (!day_parse_iso(cli_opt(c, "as-of"), &as_of))
        return ERR_SAY(e, ERR_INPUT, MSGS("Ngày ở --as-of cần có dạng năm-tháng-ngày, thí dụ 2023-08-07."),
                       "--as-of is no day");
    struct seed_options o = {
        .people = people, .seed = (uint64_t)seed, .as_of = as_of, .pack_dir = c->app->settings.pack_dir, .ctx = c
    };
    if (cli_has(c, "truth"))
        o.truth_path = str_cstr(c->arena, cli_opt(c, "truth"));
    if (isatty(STDERR_FILENO) && !c->json)
        o.progress = show_progress;
    struct seed_result r;
    if (people_seed(c->app->db, &o, &r, e) || seed_others(c, o.seed, as_of, e))
        return -1;
    int64_t rate = r.us > 0 ? r.people * 1000000 / r.us : 0;
    if (c->json)
        print_seed_json(c, &r, rate);
    else
        print_seed_text(c, &r, rate);
    return 0;
}

/* ---- bon people show ---- */

struct look {
    struct cli *cli;
    struct pid pid;
    struct str purpose;
    struct person person;
    bool found;
};

/* Reading an entry and recording the look are one transaction: no look without its record. A number that nobody has is
 * recorded too, without a subject. */
static int look_and_record(struct tx *tx, void *arg, struct err *e)
{
    struct look *l = arg;
    struct arena *a = l->cli->arena;
    int got = person_by_pid(tx_reader(tx), a, &l->pid, &l->person, e);
    if (got < 0)
        return -1;
    l->found = got == 1;
    struct audit_record record = { .action = STR("people.seen"),
                                   .account_name = STR("bon people show"),
                                   .purpose = l->purpose,
                                   .subject = l->found ? l->person.id : 0,
                                   .object =
                                       l->found ? str_fmt(a, "person/%lld", (long long)l->person.id) : STR("person/none"),
                                   .mode = str_of(l->cli->app->settings.mode) };
    return audit_write(tx, a, &record, NULL, e);
}

static struct str sex_word(enum sex s)
{
    return s == SEX_MALE ? MSGS("Nam") : s == SEX_FEMALE ? MSGS("Nữ") : MSGS("Chưa rõ");
}

static void print_person_json(struct cli *c, const struct person *p)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, c->arena, OUTPUT_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "address", p->address);
    json_out_str(&j, "born", birth_iso(c->arena, p->born));
    if (p->has_died)
        json_out_str(&j, "died", day_iso(c->arena, p->died));
    json_out_str(&j, "ethnic", p->ethnic);
    json_out_int(&j, "household", p->household);
    json_out_int(&j, "id", p->id);
    json_out_str(&j, "name", p->name);
    json_out_str(&j, "origin", p->origin);
    json_out_str(&j, "pid", pid_str(&p->pid));
    json_out_str(&j, "religion", p->religion);
    json_out_str(&j, "sex", sex_word(p->sex));
    json_out_str(&j, "unit", unit_code_str(&p->unit));
    json_out_end(&j);
    print(buf_str(&b));
    print(STR("\n"));
}

static void print_line(struct cli *c, struct str label, struct str value)
{
    if (!value.n)
        return;
    struct str text = cli_say(c, label, (const struct tr_arg[]) { { NULL, { NULL, 0 } } });
    printf("%.*s: %.*s\n", STR_ARG(text), STR_ARG(value));
}

static void print_person_text(struct cli *c, const struct person *p)
{
    print_line(c, MSGS("Số định danh"), pid_str(&p->pid));
    print_line(c, MSGS("Họ và tên"), p->name);
    print_line(c, MSGS("Ngày sinh"), birth_vi(c->arena, p->born));
    print_line(c, MSGS("Giới tính"), tr(c->lang, sex_word(p->sex)));
    print_line(c, MSGS("Dân tộc"), p->ethnic);
    print_line(c, MSGS("Tôn giáo"), p->religion);
    print_line(c, MSGS("Quê quán"), p->origin);
    print_line(c, MSGS("Nơi thường trú"), p->address);
    if (p->has_died)
        print_line(c, MSGS("Đã mất ngày"), day_vi(c->arena, p->died));
}

static int run_show(struct cli *c, struct err *e)
{
    struct look l = { .cli = c, .purpose = str_trim(cli_opt(c, "purpose")) };
    if (!l.purpose.n)
        return ERR_SAY(e, ERR_INPUT,
                       MSGS("Xin ghi lý do xem bằng --purpose. Lý do được lưu trong nhật ký và công dân đọc được."),
                       "no --purpose");
    if (pid_parse(c->args[0], instant_day(app_now(c->app)), &l.pid, e) || db_write_in(c->app->db, c->arena, look_and_record, &l, e))
        return -1;
    if (!l.found)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Sổ dân cư không có số định danh này."), "no such person");
    if (c->json)
        print_person_json(c, &l.person);
    else
        print_person_text(c, &l.person);
    return 0;
}

/* ---- bon people units ---- */

static void put_units_json(struct json_out *j, struct arena *a, const struct unit *units, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        json_out_item_object(j);
        json_out_str(j, "code", unit_code_str(&units[i].code));
        json_out_str(j, "from", day_iso(a, units[i].from));
        json_out_int(j, "level", units[i].level);
        json_out_str(j, "name", units[i].name);
        json_out_str(j, "parent", unit_code_str(&units[i].parent));
        json_out_str(j, "until", day_iso(a, units[i].until));
        json_out_end(j);
    }
}

static void print_units_text(const struct unit *units, size_t n)
{
    for (size_t i = 0; i < n; i++)
        printf("%d  %-6s  %-6s  %.*s\n", units[i].level, units[i].code.v, units[i].parent.v, STR_ARG(units[i].name));
}

static int print_units(struct cli *c, struct dbr *r, enum geography g, struct err *e)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, c->arena, OUTPUT_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_array(&j, "units");
    for (int level = 1; level <= 3; level++) {
        struct unit *units;
        size_t n;
        if (units_list(r, c->arena, g, level, &units, &n, e))
            return -1;
        if (c->json)
            put_units_json(&j, c->arena, units, n);
        else
            print_units_text(units, n);
    }
    json_out_end(&j);
    json_out_end(&j);
    if (b.full)
        return ERR(e, ERR_TOO_LARGE, "people units: over %d bytes", OUTPUT_MAX);
    if (c->json) {
        print(buf_str(&b));
        print(STR("\n"));
    }
    return 0;
}

static int run_units(struct cli *c, struct err *e)
{
    struct str wanted = cli_opt(c, "geography");
    bool of_2025 = str_eq(wanted, STR("2025"));
    if (!of_2025 && !str_eq(wanted, STR("2023")))
        return ERR_SAY(e, ERR_INPUT, MSGS("--geography nhận 2023 hoặc 2025."), "--geography %.*s", STR_ARG(wanted));
    struct dbr *r;
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int failed = print_units(c, r, of_2025 ? GEO_2025 : GEO_2023, e);
    db_read_end(r);
    return failed;
}

/* ---- the table ---- */

static const struct cli_option seed_option[] = {
    { "people", "N", "700000", MSG("Số người, nhiều nhất 990000") },
    { "seed", "S", "511", MSG("Hạt giống: cùng hạt giống cho cùng dữ liệu trên mọi máy") },
    { "as-of", "NGÀY", "2023-08-07", MSG("Ngày mà dữ liệu mô tả") },
    { "truth", "TỆP", NULL, MSG("Ghi tệp sự thật: ai là ai, và những lỗi cố ý đã gài vào hồ sơ cũ") },
    { NULL, NULL, NULL, { NULL, 0 } },
};
static const struct cli_option show_option[] = {
    { "purpose", "LÝ DO", NULL, MSG("Vì sao xem: được ghi vào nhật ký, công dân đọc được") },
    { NULL, NULL, NULL, { NULL, 0 } },
};
static const struct cli_option units_option[] = {
    { "geography", "NĂM", "2023", MSG("2023: trước 1/7/2025, có cấp huyện; 2025: từ 1/7/2025, hai cấp") },
    { NULL, NULL, NULL, { NULL, 0 } },
};

const struct cli_command people_commands[] = {
    { .name = "seed",
      .synopsis = "[--people N] [--seed S] [--truth TỆP] [--json]",
      .what = MSG("Tạo tỉnh mô phỏng trong cơ sở dữ liệu trống"),
      .help = MSG("Tạo dân cư, hộ, nơi cư trú, thẻ và hồ sơ cũ của một tỉnh không có thật theo danh mục đơn vị hành chính "
                  "của gói tỉnh. "
                  "Không có người thật nào trong đó. Từ chối khi cơ sở dữ liệu đã có dân cư."),
      .options = seed_option,
      .needs = CLI_DB | CLI_CREATE_DB,
      .run = run_seed },
    { .name = "people show",
      .synopsis = "SỐ_ĐỊNH_DANH --purpose LÝ_DO [--json]",
      .what = MSG("Xem một người trong sổ dân cư, có ghi nhật ký"),
      .help = MSG("Lần xem được ghi vào nhật ký cùng lý do; công dân thấy nó ở mục Ai đã xem dữ liệu của tôi."),
      .options = show_option,
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB,
      .run = run_show },
    { .name = "people units",
      .synopsis = "[--geography 2023|2025] [--json]",
      .what = MSG("Danh mục đơn vị hành chính theo địa giới cũ hoặc mới"),
      .help = MSG("Mỗi dòng: cấp, mã, mã cấp trên, tên. Cấp 1 là tỉnh, 2 là huyện, 3 là xã."),
      .options = units_option,
      .needs = CLI_DB_READ,
      .run = run_units },
    { .name = NULL },
};
