/* vneid_sim_people.c: who can be chosen: the living of a pack's invented people. */
#include "engines/broker/vneid_sim_inside.h"

#include "base/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { PEOPLE_FILE_MAX = 256 * 1024 };

int sim_file_read(struct arena *a, const char *path, struct str *out, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ERR_SAY(e, ERR_INPUT, MSGS("Không mở được tệp."), "%s: %s", path, strerror(errno));
    char *bytes = arena_alloc(a, PEOPLE_FILE_MAX);
    ssize_t n = read(fd, bytes, PEOPLE_FILE_MAX);
    close(fd);
    if (n < 0 || n == PEOPLE_FILE_MAX)
        return ERR_SAY(e, ERR_INPUT, MSGS("Không đọc được tệp, hoặc tệp quá lớn."), "%s", path);
    *out = (struct str) { bytes, (size_t)n };
    return 0;
}

/* The living of the pack's invented people; those without a number have no VNeID. */
int sim_people_load(struct vneid_sim *s, struct err *e)
{
    static const char *const names[] = { "pid", "name", "born", "sex", "died" };
    struct str text;
    struct csv c;
    struct csv_row row;
    size_t at[5];
    int got;
    if (sim_file_read(&s->texts, s->o.people, &text, e) != 0)
        return -1;
    csv_init(&c, text, NULL);
    if (csv_columns(&c, &s->texts, names, 5, at, e) != 0)
        return -1;
    while ((got = csv_next(&c, &s->texts, &row, e)) == 1 && s->n_people < SIM_PEOPLE) {
        struct sim_person p = { csv_cell(&row, at[0]), csv_cell(&row, at[1]), csv_cell(&row, at[2]), csv_cell(&row, at[3]) };
        if (p.pid.n > 0 && csv_cell(&row, at[4]).n == 0)
            s->people[s->n_people++] = p;
    }
    return got < 0 ? -1 : s->n_people >= 2 ? 0 : ERR(e, ERR_INPUT, "%s: at least two living people are needed", s->o.people);
}
