/* The side of the server and of commands: asks, waits with a limit, and trusts no answer's form. */
#include "platform/crypto/signer_internal.h"

#include <errno.h>
#include <jansson.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TOGETHER_MOST = 32 };

/* Before its first answer a signer may have to find RSA primes: a quarter of a second of work, a few where chance is unkind, and the
 * machine may be busy with other things. */
enum { FIRST_ANSWER_S = 60 };

/* A question on its way. It lives on its asker's stack, who leaves only when it is answered or was never sent. */
struct question {
    struct question *next;
    struct str framed;   /* with the length in front */
    struct arena *arena; /* of the asker, who waits: the thread that fetches answers may use it */
    struct str answer;
    pthread_cond_t changed; /* its own: nobody is woken for another's answer */
    enum { WAITING, ON_ITS_WAY, ANSWERED, FAILED } state;
};

struct signer {
    int fd;      /* -1 once broken; used by the one who holds `busy` */
    pid_t child; /* of signer_spawn, else 0 */
    pthread_mutex_t lock;
    struct question *first; /* waiting, oldest first */
    bool busy;              /* somebody carries questions to the signer, for all that wait */
};

static void break_off(struct signer *s)
{
    if (s->fd >= 0)
        close(s->fd);
    s->fd = -1;
}

static int fetch_answer(struct signer *s, struct question *q, int64_t deadline_us)
{
    uint8_t head[WIRE_HEAD];
    size_t n;
    if (wire_take(s->fd, head, sizeof head, deadline_us) || wire_length(head, &n))
        return -1;
    char *text = arena_try(q->arena, n); /* no jump may leave the others without their answers */
    if (!text || wire_take(s->fd, text, n, deadline_us))
        return -1;
    q->answer = (struct str) { text, n };
    return 0;
}

/* All questions go out before the first answer is read; together they are shorter than the socket's buffer. */
static int exchange(struct signer *s, struct question *list, int64_t deadline_us)
{
    if (s->fd < 0)
        return -1;
    for (struct question *q = list; q; q = q->next)
        if (wire_send(s->fd, q->framed.p, q->framed.n, deadline_us))
            return -1;
    for (struct question *q = list; q; q = q->next)
        if (fetch_answer(s, q, deadline_us))
            return -1;
    return 0;
}

/* Takes the oldest questions off the queue: as many as fit into one go. */
static struct question *take_waiting(struct signer *s)
{
    struct question *list = s->first, *last = NULL;
    size_t n = 0, bytes = 0;
    while (s->first && n < TOGETHER_MOST && (n == 0 || bytes + s->first->framed.n <= WIRE_MAX)) {
        last = s->first;
        s->first = last->next;
        last->state = ON_ITS_WAY;
        bytes += last->framed.n;
        n++;
    }
    last->next = NULL;
    return list;
}

/* Whoever finds the line free carries all waiting questions, its own among them; so the line is as busy as the signer. */
static void carry(struct signer *s, int64_t deadline_us)
{
    struct question *list = take_waiting(s);
    s->busy = true;
    pthread_mutex_unlock(&s->lock);
    int failed = exchange(s, list, deadline_us);
    if (failed)
        break_off(s); /* a late answer would be taken for the next one's */
    pthread_mutex_lock(&s->lock);
    s->busy = false;
    for (struct question *q = list, *next; q; q = next) {
        next = q->next;
        q->state = failed ? FAILED : ANSWERED;
        pthread_cond_signal(&q->changed);
    }
    if (s->first)
        pthread_cond_signal(&s->first->changed); /* the next to carry */
}

static void join_queue(struct signer *s, struct question *q)
{
    struct question **end = &s->first;
    while (*end)
        end = &(*end)->next;
    *end = q;
}

static void leave_queue(struct signer *s, const struct question *q)
{
    struct question **at = &s->first;
    while (*at != q)
        at = &(*at)->next;
    *at = q->next;
}

/* Until answered, or until the deadline when nobody has taken it along; what is on its way ends by its carrier's deadline. */
static void wait_for_answer(struct signer *s, struct question *q, int64_t deadline_us)
{
    struct timespec at = { deadline_us / US_PER_SECOND, deadline_us % US_PER_SECOND * 1000 };
    while (q->state == WAITING || q->state == ON_ITS_WAY) {
        if (q->state == WAITING && !s->busy) {
            carry(s, deadline_us);
        } else if (q->state == ON_ITS_WAY) {
            pthread_cond_wait(&q->changed, &s->lock);
        } else if (pthread_cond_clockwait(&q->changed, &s->lock, CLOCK_MONOTONIC, &at) == ETIMEDOUT && q->state == WAITING) {
            leave_queue(s, q);
            q->state = FAILED;
        }
    }
}

static struct str frame(struct arena *a, struct str question)
{
    uint8_t *p = arena_alloc(a, WIRE_HEAD + question.n);
    wire_put_length(p, question.n);
    memcpy(p + WIRE_HEAD, question.p, question.n);
    return (struct str) { (const char *)p, WIRE_HEAD + question.n };
}

static int ask_within(struct signer *s, struct arena *a, struct str question, int64_t wait_s, json_t **out, struct err *e)
{
    int64_t deadline_us = monotonic_us() + wait_s * US_PER_SECOND;
    if (question.n > WIRE_MAX)
        return ERR(e, ERR_TOO_LARGE, "request of %zu bytes to the signer", question.n);
    struct question q = { .framed = frame(a, question), .arena = a, .changed = PTHREAD_COND_INITIALIZER };
    pthread_mutex_lock(&s->lock);
    join_queue(s, &q);
    wait_for_answer(s, &q, deadline_us);
    pthread_mutex_unlock(&s->lock);
    pthread_cond_destroy(&q.changed);
    if (q.state == FAILED)
        return ERR(e, ERR_SIGNER, "the signer does not answer");
    return json_read(a, q.answer, out, e);
}

int signer_ask(struct signer *s, struct arena *a, struct str question, json_t **out, struct err *e)
{
    return ask_within(s, a, question, SIGNER_WAIT_S, out, e);
}

/* Answers are few and small; a member that is absent means the signer said why not. */
static int refused(const json_t *j, struct err *e)
{
    const char *why = json_string_value(json_object_get(j, "error"));
    return ERR(e, ERR_SIGNER, "the signer refused: %s", why ? why : "an answer that is not understood");
}

int signer_sign(struct signer *s, struct arena *a, const char *purpose, struct str payload, struct str *jws, struct err *e)
{
    json_t *j;
    if (payload.n > SIGNER_PAYLOAD_MAX)
        return ERR(e, ERR_TOO_LARGE, "payload of %zu bytes, at most %d", payload.n, SIGNER_PAYLOAD_MAX);
    struct str body = str_base64url(a, payload.p, payload.n);
    struct str question = str_fmt(a, "{\"op\":\"sign\",\"payload\":\"%.*s\",\"purpose\":\"%s\"}", STR_ARG(body), purpose);
    if (signer_ask(s, a, question, &j, e))
        return -1;
    const char *text = json_string_value(json_object_get(j, "jws"));
    if (!text)
        return refused(j, e);
    *jws = str_of(text);
    return 0;
}

int signer_cms(struct signer *s, struct arena *a, const struct hash32 *digest, struct str *cms, struct err *e)
{
    json_t *j;
    struct str text = str_base64url(a, digest->b, sizeof digest->b);
    struct str question = str_fmt(a, "{\"digest\":\"%.*s\",\"op\":\"cms\",\"purpose\":\"" PAPER_PURPOSE "\"}", STR_ARG(text));
    if (signer_ask(s, a, question, &j, e))
        return -1;
    const char *told = json_string_value(json_object_get(j, "cms"));
    if (!told)
        return refused(j, e);
    return str_unbase64url(a, str_of(told), cms) ? 0 : ERR(e, ERR_SIGNER, "the signer's CMS is no base64url");
}

static int read_keys(struct arena *a, const json_t *j, struct jwk *keys, size_t *n, size_t max, struct err *e)
{
    const json_t *list = json_object_get(j, "keys");
    size_t count = json_array_size(list);
    if (!json_is_array(list) || count == 0)
        return refused(j, e);
    for (size_t i = 0; i < count && i < max; i++) {
        struct str text;
        if (json_canonical(a, json_array_get(list, i), &text, e) || jwk_read(a, text, &keys[i], e))
            return -1;
    }
    *n = count < max ? count : max;
    return 0;
}

int signer_keys(struct signer *s, struct arena *a, const char *purpose, struct jwk *keys, size_t *n, size_t max,
                struct err *e)
{
    json_t *j;
    struct str question = str_fmt(a, "{\"op\":\"keys\",\"purpose\":\"%s\"}", purpose);
    if (signer_ask(s, a, question, &j, e))
        return -1;
    return read_keys(a, j, keys, n, max, e);
}

static bool alive_within(struct signer *s, int64_t wait_s)
{
    struct arena a;
    json_t *j;
    arena_init(&a, 4096);
    bool alive = ask_within(s, &a, STR("{\"op\":\"alive\"}"), wait_s, &j, NULL) == 0 &&
                 json_is_true(json_object_get(j, "alive"));
    arena_release(&a);
    return alive;
}

bool signer_alive(struct signer *s)
{
    return s && alive_within(s, SIGNER_WAIT_S);
}

static int connect_child(int fd, pid_t child, struct signer **out, struct err *e)
{
    struct signer *s = calloc(1, sizeof *s);
    if (!s)
        return ERR(e, ERR_BUSY, "no memory for the signer's client");
    s->fd = fd;
    s->child = child;
    pthread_mutex_init(&s->lock, NULL);
    if (!alive_within(s, FIRST_ANSWER_S)) {
        signer_close(s);
        return ERR(e, ERR_SIGNER, "the signer did not start; its own line on standard error says why");
    }
    *out = s;
    return 0;
}

int signer_connect(int fd, struct signer **out, struct err *e)
{
    return connect_child(fd, 0, out, e);
}

int signer_spawn(const char *key_dir, struct signer **out, struct err *e)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
        return ERR(e, ERR_SIGNER, "socket pair: %s", strerror(errno));
    pid_t child = fork();
    if (child == 0) {
        close(pair[0]);
        _exit(signer_main(pair[1], key_dir));
    }
    close(pair[1]);
    if (child < 0) {
        close(pair[0]);
        return ERR(e, ERR_SIGNER, "fork: %s", strerror(errno));
    }
    return connect_child(pair[0], child, out, e);
}

void signer_close(struct signer *s)
{
    if (!s)
        return;
    break_off(s);
    if (s->child > 0)
        waitpid(s->child, NULL, 0);
    pthread_mutex_destroy(&s->lock);
    free(s);
}
