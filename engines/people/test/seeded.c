#include "engines/people/test/seeded.h"

#include "engines/people/seed.h"

#include <string.h>

void ground_open_seeded(const char *name, const struct module *const *modules)
{
    struct seed_result made;
    ground_open(name, modules);
    struct seed_options people = {
        .people = 2000, .seed = 511, .as_of = day("2023-08-07"), .pack_dir = ground.app.settings.pack_dir
    };
    must(people_seed(ground.app.db, &people, &made, &ground.e));
    look_again();
}

int64_t person(const char *number)
{
    struct pid pid = { 0 };
    struct person p;
    memcpy(pid.v, number, 12);
    assert_int_equal(person_by_pid(ground.r, &ground.arena, &pid, &p, &ground.e), 1);
    return p.id;
}
