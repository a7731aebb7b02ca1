/* module.c: the audit engine's contract. */
#include "engines/audit/audit_pages.h"

#include <stdio.h>

static int cmd_verify(struct cli *c, struct err *e)
{
    struct audit_check check;
    if (audit_verify(c->app->db, c->app->signer, c->arena, &check, e) != 0)
        return -1;
    if (c->json) {
        printf("{\"records\":%lld,\"seals\":%lld,\"unsealed\":%lld,\"whole\":true}\n", (long long)check.records,
               (long long)check.seals, (long long)check.unsealed);
        return 0;
    }
    struct tr_arg args[] = {
        { "records", str_fmt(c->arena, "%lld", (long long)check.records) },
        { "seals", str_fmt(c->arena, "%lld", (long long)check.seals) },
        { "unsealed", str_fmt(c->arena, "%lld", (long long)check.unsealed) },
        { NULL, { NULL, 0 } },
    };
    struct str text = cli_say(c,
                              MSGS("Nhật ký nguyên vẹn: {records} bản ghi dưới {seals} niêm phong đã ký, "
                                   "{unsealed} bản ghi mới chờ niêm phong."),
                              args);
    printf("%.*s\n", STR_ARG(text));
    return 0;
}

static const struct cli_command commands[] = {
    { .name = "audit verify", .synopsis = "[--json]", .what = MSG("Kiểm tra toàn bộ nhật ký"),
      .help = MSG("Tính lại từng bản ghi, từng gốc cây băm, từng chữ ký và chuỗi niêm phong. Thoát với mã 5 ở chỗ hỏng đầu tiên."),
      .needs = CLI_DB_READ | CLI_SIGNER, .run = cmd_verify },
    { .name = NULL },
};

static const struct event events[] = {
    { "audit.searched", MSG("Tra cứu nhật ký") },
    { "audit.record_seen", MSG("Xem một bản ghi nhật ký") },
    { .name = NULL },
};

static const struct permission permissions[] = {
    { "audit.search", ROLES("administrator"), MSG("Tra cứu nhật ký") },
    { .name = NULL },
};

static const struct menu_entry menu[] = {
    { MENU_ADMIN, 90, MSG("Nhật ký"), "/admin/audit", "audit.search" },
    { .path = NULL },
};

static const struct route routes[] = {
    GET_RECORDED("/admin/audit", .may = "audit.search", .write = search_write, .reply = search_reply, .title = MSG("Tra cứu nhật ký")),
    GET_RECORDED("/admin/audit/{id}", .may = "audit.search", .write = record_write, .reply = record_reply,
                 .title = MSG("Xem một bản ghi nhật ký")),
    ROUTE_END,
};

static const struct job jobs[] = {
    { .name = "audit.seal", .every_us = US_PER_SECOND, .run = audit_seal_job,
      .what = MSG("Niêm phong các bản ghi mới bằng một gốc cây băm đã ký") },
    { .name = "audit.enter", .every_us = 3 * US_PER_SECOND, .run = audit_enter_job,
      .what = MSG("Ghi bản ghi mới vào mục lục theo người được xem") },
    { .name = NULL },
};

const struct module audit_module = {
    .name = "audit",
    .title = MSG("Nhật ký không sửa được"),
    .menu = menu,
    .routes = routes,
    .permissions = permissions,
    .events = events,
    .migrations = audit_migrations,
    .statements = audit_statements,
    .jobs = jobs,
    .commands = commands,
};
