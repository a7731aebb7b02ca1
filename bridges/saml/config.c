/* config.c: reads the bridge's file strictly; bon's own part of it is an upstream as engines/broker knows it. */
#include "bridges/saml/config.h"

#include "platform/crypto/crypto.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 64 * 1024, PAIRWISE_LEAST = 32 };

int saml_file_read(struct arena *a, struct str path, struct str *out, struct err *e)
{
    char *bytes = arena_alloc(a, FILE_MAX);
    int fd = open(str_cstr(a, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ERR(e, ERR_INPUT, "%.*s: %s", STR_ARG(path), strerror(errno));
    ssize_t n = read(fd, bytes, FILE_MAX);
    close(fd);
    if (n < 0 || n == FILE_MAX)
        return ERR(e, ERR_INPUT, "%.*s cannot be read or is longer than 64 KiB", STR_ARG(path));
    *out = (struct str) { bytes, (size_t)n };
    return 0;
}

static struct str beside(struct arena *a, struct str dir, struct str path)
{
    return str_starts(path, STR("/")) ? path : str_fmt(a, "%.*s/%.*s", STR_ARG(dir), STR_ARG(path));
}

static int read_app(struct arena *a, struct str dir, json_t *j, struct saml_app *app, struct err *e)
{
    const char *claim;
    json_t *name;
    app->metadata = beside(a, dir, str_or_empty(json_str_at(j, "metadata")));
    app->name = str_or_empty(json_str_at(j, "name"));
    if (app->name.n == 0)
        return ERR(e, ERR_INPUT, "apps: each needs metadata and a name");
    json_object_foreach(json_object_get(j, "attributes"), claim, name)
    {
        if (app->n_attributes == SAML_ATTRIBUTES_MAX || !json_is_string(name))
            return ERR(e, ERR_INPUT, "apps: attributes are at most %d texts", SAML_ATTRIBUTES_MAX);
        app->attributes[app->n_attributes++] =
            (struct saml_attribute) { str_dup(a, str_of(claim)), str_dup(a, str_of(json_string_value(name))) };
    }
    return 0;
}

static int read_pairwise(struct arena *a, struct str path, struct hash32 *out, struct err *e)
{
    struct str secret;
    if (saml_file_read(a, path, &secret, e) != 0)
        return -1;
    if (secret.n < PAIRWISE_LEAST)
        return ERR(e, ERR_INPUT, "%.*s: at least %d bytes of chance are needed", STR_ARG(path), PAIRWISE_LEAST);
    *out = sha256(secret);
    secret_wipe((char *)(uintptr_t)secret.p, secret.n);
    return 0;
}

static int read_all(struct arena *a, struct str dir, json_t *j, struct saml_config *c, struct err *e)
{
    struct str bon;
    c->port = json_integer_value(json_object_get(j, "port"));
    c->base_url = str_or_empty(json_str_at(j, "base_url"));
    c->entity_id = str_or_empty(json_str_at(j, "entity_id"));
    c->sign_out = json_is_true(json_object_get(j, "sign_out"));
    c->key = beside(a, dir, str_or_empty(json_str_at(j, "key")));
    c->certificate = beside(a, dir, str_or_empty(json_str_at(j, "certificate")));
    if (c->port < 0 || c->port > 65535 || !upstream_address_is_safe(c->base_url) || c->entity_id.n == 0)
        return ERR(e, ERR_INPUT, "port, base_url (https, or this machine) and entity_id are needed");
    if (json_canonical(a, json_object_get(j, "bon"), &bon, e) != 0 || upstream_parse(a, bon, &c->bon, e) != 0)
        return -1;
    c->bon.id = 1;
    if (read_pairwise(a, beside(a, dir, str_or_empty(json_str_at(j, "pairwise_secret_file"))), &c->pairwise, e) != 0)
        return -1;
    const json_t *apps = json_object_get(j, "apps");
    c->n_apps = json_array_size(apps);
    if (c->n_apps == 0 || c->n_apps > SAML_APPS_MAX)
        return ERR(e, ERR_INPUT, "apps: 1 to %d", SAML_APPS_MAX);
    for (size_t i = 0; i < c->n_apps; i++)
        if (read_app(a, dir, json_array_get(apps, i), &c->apps[i], e) != 0)
            return -1;
    return 0;
}

int saml_config_read(struct arena *a, const char *path, struct saml_config *out, struct err *e)
{
    struct str text, dir = str_of(path);
    json_t *j;
    while (dir.n > 0 && dir.p[dir.n - 1] != '/')
        dir.n--;
    dir = dir.n > 0 ? str_head(dir, dir.n - 1) : STR(".");
    memset(out, 0, sizeof(*out));
    if (saml_file_read(a, str_of(path), &text, e) != 0 || json_read(a, text, &j, e) != 0)
        return -1;
    return read_all(a, dir, j, out, e); /* at start: an arena that is full ends the program */
}
