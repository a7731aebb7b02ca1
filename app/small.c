/* Commands of a few lines: version, keys, http-once. */
#include "app/program.h"

#include <openssl/crypto.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

int cmd_version(struct cli *c, struct err *e)
{
    (void)e;
    if (c->json)
        printf("{\"openssl\":\"%s\",\"program\":\"bon\",\"sqlite\":\"%s\",\"version\":\"%s\"}\n",
               OpenSSL_version(OPENSSL_VERSION_STRING), sqlite3_libversion(), BON_VERSION);
    else
        printf("bon %s (SQLite %s, OpenSSL %s)\n", BON_VERSION, sqlite3_libversion(),
               OpenSSL_version(OPENSSL_VERSION_STRING));
    return 0;
}

/* ---- public keys ---- */

static int print_keys(struct cli *c, const char *purpose, bool last, struct err *e)
{
    struct jwk keys[SIGNER_KEYS_MAX];
    size_t n;
    if (signer_keys(c->app->signer, c->arena, purpose, keys, &n, SIGNER_KEYS_MAX, e))
        return -1;
    if (c->json)
        printf("\"%s\":[", purpose);
    for (size_t i = 0; i < n; i++) {
        struct str text = jwk_json(c->arena, &keys[i]);
        if (c->json)
            printf("%s%.*s", i ? "," : "", STR_ARG(text));
        else
            printf("%-8s %s %-5s%s\n", purpose, keys[i].kid, keys[i].alg, i ? "" : " *");
    }
    if (c->json)
        printf("]%s", last ? "" : ",");
    return 0;
}

int cmd_keys(struct cli *c, struct err *e)
{
    static const char *const purposes[] = { "backup", "device", "paper", "receipt", "seal" };
    enum { N = sizeof purposes / sizeof *purposes };
    if (c->json)
        putchar('{');
    for (size_t i = 0; i < N; i++)
        if (print_keys(c, purposes[i], i == N - 1, e))
            return -1;
    if (c->json)
        puts("}");
    return 0;
}

/* ---- one request without a socket ---- */

enum { REQUEST_MAX = 64 << 20 };

static int read_request(struct cli *c, struct str *out, struct err *e)
{
    bool standard = str_eq(c->args[0], STR("-"));
    FILE *f = standard ? stdin : fopen(str_cstr(c->arena, c->args[0]), "rb");
    if (!f)
        return ERR(e, ERR_NOT_FOUND, "%.*s cannot be read", STR_ARG(c->args[0]));
    struct buf b;
    char slice[16384];
    size_t n;
    buf_init(&b, c->arena, REQUEST_MAX);
    while ((n = fread(slice, 1, sizeof slice, f)) > 0)
        buf_put_bytes(&b, slice, n);
    if (!standard)
        fclose(f);
    *out = buf_str(&b);
    return b.full ? ERR(e, ERR_TOO_LARGE, "a request of more than %d bytes", REQUEST_MAX) : 0;
}

int cmd_http_once(struct cli *c, struct err *e)
{
    struct str request;
    if (read_request(c, &request, e))
        return -1;
    struct str reply = http_once(c->app, c->arena, request);
    return fwrite(reply.p, 1, reply.n, stdout) == reply.n ? 0 : ERR(e, ERR_DISK_FULL, "standard output takes no more");
}
