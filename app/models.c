/* bon models: the plan's rows and what of each works today, as the modules' contracts say. docs/models.md is its --markdown. */
#include "app/program.h"

#include "engines/people/pack.h"

#include <jansson.h>
#include <stdio.h>

enum { NUMBER, GROUP, GROUP_NAME, NAME, NAME_EN, LEAD, DEADLINE, COLUMNS };
static const char *const columns[COLUMNS] = { "number",  "group", "group_name_vi",    "name_vi",
                                              "name_en", "lead",  "deadline_appendix" };

struct row {
    uint32_t number;
    struct str cell[COLUMNS];
    const struct module *module; /* NULL: nobody has begun */
};
struct plan {
    VEC(struct row) rows;
    size_t working;
};

/* A row counts as done only when its module says what works: a directory alone is no model. */
static const struct module *module_of_row(const struct app *app, uint32_t number)
{
    for (const struct module *const *m = app->modules; *m; m++)
        if ((*m)->plan_model == (int)number && (*m)->works.n > 0)
            return *m;
    return NULL;
}

static int read_plan(struct cli *c, struct plan *p, struct err *e)
{
    struct pack_list list;
    int got;
    if (program_settings(program_of(c->app), e) ||
        pack_list_open(c->arena, c->app->settings.pack_dir, "models.csv", columns, COLUMNS, &list, e))
        return -1;
    while ((got = pack_list_next(&list, e)) == 1) {
        struct row *r = vec_push(c->arena, &p->rows);
        if (!pack_number(&list, NUMBER, &r->number))
            return pack_refuse(&list, e, "number is no number");
        for (size_t i = 0; i < COLUMNS; i++)
            r->cell[i] = str_dup(c->arena, pack_cell(&list, i));
        r->module = module_of_row(c->app, r->number);
        p->working += r->module != NULL;
    }
    return got;
}

static json_t *json_of(struct str s)
{
    return json_stringn(s.p, s.n);
}

static void print_json(struct arena *a, const struct plan *p)
{
    json_t *list = json_kept(a, json_array());
    for (size_t i = 0; i < p->rows.n; i++) {
        const struct row *r = &p->rows.v[i];
        json_t *j = json_object();
        json_object_set_new(j, "number", json_integer(r->number));
        json_object_set_new(j, "name", json_of(r->cell[NAME]));
        json_object_set_new(j, "module", r->module ? json_string(r->module->name) : json_null());
        json_object_set_new(j, "works", r->module ? json_of(r->module->works) : json_null());
        json_array_append_new(list, j);
    }
    json_dumpf(list, stdout, JSON_COMPACT);
    putchar('\n');
}

static const struct str begun_by_nobody = MSG("chưa làm");

static void print_lines(const struct cli *c, const struct plan *p)
{
    for (size_t i = 0; i < p->rows.n; i++) {
        const struct row *r = &p->rows.v[i];
        struct str name = r->cell[c->lang == LANG_EN ? NAME_EN : NAME];
        struct str state = tr(c->lang, r->module ? r->module->works : begun_by_nobody);
        printf(r->module ? "%2u  %.*s\n    → %.*s\n" : "%2u  %.*s (%.*s)\n", r->number, STR_ARG(name), STR_ARG(state));
    }
}

/* ---- docs/models.md: Vietnamese, with the English name of each row ---- */

/* A cell of a table: a bar inside it would end it. */
static void put_cell(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        printf(s.p[i] == '|' ? "\\|" : "%c", s.p[i]);
}

static void print_head(const struct plan *p)
{
    printf("# Bốn mươi hai mô hình của kế hoạch\n\n"
           "<!-- Do `make docs` viết từ packs/dak_nong/models.csv và khai báo của các mô-đun. Đừng sửa tay. -->\n\n"
           "Kế hoạch 511/KH-UBND ngày 7/8/2023 của UBND tỉnh Đắk Nông chia Đề án 06 thành %zu mô hình. Hôm nay %zu mô hình "
           "đã có "
           "việc chạy được;\ncác mô hình còn lại ghi “chưa làm”. Một mô hình chỉ được tính khi thư mục của nó trong "
           "`models/` tự nói điều "
           "gì đang chạy (`.works` trong\n`module.c`).\n\n"
           "*The plan's rows and what works today. A row counts only when its directory in `models/` says so in its "
           "contract.*\n",
           p->rows.n, p->working);
}

static void print_row(const struct row *r)
{
    printf("| %u | ", r->number);
    put_cell(r->cell[NAME]);
    printf("<br>*");
    put_cell(r->cell[NAME_EN]);
    printf("* | ");
    put_cell(r->cell[LEAD]);
    printf(" | ");
    put_cell(r->cell[DEADLINE]);
    printf(" | ");
    if (r->module) {
        printf("**có**: ");
        put_cell(r->module->works);
        printf(" ([m%02u_%s](../models/m%02u_%s/))", r->number, r->module->name, r->number, r->module->name);
    } else {
        printf("%.*s", STR_ARG(begun_by_nobody));
    }
    printf(" |\n");
}

static void print_markdown(const struct plan *p)
{
    struct str group = STR_NONE;
    print_head(p);
    for (size_t i = 0; i < p->rows.n; i++) {
        const struct row *r = &p->rows.v[i];
        if (!group.p || !str_eq(group, r->cell[GROUP])) {
            group = r->cell[GROUP];
            printf("\n## %.*s. %.*s\n\n| Số | Mô hình | Chủ trì | Hạn trong phụ lục | Hôm nay |\n|---|---|---|---|---|\n",
                   STR_ARG(group), STR_ARG(r->cell[GROUP_NAME]));
        }
        print_row(r);
    }
}

int cmd_models(struct cli *c, struct err *e)
{
    struct plan p = { 0 };
    if (read_plan(c, &p, e))
        return -1;
    if (c->json)
        print_json(c->arena, &p);
    else if (cli_has(c, "markdown"))
        print_markdown(&p);
    else
        print_lines(c, &p);
    return 0;
}
