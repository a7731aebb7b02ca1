/* bare.c: the limit that bon's HTTP numbers are held against: libmicrohttpd and SQLite with nothing of ours between them.
 *
 *   bare plain PORT FILE        answers every GET with the bytes of FILE and the headers of a bon page
 *   bare write PORT DATABASE    parks every POST, one writer thread puts one row a request, one commit a group
 *                               (WAL, synchronous=FULL), then the request is answered
 *   bare record PORT DATABASE FILE   the same for GETs that are recorded: a row as long as an audit record, then FILE's bytes
 */
#include <microhttpd.h>
#include <sqlite3.h>

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>

enum { RECORD_BYTES = 290 }; /* the mean length of an audit record of a look-up */

struct parked {
    struct MHD_Connection *connection;
    struct parked *next;
    char body[2048];
    size_t n;
    bool done;
};

struct bare {
    char *page; /* what is answered */
    size_t page_n;
    bool records; /* a request has no body of its own: its row is RECORD_BYTES long */
    sqlite3 *db;
    pthread_mutex_t lock;
    pthread_cond_t some;
    struct parked *first, **last;
    bool stop;
};

static enum MHD_Result answer(struct MHD_Connection *c, unsigned status, char *bytes, size_t n)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(n, bytes, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(r, "Content-Type", "text/html; charset=utf-8");
    MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(r, "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:");
    MHD_add_response_header(r, "Referrer-Policy", "same-origin");
    enum MHD_Result result = MHD_queue_response(c, status, r);
    MHD_destroy_response(r);
    return result;
}

static enum MHD_Result handle_plain(void *cls, struct MHD_Connection *c, const char *url, const char *method, const char *version,
                                    const char *data, size_t *n, void **state)
{
    struct bare *b = cls;
    (void)url, (void)method, (void)version, (void)data, (void)n;
    if (!*state) {
        *state = b;
        return MHD_YES;
    }
    return answer(c, 200, b->page, b->page_n);
}

static enum MHD_Result handle_write(void *cls, struct MHD_Connection *c, const char *url, const char *method, const char *version,
                                    const char *data, size_t *n, void **state)
{
    struct bare *b = cls;
    struct parked *p = *state;
    (void)url, (void)method, (void)version;
    if (!p) {
        *state = calloc(1, sizeof(struct parked));
        return *state ? MHD_YES : MHD_NO;
    }
    if (*n > 0) {
        size_t room = sizeof(p->body) - p->n;
        size_t take = *n < room ? *n : room;
        memcpy(p->body + p->n, data, take);
        p->n += take;
        *n = 0;
        return MHD_YES;
    }
    if (p->done)
        return answer(c, 200, b->page, b->page_n);
    if (b->records)
        p->n = RECORD_BYTES;
    p->connection = c;
    MHD_suspend_connection(c);
    pthread_mutex_lock(&b->lock);
    *b->last = p;
    b->last = &p->next;
    pthread_cond_signal(&b->some);
    pthread_mutex_unlock(&b->lock);
    return MHD_YES;
}

static void finished(void *cls, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode why)
{
    (void)c, (void)why;
    if (*state != cls)
        free(*state);
    *state = NULL;
}

static struct parked *take_all(struct bare *b)
{
    pthread_mutex_lock(&b->lock);
    while (!b->first && !b->stop)
        pthread_cond_wait(&b->some, &b->lock);
    struct parked *all = b->first;
    b->first = NULL;
    b->last = &b->first;
    pthread_mutex_unlock(&b->lock);
    return all;
}

static void run_or_die(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "bare: %s: %s\n", sql, sqlite3_errmsg(db));
        exit(1);
    }
}

static void *writer(void *arg)
{
    struct bare *b = arg;
    sqlite3_stmt *insert;
    if (sqlite3_prepare_v2(b->db, "INSERT INTO row_of (body) VALUES (?1)", -1, &insert, NULL) != SQLITE_OK)
        exit(1);
    for (struct parked *all = take_all(b); all; all = take_all(b)) {
        run_or_die(b->db, "BEGIN IMMEDIATE");
        for (struct parked *p = all; p; p = p->next) {
            sqlite3_bind_blob(insert, 1, p->body, (int)p->n, SQLITE_STATIC);
            if (sqlite3_step(insert) != SQLITE_DONE)
                exit(1);
            sqlite3_reset(insert);
        }
        run_or_die(b->db, "COMMIT");
        while (all) {
            struct parked *p = all;
            all = p->next;
            p->next = NULL;
            p->done = true;
            MHD_resume_connection(p->connection);
        }
    }
    sqlite3_finalize(insert);
    return NULL;
}

static int load_page(struct bare *b, const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &st) != 0)
        return -1;
    b->page_n = (size_t)st.st_size;
    b->page = malloc(b->page_n + 1);
    ssize_t n = b->page ? read(fd, b->page, b->page_n) : -1;
    close(fd);
    return n == st.st_size ? 0 : -1;
}

int main(int argc, char **argv)
{
    struct bare b = { .lock = PTHREAD_MUTEX_INITIALIZER, .some = PTHREAD_COND_INITIALIZER };
    b.last = &b.first;
    static const char ok[] = "ok";
    b.records = argc == 5 && strcmp(argv[1], "record") == 0;
    bool writes = b.records || (argc == 4 && strcmp(argv[1], "write") == 0);
    if (!writes && (argc != 4 || strcmp(argv[1], "plain") != 0)) {
        fprintf(stderr, "bare plain PORT FILE | bare write PORT DATABASE | bare record PORT DATABASE FILE\n");
        return 2;
    }
    const char *page = b.records ? argv[4] : writes ? NULL : argv[3];
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    pthread_t thread;
    if (page ? load_page(&b, page) != 0 : !(b.page = strdup(ok))) {
        perror(page);
        return 1;
    }
    if (!page)
        b.page_n = strlen(ok);
    if (writes) {
        if (sqlite3_open(argv[3], &b.db) != SQLITE_OK)
            return 1;
        run_or_die(b.db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row_of (id INTEGER PRIMARY KEY, body BLOB)");
        pthread_create(&thread, NULL, writer, &b);
    }
    struct MHD_Daemon *d = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TCP_FASTOPEN, (uint16_t)strtoul(argv[2], NULL, 10), NULL,
        NULL, writes ? handle_write : handle_plain, &b, MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_CONNECTION_LIMIT, 4096u,
        MHD_OPTION_NOTIFY_COMPLETED, finished, &b, MHD_OPTION_END);
    if (!d) {
        fprintf(stderr, "bare: the port is taken\n");
        return 1;
    }
    int signal_seen;
    sigwait(&stop, &signal_seen);
    pthread_mutex_lock(&b.lock);
    b.stop = true;
    pthread_cond_signal(&b.some);
    pthread_mutex_unlock(&b.lock);
    if (writes)
        pthread_join(thread, NULL);
    MHD_stop_daemon(d);
    sqlite3_close(b.db);
    free(b.page);
    return 0;
}
