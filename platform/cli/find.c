/* Which command was meant. */
#include "platform/cli/cli_internal.h"

#include <string.h>

/* Never run: cli_main answers them itself, because they need all tables. They stand here to be listed. */
const struct cli_command cli_builtin[] = {
    { .name = "help",
      .synopsis = "[COMMAND]",
      .what = MSG("Xem các lệnh, hoặc cách dùng một lệnh"),
      .help = MSG("Không có tên lệnh: liệt kê mọi lệnh. Có tên lệnh: in cách dùng, tham số và giải thích của lệnh đó."),
      .max_args = 2 },
    { .name = "man",
      .synopsis = "",
      .what = MSG("In trang hướng dẫn dạng roff (đọc bằng lệnh man)"),
      .help = MSG("Trang hướng dẫn được viết ra từ chính bảng lệnh của chương trình. Đọc thử: bon man | man -l -") },
    { .name = NULL },
};

const struct cli_command *cli_next(const struct cli_program *p, struct cli_walk *at)
{
    for (;; at->table++, at->row = 0) {
        const struct cli_command *table = at->table == 0 ? cli_builtin : p->tables[at->table - 1];
        if (!table)
            return NULL;
        if (table[at->row].name)
            return &table[at->row++];
    }
}

static bool is_name(const char *name, const struct str *words, int n)
{
    struct str rest = str_of(name), word;
    int i = 0;
    while (str_cut(&rest, ' ', &word))
        if (i >= n || !str_eq(words[i++], word))
            return false;
    return true;
}

static int words_in(const char *name)
{
    return strchr(name, ' ') ? 2 : 1;
}

const struct cli_command *cli_find(const struct cli_program *p, const struct str *words, int n, int *used)
{
    const struct cli_command *found = NULL, *c;
    for (struct cli_walk at = { 0, 0 }; (c = cli_next(p, &at));)
        if (is_name(c->name, words, n) && (!found || words_in(c->name) > words_in(found->name)))
            found = c;
    if (found)
        *used = words_in(found->name);
    return found;
}

bool cli_is_group(const struct cli_program *p, struct str word)
{
    const struct cli_command *c;
    for (struct cli_walk at = { 0, 0 }; (c = cli_next(p, &at));)
        if (strchr(c->name, ' ') && str_starts(str_of(c->name), word) && c->name[word.n] == ' ')
            return true;
    return false;
}

enum { NAME_MAX_BYTES = 32, FAR = 1000 };

static int least_of(int a, int b, int c)
{
    int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

int edit_distance(struct str x, struct str y)
{
    int d[NAME_MAX_BYTES + 1][NAME_MAX_BYTES + 1];
    if (x.n > NAME_MAX_BYTES || y.n > NAME_MAX_BYTES)
        return FAR;
    for (size_t i = 0; i <= x.n; i++)
        d[i][0] = (int)i;
    for (size_t k = 0; k <= y.n; k++)
        d[0][k] = (int)k;
    for (size_t i = 1; i <= x.n; i++) {
        for (size_t k = 1; k <= y.n; k++) {
            int replaced = d[i - 1][k - 1] + (x.p[i - 1] != y.p[k - 1]);
            d[i][k] = least_of(d[i - 1][k] + 1, d[i][k - 1] + 1, replaced);
            bool swapped = i > 1 && k > 1 && x.p[i - 1] == y.p[k - 2] && x.p[i - 2] == y.p[k - 1];
            if (swapped && d[i - 2][k - 2] + 1 < d[i][k])
                d[i][k] = d[i - 2][k - 2] + 1;
        }
    }
    return d[x.n][y.n];
}

const char *cli_nearest(const struct cli_program *p, struct str typed)
{
    int near = typed.n <= 4 ? 2 : 3; /* one more and "seed" would become "serve" */
    const char *best = NULL;
    const struct cli_command *c;
    for (struct cli_walk at = { 0, 0 }; (c = cli_next(p, &at));) {
        int d = edit_distance(typed, str_of(c->name));
        if (d < near) {
            near = d;
            best = c->name;
        }
    }
    return best;
}
