/* claims.c: what may be told about a person, under which scope, and how the person reads it on the page of consent. */
#include "engines/signon/inside.h"

static const struct claim_kind claims[] = {
    { "sub", "openid", MSG("Mã riêng của anh chị ở ứng dụng này, không phải số định danh") },
    { "name", "profile", MSG("Họ và tên") },
    { "preferred_username", "profile", MSG("Tên đăng nhập") },
    { "birthdate", "profile", MSG("Ngày sinh") },
    { "gender", "profile", MSG("Giới tính") },
    { "locale", "profile", MSG("Ngôn ngữ đang dùng") },
    { "address", "address", MSG("Nơi thường trú") },
    { "personal_number", "personal_number", MSG("Số định danh cá nhân") },
    { "act_as", "act_as", MSG("Tư cách ghi ở trên, và chỉ tư cách ấy") },
};
enum { CLAIMS = sizeof claims / sizeof *claims };

/* Not held: the province keeps no proven mailbox or telephone of anybody, so nobody is asked to give it away. An app may have been
 * registered with the standard's word; it is let be, and never granted. */
static const struct {
    const char *name;
    struct str label;
    bool held;
} scopes[] = {
    { "openid", MSG("Biết anh chị là cùng một người mỗi lần quay lại"), true },
    { "profile", MSG("Thông tin cơ bản"), true },
    { "email", MSG("Thư điện tử"), false },
    { "phone", MSG("Số điện thoại"), false },
    { "address", MSG("Nơi thường trú"), true },
    { "personal_number", MSG("Số định danh cá nhân"), true },
    { "act_as", MSG("Anh chị đang làm việc với tư cách nào"), true },
    { "offline_access", MSG("Làm việc thay anh chị cả khi anh chị không mở ứng dụng"), true },
};
static const char *const claims_not_held[] = { "email", "email_verified", "phone_number", "phone_number_verified" };
enum { SCOPES = sizeof scopes / sizeof *scopes };

const struct claim_kind *claim_named(struct str name)
{
    for (size_t i = 0; i < CLAIMS; i++)
        if (str_eq(name, str_of(claims[i].name)))
            return &claims[i];
    return NULL;
}

const struct claim_kind *claim_at(size_t i)
{
    return i < CLAIMS ? &claims[i] : NULL;
}

bool claim_known(struct str name)
{
    for (size_t i = 0; i < sizeof claims_not_held / sizeof *claims_not_held; i++)
        if (str_eq(name, str_of(claims_not_held[i])))
            return true;
    return claim_named(name) != NULL;
}

const char *scope_at(size_t i)
{
    for (size_t k = 0; k < SCOPES; k++)
        if (scopes[k].held && i-- == 0)
            return scopes[k].name;
    return NULL;
}

static bool is_held(struct str name)
{
    for (size_t i = 0; i < SCOPES; i++)
        if (str_eq(name, str_of(scopes[i].name)))
            return scopes[i].held;
    return true; /* an app's own */
}

bool scope_known(struct str name)
{
    return scope_label(name).p != NULL;
}

struct str scope_label(struct str name)
{
    for (size_t i = 0; i < SCOPES; i++)
        if (str_eq(name, str_of(scopes[i].name)))
            return scopes[i].label;
    return STR_NONE;
}

bool scope_has(struct str scope, struct str name)
{
    return str_has_word(scope, name);
}

struct str scope_within(struct arena *a, struct str asked, const struct str_list *allowed)
{
    struct buf b;
    struct str rest = asked, word;
    buf_init(&b, a, SCOPE_MAX);
    while (rest.n > 0 && str_cut(&rest, ' ', &word)) {
        if (word.n == 0 || !str_list_has(allowed, word) || !is_held(word) || scope_has(buf_str(&b), word))
            continue;
        if (b.n > 0)
            buf_put_char(&b, ' ');
        buf_put(&b, word);
    }
    return b.n > 0 ? buf_str(&b) : STR("");
}

bool scope_covers(struct str wide, struct str narrow)
{
    struct str rest = narrow, word;
    while (rest.n > 0 && str_cut(&rest, ' ', &word))
        if (word.n > 0 && !scope_has(wide, word))
            return false;
    return true;
}
