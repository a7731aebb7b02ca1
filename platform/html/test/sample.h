/* sample.h: what the sample templates show. */
#ifndef BON_PLATFORM_HTML_TEST_SAMPLE_H
#define BON_PLATFORM_HTML_TEST_SAMPLE_H

#include "base/vec.h"
#include "platform/html/html.h"

struct sample_guest {
    int64_t id;
    struct str name, back;
    struct birth born;
    bool late;
};

struct sample_view {
    struct str title;
    VEC(struct sample_guest) guests;
    size_t unsent;
    struct money due;
};

#endif
