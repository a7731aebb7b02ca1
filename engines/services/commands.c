/* commands.c: bon services load, check, list, show. */
#include "engines/services/inside.h"

#include "base/json.h"

#include <stdio.h>

enum { LINE_BYTES = 64 << 10 };

static void say(struct cli *c, struct str text, const struct tr_arg *args)
{
    struct str line = cli_say(c, text, args);
    printf("%.*s\n", STR_ARG(line));
}

static struct str number(struct cli *c, int64_t n)
{
    return str_fmt(c->arena, "%lld", (long long)n);
}

/* ---- check, load ---- */

static void print_faults(struct cli *c, const service_files *files)
{
    for (size_t i = 0; i < files->n; i++) {
        const struct service_named_file *f = &files->v[i];
        if (f->refused.n)
            printf("%.*s: %.*s\n", STR_ARG(f->path), STR_ARG(f->refused));
        for (size_t k = 0; k < f->faults.n; k++) {
            const struct service_fault *x = &f->faults.v[k];
            struct str sentence = tr(c->lang, x->say);
            printf("%.*s: %.*s: %.*s%s%.*s%s\n", STR_ARG(f->path), STR_ARG(x->path), STR_ARG(sentence),
                   x->what.n ? " [" : "", STR_ARG(x->what), x->what.n ? "]" : "");
        }
    }
}

static int refuse_faults(struct cli *c, const service_files *files, struct err *e)
{
    size_t n = services_files_faults(files);
    print_faults(c, files);
    return n == 0 ? 0 : ERR_SAY(e, ERR_INPUT, MSGS("Có lỗi ở các chỗ nêu trên; chưa ghi gì."), "%zu faults", n);
}

static int run_check(struct cli *c, struct err *e)
{
    service_files files;
    if (services_load_path(c->arena, str_cstr(c->arena, c->args[0]), NULL, 0, &files, e) || refuse_faults(c, &files, e))
        return -1;
    struct tr_arg args[] = { { "n", number(c, (int64_t)files.n) }, { NULL, { NULL, 0 } } };
    say(c, MSGS("Đã đọc {n} dịch vụ, không có lỗi."), args);
    return 0;
}

struct loading {
    struct cli *c;
    service_files files;
    int64_t versions, heads, same;
};

static int load_write(struct tx *tx, void *arg, struct err *e)
{
    struct loading *l = arg;
    struct audit_record rec = { .action = STR("services.loaded"),
                                .account_name = STR("bon services load"),
                                .object = l->c->n_args ? l->c->args[0] : STR("pack"),
                                .mode = str_of(l->c->app->settings.mode) };
    l->versions = l->heads = l->same = 0;
    for (size_t i = 0; i < l->files.n; i++) {
        static const struct service_people from_file = { 0, 0 };
        struct service_stored stored;
        if (services_store(tx, l->c->arena, &l->files.v[i].file, &from_file, &stored, e))
            return -1;
        l->versions += stored.new_versions;
        l->same += stored.same_versions;
        l->heads += stored.head_changed;
    }
    return audit_write(tx, l->c->arena, &rec, NULL, e);
}

static int known_codes(struct cli *c, struct str **out, size_t *n, struct err *e)
{
    struct service_codes_rows rows;
    struct dbr *r;
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int result = service_codes(r, c->arena, &rows, e);
    db_read_end(r);
    if (result)
        return -1;
    *out = arena_new_array(c->arena, struct str, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        (*out)[i] = rows.v[i].code;
    *n = rows.n;
    return 0;
}

static int run_load(struct cli *c, struct err *e)
{
    struct loading l = { .c = c };
    struct str *known;
    size_t n;
    struct str path = c->n_args ? c->args[0] : str_fmt(c->arena, "%s/services", c->app->settings.pack_dir);
    if (known_codes(c, &known, &n, e) || services_load_path(c->arena, str_cstr(c->arena, path), known, n, &l.files, e) ||
        refuse_faults(c, &l.files, e) || db_write(c->app->db, load_write, &l, e))
        return -1;
    struct tr_arg args[] = { { "n", number(c, (int64_t)l.files.n) },
                             { "new", number(c, l.versions) },
                             { "same", number(c, l.same) },
                             { NULL, { NULL, 0 } } };
    say(c, MSGS("Đã đọc {n} dịch vụ: {new} phiên bản mới, {same} phiên bản đã có."), args);
    return 0;
}

/* ---- list, show ---- */

static void print_listed(struct cli *c, const struct services_listed_row *v)
{
    struct buf b;
    struct json_out j;
    if (!c->json) {
        struct str level = tr(c->lang, service_level_label((enum service_level)v->level));
        printf("%.*s\t%lld\t%.*s\t%.*s\n", STR_ARG(v->service), (long long)v->version, STR_ARG(level), STR_ARG(v->name));
        return;
    }
    buf_init(&b, c->arena, LINE_BYTES);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "code", v->service);
    json_out_int(&j, "days", v->days);
    json_out_str(&j, "flow", v->flow);
    json_out_str(&j, "function", v->function);
    json_out_str(&j, "level", service_word_of(service_levels, (int)v->level)->word);
    json_out_str(&j, "name", v->name);
    json_out_int(&j, "papers", v->papers);
    json_out_str(&j, "sector", v->sector);
    json_out_str(&j, "since", day_iso(c->arena, v->since));
    json_out_int(&j, "version", v->version);
    json_out_end(&j);
    printf("%.*s\n", STR_ARG(buf_str(&b)));
}

static int day_option(struct cli *c, struct day *on, struct err *e)
{
    *on = instant_day(app_now(c->app));
    if (!cli_has(c, "on") || day_typed(cli_opt(c, "on"), on))
        return 0;
    return ERR_SAY(e, ERR_INPUT, MSGS("Không có ngày này. Xin ghi như 01/03/2025 hoặc 2025-03-01."), "--on");
}

static int run_list(struct cli *c, struct err *e)
{
    struct services_listed_rows rows;
    struct day on;
    struct dbr *r;
    if (day_option(c, &on, e) || db_read_begin(c->app->db, &r, e))
        return -1;
    int result = services_listed(r, c->arena, &(struct services_listed_in) { .today = on }, &rows, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < rows.n; i++)
        print_listed(c, &rows.v[i]);
    return result;
}

static int run_show(struct cli *c, struct err *e)
{
    struct service_version_body_row row;
    struct service_version_on_row version;
    struct day on;
    struct dbr *r;
    if (day_option(c, &on, e) || db_read_begin(c->app->db, &r, e))
        return -1;
    int got =
        service_version_on(r, c->arena, &(struct service_version_on_in) { .service = c->args[0], .today = on }, &version, e);
    if (got == 1)
        got = service_version_body(r, c->arena, &(struct service_version_body_in) { .id = version.id }, &row, e);
    db_read_end(r);
    if (got == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Ngày đó không có dịch vụ nào mang mã này; bon services list liệt kê chúng."),
                       "%.*s", STR_ARG(c->args[0]));
    if (got == 1)
        printf("%.*s\n", STR_ARG(row.body));
    return got < 0 ? -1 : 0;
}

/* ---- search ---- */

static int run_search(struct cli *c, struct err *e)
{
    service_hits hits;
    struct str text = c->args[0];
    struct dbr *r;
    for (int i = 1; i < c->n_args; i++)
        text = str_fmt(c->arena, "%.*s %.*s", STR_ARG(text), STR_ARG(c->args[i]));
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int result = services_search(c->app, r, c->arena, text, instant_day(app_now(c->app)), 10, &hits, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < hits.n; i++)
        printf("%d\t%.*s\t%.*s\n", hits.v[i].score, STR_ARG(hits.v[i].code), STR_ARG(hits.v[i].name));
    return result;
}

/* ---- the table ---- */

static const struct cli_option day_options[] = {
    { "on", "NGÀY", NULL, MSG("Bản có hiệu lực vào ngày đó, mặc định hôm nay") },
    { .name = NULL },
};

const struct cli_command services_commands[] = {
    { .name = "services load",
      .synopsis = "[TỆP | THƯ-MỤC]",
      .what = MSG("Nạp dịch vụ công vào danh mục"),
      .help = MSG("Không ghi tệp thì nạp mọi dịch vụ của gói dữ liệu tỉnh. Đúng hết mới ghi; mỗi lỗi được nêu theo tệp và "
                  "mục. Phiên bản đã "
                  "công bố mà tệp ghi khác đi thì bị từ chối: muốn thay đổi, xin lập phiên bản mới."),
      .max_args = 1,
      .needs = CLI_DB,
      .run = run_load },
    { .name = "services check",
      .synopsis = "TỆP | THƯ-MỤC",
      .what = MSG("Kiểm tra tệp dịch vụ công, không ghi gì"),
      .help = MSG("Nêu mọi lỗi theo tệp và mục: tên lạ, điều kiện hỏi câu không có, hai phiên bản chồng nhau."),
      .min_args = 1,
      .max_args = 1,
      .run = run_check },
    { .name = "services list",
      .synopsis = "[--on NGÀY] [--json]",
      .what = MSG("Danh mục dịch vụ công"),
      .help = MSG("Mỗi dịch vụ một dòng: mã, phiên bản, mức trực tuyến, tên."),
      .options = day_options,
      .needs = CLI_DB_READ,
      .run = run_list },
    { .name = "services show",
      .synopsis = "MÃ [--on NGÀY]",
      .what = MSG("Một dịch vụ công, bản đang có hiệu lực, dạng JSON"),
      .help = MSG("In đúng nội dung đã công bố."),
      .options = day_options,
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB_READ,
      .run = run_show },
    { .name = "services search",
      .synopsis = "LỜI…",
      .what = MSG("Tìm dịch vụ công bằng lời thường"),
      .help = MSG("Không cần dấu, gõ sai vài chữ vẫn tìm được. Mỗi dòng: điểm trên 1000, mã, tên."),
      .min_args = 1,
      .max_args = 20,
      .needs = CLI_DB_READ,
      .run = run_search },
    { .name = NULL },
};
