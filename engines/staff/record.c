/* record.c: what a line of a personnel list may ask for. */
#include "engines/staff/staff.h"

#include "base/text.h"
#include "engines/accounts/accounts.h"

#include <string.h>

enum { EXTERNAL_MOST = 40, NAME_MOST = 100, TITLE_MOST = 120, EMAIL_MOST = 120, ROLES_MOST = 20 };

/* What follows from no post in an agency: the administrator, one's own citizen's role, the personnel system itself. */
static bool given_by_hand_only(const struct role *role)
{
    static const char *const functions[] = { "system.admin", "citizen", "staff.provision" };
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)
        if (strcmp(role->function, functions[i]) == 0)
            return true;
    return role->facility;
}

const struct role *staff_role_named(const struct app *app, struct str name)
{
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct role *r = (*m)->roles; r && r->name; r++)
            if (str_eq(str_of(r->name), name))
                return given_by_hand_only(r) ? NULL : r;
    return NULL;
}

int staff_role_check(const struct app *app, const struct staff_role_wanted *w, struct str agency, struct err *e)
{
    struct unit_code unit;
    const struct role *role = staff_role_named(app, w->role);
    if (!role)
        return ERR_SAY(e, ERR_FORM,
                       MSGS("Không có vai trò này, hoặc vai trò này chỉ được giao bằng tay, không giao qua danh sách."),
                       "%.*s", STR_ARG(w->role));
    if (role->territorial != (w->territory.n > 0))
        return ERR_SAY(e, ERR_FORM,
                       role->territorial ? MSGS("Vai trò này cần mã địa bàn, viết dạng vai_trò@mã.")
                                         : MSGS("Vai trò này không theo địa bàn, xin bỏ phần @mã."),
                       "%.*s", STR_ARG(w->role));
    if (w->territory.n > 0 && !unit_code_parse(w->territory, &unit))
        return ERR_SAY(e, ERR_FORM, MSGS("Mã địa bàn gồm 2 đến 10 chữ số."), "%.*s", STR_ARG(w->territory));
    if (role->agency && agency.n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Vai trò này cần cơ quan công tác."), "%.*s", STR_ARG(w->role));
    return 0;
}

int staff_roles_read(struct arena *a, struct str cell, staff_roles_wanted *out, struct err *e)
{
    struct str rest = cell, piece;
    while (str_cut(&rest, ';', &piece)) {
        struct staff_role_wanted w = { .territory = STR("") };
        struct str one = str_trim(piece);
        if (one.n == 0)
            continue;
        if (out->n == ROLES_MOST)
            return ERR_SAY(e, ERR_FORM, MSGS("Mỗi người tối đa 20 vai trò."), "roles");
        str_cut(&one, '@', &w.role);
        w.role = str_trim(w.role);
        if (one.n > 0)
            w.territory = str_trim(one);
        *vec_push(a, out) = w;
    }
    return 0;
}

static bool is_number(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' ||
              c == '_' || c == '/'))
            return false;
    }
    return s.n > 0 && s.n <= EXTERNAL_MOST;
}

static bool is_email(struct str s)
{
    ptrdiff_t at = str_find_char(s, '@');
    return s.n <= EMAIL_MOST && at > 0 && (size_t)at + 3 < s.n && str_find_char(s, ' ') < 0 &&
           str_find_char(str_from(s, (size_t)at + 1), '@') < 0;
}

static bool twice(const struct staff_record *in, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (str_eq(in->roles.v[k].role, in->roles.v[i].role) && str_eq(in->roles.v[k].territory, in->roles.v[i].territory))
            return true;
    return false;
}

int staff_record_check(struct arena *a, const struct app *app, const struct staff_record *in, struct err *e)
{
    struct str cleaned;
    if (!is_number(in->external_id))
        return ERR_SAY(e, ERR_FORM, MSGS("Mã cán bộ gồm 1 đến 40 chữ, số, dấu . - _ /"), "external id");
    if (!account_login_plain(in->login))
        return ERR_SAY(e, ERR_FORM, MSGS("Tên đăng nhập gồm 3 đến 40 chữ thường không dấu, chữ số, dấu . - _"), "login");
    if (in->name.n == 0 || text_clean(a, in->name, TEXT_ONE_LINE, NAME_MOST, &cleaned, e) != 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Họ và tên còn thiếu hoặc dài quá 100 chữ."), "name");
    if (text_clean(a, in->title, TEXT_ONE_LINE, TITLE_MOST, &cleaned, e) != 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Chức danh dài quá 120 chữ."), "title");
    if (in->email.n > 0 && !is_email(in->email))
        return ERR_SAY(e, ERR_FORM, MSGS("Địa chỉ thư điện tử chưa đúng dạng ten@co-quan."), "email");
    for (size_t i = 0; i < in->roles.n; i++) {
        if (staff_role_check(app, &in->roles.v[i], in->agency, e) != 0)
            return -1;
        if (twice(in, i))
            return ERR_SAY(e, ERR_FORM, MSGS("Một vai trò được ghi hai lần."), "role twice");
    }
    return 0;
}
