/* new_password.c: the one way by which a password is set, after whatever gave the right to set it. */
#include "engines/credentials/new_password.h"
#include "engines/credentials/password.h"

#include "platform/crypto/crypto.h"

int new_password_prepare(struct req *q, const struct password_owner *who, struct str *encoded, struct err *e)
{
    struct str password = req_form(q, "password");
    struct err why = { .code = ERR_NONE };
    bool leaked;
    if (password_acceptable(q->arena, password, who->login, &who->pid, &why) != 0)
        return req_refuse_field(q, e, "password", err_sentence(&why));
    if (!str_eq(password, req_form(q, "again")))
        return req_refuse_field(q, e, "again", MSGS("Hai lần gõ chưa giống nhau."));
    if (breached_has(breached_path(q->arena, &q->app->settings), password, &leaked, e) != 0)
        return -1;
    if (leaked)
        return req_refuse_field(q, e, "password",
                                MSGS("Mật khẩu này đã lộ ở nơi khác và ai cũng có thể thử nó. Xin chọn mật khẩu khác."));
    return password_hash(q->arena, password, encoded, e);
}
