#include "app/program.h"

static size_t count_tables(const struct app *app)
{
    size_t n = 1;
    for (const struct module *const *m = app->modules; *m; m++)
        n += (*m)->commands != NULL;
    return n;
}

static const struct cli_command *const *all_tables(struct app *app)
{
    const struct cli_command **tables = arena_new_array(&app->arena, const struct cli_command *, count_tables(app) + 1);
    size_t n = 0;
    tables[n++] = program_commands;
    for (const struct module *const *m = app->modules; *m; m++)
        if ((*m)->commands)
            tables[n++] = (*m)->commands;
    return tables;
}

int main(int argc, char **argv)
{
    struct program p;
    program_init(&p);
    const struct cli_program cli = {
        .name = BON_NAME,
        .version = BON_VERSION,
        .what = MSG("chính quyền số của một tỉnh trong một chương trình"),
        .about = MSG("bon chạy các mô hình của Đề án 06 cấp tỉnh trên một nền chung. Trên một máy: bon init, rồi bon serve. "
                     "Thiết lập đọc từ "
                     "data_dir/bon.conf (tên = giá trị) và biến môi trường BON_… cùng tên viết hoa: data_dir, db, key_dir, "
                     "pack_dir, base_url, site_name, mode, demo, passkey_from, asm_url, ca_url, sources_url, inner_hosts, "
                     "metrics_token, host, port, threads, connections, user, signer_user, log."),
        .tables = all_tables(&p.app),
        .open = program_open,
    };
    int status = cli_main(&p.app, &cli, argc, argv);
    program_release(&p);
    return status;
}
