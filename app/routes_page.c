/* docs/permissions.md: the matrix of rights as a page, in Vietnamese. */
#include "app/program.h"
#include "app/routes.h"

#include <stdio.h>
#include <string.h>

static struct str role_title(const struct app *app, const char *name)
{
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct role *r = (*m)->roles; r && r->name; r++)
            if (strcmp(r->name, name) == 0)
                return r->title;
    return strcmp(name, ROLE_ANY) == 0 ? STR("ai đã đăng nhập") : str_of(name);
}

static void print_roles(const struct app *app)
{
    printf("## Vai trò\n\nMỗi vai trò phục vụ một chức năng theo luật; cơ quan làm chức năng ấy có thể đổi, chức năng thì "
           "không.\n\n"
           "| Vai trò | Tên | Chức năng | Gắn với |\n|---|---|---|---|\n");
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct role *r = (*m)->roles; r && r->name; r++)
            printf("| `%s` | %.*s | `%s` | %s |\n", r->name, STR_ARG(r->title), r->function,
                   r->territorial ? "một địa bàn"
                   : r->facility  ? "một cơ sở"
                                  : "toàn hệ thống");
}

static void print_permissions(const struct app *app)
{
    printf("\n## Quyền\n\n| Quyền | Được làm gì | Ai có |\n|---|---|---|\n");
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct permission *p = (*m)->permissions; p && p->name; p++) {
            printf("| `%s` | %.*s | ", p->name, STR_ARG(p->what));
            for (const char *const *role = p->roles; role && *role; role++)
                printf("%s%.*s", role == p->roles ? "" : ", ", STR_ARG(role_title(app, *role)));
            printf(" |\n");
        }
}

static void print_route(const struct route *r)
{
    printf("| %s | `%s` | %.*s | ", route_method(r), r->path, STR_ARG(r->title));
    if (r->may)
        printf("`%s` |\n", r->may);
    else
        printf("mở: %s |\n", r->open ? r->open : "?");
}

static void print_routes(const struct app *app)
{
    printf("\n## Đường dẫn\n\nĐường dẫn mở cho mọi người phải nói vì sao; đường dẫn không nói gì thì chương trình không "
           "khởi động.\n");
    for (const struct module *const *m = app->modules; *m; m++) {
        if (!(*m)->routes || !(*m)->routes->path)
            continue;
        printf("\n### %s\n\n| | Đường dẫn | Việc | Quyền |\n|---|---|---|---|\n", (*m)->name);
        for (const struct route *r = (*m)->routes; r->path; r++)
            print_route(r);
    }
}

void routes_markdown(const struct app *app)
{
    printf("# Ai được gọi gì\n\n<!-- Do `make docs` viết từ khai báo của các mô-đun. Đừng sửa tay. -->\n\n"
           "Máy chủ dùng chính các khai báo này để cho qua hay từ chối, nên trang này không thể nói khác chương trình. "
           "Ngoài quyền trên "
           "đường dẫn, mỗi việc\ncòn hỏi địa bàn hoặc cơ sở: công an xã Đắk Ru không mở được danh sách của xã khác.\n\n"
           "*The matrix of rights, written from the modules' contracts, which the server itself obeys.*\n\n");
    print_roles(app);
    print_permissions(app);
    print_routes(app);
}
