/* rollup_files.c: the four forms by name, and bon plan report, which writes them into a directory. */
#include "engines/plan/rollup_paper.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int render_pdf(const struct plan_rollup *u, struct arena *a, struct str *out, struct err *e)
{
    struct document d;
    rollup_document(u, a, &d);
    return document_pdf(&d, a, out, e);
}

static int render_docx(const struct plan_rollup *u, struct arena *a, struct str *out, struct err *e)
{
    struct document d;
    rollup_document(u, a, &d);
    return document_docx(&d, a, out, e);
}

static const struct {
    const char *extension, *type;
    int (*render)(const struct plan_rollup *u, struct arena *a, struct str *out, struct err *e);
} forms[ROLLUP_FORMS_] = {
    [ROLLUP_PDF] = { "pdf", "application/pdf", render_pdf },
    [ROLLUP_DOCX] = { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", render_docx },
    [ROLLUP_XLSX] = { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", rollup_workbook },
    [ROLLUP_JSON] = { "json", "application/json", rollup_json },
};

const char *rollup_extension(enum rollup_form f)
{
    return forms[f].extension;
}

const char *rollup_type(enum rollup_form f)
{
    return forms[f].type;
}

int rollup_render(const struct plan_rollup *u, enum rollup_form f, struct arena *a, struct str *out, struct err *e)
{
    return forms[f].render(u, a, out, e);
}

/* ---- the command ---- */

static int cannot_write(const char *path, struct err *e)
{
    return ERR_SAY(e, errno == ENOSPC ? ERR_DISK_FULL : ERR_INPUT,
                   MSGS("Không ghi được tệp. Xin xem thư mục và chỗ trống trên đĩa."), "%s: %s", path, strerror(errno));
}

/* Beside its place and then renamed: whoever reads the directory sees a whole file or none. */
static int write_file(const char *path, const char *beside, struct str bytes, struct err *e)
{
    FILE *f = fopen(beside, "wbe");
    if (!f)
        return cannot_write(beside, e);
    bool written = fwrite(bytes.p, 1, bytes.n, f) == bytes.n;
    written = fclose(f) == 0 && written;
    if (written && rename(beside, path) == 0)
        return 0;
    cannot_write(path, e);
    unlink(beside);
    return -1;
}

static int write_form(struct cli *c, const struct plan_rollup *u, enum rollup_form f, struct err *e)
{
    struct str bytes = STR("");
    struct str dir = cli_opt(c, "out"), month = plan_month_iso(c->arena, u->all.month);
    const char *path =
        str_cstr(c->arena, str_fmt(c->arena, "%.*s/bao-cao-%.*s.%s", STR_ARG(dir), STR_ARG(month), rollup_extension(f)));
    const char *beside = str_cstr(c->arena, str_fmt(c->arena, "%s.part", path));
    if (rollup_render(u, f, c->arena, &bytes, e) || write_file(path, beside, bytes, e))
        return -1;
    printf("%s\n", path);
    return 0;
}

static int read_rollup(struct cli *c, struct plan_rollup *u, struct err *e)
{
    struct dbr *r;
    int64_t month;
    if (!plan_month_parse(cli_opt(c, "month"), &month))
        return ERR_SAY(e, ERR_INPUT, MSGS("Không có tháng này. Xin ghi như 2023-09."), "--month");
    if (db_read_begin(c->app->db, &r, e))
        return -1;
    int result = plan_rollup_read(c->app, r, c->arena, month, instant_day(app_now(c->app)), u, e);
    db_read_end(r);
    return result;
}

int plan_report_command(struct cli *c, struct err *e)
{
    struct plan_rollup u;
    const char *dir = str_cstr(c->arena, cli_opt(c, "out"));
    if (!cli_has(c, "month"))
        return ERR_SAY(e, ERR_INPUT, MSGS("Xin cho biết tháng, như --month 2023-09."), "--month is missing");
    if (mkdir(dir, 0755) && errno != EEXIST)
        return cannot_write(dir, e);
    if (read_rollup(c, &u, e))
        return -1;
    for (enum rollup_form f = 0; f < ROLLUP_FORMS_; f++)
        if (write_form(c, &u, f, e))
            return -1;
    return 0;
}

const struct cli_option plan_report_options[] = {
    { "month", "THÁNG", NULL, MSG("Ví dụ 2023-09") },
    { "out", "THƯ-MỤC", ".", MSG("Nơi ghi bốn tệp; được tạo nếu chưa có") },
    { .name = NULL },
};
