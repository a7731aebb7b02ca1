/* main.c: bon-saml FILE: serves until SIGINT or SIGTERM. A program of its own, since liblasso is under the GPL: bon itself neither links
 * nor starts it, and they speak OpenID Connect with each other like strangers.
 */
#include "bridges/saml/bridge.h"

#include "base/rng.h"
#include "engines/broker/provider.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static int relying_party_start(struct app *app, struct err *e)
{
    (void)e;
    *app_engine_slot(app, "broker") = provider_cache_new();
    return 0;
}

static void relying_party_stop(struct app *app)
{
    void **slot = app_engine_slot(app, "broker");
    provider_cache_free(*slot);
    *slot = NULL;
}

/* engines/broker keeps its providers under its own name; here it has neither routes nor rows. */
static const struct module relying_party = { .name = "broker", .title = STR_INIT("OpenID"), .stop = relying_party_stop };
static const struct module *const modules[] = { &relying_party, &saml_module, NULL };

static struct instant machine_clock(void *ctx)
{
    (void)ctx;
    return instant_now();
}

static const char *directory_of(struct arena *a, const char *path)
{
    struct str dir = str_of(path);
    while (dir.n > 0 && dir.p[dir.n - 1] != '/')
        dir.n--;
    return dir.n > 1 ? str_cstr(a, str_head(dir, dir.n - 1)) : ".";
}

static int open_bridge(struct app *app, const char *path, struct bridge *b, struct err *e)
{
    uint8_t *secret = arena_alloc(&app->arena, 32);
    random_bytes(secret, 32); /* flows under way end with the process, as its memory does */
    if (saml_config_read(&app->arena, path, &b->config, e) != 0)
        return -1;
    if (b->config.bon.auth == AUTH_PRIVATE_KEY_JWT)
        return ERR(e, ERR_INPUT, "bon.auth: the bridge has no signer; client_secret_basic or client_secret_post");
    app->modules = modules;
    app->clock = machine_clock;
    app->secret = (struct str) { (const char *)secret, 32 };
    app->log = (struct log) { .fd = 2, .least = LOG_INFO };
    app->settings = (struct settings) { .base_url = str_cstr(&app->arena, b->config.base_url),
                                        .mode = str_cstr(&app->arena, b->config.bon.mode),
                                        .site_name = "SAML",
                                        .data_dir = directory_of(&app->arena, path) };
    b->memory = saml_memory_new();
    if (idp_open(&app->arena, &b->config, &b->idp, e) != 0 || app_build(app, e) != 0)
        return -1;
    *app_engine_slot(app, "saml") = b;
    return relying_party_start(app, e);
}

static int serve(struct app *app, struct bridge *b, struct err *e)
{
    struct http_options o = { .host = "127.0.0.1", .port = (int)b->config.port, .threads = 2, .listen_fd = -1 };
    struct http *http;
    sigset_t ends;
    int signal_number;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, NULL); /* before the first thread, which inherits it */
    if (http_start(app, &o, &http, e) != 0)
        return -1;
    printf("bon-saml: %.*s, http://127.0.0.1:%d\n", STR_ARG(b->config.entity_id), http_port(http));
    fflush(stdout);
    sigwait(&ends, &signal_number);
    http_stop(http);
    return 0;
}

int main(int argc, char **argv)
{
    struct app app;
    struct bridge b;
    struct err e = { 0 };
    memset(&app, 0, sizeof(app));
    memset(&b, 0, sizeof(b));
    if (argc != 2) {
        fprintf(stderr, "usage: bon-saml FILE.json\n");
        return 2;
    }
    arena_init(&app.arena, 32u << 20);
    int result = open_bridge(&app, argv[1], &b, &e) == 0 ? serve(&app, &b, &e) : -1;
    if (result != 0)
        fprintf(stderr, "bon-saml: %s %s %s\n", err_name(e.code), e.field, e.detail);
    app_unbuild(&app);
    idp_close(b.idp);
    saml_memory_free(b.memory);
    arena_release(&app.arena);
    return result == 0 ? 0 : 1;
}
