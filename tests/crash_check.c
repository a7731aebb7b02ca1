#include "tests/crash_check.h"

#include "engines/stays/stays.h"
#include "gen/accounts_queries.h"
#include "gen/credentials_queries.h"
#include "platform/crypto/crypto.h"
#include "tests/store_queries.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- opening without serving ---- */

static bool complain(const char *what, const struct err *e)
{
    fprintf(stderr, "crash: %s: %s: %s\n", what, err_name(e->code), e->detail);
    return false;
}

static bool open_store(struct program *p, const char *dir, const char *address)
{
    struct err e = { 0 };
    program_init(p);
    p->settings_read = true;
    p->app.log.least = LOG_ERROR;
    p->app.settings = (struct settings) { .data_dir = dir,
                                          .db_address = address,
                                          .pack_dir = "packs/dak_nong",
                                          .base_url = "http://127.0.0.1",
                                          .mode = "MÔ PHỎNG" };
    p->app.settings.key_dir = program_path(p, "keys");
    if (program_open_store(p, address, false, &e) == 0)
        return true;
    program_release(p);
    return complain(address, &e);
}

/* ---- a session ---- */

struct new_session {
    struct arena *arena;
    struct str token;
};

static int add_session(struct tx *tx, void *arg, struct err *e)
{
    struct new_session *n = arg;
    struct account_by_login_row account;
    int64_t id;
    tx_unaudited(tx, "a test signs in");
    int found =
        account_by_login(tx_reader(tx), n->arena, &(struct account_by_login_in) { .login = STR("letan") }, &account, e);
    if (found != 1)
        return found < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "no account letan: bon demo makes it");
    struct session_insert_in in = { .token = sha256(n->token),
                                    .account = account.id,
                                    .made_at = tx_now(tx),
                                    .expires_at = { tx_now(tx).us + US_PER_DAY },
                                    .remote = STR("test"),
                                    .agent = STR("test"),
                                    .methods = STR("pwd"),
                                    .assurance = 1,
                                    .authenticated_at = tx_now(tx) };
    return session_insert(tx, &in, &id, e);
}

static bool last_declaration(struct program *p, int64_t *before)
{
    struct err e = { 0 };
    struct dbr *r;
    struct store_last_declaration_row row = { 0 };
    if (db_read_begin(p->app.db, &r, &e) != 0)
        return complain("read", &e);
    int got = store_last_declaration(r, &p->app.arena, &row, &e);
    db_read_end(r);
    *before = row.last;
    return got == 1 || complain("last declaration", &e);
}

bool store_sign_in(const char *dir, const char *address, char *cookie, size_t room, int64_t *before)
{
    struct program p;
    struct err e = { 0 };
    if (!open_store(&p, dir, address))
        return false;
    struct new_session n = { .arena = &p.app.arena, .token = token_new(&p.app.arena) };
    bool good = db_write(p.app.db, add_session, &n, &e) == 0 || complain("session", &e);
    good = good && last_declaration(&p, before);
    snprintf(cookie, room, "%s=%.*s", SESSION_COOKIE, STR_ARG(n.token));
    program_release(&p);
    return good;
}

/* ---- the check ---- */

static void note(struct store_state *s, const char *what, int64_t n)
{
    if (n == 0)
        return;
    s->halves += n > 0 ? n : -n;
    snprintf(s->what, sizeof(s->what), "%s: %lld", what, (long long)n);
}

static bool count_halves(struct dbr *r, struct arena *a, int64_t before, struct store_state *s, struct err *e)
{
    struct store_halves_row h;
    struct store_counts_row n;
    if (store_halves(r, a, &(struct store_halves_in) { .before = before }, &h, e) != 1 || store_counts(r, a, &n, e) != 1)
        return false;
    note(s, "declarations with another number of guests", h.wrong_count);
    note(s, "declarations without their audit record", h.no_record);
    note(s, "declared guests without a declaration", h.no_declaration);
    note(s, "guests that their number does not lead to, or not to them", h.not_entered);
    note(s, "holes in the receipts' numbers", h.gaps);
    note(s, "idempotency keys without their declaration, or the other way", h.odd_keys);
    note(s, "audit records without their declaration, or the other way", h.odd_records);
    s->declarations = n.declarations;
    s->guests = n.guests;
    s->records = n.records;
    s->seals = n.seals;
    return true;
}

static bool find_told(struct dbr *r, struct arena *a, const struct crowd *told, struct store_state *s, struct err *e)
{
    for (int i = 0; i < told->clients; i++)
        for (size_t k = 0; k < told->of[i].n; k++) {
            const struct attempt *t = &told->of[i].v[k];
            struct stay_receipt receipt;
            if (t->status != 201)
                continue;
            arena_clear(a);
            int found = stay_receipt_by_number(r, a, str_of(t->number), &receipt, e);
            if (found < 0)
                return false;
            s->missing += found == 0 || receipt.guests != t->guests;
        }
    return true;
}

bool store_check(const char *dir, const char *address, int64_t before, const struct crowd *told, struct store_state *out)
{
    struct program p;
    struct err e = { 0 };
    struct dbr *r;
    struct arena a;
    memset(out, 0, sizeof(*out));
    if (!open_store(&p, dir, address))
        return false;
    arena_init(&a, 4 << 20);
    bool good = false;
    if (db_read_begin(p.app.db, &r, &e) == 0) {
        good = count_halves(r, &a, before, out, &e) && find_told(r, &a, told, out, &e);
        db_read_end(r);
    }
    if (good && db_engine(p.app.db) == DB_SQLITE && db_integrity(p.app.db, &e) != 0)
        good = false;
    arena_release(&a);
    program_release(&p);
    return good || complain(address, &e);
}

/* ---- copying ---- */

static bool copy_file(const char *from, const char *to, bool must)
{
    struct stat s;
    int in = open(from, O_RDONLY | O_CLOEXEC), out = -1;
    bool good = !must && in < 0;
    unlink(to);
    if (in >= 0 && fstat(in, &s) == 0 && (out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) >= 0) {
        off_t left = s.st_size;
        ssize_t n = 1;
        while (left > 0 && (n = sendfile(out, in, NULL, (size_t)left)) > 0)
            left -= n;
        good = left == 0;
    }
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    return good;
}

bool store_copy(const char *from, const char *to)
{
    char wal_from[256], wal_to[256], shm_to[256];
    snprintf(wal_from, sizeof(wal_from), "%s-wal", from);
    snprintf(wal_to, sizeof(wal_to), "%s-wal", to);
    snprintf(shm_to, sizeof(shm_to), "%s-shm", to);
    unlink(shm_to);
    return copy_file(from, to, true) && copy_file(wal_from, wal_to, false);
}
