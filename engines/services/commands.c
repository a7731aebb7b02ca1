/* commands.c: bon services load, check, list, show. */
#include "engines/services/book.h"

#include "base/json.h"
#include "platform/crypto/crypto.h"

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
    struct service_load_counts counts;
};

static int load_write(struct tx *tx, void *arg, struct err *e)
{
    struct loading *l = arg;
    static const struct service_people from_file = { 0, 0 };
    struct audit_record rec = { .action = STR("services.loaded"),
                                .account_name = str_of(l->c->command->name),
                                .object = l->c->n_args ? l->c->args[0] : STR("pack"),
                                .mode = str_of(l->c->app->settings.mode) };
    return services_store_files(tx, l->c->arena, &l->files, &from_file, &l->counts, e) ||
                   audit_write(tx, l->c->arena, &rec, NULL, e)
               ? -1
               : 0;
}

static int known_codes(struct cli *c, struct str **out, size_t *n, struct err *e)
{
    struct dbr *r;
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int result = services_known_codes(r, c->arena, out, n, e);
    db_read_end(r);
    return result;
}

static int store(struct loading *l, struct err *e)
{
    struct cli *c = l->c;
    if (refuse_faults(c, &l->files, e) || db_write_in(c->app->db, c->arena, load_write, l, e))
        return -1;
    struct tr_arg args[] = { { "n", number(c, (int64_t)l->files.n) },
                             { "new", number(c, l->counts.versions) },
                             { "same", number(c, l->counts.same) },
                             { NULL, { NULL, 0 } } };
    say(c, MSGS("Đã đọc {n} dịch vụ: {new} phiên bản mới, {same} phiên bản đã có."), args);
    return 0;
}

static int run_load(struct cli *c, struct err *e)
{
    struct loading l = { .c = c };
    struct str *known;
    size_t n;
    struct str path = c->n_args ? c->args[0] : str_fmt(c->arena, "%s/services", c->app->settings.pack_dir);
    return known_codes(c, &known, &n, e) || services_load_path(c->arena, str_cstr(c->arena, path), known, n, &l.files, e) ||
                   store(&l, e)
               ? -1
               : 0;
}

/* ---- export, import ---- */

enum { CATALOGUE_BYTES = 16 << 20 };

static int write_file(struct cli *c, struct str bytes, struct err *e)
{
    FILE *f = fopen(str_cstr(c->arena, c->args[0]), "wbe");
    bool failed = !f || fwrite(bytes.p, 1, bytes.n, f) != bytes.n;
    failed = (f && fclose(f) != 0) || failed;
    return failed ? ERR_SAY(e, ERR_INPUT, MSGS("Không ghi được tệp."), "%.*s", STR_ARG(c->args[0])) : 0;
}

static int run_export(struct cli *c, struct err *e)
{
    json_t *all;
    struct dbr *r;
    struct str bytes;
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int failed = services_all_json(r, c->arena, &all, e);
    db_read_end(r);
    if (failed)
        return -1;
    failed = str_ends(c->args[0], STR(".xlsx")) ? services_book_write(c->arena, all, app_now(c->app), &bytes, e)
                                                : json_canonical(c->arena, all, &bytes, e);
    return failed || write_file(c, bytes, e) ? -1 : 0;
}

static int read_whole(struct cli *c, struct str *out, struct err *e)
{
    char *bytes = arena_alloc(c->arena, CATALOGUE_BYTES);
    FILE *f = fopen(str_cstr(c->arena, c->args[0]), "rbe");
    size_t n = f ? fread(bytes, 1, CATALOGUE_BYTES, f) : 0;
    if (f)
        fclose(f);
    *out = (struct str) { bytes, n };
    return f && n < CATALOGUE_BYTES ? 0
                                    : ERR_SAY(e, ERR_INPUT, MSGS("Không đọc được tệp, hoặc tệp quá lớn (tối đa 16 MB)."),
                                              "%.*s", STR_ARG(c->args[0]));
}

static int run_import(struct cli *c, struct err *e)
{
    struct loading l = { .c = c };
    struct str *known, bytes;
    size_t n;
    return known_codes(c, &known, &n, e) || read_whole(c, &bytes, e) ||
                   services_import_read(c->arena, bytes, known, n, &l.files, e) || store(&l, e)
               ? -1
               : 0;
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
    { .name = "services export",
      .synopsis = "TỆP.xlsx | TỆP.json",
      .what = MSG("Ghi cả danh mục dịch vụ công ra tệp"),
      .help = MSG("Excel có các trang Dịch vụ, Giấy tờ, Biểu mẫu, Lệ phí, Bước. Nhập lại tệp này thì danh mục không đổi."),
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB_READ,
      .run = run_export },
    { .name = "services import",
      .synopsis = "TỆP.xlsx | TỆP.json",
      .what = MSG("Nhập dịch vụ công từ Excel hoặc JSON"),
      .help = MSG("Như bon services load: đúng hết mới ghi, phiên bản đã công bố thì không đổi được."),
      .min_args = 1,
      .max_args = 1,
      .needs = CLI_DB,
      .run = run_import },
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
