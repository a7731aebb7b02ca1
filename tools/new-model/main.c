#include "tools/new-model/new_model.h"

#include <stdio.h>

static int usage(void)
{
    fputs("usage: new-model NUMBER NAME [TITLE [ENGLISH]]      (from the top of the source tree)\n"
          "  new-model 10 rented_rooms \"Thông báo lưu trú: nhà cho thuê\" \"Stay notices: rented rooms\"\n"
          "  makes models/m10_rented_rooms and its line in models/LIST; without TITLE the plan's own words stand there\n",
          stderr);
    return 2;
}

int main(int argc, char **argv)
{
    struct arena a;
    struct err e = { 0 };
    struct str dir;
    int64_t number;
    if (argc < 3 || argc > 5 || !str_to_i64(str_of(argv[1]), &number) || number < 1 || number > 42)
        return usage();
    struct new_model m = { .top = STR("."),
                           .templates = STR("tools/new-model/template"),
                           .number = (int)number,
                           .name = str_of(argv[2]),
                           .title = argc > 3 ? str_of(argv[3]) : STR_NONE,
                           .english = argc > 4 ? str_of(argv[4]) : STR_NONE };
    arena_init(&a, 64 << 20);
    int rc = new_model_make(&a, &m, &dir, &e);
    if (rc)
        fprintf(stderr, "new-model: %s\n", e.detail);
    else
        printf("models/%.*s is made and stands in models/LIST. Next: its README.md, then ninja -C build\n", STR_ARG(dir));
    arena_release(&a);
    return rc ? err_exit_status(e.code) : 0;
}
