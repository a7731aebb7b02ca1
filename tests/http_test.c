/* http_test.c: runs .http files, each in a world of its own, and says the result as TAP: one case for each section.
 *
 *     test_http [--torture] FILE…        BON_TEST_DB=postgresql:///… for PostgreSQL (tests/fixture.h)
 */
#include "engines/sources/sim.h"
#include "tests/full_disk.h"
#include "tests/torture.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MOST = 1 << 20 };

static int cases;

bool fault(struct http_run *r, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    r->failed = true;
    printf("# %s:%d: ", r->path, r->line);
    struct str text = str_vfmt(r->arena, fmt, ap);
    for (size_t i = 0; i < text.n; i++)
        putchar(text.p[i] == '\n' ? ' ' : text.p[i]);
    putchar('\n');
    va_end(ap);
    return false;
}

static bool read_file(struct arena *a, const char *path, struct str *out)
{
    struct stat s;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &s) != 0 || s.st_size > FILE_MOST) {
        perror(path);
        return false;
    }
    char *bytes = arena_alloc(a, (size_t)s.st_size);
    ssize_t n = read(fd, bytes, (size_t)s.st_size);
    close(fd);
    *out = (struct str) { bytes, n < 0 ? 0 : (size_t)n };
    return n == s.st_size;
}

/* ---- lines ---- */

static void end_section(struct http_run *r)
{
    if (r->request.pending)
        request_send(r);
    if (!r->title.p)
        return;
    const char *name = strrchr(r->path, '/');
    bool bad = r->torture ? r->torture->wrong > 0 : r->failed;
    printf("%s %d - %s: %.*s\n", bad ? "not ok" : "ok", ++cases, name ? name + 1 : r->path, STR_ARG(r->title));
    fflush(stdout);
    r->failures += bad;
    r->failed = false;
    if (r->torture)
        r->torture->wrong = 0;
}

static bool set_clock(struct http_run *r, struct str rest)
{
    int64_t n;
    struct str number = rest, unit;
    if (!str_starts(rest, STR("+ ")))
        return fixture_set_clock(r->f, rest) || fault(r, "clock YYYY-MM-DD HH:MM: %.*s", STR_ARG(rest));
    unit = str_from(rest, 2);
    str_cut(&unit, ' ', &number);
    int64_t us = str_eq(unit, STR("seconds"))   ? US_PER_SECOND
                 : str_eq(unit, STR("minutes")) ? US_PER_MINUTE
                 : str_eq(unit, STR("hours"))   ? US_PER_HOUR
                 : str_eq(unit, STR("days"))    ? US_PER_DAY
                                                : 0;
    if (us == 0 || !str_to_i64(number, &n))
        return fault(r, "clock + N seconds, minutes, hours or days");
    r->f->now.us += n * us;
    return true;
}

/* "job NAME", or "job NAME fails". */
static bool run_job(struct http_run *r, struct str rest)
{
    struct err e = { 0 };
    struct str name;
    str_cut(&rest, ' ', &name);
    if (r->torture)
        torture_job(r, name);
    bool failed = fixture_run_job(r->f, name, &e) != 0;
    if (str_eq(rest, STR("fails")))
        return failed || fault(r, "job %.*s did not fail", STR_ARG(name));
    return !failed || fault(r, "job %.*s: %s: %s", STR_ARG(name), err_name(e.code), e.detail);
}

/* "sources answer", a fault by its word ("sources wrong_person"), or "sources gone": nobody listens there any more. */
static bool set_sources(struct http_run *r, struct str word)
{
    struct err e = { 0 };
    unsigned fault_bit = 0;
    struct sources_sim_options o = { .clock = r->f->p.app.clock, .clock_ctx = r->f->p.app.clock_ctx };
    for (const struct fault_word *w = sources_fault_words; w->word.p; w++)
        fault_bit = str_eq(w->word, word) ? w->bit : fault_bit;
    bool gone = str_eq(word, STR("gone"));
    if (!fault_bit && !gone && !str_eq(word, STR("answer")))
        return fault(r, "sources answer, gone, or a fault");
    if (gone) {
        sources_sim_close(r->sources);
        r->sources = NULL;
        return true;
    }
    if (!r->sources && sources_sim_open(&o, &r->sources, &e))
        return fault(r, "sources: %s", e.detail);
    sources_sim_fault(r->sources, fault_bit);
    r->f->p.app.settings.sources_url =
        str_cstr(r->arena, str_fmt(r->arena, "http://127.0.0.1:%d", sources_sim_port(r->sources)));
    return true;
}

static bool is_one_of(struct str word, const char *const *words)
{
    for (; *words; words++)
        if (str_eq(word, str_of(*words)))
            return true;
    return false;
}

static bool run_word(struct http_run *r, struct str line, struct str word, struct str rest)
{
    static const char *const methods[] = { "GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", NULL };
    static const char *const parts[] = { "send", "form", "part", "json", "body", NULL };
    if (is_one_of(word, parts))
        return request_part(r, word, rest);
    if (!request_send(r))
        return false;
    if (is_one_of(word, methods))
        return request_line(r, line);
    if (str_eq(word, STR("as")))
        return browser_of(r, rest) || fault(r, "nobody is called %.*s", STR_ARG(rest));
    if (str_eq(word, STR("clock")))
        return set_clock(r, rest);
    if (str_eq(word, STR("job")))
        return run_job(r, rest);
    if (str_eq(word, STR("sources")))
        return set_sources(r, rest);
    if (str_eq(word, STR("let"))) {
        struct str name, value;
        str_cut(&rest, ' ', &name);
        if (!str_starts(rest, STR("= ")) || !words_fill(r, str_from(rest, 2), &value))
            return fault(r, "let NAME = VALUE");
        words_set(r, name, value);
        return true;
    }
    return expect_line(r, word, rest);
}

static void run_lines(struct http_run *r, struct str text)
{
    struct str line;
    while (text.n > 0 && str_cut(&text, '\n', &line)) {
        r->line++;
        struct str trimmed = str_trim(line), rest = trimmed, word;
        if (trimmed.n == 0 || trimmed.p[0] == '#')
            continue;
        if (str_starts(trimmed, STR("=== "))) {
            end_section(r);
            r->title = str_trim(str_from(trimmed, 4));
            r->sections++;
            continue;
        }
        str_cut(&rest, ' ', &word);
        run_word(r, trimmed, word, rest.p ? rest : STR(""));
    }
    end_section(r);
}

/* Nothing that failed has left half of itself behind. */
static bool stays_whole(struct http_run *r)
{
    struct err e = { 0 };
    printf("# %s: %d failures put in\n", r->path, r->torture->failed);
    return db_integrity(r->f->p.app.db, &e) == 0 || fault(r, "the store: %s", e.detail);
}

static int run_file(const char *path, bool torture)
{
    struct fixture f;
    struct http_run r;
    struct str text;
    memset(&r, 0, sizeof(r));
    fixture_open(&f);
    r.f = &f;
    r.arena = &f.arena;
    r.path = path;
    r.torture = torture ? torture_new(r.arena) : NULL;
    if (torture)
        full_disk_install();
    map_init(&r.words, r.arena, 1, 2);
    bool good = read_file(r.arena, path, &text);
    if (good)
        run_lines(&r, text);
    if (good && r.sections == 0)
        good = fault(&r, "a file without a section");
    if (torture)
        good = stays_whole(&r) && good;
    int failures = r.failures + !good;
    sources_sim_close(r.sources);
    fixture_close(&f);
    return failures;
}

int main(int argc, char **argv)
{
    int failures = 0;
    bool torture = argc > 1 && strcmp(argv[1], "--torture") == 0;
    for (int i = 1 + torture; i < argc; i++)
        failures += run_file(argv[i], torture);
    printf("1..%d\n", cases);
    return failures == 0 && cases > 0 ? 0 : 1;
}
