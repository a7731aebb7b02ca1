/* apps_test.c: apps as rows: made, changed, stopped, their secrets; and that the server's memory of them follows. */
#include "engines/signon/signon.h"
#include "gen/signon_queries.h"
#include "tests/apps.h"
#include "tests/fixture.h"
#include "tests/tap.h"

#include <string.h>

struct apps_test {
    struct fixture f;
    struct tap tap;
};

#define TAX                                                                                                          \
    "{\"client_name\":\"Thuế hộ\",\"purpose\":\"Nộp tờ khai\",\"owner\":\"Sở Tài chính\",\"legal_basis\":\"NĐ 168/2025\"," \
    "\"valid_until\":\"%s\",\"grant_types\":[\"client_credentials\"],\"scope\":\"tax.read\"}"

static struct audit_record by(void)
{
    return (struct audit_record) { .account_name = STR("bon"), .mode = STR("MÔ PHỎNG") };
}

/* ---- writes, each in its own transaction ---- */

struct act {
    struct apps_test *t;
    const char *id;
    struct str metadata;
    enum client_status status;
    int64_t secret_id;
    struct str secret, made;
    int (*fn)(struct tx *tx, struct act *a, struct err *e);
};

static int run_act(struct tx *tx, void *arg, struct err *e)
{
    struct act *a = arg;
    return a->fn(tx, a, e);
}

static int create(struct tx *tx, struct act *a, struct err *e)
{
    struct client_new in = { .id = str_of(a->id), .metadata = a->metadata, .status = CLIENT_ACTIVE };
    return signon_client_create(tx, &a->t->f.arena, &in, by(), &a->made, e);
}

static int update(struct tx *tx, struct act *a, struct err *e)
{
    return signon_client_update(tx, &a->t->f.arena, str_of(a->id), a->metadata, by(), e);
}

static int turn(struct tx *tx, struct act *a, struct err *e)
{
    return signon_client_set_status(tx, &a->t->f.arena, str_of(a->id), a->status, by(), e);
}

static int add_secret(struct tx *tx, struct act *a, struct err *e)
{
    struct instant until = { tx_now(tx).us + US_PER_DAY };
    return signon_secret_add(tx, &a->t->f.arena, str_of(a->id), until, by(), &a->secret, e);
}

static int end_secret(struct tx *tx, struct act *a, struct err *e)
{
    return signon_secret_end(tx, &a->t->f.arena, str_of(a->id), a->secret_id, by(), e);
}

static enum err_code done(struct act *a, struct err *e)
{
    memset(e, 0, sizeof *e);
    return db_write(a->t->f.p.app.db, run_act, a, e) == 0 ? ERR_NONE : e->code;
}

/* ---- what the server answers ---- */

static int status_with(struct apps_test *t, const char *id, struct str secret, struct str *body)
{
    struct arena *a = &t->f.arena;
    int64_t status = 0;
    struct str text = str_fmt(a,
                              "POST /oauth2/token HTTP/1.1\r\nhost: bon.test\r\ncontent-type: application/x-www-form-urlencoded\r\n\r\n"
                              "grant_type=client_credentials&client_id=%s&client_secret=%.*s",
                              id, STR_ARG(secret));
    struct str reply = http_once(&t->f.p.app, a, text);
    str_to_i64(str_head(str_from(reply, 9), 3), &status);
    if (body)
        *body = reply;
    return (int)status;
}

static bool is_active(struct apps_test *t, const char *id, struct str secret, struct str token)
{
    struct arena *a = &t->f.arena;
    struct str text =
        str_fmt(a,
                "POST /oauth2/introspect HTTP/1.1\r\nhost: bon.test\r\ncontent-type: application/x-www-form-urlencoded\r\n\r\n"
                "token=%.*s&client_id=%s&client_secret=%.*s",
                STR_ARG(token), id, STR_ARG(secret));
    return str_find(http_once(&t->f.p.app, a, text), STR("\"active\":true")) >= 0;
}

static struct str token_in(struct str reply)
{
    ptrdiff_t at = str_find(reply, STR("\"access_token\":\""));
    struct str rest = at < 0 ? STR_NONE : str_from(reply, (size_t)at + 16), token = STR_NONE;
    str_cut(&rest, '"', &token);
    return token;
}

static int64_t newest_secret(struct apps_test *t, const char *id)
{
    struct dbr *r;
    struct err e = { 0 };
    struct secrets_of_client_rows rows = { 0 };
    if (db_read_begin(t->f.p.app.db, &r, &e) == 0) {
        secrets_of_client(r, &t->f.arena, &(struct secrets_of_client_in) { .client = str_of(id), .now = t->f.now }, &rows, &e);
        db_read_end(r);
    }
    return rows.n > 0 ? rows.v[0].id : 0;
}

/* ---- the tests ---- */

static void check_making(struct apps_test *t)
{
    struct err e;
    struct act a = { .t = t, .id = "thue", .metadata = str_fmt(&t->f.arena, TAX, "2027-12-31"), .fn = create };
    tap_case(&t->tap, done(&a, &e) == ERR_NONE && str_eq(a.made, STR("thue")), e.detail, "an app is made under the code it was given");
    tap_case(&t->tap, done(&a, &e) == ERR_CONFLICT && e.say.n > 0, e.detail, "a second one of that code is refused");
    a.id = "Thuế";
    tap_case(&t->tap, done(&a, &e) == ERR_FORM, e.detail, "a code with other letters is refused");
    a.id = "";
    tap_case(&t->tap, done(&a, &e) == ERR_NONE && a.made.n == 20, e.detail, "without a code it gets one by chance");
    a.metadata = STR("{\"client_name\":\"x\"}");
    tap_case(&t->tap, done(&a, &e) == ERR_FORM && strcmp(e.field, "purpose") == 0, e.detail, "metadata that lack the purpose are refused");
}

static void check_secrets(struct apps_test *t, struct str *first)
{
    struct err e;
    struct act a = { .t = t, .id = "thue", .fn = add_secret };
    tap_case(&t->tap, status_with(t, "thue", STR("x"), NULL) == 401, "", "without a secret nothing is given");
    bool made = done(&a, &e) == ERR_NONE;
    *first = a.secret;
    signon_client_changed(&t->f.p.app, STR("thue"));
    tap_case(&t->tap, made && status_with(t, "thue", *first, NULL) == 200, e.detail, "a secret works as soon as it is made");
    made = done(&a, &e) == ERR_NONE;
    struct str second = a.secret;
    signon_client_changed(&t->f.p.app, STR("thue"));
    tap_case(&t->tap, made && status_with(t, "thue", *first, NULL) == 200 && status_with(t, "thue", second, NULL) == 200, e.detail,
             "two secrets work side by side");
    tap_case(&t->tap, done(&a, &e) == ERR_CONFLICT && e.say.n > 0, e.detail, "a third is refused until one has ended");
    a.fn = end_secret;
    a.secret_id = newest_secret(t, "thue");
    made = done(&a, &e) == ERR_NONE;
    signon_client_changed(&t->f.p.app, STR("thue"));
    tap_case(&t->tap, made && status_with(t, "thue", second, NULL) == 401 && status_with(t, "thue", *first, NULL) == 200, e.detail,
             "one that was ended works no more, the other does");
    tap_case(&t->tap, done(&a, &e) == ERR_NOT_FOUND, e.detail, "it ends once");
    a.fn = add_secret;
    made = done(&a, &e) == ERR_NONE;
    signon_client_changed(&t->f.p.app, STR("thue"));
    tap_case(&t->tap, made && status_with(t, "thue", *first, NULL) == 200 && status_with(t, "thue", a.secret, NULL) == 200, e.detail,
             "an ended one between two others hides neither");
}

static void check_stopping(struct apps_test *t, struct str secret)
{
    struct err e;
    struct str reply;
    struct act a = { .t = t, .id = "thue", .status = CLIENT_SUSPENDED, .fn = turn };
    status_with(t, "thue", secret, &reply);
    struct str token = token_in(reply);
    tap_case(&t->tap, is_active(t, "thue", secret, token), "", "its token is good");
    bool made = done(&a, &e) == ERR_NONE;
    signon_client_changed(&t->f.p.app, STR("thue"));
    tap_case(&t->tap, made && status_with(t, "thue", secret, NULL) == 401, e.detail, "suspended, it gets nothing");
    a.status = CLIENT_ACTIVE;
    made = done(&a, &e) == ERR_NONE;
    signon_client_changed(&t->f.p.app, STR("thue"));
    tap_case(&t->tap, made && status_with(t, "thue", secret, NULL) == 200 && !is_active(t, "thue", secret, token), e.detail,
             "at work again, its old tokens stay dead");
    a.fn = update;
    a.metadata = str_fmt(&t->f.arena, TAX, "2026-11-23");
    made = done(&a, &e) == ERR_NONE;
    signon_client_changed(&t->f.p.app, STR("thue"));
    tap_case(&t->tap, made && status_with(t, "thue", secret, NULL) == 401, e.detail, "on its last day it gets nothing any more");
    a.id = "nobody";
    tap_case(&t->tap, done(&a, &e) == ERR_NOT_FOUND, e.detail, "an app that is not there cannot be changed");
}

int main(void)
{
    static struct apps_test t;
    struct str secret;
    fixture_open(&t.f);
    check_making(&t);
    check_secrets(&t, &secret);
    check_stopping(&t, secret);
    fixture_close(&t.f);
    return tap_end(&t.tap);
}
