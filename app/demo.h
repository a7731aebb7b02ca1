/* demo.h: accounts for visitors of a synthetic province. */
#ifndef BON_APP_DEMO_H
#define BON_APP_DEMO_H

#include "platform/http/module.h"

/* Makes the five demo accounts. The province must have been seeded. */
int demo_create(struct app *app, struct err *e);

#endif
