/* hashes.c: how many passwords this machine checks a second when it does nothing else: the limit of signing in. Argon2id as
 * platform/crypto/password.c asks for it.
 *
 *   hashes THREADS SECONDS
 *
 * Prints one JSON line: hashes, seconds, rate.
 */
#include <sodium.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { PASSES = 2, MEMORY = 19 * 1024 * 1024, THREADS_MAX = 64 };

static const char password[] = "mot-mat-khau-de-do";
static char encoded[crypto_pwhash_STRBYTES];
static double until_s;
static _Atomic long hashes;

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void *check_passwords(void *arg)
{
    (void)arg;
    while (now_s() < until_s) {
        if (crypto_pwhash_str_verify(encoded, password, sizeof(password) - 1) != 0)
            abort();
        atomic_fetch_add(&hashes, 1);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    long threads = argc > 2 ? strtol(argv[1], NULL, 10) : 0, seconds = argc > 2 ? strtol(argv[2], NULL, 10) : 0;
    pthread_t thread[THREADS_MAX];
    if (threads < 1 || threads > THREADS_MAX || seconds < 1) {
        fprintf(stderr, "hashes THREADS SECONDS\n");
        return 2;
    }
    if (sodium_init() < 0 ||
        crypto_pwhash_str_alg(encoded, password, sizeof(password) - 1, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return 1;
    double began = now_s();
    until_s = began + (double)seconds;
    for (long i = 0; i < threads; i++)
        if (pthread_create(&thread[i], NULL, check_passwords, NULL) != 0)
            return 1;
    for (long i = 0; i < threads; i++)
        pthread_join(thread[i], NULL);
    double took = now_s() - began;
    printf("{\"hashes\":%ld,\"seconds\":%.3f,\"rate\":%.1f}\n", hashes, took, (double)hashes / took);
    return 0;
}
