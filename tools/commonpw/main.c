/* commonpw: from word lists and ways to put them together to a table of hash beginnings (README.md). A build that is given nonsense fails
 * and names the line. */
#include "base/err.h"
#include "base/vec.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LISTS_MOST = 16, PARTS_MOST = 4, LENGTH_LEAST = 10, LENGTH_MOST = 60, TEXT_MAX = 64 * 1024 };

struct words {
    struct str name;
    VEC(struct str) v;
};

struct table {
    struct arena *a;
    struct words lists[LISTS_MOST];
    size_t n_lists;
    VEC(uint64_t) hashes;
};

static struct words *list_named(struct table *t, struct str name)
{
    for (size_t i = 0; i < t->n_lists; i++)
        if (str_eq(t->lists[i].name, name))
            return &t->lists[i];
    return NULL;
}

static struct words *list_of(struct table *t, struct str name)
{
    struct words *w = list_named(t, name);
    if (w || t->n_lists == LISTS_MOST)
        return w;
    t->lists[t->n_lists] = (struct words) { .name = name };
    return &t->lists[t->n_lists++];
}

static uint64_t beginning_of(struct str text)
{
    uint8_t digest[EVP_MAX_MD_SIZE];
    uint64_t v = 0;
    ASSERT(EVP_Digest(text.p, text.n, digest, NULL, EVP_sha1(), NULL) == 1);
    for (int i = 0; i < 8; i++)
        v = v << 8 | digest[i];
    return v;
}

static char capital(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

/* One result: small letters, a capital at its beginning, and one at the beginning of each part. */
static void take(struct table *t, const struct str *parts, size_t n)
{
    char plain[LENGTH_MOST], tall[LENGTH_MOST];
    size_t at = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < parts[i].n; k++, at++) {
            if (at == LENGTH_MOST)
                return;
            plain[at] = parts[i].p[k];
            tall[at] = k == 0 ? capital(parts[i].p[k]) : parts[i].p[k];
        }
    if (at < LENGTH_LEAST)
        return;
    *vec_push(t->a, &t->hashes) = beginning_of((struct str) { plain, at });
    if (memcmp(plain, tall, at) != 0)
        *vec_push(t->a, &t->hashes) = beginning_of((struct str) { tall, at });
    plain[0] = capital(plain[0]);
    if (memcmp(plain, tall, at) != 0)
        *vec_push(t->a, &t->hashes) = beginning_of((struct str) { plain, at });
}

/* Every word of the first list with every word of the second … */
static void make(struct table *t, struct words *const *lists, size_t n, struct str *parts, size_t at)
{
    if (at == n) {
        take(t, parts, n);
        return;
    }
    for (size_t i = 0; i < lists[at]->v.n; i++) {
        parts[at] = lists[at]->v.v[i];
        make(t, lists, n, parts, at + 1);
    }
}

static bool take_list(struct table *t, struct str rest)
{
    struct str name, word;
    struct words *w = str_cut(&rest, ' ', &name) ? list_of(t, name) : NULL;
    while (w && rest.n > 0 && str_cut(&rest, ' ', &word))
        if (word.n > 0)
            *vec_push(t->a, &w->v) = word;
    return w != NULL;
}

static bool take_make(struct table *t, struct str rest)
{
    struct words *lists[PARTS_MOST];
    struct str parts[PARTS_MOST], name;
    size_t n = 0;
    while (rest.n > 0 && str_cut(&rest, ' ', &name)) {
        struct words *w = list_named(t, name);
        if (!w || n == PARTS_MOST)
            return false;
        lists[n++] = w;
    }
    make(t, lists, n, parts, 0);
    return n > 0;
}

static bool take_line(struct table *t, struct str line)
{
    struct str rest = line, verb;
    if (line.n == 0 || line.p[0] == '#')
        return true;
    str_cut(&rest, ' ', &verb);
    return str_eq(verb, STR("list")) ? take_list(t, rest) : str_eq(verb, STR("make")) && take_make(t, rest);
}

static int ascending(const void *x, const void *y)
{
    const uint64_t *a = x, *b = y;
    return *a < *b ? -1 : *a > *b;
}

static int write_table(struct table *t, FILE *out)
{
    size_t n = 0;
    qsort(t->hashes.v, t->hashes.n, sizeof *t->hashes.v, ascending);
    fputs("#include \"engines/credentials/common_passwords.h\"\n\nconst uint64_t common_passwords[] = {\n", out);
    for (size_t i = 0; i < t->hashes.n; i++) {
        if (i > 0 && t->hashes.v[i] == t->hashes.v[i - 1])
            continue;
        fprintf(out, "0x%016llx,%s", (unsigned long long)t->hashes.v[i], ++n % 6 ? "" : "\n");
    }
    fprintf(out, "\n};\nconst size_t common_passwords_n = %zu;\n", n);
    return fflush(out) == 0 && !ferror(out) ? 0 : 1;
}

static int read_lines(struct table *t, const char *path)
{
    char *text = arena_alloc(t->a, TEXT_MAX);
    FILE *in = fopen(path, "rb");
    size_t n = in ? fread(text, 1, TEXT_MAX, in) : 0;
    if (in)
        fclose(in);
    if (n == 0 || n == TEXT_MAX) {
        fprintf(stderr, "%s: cannot be read, or is longer than %d bytes\n", path, TEXT_MAX);
        return 1;
    }
    struct str rest = { text, n }, line;
    for (int number = 1; rest.n > 0 && str_cut(&rest, '\n', &line); number++)
        if (!take_line(t, str_trim(line))) {
            fprintf(stderr, "%s:%d: neither a list nor a way to put known lists together\n", path, number);
            return 1;
        }
    return 0;
}

int main(int argc, char **argv)
{
    struct arena a;
    struct table t = { .a = &a };
    if (argc != 3) {
        fputs("usage: commonpw WORDS.txt OUT.c\n", stderr);
        return 2;
    }
    arena_init(&a, (size_t)256 << 20);
    FILE *out = read_lines(&t, argv[1]) == 0 ? fopen(argv[2], "wb") : NULL;
    int result = out ? write_table(&t, out) : 1;
    if (out && fclose(out) != 0)
        result = 1;
    arena_release(&a);
    return result;
}
