/* world.h: a program of two modules, platform and "probe", on an SQLite file of its own; for the tests of platform/http. */
#ifndef BON_HTTP_TEST_WORLD_H
#define BON_HTTP_TEST_WORLD_H

#include "platform/http/http.h"
#include "platform/http/module.h"

struct world {
    struct app app;
    struct arena arena; /* of one test's texts */
    char dir[64];
};

extern const struct module probe_module;

/* setup and teardown of a cmocka group: *state is a struct world. */
int world_open(void **state);
int world_close(void **state);

/* Sends "METHOD target HTTP/1.1", headers (each ended by \n), an empty line, the body. Returns the whole reply. */
struct str ask(struct world *w, const char *first, const char *headers, const char *body);
int status_of(struct str reply);
struct str header_of(struct world *w, struct str reply, const char *name); /* STR_NONE when absent */
struct str body_of(struct str reply);

/* A form post by somebody who has opened the page before: cookie and token are put in. session NULL: not signed in. */
struct str post_form(struct world *w, const char *path, const char *session, const char *fields);
struct str token_for(struct world *w, const char *cookie_value);

int64_t notes(struct world *w);
int probe_closed(void); /* how many defers have run */

#define assert_str(text, whole)                                                             \
    do {                                                                                    \
        struct str is_ = (text);                                                            \
        if (!str_eq(is_, str_of(whole)))                                                    \
            fail_msg("it is \"%.*s\", expected \"%s\"", STR_ARG(is_), (whole)); \
    } while (0)
#define assert_has(text, part)     assert_true(has((text), (part), __FILE__, __LINE__))
#define assert_has_not(text, part) assert_false(str_find((text), str_of(part)) >= 0)
bool has(struct str text, const char *part, const char *file, int line); /* prints the text when not */

#endif
