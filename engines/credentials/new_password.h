/* new_password.h: the two fields with which a new password is set, and its checks: the rules, the list of leaked ones, both
 * fields alike. */
#ifndef BON_ENGINES_CREDENTIALS_NEW_PASSWORD_H
#define BON_ENGINES_CREDENTIALS_NEW_PASSWORD_H

#include "platform/http/module.h"

/* Two rows of a form's table. */
#define NEW_PASSWORD_FIELDS                                                                                                 \
    { .name = "password", .type = FIELD_SECRET, .required = true, .max = 200, .label = MSG("Mật khẩu mới"),                 \
      .help = MSG("Ít nhất 10 ký tự. Một câu dễ nhớ là tốt nhất.") },                                                       \
    { .name = "again", .type = FIELD_SECRET, .required = true, .max = 200, .label = MSG("Gõ lại mật khẩu") }

struct password_owner {
    struct str login;
    struct pid pid;
};

/* In a slow route's prepare: refuses beside the field, or hashes. */
int new_password_prepare(struct req *q, const struct password_owner *who, struct str *encoded, struct err *e);

#endif
