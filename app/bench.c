/* bench.c: what this machine can do, before a province is put on it: how often its disk makes a change durable, how many
 * durable writes go through the door, how many signatures and password checks a second. Runs on a scratch store in the data
 * directory, so it measures the disk that will be used. The comparison with bare libraries over HTTP is `make bench`.
 */
#include "app/program.h"

#include "platform/http/queries.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BENCH_SECONDS = 2, PARKED = 256 };

struct line {
    struct str what; /* source text */
    const char *key; /* in --json */
    double rate;     /* a second */
};

static double rate(int64_t n, int64_t began_us)
{
    int64_t took = monotonic_us() - began_us;
    return took > 0 ? (double)n * 1e6 / (double)took : 0;
}

static bool time_left(int64_t began_us)
{
    return monotonic_us() - began_us < BENCH_SECONDS * US_PER_SECOND;
}

/* The physical limit: one page written and made durable, one after another. */
static int measure_disk(const char *path, struct line *out, struct err *e)
{
    static const char page[4096];
    int64_t n = 0, began = monotonic_us();
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int failed = fd < 0;
    while (!failed && time_left(began)) {
        failed = pwrite(fd, page, sizeof(page), (n % 1024) * (off_t)sizeof(page)) != (ssize_t)sizeof(page) || fdatasync(fd) != 0;
        n++;
    }
    int why = errno;
    if (fd >= 0)
        close(fd);
    unlink(path);
    if (failed)
        return ERR(e, ERR_DISK_FULL, "%s: %s", path, strerror(why));
    *out = (struct line){ MSGS("Lần ghi bền xuống đĩa, từng lần một (giới hạn vật lý)"), "fdatasync", rate(n, began) };
    return 0;
}

/* ---- the door ---- */

struct door {
    struct db *db;
    struct db_ticket tickets[PARKED];
    atomic_llong done;
    atomic_int failed, parked;
    int64_t until_us;
};

static int beat(struct tx *tx, void *arg, struct err *e)
{
    (void)arg;
    tx_unaudited(tx, "a scratch store that is thrown away");
    return pulse_beat(tx, &(struct pulse_beat_in){ .at = tx_now(tx) }, NULL, e);
}

/* On the writer's thread. */
static void beaten(void *owner, int result, const struct err *why)
{
    struct door *d = owner;
    (void)why;
    atomic_fetch_add(&d->done, 1);
    if (result != 0)
        atomic_store(&d->failed, 1);
    atomic_fetch_sub(&d->parked, 1);
}

static void drive(struct door *d)
{
    while (monotonic_us() < d->until_us && !atomic_load(&d->failed)) {
        for (int i = 0; i < PARKED; i++) {
            d->tickets[i] = (struct db_ticket){ .fn = beat, .done = beaten, .owner = d };
            atomic_fetch_add(&d->parked, 1);
            if (db_submit(d->db, &d->tickets[i], NULL) != 0) {
                atomic_fetch_sub(&d->parked, 1);
                atomic_store(&d->failed, 1);
            }
        }
        while (atomic_load(&d->parked) > 0)
            usleep(20);
    }
}

static int measure_door(const char *path, struct line *out, struct err *e)
{
    struct door d = { .until_us = monotonic_us() + BENCH_SECONDS * US_PER_SECOND };
    struct db_options o = { .address = path, .create = true, .migrations = platform_module.migrations };
    if (db_open(&o, &d.db, e) != 0)
        return -1;
    int64_t began = monotonic_us();
    drive(&d);
    double writes = rate(atomic_load(&d.done), began);
    db_close(d.db);
    if (atomic_load(&d.failed))
        return ERR(e, ERR_DB, "a write of the scratch store failed");
    *out = (struct line){ MSGS("Thay đổi bền qua cửa ghi, 256 yêu cầu cùng chờ"), "durable_writes", writes };
    return 0;
}

/* ---- processor ---- */

static int measure_signer(struct cli *c, struct line *out, struct err *e)
{
    struct str jws;
    int64_t n = 0, began = monotonic_us();
    for (; time_left(began); n++) {
        struct arena a;
        arena_init(&a, 64 * 1024);
        int failed = signer_sign(c->app->signer, &a, "receipt", STR("{\"bench\":true}"), &jws, e);
        arena_release(&a);
        if (failed)
            return -1;
    }
    *out = (struct line){ MSGS("Chữ ký từ bộ phận ký số"), "signatures", rate(n, began) };
    return 0;
}

static int measure_password(struct cli *c, struct line *out, struct err *e)
{
    struct str encoded;
    int64_t n = 0;
    if (password_hash(c->arena, STR("mật khẩu để đo máy"), &encoded, e) != 0)
        return -1;
    int64_t began = monotonic_us();
    for (; time_left(began); n++)
        if (!password_matches(STR("mật khẩu để đo máy"), encoded))
            return ERR(e, ERR_INTERNAL, "a password does not match its own hash");
    *out = (struct line){ MSGS("Lần kiểm mật khẩu (Argon2id) trên một lõi"), "passwords", rate(n, began) };
    return 0;
}

static void remove_store(struct arena *a, const char *path)
{
    static const char *const parts[] = { "", "-wal", "-shm", "-lock" };
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        unlink(str_cstr(a, str_fmt(a, "%s%s", path, parts[i])));
}

static void print_lines(struct cli *c, const struct line *lines, size_t n)
{
    if (c->json)
        putchar('{');
    for (size_t i = 0; i < n; i++) {
        struct str what = tr(c->lang, lines[i].what);
        if (c->json)
            printf("%s\"%s\":%.0f", i ? "," : "", lines[i].key, lines[i].rate);
        else
            printf("%10.0f /s  %.*s\n", lines[i].rate, STR_ARG(what));
    }
    if (c->json)
        puts("}");
}

int cmd_bench(struct cli *c, struct err *e)
{
    struct line lines[4];
    const char *dir = c->app->settings.data_dir;
    const char *page = str_cstr(c->arena, str_fmt(c->arena, "%s/bench-%d.page", dir, (int)getpid()));
    const char *store = str_cstr(c->arena, str_fmt(c->arena, "%s/bench-%d.db", dir, (int)getpid()));
    int result = measure_disk(page, &lines[0], e) != 0 || measure_door(store, &lines[1], e) != 0 ||
                 measure_signer(c, &lines[2], e) != 0 || measure_password(c, &lines[3], e) != 0;
    remove_store(c->arena, store);
    if (result != 0)
        return -1;
    print_lines(c, lines, sizeof(lines) / sizeof(lines[0]));
    return 0;
}
