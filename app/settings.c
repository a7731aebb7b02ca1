/* Settings: one row each; the environment wins over the file, the file over the preset. */
#include "app/program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CONF_MAX = 64 * 1024 };

/* Demo accounts sign in with one click, the administrator's too: their roles ask for a passkey only from then on. */
#define DEMO_PASSKEY_FROM "2030-01-01"

#define PACK "packs/dak_nong"
#ifndef BON_SHARE /* app/meson.build says where the packs are installed; tests have them beside */
#define BON_SHARE "/usr/share/bon"
#endif

enum kind { TEXT, NUMBER, SWITCH, LEVEL, DAY };

struct row {
    const char *key; /* in bon.conf */
    const char *env;
    enum kind kind;
    size_t at; /* in struct program */
    const char *preset;
};

#define AT(member) offsetof(struct program, member)

static const struct row rows[] = {
    { "data_dir", "BON_DATA_DIR", TEXT, AT(app.settings.data_dir), "var" },
    { "db", "BON_DB", TEXT, AT(app.settings.db_address), NULL },           /* <data_dir>/bon.db */
    { "key_dir", "BON_KEY_DIR", TEXT, AT(app.settings.key_dir), NULL },    /* <data_dir>/keys */
    { "pack_dir", "BON_PACK_DIR", TEXT, AT(app.settings.pack_dir), NULL }, /* packs/dak_nong here, or installed */
    { "base_url", "BON_BASE_URL", TEXT, AT(app.settings.base_url), NULL }, /* http://<host>:<port> */
    { "site_name", "BON_SITE_NAME", TEXT, AT(app.settings.site_name), "Dịch vụ số Đắk Nông" },
    { "mode", "BON_MODE", TEXT, AT(app.settings.mode), "THỬ" },
    { "asm_url", "BON_ASM_URL", TEXT, AT(app.settings.asm_url), "" },
    { "ca_url", "BON_CA_URL", TEXT, AT(app.settings.ca_url), "" },
    { "sources_url", "BON_SOURCES_URL", TEXT, AT(app.settings.sources_url), "" },
    { "passkey_from", "BON_PASSKEY_FROM", DAY, AT(app.settings.passkey_from), "2024-07-01" }, /* since Nghị định 69/2024: always */
    { "inner_hosts", "BON_INNER_HOSTS", TEXT, AT(app.settings.inner_hosts), "" },
    { "metrics_token", "BON_METRICS_TOKEN", TEXT, AT(app.settings.metrics_token), "" },
    { "demo", "BON_DEMO", SWITCH, AT(app.settings.demo), "no" },
    { "host", "BON_HOST", TEXT, AT(serving.host), "127.0.0.1" },
    { "port", "BON_PORT", NUMBER, AT(serving.port), "8006" },
    { "threads", "BON_THREADS", NUMBER, AT(serving.threads), "0" },
    { "connections", "BON_CONNECTIONS", NUMBER, AT(serving.connections), "0" },
    { "user", "BON_USER", TEXT, AT(serving.user), "" },
    { "signer_user", "BON_SIGNER_USER", TEXT, AT(serving.signer_user), "" },
    { "log", "BON_LOG", LEVEL, AT(app.log.least), "info" },
};
enum { ROWS = sizeof rows / sizeof *rows };

static int refuse(const struct row *r, struct str value, const char *where, struct err *e)
{
    return ERR_SAY(e, ERR_INPUT, MSGS("Thiết lập không đúng."), "%s: %s = %.*s", where, r->key, STR_ARG(value));
}

static bool parse_switch(struct str s, bool *out)
{
    *out = str_eq(s, STR("yes")) || str_eq(s, STR("1")) || str_eq(s, STR("true"));
    return *out || str_eq(s, STR("no")) || str_eq(s, STR("0")) || str_eq(s, STR("false"));
}

static bool parse_level(struct str s, enum log_level *out)
{
    static const char *const names[] = { "debug", "info", "warn", "error" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(s, str_of(names[i]))) {
            *out = (enum log_level)i;
            return true;
        }
    return false;
}

static int set_row(struct program *p, const struct row *r, struct str value, const char *where, struct err *e)
{
    void *at = (char *)p + r->at;
    int64_t number;
    switch (r->kind) {
    case TEXT:
        *(const char **)at = str_cstr(&p->app.arena, value);
        return 0;
    case NUMBER:
        if (!str_to_i64(value, &number) || number < 0 || number > 65535)
            return refuse(r, value, where, e);
        *(int64_t *)at = number;
        return 0;
    case SWITCH:
        return parse_switch(value, at) ? 0 : refuse(r, value, where, e);
    case LEVEL:
        return parse_level(value, at) ? 0 : refuse(r, value, where, e);
    case DAY:
        return day_parse_iso(value, at) ? 0 : refuse(r, value, where, e);
    }
    return 0;
}

static const struct row *row_named(struct str key)
{
    for (size_t i = 0; i < ROWS; i++)
        if (str_eq(key, str_of(rows[i].key)))
            return &rows[i];
    return NULL;
}

static int set_line(struct program *p, struct str line, int number, struct err *e)
{
    struct str key, value = str_trim(line);
    if (value.n == 0 || value.p[0] == '#')
        return 0;
    const struct row *r = str_cut(&value, '=', &key) && value.p ? row_named(str_trim(key)) : NULL;
    if (!r || r->at == AT(app.settings.data_dir)) /* the file lies in it: it cannot say where */
        return ERR_SAY(e, ERR_INPUT, MSGS("Thiết lập không đúng."), "%s line %d: %.*s", p->conf_path, number, STR_ARG(line));
    return set_row(p, r, str_trim(value), p->conf_path, e);
}

/* 1 read, 0 there is no file, -1. */
static int read_conf(struct program *p, struct str *text, struct err *e)
{
    int fd = open(p->conf_path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? 0 : ERR(e, ERR_INPUT, "%s: %s", p->conf_path, strerror(errno));
    struct stat st;
    if (geteuid() == 0 && (fstat(fd, &st) || st.st_uid != 0)) { /* it says which user the server becomes */
        close(fd);
        return ERR_SAY(e, ERR_INPUT, MSGS("Thiết lập không đúng."), "%s must belong to root when root starts bon",
                       p->conf_path);
    }
    char *bytes = arena_alloc(&p->app.arena, CONF_MAX);
    ssize_t n = read(fd, bytes, CONF_MAX);
    close(fd);
    if (n < 0 || n == CONF_MAX)
        return ERR(e, ERR_INPUT, "%s cannot be read or is longer than %d bytes", p->conf_path, CONF_MAX);
    *text = (struct str) { bytes, (size_t)n };
    return 1;
}

static int take_conf(struct program *p, struct err *e)
{
    struct str text, line;
    int found = read_conf(p, &text, e);
    if (found <= 0)
        return found;
    for (int number = 1; str_cut(&text, '\n', &line); number++)
        if (set_line(p, line, number, e))
            return -1;
    return 0;
}

static int take_environment(struct program *p, struct err *e)
{
    for (size_t i = 0; i < ROWS; i++) {
        const char *value = getenv(rows[i].env);
        if (value && set_row(p, &rows[i], str_trim(str_of(value)), rows[i].env, e))
            return -1;
    }
    return 0;
}

/* What follows from other settings. */
static int fill_in(struct program *p, struct err *e)
{
    static const char *const modes[] = { "MÔ PHỎNG", "THỬ", "THẬT" };
    struct settings *s = &p->app.settings;
    if (!s->db_address)
        s->db_address = program_path(p, "bon.db");
    if (!s->key_dir)
        s->key_dir = program_path(p, "keys");
    if (!s->pack_dir)
        s->pack_dir = access(PACK, R_OK) == 0 ? PACK : BON_SHARE "/" PACK;
    if (!s->base_url)
        s->base_url = str_cstr(&p->app.arena,
                               str_fmt(&p->app.arena, strchr(p->serving.host, ':') ? "http://[%s]:%lld" : "http://%s:%lld",
                                       p->serving.host, (long long)p->serving.port));
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (strcmp(s->mode, modes[i]) == 0)
            return s->demo && i == 2 ? ERR_SAY(e, ERR_INPUT, MSGS("Thiết lập không đúng."),
                                               "demo = yes and mode = THẬT exclude each other")
                                     : 0;
    return ERR_SAY(e, ERR_INPUT, MSGS("Thiết lập không đúng."), "mode = %s; one of MÔ PHỎNG, THỬ, THẬT is needed", s->mode);
}

static void find_conf(struct program *p)
{
    const char *dir = getenv("BON_DATA_DIR"), *path = getenv("BON_CONF");
    p->app.settings.data_dir = str_cstr(&p->app.arena, str_of(dir && *dir ? dir : "var"));
    p->conf_path = path && *path ? str_cstr(&p->app.arena, str_of(path)) : program_path(p, "bon.conf");
}

int program_settings(struct program *p, struct err *e)
{
    if (p->settings_read)
        return 0;
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].preset && set_row(p, &rows[i], str_of(rows[i].preset), "preset", e))
            return -1;
    find_conf(p);
    if (take_conf(p, e) || take_environment(p, e) || fill_in(p, e))
        return -1;
    p->settings_read = true;
    return 0;
}

int program_write_conf(struct program *p, const char *mode, bool demo, struct err *e)
{
    find_conf(p);
    int fd = open(p->conf_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    if (fd < 0)
        return ERR(e, errno == EEXIST ? ERR_CONFLICT : ERR_DISK_FULL, "%s: %s", p->conf_path, strerror(errno));
    int n = dprintf(fd,
                    "# Thiết lập của bon. Dòng: tên = giá trị. Biến môi trường BON_… được ưu tiên. Xem: man bon\n"
                    "mode = %s\ndemo = %s\n%s",
                    mode, demo ? "yes" : "no", demo ? "passkey_from = " DEMO_PASSKEY_FROM "\n" : "");
    int failed = n < 0 || fsync(fd);
    close(fd);
    return failed ? ERR(e, ERR_DISK_FULL, "%s: %s", p->conf_path, strerror(errno)) : 0;
}
