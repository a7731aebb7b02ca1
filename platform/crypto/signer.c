/* The signer process: loads its keys, gives up everything else, then answers typed requests one after the other. */
#include "platform/crypto/signer.h"

#include "base/rng.h"
#include "platform/crypto/signer_ring.h"
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
    struct x509_st *paper_cert;
    struct key_ring rings[RINGS];
    struct hash32 vault;
    struct arena arena; /* of one request */
    char in[2 * (WIRE_HEAD + WIRE_MAX)], out[2 * (WIRE_HEAD + WIRE_MAX)];
    size_t in_n, out_n;
};

/* ---- answers ---- */

static const struct signing_key *key_for(const struct signer_process *p, const json_t *j)
{
    struct str purpose = json_str_at(j, "purpose");
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
    if (!str_unbase64url(&p->arena, json_str_at(j, "payload"), &payload))
        return refuse("{\"error\":\"payload is no base64url\"}");
    if (signing_key_sign(k, &p->arena, payload, &jws, &e))
        return refuse("{\"error\":\"the key did not sign\"}");
    return str_fmt(&p->arena, "{\"jws\":\"%.*s\"}", STR_ARG(jws));
}

static struct str answer_cms(struct signer_process *p, const struct signing_key *k, const json_t *j)
{
    struct str digest, cms;
    if (!str_unbase64url(&p->arena, json_str_at(j, "digest"), &digest) || digest.n != sizeof(struct hash32))
        return refuse("{\"error\":\"digest is no SHA-256\"}");
    if (paper_sign(k->private_key, p->paper_cert, &p->arena, digest, &cms, NULL))
        return refuse("{\"error\":\"the key did not sign\"}");
    struct str text = str_base64url(&p->arena, cms.p, cms.n);
    return str_fmt(&p->arena, "{\"cms\":\"%.*s\"}", STR_ARG(text));
}

static const struct key_ring *ring_for(const struct signer_process *p, const json_t *j)
{
    struct str purpose = json_str_at(j, "purpose");
    for (size_t i = 0; i < RINGS; i++)
        if (str_eq(purpose, str_of(p->rings[i].purpose)))
            return &p->rings[i];
    return NULL;
}

static struct str answer_ring(struct signer_process *p, const struct key_ring *r)
{
    struct buf b;
    buf_init(&b, &p->arena, WIRE_MAX);
    buf_lit(&b, "{\"keys\":[");
    for (size_t i = 0; i < r->n; i++) {
        const struct ring_key *k = &r->v[i].k;
        buf_fmt(&b, "%s{\"alg\":\"%s\",\"from\":%lld,\"jwk\":{%s},\"kid\":\"%s\",\"until\":%lld}", i ? "," : "",
                jose_alg_name(k->alg), (long long)k->from.us, k->members, k->kid, (long long)k->until.us);
    }
    buf_lit(&b, "]}");
    return buf_str(&b);
}

/* What stands between two dots of a token; it is signed as it is. */
static bool is_base64url(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool fine = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (!fine)
            return false;
    }
    return s.n > 0;
}

static bool is_type_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool fine = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '+' || c == '-' || c == '.';
        if (!fine)
            return false;
    }
    return s.n > 0 && s.n <= 40;
}

static struct str answer_token(struct signer_process *p, const struct key_ring *r, const json_t *j)
{
    struct str head, signature, payload = json_str_at(j, "payload"), typ = json_str_at(j, "typ");
    struct instant at = { json_integer_value(json_object_get(j, "at")) };
    unsigned alg = jose_alg_named(json_str_at(j, "alg"));
    if (!alg || !is_base64url(payload) || !is_type_name(typ) || at.us <= 0)
        return refuse("{\"error\":\"no such token\"}");
    if (key_ring_sign(r, &p->arena, (enum jose_alg)alg, typ, payload, at, &head, &signature, NULL))
        return refuse("{\"error\":\"no key for that algorithm\"}");
    return str_fmt(&p->arena, "{\"head\":\"%.*s\",\"signature\":\"%.*s\"}", STR_ARG(head), STR_ARG(signature));
}

/* A request has exactly the members of its type: what is not understood is not signed. */
static struct str answer(struct signer_process *p, const json_t *j)
{
    struct str op = json_str_at(j, "op");
    size_t members = json_object_size(j);
    if (str_eq(op, STR("alive")) && members == 1)
        return STR("{\"alive\":true}");
    const struct key_ring *r = ring_for(p, j);
    if (r && str_eq(op, STR("token")) && members == 6)
        return answer_token(p, r, j);
    if (r && str_eq(op, STR("ring")) && members == 2)
        return answer_ring(p, r);
    if (str_eq(op, STR("vault")) && members == 2 && json_str_at(j, "name").n > 0)
        return vault_answer(&p->arena, &p->vault, json_str_at(j, "name"));
    const struct signing_key *k = key_for(p, j);
    if (!k)
        return refuse("{\"error\":\"no such purpose\"}");
    if (str_eq(op, STR("keys")) && members == 2)
        return answer_keys(p, k);
    if (str_eq(op, STR("sign")) && members == 3 && json_str_at(j, "payload").p)
        return answer_sign(p, k, j);
    if (str_eq(op, STR("cms")) && members == 3 && strcmp(k->purpose, PAPER_PURPOSE) == 0)
        return answer_cms(p, k, j);
    return refuse("{\"error\":\"no such request\"}");
}

static int flush(struct signer_process *p)
{
    int result = wire_send(p->fd, p->out, p->out_n, 0);
    p->out_n = 0;
    return result;
}

static int put_answer(struct signer_process *p, struct str text)
{
    if (p->out_n + WIRE_HEAD + text.n > sizeof p->out && flush(p))
        return -1;
    wire_put_length((uint8_t *)p->out + p->out_n, text.n);
    memcpy(p->out + p->out_n + WIRE_HEAD, text.p, text.n);
    p->out_n += WIRE_HEAD + text.n;
    return 0;
}

static int serve_request(struct signer_process *p, struct str request)
{
    json_t *j;
    arena_clear(&p->arena);
    if (json_read(&p->arena, request, &j, NULL))
        return put_answer(p, STR("{\"error\":\"no JSON\"}"));
    return put_answer(p, answer(p, j));
}

/* The whole requests that have come; a length past the limit cannot be skipped safely: whoever sent it has gone wrong. */
static int serve_what_came(struct signer_process *p)
{
    size_t at = 0, n;
    while (p->in_n - at >= WIRE_HEAD) {
        if (wire_length((const uint8_t *)p->in + at, &n))
            return -1;
        if (p->in_n - at < WIRE_HEAD + n)
            break;
        if (serve_request(p, (struct str) { p->in + at + WIRE_HEAD, n }))
            return -1;
        at += WIRE_HEAD + n;
    }
    memmove(p->in, p->in + at, p->in_n - at);
    p->in_n -= at;
    return 0;
}

/* Many requests may come in one piece, and their answers go out in one. Ends when the other end closes. */
static int serve_requests(struct signer_process *p)
{
    for (;;) {
        ptrdiff_t got = wire_some(p->fd, p->in + p->in_n, sizeof p->in - p->in_n);
        if (got == 0)
            return p->in_n == 0 ? 0 : EXIT_WIRE;
        if (got < 0)
            return EXIT_WIRE;
        p->in_n += (size_t)got;
        if (serve_what_came(p) || flush(p))
            return EXIT_WIRE;
    }
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

static const struct signing_key *paper_key(const struct signer_process *p)
{
    const struct signing_key *k = p->keys;
    while (strcmp(k->purpose, PAPER_PURPOSE) != 0)
        k++;
    return k;
}

static int load_keys(struct signer_process *p, const char *dir, struct err *e)
{
    for (size_t i = 0; i < PURPOSES; i++)
        if (signing_key_load(dir, signer_purposes[i], &p->keys[i], e))
            return -1;
    if (paper_cert_load(dir, paper_key(p)->private_key, &p->paper_cert, e))
        return -1;
    for (size_t i = 0; i < RINGS; i++)
        if (key_ring_load(dir, signer_rings[i], instant_now(), &p->rings[i], e))
            return -1;
    return vault_load(dir, &p->vault, e);
}

static int use_rings_once(struct signer_process *p, struct err *e)
{
    struct str head, signature;
    for (size_t i = 0; i < RINGS; i++)
        for (size_t k = 0; k < p->rings[i].n; k++)
            if (key_ring_sign(&p->rings[i], &p->arena, p->rings[i].v[k].k.alg, STR("JWT"), STR("AAAA"), instant_now(), &head,
                              &signature, e))
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
    struct hash32 digest = sha256(STR("self-test"));
    struct str cms;
    if (paper_sign(paper_key(p)->private_key, p->paper_cert, &p->arena, (struct str) { (const char *)digest.b, sizeof digest.b }, &cms, e))
        return -1;
    return use_rings_once(p, e);
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
