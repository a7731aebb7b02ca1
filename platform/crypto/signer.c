/* The signer process: loads its keys, gives up everything else, then answers typed requests one after the other. */
#include "platform/crypto/signer.h"

#include "base/rng.h"
#include "platform/crypto/signer_internal.h"
#include "platform/log/log.h"
#include "platform/sandbox/sandbox.h"

#include <fcntl.h>
#include <jansson.h>
#include <openssl/crypto.h>
#include <seccomp.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REQUEST_ARENA = 2 << 20, SECURE_HEAP = 64 * 1024, EXIT_KEYS = 7, EXIT_WIRE = 2 };

struct signer_process {
    int fd;
    struct signing_key keys[PURPOSES];
    struct arena arena; /* of one request */
    char request[WIRE_MAX];
};

/* ---- answers ---- */

static struct str text_member(const json_t *j, const char *name)
{
    const json_t *v = json_object_get(j, name);
    return json_is_string(v) ? (struct str) { json_string_value(v), json_string_length(v) } : STR_NONE;
}

static const struct signing_key *key_for(const struct signer_process *p, const json_t *j)
{
    struct str purpose = text_member(j, "purpose");
    for (size_t i = 0; i < PURPOSES; i++)
        if (str_eq(purpose, str_of(p->keys[i].purpose)))
            return &p->keys[i];
    return NULL;
}

static struct str refuse(const char *why)
{
    return str_of(why);
}

static struct str answer_keys(struct signer_process *p, const struct signing_key *k)
{
    struct buf b;
    buf_init(&b, &p->arena, WIRE_MAX);
    buf_lit(&b, "{\"keys\":[");
    buf_put(&b, jwk_json(&p->arena, &k->current));
    for (size_t i = 0; i < k->n_older; i++) {
        buf_lit(&b, ",");
        buf_put(&b, jwk_json(&p->arena, &k->older[i]));
    }
    buf_lit(&b, "]}");
    return buf_str(&b);
}

static struct str answer_sign(struct signer_process *p, const struct signing_key *k, const json_t *j)
{
    struct str payload, jws;
    struct err e = { 0 };
    if (!str_unbase64url(&p->arena, text_member(j, "payload"), &payload))
        return refuse("{\"error\":\"payload is no base64url\"}");
    if (signing_key_sign(k, &p->arena, payload, &jws, &e))
        return refuse("{\"error\":\"the key did not sign\"}");
    return str_fmt(&p->arena, "{\"jws\":\"%.*s\"}", STR_ARG(jws));
}

/* A request has exactly the members of its type: what is not understood is not signed. */
static struct str answer(struct signer_process *p, const json_t *j)
{
    struct str op = text_member(j, "op");
    size_t members = json_object_size(j);
    if (str_eq(op, STR("alive")) && members == 1)
        return STR("{\"alive\":true}");
    const struct signing_key *k = key_for(p, j);
    if (!k)
        return refuse("{\"error\":\"no such purpose\"}");
    if (str_eq(op, STR("keys")) && members == 2)
        return answer_keys(p, k);
    if (str_eq(op, STR("sign")) && members == 3 && text_member(j, "payload").p)
        return answer_sign(p, k, j);
    return refuse("{\"error\":\"no such request\"}");
}

static int send_answer(struct signer_process *p, struct str text)
{
    uint8_t head[WIRE_HEAD];
    wire_put_length(head, text.n);
    return wire_send(p->fd, head, sizeof head, 0) || wire_send(p->fd, text.p, text.n, 0) ? -1 : 0;
}

static int serve_request(struct signer_process *p, size_t n)
{
    json_t *j;
    arena_clear(&p->arena);
    if (json_read((struct str) { p->request, n }, &j, NULL))
        return send_answer(p, STR("{\"error\":\"no JSON\"}"));
    int result = send_answer(p, answer(p, j));
    json_decref(j);
    return result;
}

/* Ends when the other end closes. A length past the limit cannot be skipped safely: whoever sent it has gone wrong. */
static int serve_requests(struct signer_process *p)
{
    uint8_t head[WIRE_HEAD];
    size_t n;
    while (wire_take(p->fd, head, sizeof head, 0) == 0)
        if (wire_length(head, &n) || wire_take(p->fd, p->request, n, 0) || serve_request(p, n))
            return EXIT_WIRE;
    return 0;
}

/* ---- giving up the rest ---- */

/* Standard input and output go to /dev/null, standard error stays for the log, everything else closes. */
static void keep_only(int fd)
{
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nowhere >= 0) {
        dup2(nowhere, STDIN_FILENO);
        dup2(nowhere, STDOUT_FILENO);
    }
    if (fd > 3)
        close_range(3, (unsigned)fd - 1, 0);
    close_range((unsigned)fd + 1, ~0U, 0);
}

static int load_keys(struct signer_process *p, const char *dir, struct err *e)
{
    for (size_t i = 0; i < PURPOSES; i++)
        if (signing_key_load(dir, signer_purposes[i], &p->keys[i], e))
            return -1;
    return 0;
}

/* Libraries open files and ask for randomness at first use: that must be behind us when the doors close. */
static int use_everything_once(struct signer_process *p, struct err *e)
{
    json_object_seed(0);
    if (sodium_init() < 0)
        return ERR(e, ERR_SIGNER, "libsodium did not start");
    for (size_t i = 0; i < PURPOSES; i++) {
        struct str jws;
        struct err refused = { 0 };
        if (signing_key_sign(&p->keys[i], &p->arena, STR("self-test"), &jws, e) ||
            jws_check_detached(&p->arena, jws, STR("self-test"), &p->keys[i].current, e))
            return -1;
        if (jws_check_detached(&p->arena, jws, STR("other"), &p->keys[i].current, &refused) == 0)
            return ERR(e, ERR_SIGNER, "self-test: a wrong signature passed");
    }
    return 0;
}

static int close_doors(struct err *e)
{
    static const int calls[] = {
        SCMP_SYS(read),         SCMP_SYS(write),           SCMP_SYS(recvfrom),     SCMP_SYS(sendto),
        SCMP_SYS(poll),         SCMP_SYS(ppoll),           SCMP_SYS(close),        SCMP_SYS(brk),
        SCMP_SYS(mmap),         SCMP_SYS(munmap),          SCMP_SYS(mremap),       SCMP_SYS(madvise),
        SCMP_SYS(mprotect),     SCMP_SYS(futex),           SCMP_SYS(getrandom),    SCMP_SYS(getpid),
        SCMP_SYS(gettid),       SCMP_SYS(clock_gettime),   SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(rt_sigaction), SCMP_SYS(tgkill),          SCMP_SYS(sigaltstack),  SCMP_SYS(exit),
        SCMP_SYS(exit_group),   SCMP_SYS(restart_syscall),
    };
    /* No file at all; absent on kernels without Landlock, where the list below still has no open. */
    return sandbox_files(NULL, NULL, e) < 0 || sandbox_calls_only(calls, sizeof calls / sizeof *calls, e) ? -1 : 0;
}

static int prepare(struct signer_process *p, const char *key_dir, struct err *e)
{
    umask(077);
    /* OpenSSL keeps private keys here: locked in memory where the limit allows it, between pages that nobody may touch. */
    CRYPTO_secure_malloc_init(SECURE_HEAP, 32);
    if (sandbox_harden(e) || load_keys(p, key_dir, e) || use_everything_once(p, e))
        return -1;
    return close_doors(e);
}

int signer_main(int fd, const char *key_dir)
{
    static const struct log log = { STDERR_FILENO, LOG_INFO };
    struct err e = { 0 };
    keep_only(fd);
    struct signer_process *p = mmap(NULL, sizeof *p, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        return EXIT_KEYS;
    p->fd = fd;
    arena_init(&p->arena, REQUEST_ARENA);
    if (prepare(p, key_dir, &e)) {
        log_err(&log, LOG_ERROR, "signer.failed", STR_NONE, &e);
        return EXIT_KEYS;
    }
    return serve_requests(p);
}
