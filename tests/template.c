/* template.c: makes one empty store with all tables on the PostgreSQL of BON_TEST_DB and prints its name: whoever sets BON_TEST_TEMPLATE
 * to it begins each test with a copy (scratch.c) instead of some seventy migrations.
 */
#include "app/program.h"
#include "tests/scratch.h"

#include <stdio.h>

int main(void)
{
    struct program p;
    struct err e = { 0 };
    const char *name = "bon_template";
    program_init(&p);
    struct db_options o = { .address = scratch_template(&p.app.arena, name), .create = true, .migrations = app_migrations(&p.app) };
    int result = db_open(&o, &p.app.db, &e);
    if (result != 0)
        fprintf(stderr, "%s: %s\n", name, e.detail);
    else
        puts(name);
    program_release(&p);
    return result == 0 ? 0 : 1;
}
