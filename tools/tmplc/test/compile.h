/* compile.h: one template text in, the compiler's sentence or the C out. */
#ifndef BON_TOOLS_TMPLC_TEST_COMPILE_H
#define BON_TOOLS_TMPLC_TEST_COMPILE_H

#include "base/test/check.h"
#include "tools/tmplc/tmplc.h"

#include <string.h>

struct compiled {
    struct str says, header, code; /* code is empty when something was refused */
};

static inline struct str text_of_buf(const struct buf *b)
{
    return b->n ? buf_str(b) : STR("");
}

static inline struct compiled compile_files(struct arena *a, struct str components, struct str own)
{
    struct report r;
    struct unit u;
    struct buf header, code;
    report_init(&r, a);
    unit_init(&u, a, &r);
    u.header_as = "gen/t.h";
    if (components.n)
        unit_add(&u, (struct source) { "c.html", components }, false);
    unit_add(&u, (struct source) { "t.html", own }, true);
    buf_init(&header, a, 1 << 20);
    buf_init(&code, a, 1 << 20);
    if (unit_parse(&u)) {
        emit_header(&u, &header);
        emit_source(&u, &code);
    }
    return (struct compiled) { text_of_buf(&r.text), text_of_buf(&header), text_of_buf(&code) };
}

static inline struct compiled compile_file(struct arena *a, const char *text)
{
    return compile_files(a, STR(""), str_of(text));
}

/* The body of a template with a few parameters. */
static inline struct compiled compile_body(struct arena *a, const char *body)
{
    return compile_files(a, STR(""),
                         str_fmt(a, "{{template t(const struct guest *g, struct str s, int n)}}%s{{end}}", body));
}

static inline bool has(struct str s, const char *part)
{
    return str_find(s, str_of(part)) >= 0;
}

#define assert_has(s, part) check_has((s), (part), __FILE__, __LINE__)
static inline void check_has(struct str s, const char *part, const char *file, int line)
{
    if (has(s, part))
        return;
    print_error("\"%s\" is not in:\n%.*s\n", part, STR_ARG(s));
    _fail(file, line);
}

/* The body is refused with a sentence that contains `part`. */
#define assert_refused(a, body, part) check_refused((a), (body), (part), __FILE__, __LINE__)
static inline void check_refused(struct arena *a, const char *body, const char *part, const char *file, int line)
{
    struct compiled c = compile_body(a, body);
    if (c.code.n)
        print_error("accepted: %s\n", body);
    else
        check_has(c.says, part, file, line);
    if (c.code.n)
        _fail(file, line);
}

/* The body is accepted and its C contains `part`. */
#define assert_emits(a, body, part) check_emits((a), (body), (part), __FILE__, __LINE__)
static inline void check_emits(struct arena *a, const char *body, const char *part, const char *file, int line)
{
    struct compiled c = compile_body(a, body);
    if (!c.code.n) {
        print_error("refused: %s\n%.*s", body, STR_ARG(c.says));
        _fail(file, line);
    }
    check_has(c.code, part, file, line);
}

#endif
