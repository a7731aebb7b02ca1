/* breached_page.h: the state of the list of leaked passwords, told to administrators and machines. */
#ifndef BON_ENGINES_CREDENTIALS_BREACHED_PAGE_H
#define BON_ENGINES_CREDENTIALS_BREACHED_PAGE_H

#include "engines/credentials/password.h"
#include "platform/html/components.h"
#include "platform/http/module.h"

#define BREACHED_MAY "credentials.list"

struct breached_view {
    struct breached_list list;
    int64_t days; /* since it was loaded */
    struct str path;
};

int breached_get(struct req *q, struct res *s, struct err *e);
int breached_health(struct app *app, struct err *e); /* ill when the file is there and is no list: no password can be set */
int breached_count(struct app *app, struct arena *a, double *out, struct err *e);
int breached_age(struct app *app, struct arena *a, double *out, struct err *e);
int breached_start(struct app *app, struct err *e);

#endif
