/* scim_patch.c: PATCH (RFC 7644 section 3.5.2): operations on what an officer is now, or on a group's members. A path that is not known
 * is refused; nothing is dropped in silence.
 */
#include "engines/staff/scim.h"

#include <string.h>

enum { OPERATIONS_MOST = 100, MEMBERS_MOST = 1000 };

struct patching {
    struct arena *a;
    const struct agency_names *names;
    struct staff_record *record;
    bool *active;
    struct err *e;
};

const json_t *scim_operations(const json_t *body, struct err *e)
{
    const json_t *all = json_object_get(body, "Operations");
    if (json_is_array(all) && json_array_size(all) > 0 && json_array_size(all) <= OPERATIONS_MOST)
        return all;
    scim_fail(e, ERR_INPUT, 400, "invalidSyntax", MSGS("Cần mảng Operations có từ 1 đến 100 thao tác."));
    return NULL;
}

int scim_op_of(const json_t *operation, enum scim_op *out, struct err *e)
{
    static const char *const names[] = { [SCIM_ADD] = "add", [SCIM_REPLACE] = "replace", [SCIM_REMOVE] = "remove" };
    struct str op = str_or_empty(json_str_at(operation, "op"));
    for (enum scim_op i = SCIM_ADD; i <= SCIM_REMOVE; i++)
        if (str_eq_nocase(op, str_of(names[i]))) {
            *out = i;
            return 0;
        }
    return scim_fail(e, ERR_INPUT, 400, "invalidSyntax", MSGS("Thao tác phải là add, replace hoặc remove."));
}

/* ---- users ---- */

static int set_text(struct patching *p, struct str *to, const json_t *value, bool may_be_empty)
{
    if (!json_is_string(value) && !(may_be_empty && (!value || json_is_null(value))))
        return scim_fail(p->e, ERR_INPUT, 400, "invalidValue", MSGS("Giá trị phải là chữ."));
    *to = str_or_empty(json_str(value));
    return 0;
}

static int set_active(struct patching *p, const json_t *value)
{
    return scim_truth(value, p->active)
               ? 0
               : scim_fail(p->e, ERR_INPUT, 400, "invalidValue", MSGS("active chỉ nhận true hoặc false."));
}

static int set_name(struct patching *p, const json_t *value)
{
    return set_text(p, &p->record->name, json_is_object(value) ? json_object_get(value, "formatted") : value, false);
}

static int set_title(struct patching *p, const json_t *value)
{
    return set_text(p, &p->record->title, value, true);
}

static int set_email(struct patching *p, const json_t *value)
{
    if (json_is_array(value))
        value = json_array_get(value, 0);
    return set_text(p, &p->record->email, json_is_object(value) ? json_object_get(value, "value") : value, true);
}

static int set_agency(struct patching *p, const json_t *value)
{
    struct str text;
    if (json_is_object(value))
        value = json_object_get(value, "department");
    return set_text(p, &text, value, true) != 0 ? -1 : scim_agency(p->a, p->names, text, &p->record->agency, p->e);
}

static int refuse_change(struct patching *p, const json_t *value)
{
    (void)value;
    return scim_fail(p->e, ERR_INPUT, 400, "mutability",
                     MSGS("Mã cán bộ, tên đăng nhập và nhóm không đổi qua thao tác này."));
}

static const struct {
    const char *path;
    int (*set)(struct patching *p, const json_t *value);
    bool removable;
} paths[] = {
    { "active", set_active, false },
    { "displayName", set_name, false },
    { "name", set_name, false },
    { "name.formatted", set_name, false },
    { "title", set_title, true },
    { "emails", set_email, true },
    { "emails.value", set_email, true },
    { "emails[type eq \"work\"].value", set_email, true },
    { "emails[primary eq true].value", set_email, true },
    { SCIM_ENTERPRISE, set_agency, false },
    { SCIM_ENTERPRISE ":department", set_agency, true },
    { "userName", refuse_change, false },
    { "externalId", refuse_change, false },
    { "groups", refuse_change, false },
    { SCIM_ENTERPRISE ":employeeNumber", refuse_change, false },
};

static int set_path(struct patching *p, enum scim_op op, struct str path, const json_t *value)
{
    struct str core = STR(SCIM_USER ":");
    if (str_eq_nocase(str_head(path, core.n), core))
        path = str_from(path, core.n);
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        if (!str_eq_nocase(path, str_of(paths[i].path)))
            continue;
        if (op == SCIM_REMOVE && !paths[i].removable)
            return scim_fail(p->e, ERR_INPUT, 400, "mutability", MSGS("Thuộc tính này không bỏ trống được."));
        return paths[i].set(p, op == SCIM_REMOVE ? NULL : value);
    }
    return scim_fail(p->e, ERR_INPUT, 400, "invalidPath", MSGS("Không biết đường dẫn này trong thao tác."));
}

/* Without a path the value is an object of attributes. */
static int set_all(struct patching *p, enum scim_op op, const json_t *value)
{
    const char *key;
    json_t *one;
    if (op == SCIM_REMOVE)
        return scim_fail(p->e, ERR_INPUT, 400, "noTarget", MSGS("Thao tác remove cần có path."));
    if (!json_is_object(value))
        return scim_fail(p->e, ERR_INPUT, 400, "invalidValue", MSGS("Thao tác không có path cần value là một đối tượng."));
    json_object_foreach((json_t *)(uintptr_t)value, key, one)
    {
        if (strcmp(key, "schemas") == 0 || strcmp(key, "id") == 0)
            continue;
        if (set_path(p, op, str_of(key), one) != 0)
            return -1;
    }
    return 0;
}

int scim_patch(struct arena *a, const json_t *body, const struct agency_names *names, struct staff_record *record,
               bool *active, struct err *e)
{
    struct patching p = { a, names, record, active, e };
    const json_t *operations = scim_operations(body, e), *one;
    size_t i;
    if (!operations)
        return -1;
    json_array_foreach(operations, i, one)
    {
        enum scim_op op;
        struct str path = str_or_empty(json_str_at(one, "path"));
        const json_t *value = json_object_get(one, "value");
        if (scim_op_of(one, &op, e) != 0 || (path.n > 0 ? set_path(&p, op, path, value) : set_all(&p, op, value)) != 0)
            return -1;
    }
    return 0;
}

/* ---- groups ---- */

static int take_member(struct arena *a, struct scim_members *out, bool add, struct str id, struct err *e)
{
    int64_t n;
    if (!str_to_i64(id, &n) || n < 1)
        return scim_fail(e, ERR_INPUT, 400, "invalidValue", MSGS("Thành viên phải là id của một User."));
    if (out->add.n + out->take.n == MEMBERS_MOST)
        return scim_fail(e, ERR_INPUT, 400, "tooMany", MSGS("Mỗi yêu cầu tối đa 1000 thành viên."));
    if (add)
        *vec_push(a, &out->add) = n;
    else
        *vec_push(a, &out->take) = n;
    return 0;
}

static int take_members(struct arena *a, struct scim_members *out, bool add, const json_t *list, struct err *e)
{
    const json_t *one;
    size_t i;
    if (json_is_object(list))
        list = json_object_get(list, "members");
    if (!json_is_array(list))
        return scim_fail(e, ERR_INPUT, 400, "invalidValue", MSGS("Cần mảng members."));
    json_array_foreach(list, i, one)
    {
        if (take_member(a, out, add, str_or_empty(json_str_at(one, "value")), e) != 0)
            return -1;
    }
    return 0;
}

/* members[value eq "12"]: the one place where a path carries a filter. */
static bool member_in_path(struct str path, struct str *id)
{
    struct str before = STR("members[value eq \""), after = STR("\"]");
    if (!str_eq_nocase(str_head(path, before.n), before) || !str_ends(path, after))
        return false;
    *id = str_head(str_from(path, before.n), path.n - before.n - after.n);
    return true;
}

static int one_operation(struct arena *a, const json_t *operation, struct scim_members *out, struct err *e)
{
    enum scim_op op;
    struct str path = str_or_empty(json_str_at(operation, "path")), id;
    const json_t *value = json_object_get(operation, "value");
    if (scim_op_of(operation, &op, e) != 0)
        return -1;
    if (op == SCIM_REMOVE && member_in_path(path, &id))
        return take_member(a, out, false, id, e);
    if (path.n > 0 && !str_eq_nocase(path, STR("members")))
        return scim_fail(e, ERR_INPUT, 400, "invalidPath", MSGS("Nhóm chỉ đổi được members."));
    if (op == SCIM_REMOVE && !value) {
        out->replace = true; /* all members go */
        return 0;
    }
    out->replace |= op == SCIM_REPLACE;
    return take_members(a, out, op != SCIM_REMOVE, value, e);
}

int scim_patch_members(struct arena *a, const json_t *body, struct scim_members *out, struct err *e)
{
    const json_t *operations = scim_operations(body, e), *one;
    size_t i;
    memset(out, 0, sizeof(*out));
    if (!operations)
        return -1;
    json_array_foreach(operations, i, one) if (one_operation(a, one, out, e) != 0) return -1;
    return 0;
}
