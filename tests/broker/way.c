#include "tests/broker/way.h"

#include "engines/broker/pages.h"
#include "gen/audit_queries.h"
#include "gen/broker_queries.h"
#include "platform/crypto/crypto.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SECRET "mat-khau-cua-bon"

static void must(int result, const struct err *e)
{
    if (result < 0)
        fail_msg("%s: %s (%s:%d)", err_name(e->code), e->detail, e->file, e->line);
}

/* ---- the world ---- */

struct putting {
    struct way *w;
    struct str config;
    struct upstream u;
};

static int put_write(struct tx *tx, void *arg, struct err *e)
{
    struct putting *p = arg;
    tx_unaudited(tx, "a test's ground");
    return upstream_put(tx, &p->w->f.arena, &p->u, p->config, 0, e) < 0 ? -1 : 0;
}

void way_configure(struct way *w, const char *name, const char *more)
{
    struct err e = { 0 };
    struct putting p = { .w = w };
    const char *auth = strstr(more, "\"auth\"") ? "" : ",\"auth\":\"client_secret_basic\"";
    const char *algs = strstr(more, "\"algs\"") ? "" : ",\"algs\":[\"ES256\",\"RS256\"]";
    p.config = str_fmt(&w->f.arena,
                       "{\"name\":\"%s\",\"from\":\"2026-01-01\",\"label\":\"VNeID\",\"mode\":\"MÔ PHỎNG\","
                       "\"issuer\":\"http://127.0.0.1:%d\",\"client_id\":\"bon\",\"secret_file\":\"vneid.secret\","
                       "\"scopes\":\"openid profile\",\"ask_acr\":\"2\","
                       "\"claim_pid\":\"SoDinhDanh\",\"claim_name\":\"HoVaTen\",\"claim_born\":\"NgayThangNamSinh\","
                       "\"claim_level\":\"acr\",\"level_2\":[\"2\"],\"level_1\":[\"1\"]%s%s%s}",
                       name, vneid_sim_port(w->sim), auth, algs, more);
    must(upstream_parse(&w->f.arena, p.config, &p.u, &e), &e);
    must(db_write(w->f.p.app.db, put_write, &p, &e), &e);
}

static void write_secret(struct way *w)
{
    char path[128];
    snprintf(path, sizeof(path), "%s/vneid.secret", w->f.dir);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, SECRET "\n", sizeof(SECRET)), sizeof(SECRET));
    close(fd);
}

void way_open(struct way *w)
{
    way_open_with(w, "");
}

void way_open_with(struct way *w, const char *more)
{
    struct err e = { 0 };
    fixture_open(&w->f);
    struct vneid_sim_options o = { .people = "packs/dak_nong/demo-people.csv",
                                   .client_id = STR("bon"),
                                   .secret = STR(SECRET),
                                   .clock = w->f.p.app.clock,
                                   .clock_ctx = w->f.p.app.clock_ctx };
    must(vneid_sim_open(&o, &w->sim, &e), &e);
    write_secret(w);
    way_configure(w, "vneid", more);
    way_configure(w, "vneid-body", ",\"userinfo_in_body\":true,\"auth\":\"client_secret_post\",\"join\":true");
    browser_fresh(w);
}

void way_open_beside(struct way *w, struct vneid_sim *sim)
{
    w->sim = sim;
    write_secret(w);
    way_configure(w, "vneid", "");
    browser_fresh(w);
}

void way_close(struct way *w)
{
    vneid_sim_close(w->sim);
    fixture_close(&w->f);
}

/* ---- the browser ---- */

void browser_fresh(struct way *w)
{
    w->browser.n = 0;
}

static void keep_cookie(struct way *w, struct str name, struct str value)
{
    struct browser *b = &w->browser;
    size_t i = 0;
    while (i < b->n && !str_eq(b->jar[i].name, name))
        i++;
    if (value.n == 0) {
        if (i < b->n)
            b->jar[i] = b->jar[--b->n];
        return;
    }
    assert_true(i < COOKIES);
    b->jar[i] = (struct cookie) { name, value };
    b->n = i == b->n ? b->n + 1 : b->n;
}

void browser_as(struct way *w, const char *login)
{
    struct persona *p = persona_named(&w->f, str_of(login));
    assert_non_null(p);
    fixture_sign_in(&w->f, p);
    browser_fresh(w);
    keep_cookie(w, STR(SESSION_COOKIE), p->token);
}

void browser_cookie(struct way *w, const char *name, struct str value)
{
    keep_cookie(w, str_of(name), value);
}

bool browser_signed_in(const struct way *w)
{
    for (size_t i = 0; i < w->browser.n; i++)
        if (str_eq(w->browser.jar[i].name, STR(SESSION_COOKIE)))
            return true;
    return false;
}

static struct str header_of(struct str head, const char *name, struct str *rest)
{
    ptrdiff_t at = str_find(head, str_of(name));
    if (at < 0)
        return STR_NONE;
    struct str from = str_from(head, (size_t)at + strlen(name)), value = from;
    ptrdiff_t end = str_find_char(from, '\r');
    if (end >= 0)
        value = str_head(from, (size_t)end);
    *rest = str_from(from, value.n);
    return str_trim(value);
}

static void take_cookies(struct way *w, struct str head)
{
    struct str rest = head, line;
    while ((line = header_of(rest, "\r\nSet-Cookie: ", &rest)).p) {
        struct str name, value;
        str_cut(&line, '=', &name);
        str_cut(&line, ';', &value);
        keep_cookie(w, name, str_or_empty(value));
    }
}

static struct reply send_text(struct way *w, struct str text)
{
    struct str answer = http_once(&w->f.p.app, &w->f.arena, text), rest;
    ptrdiff_t end = str_find(answer, STR("\r\n\r\n"));
    int64_t status = 0;
    assert_true(end > 0 && str_to_i64(str_head(str_from(answer, 9), 3), &status));
    struct str head = str_head(answer, (size_t)end);
    take_cookies(w, head);
    return (struct reply) { .status = (int)status,
                            .location = header_of(head, "\r\nLocation: ", &rest),
                            .body = str_from(answer, (size_t)end + 4) };
}

static struct str cookie_line(struct way *w)
{
    struct buf b;
    buf_init(&b, &w->f.arena, 16384);
    for (size_t i = 0; i < w->browser.n; i++)
        buf_fmt(&b, "%s%.*s=%.*s", i ? "; " : "cookie: ", STR_ARG(w->browser.jar[i].name), STR_ARG(w->browser.jar[i].value));
    buf_put(&b, w->browser.n ? STR("\r\n") : STR(""));
    return buf_str(&b);
}

struct reply browser_get(struct way *w, struct str target)
{
    return send_text(w, str_fmt(&w->f.arena, "GET %.*s HTTP/1.1\r\nhost: bon.test\r\n%.*s\r\n", STR_ARG(target),
                                STR_ARG(cookie_line(w))));
}

struct reply program_post(struct way *w, struct str target, struct str form)
{
    return send_text(
        w, str_fmt(&w->f.arena,
                   "POST %.*s HTTP/1.1\r\nhost: bon.test\r\ncontent-type: application/x-www-form-urlencoded\r\n\r\n%.*s",
                   STR_ARG(target), STR_ARG(form)));
}

struct reply program_post_json(struct way *w, struct str target, struct str json)
{
    return send_text(w, str_fmt(&w->f.arena, "POST %.*s HTTP/1.1\r\nhost: bon.test\r\ncontent-type: application/json\r\n\r\n%.*s",
                                STR_ARG(target), STR_ARG(json)));
}

struct reply browser_post(struct way *w, struct str from, struct str target, struct str form)
{
    struct reply page = browser_get(w, from);
    struct str rest = page.body, token;
    ptrdiff_t at = str_find(rest, STR("name=\"_csrf\" value=\""));
    assert_true(at >= 0);
    rest = str_from(rest, (size_t)at + strlen("name=\"_csrf\" value=\""));
    str_cut(&rest, '"', &token);
    return send_text(
        w, str_fmt(&w->f.arena,
                   "POST %.*s HTTP/1.1\r\nhost: bon.test\r\n%.*scontent-type: application/x-www-form-urlencoded\r\n\r\n"
                   "_csrf=%.*s&%.*s",
                   STR_ARG(target), STR_ARG(cookie_line(w)), STR_ARG(token), STR_ARG(form)));
}

/* ---- through the stand-in ---- */

/* Where a GET over the socket leads. */
static struct str follow(struct way *w, struct str url)
{
    char *to = NULL;
    CURL *c = curl_easy_init();
    FILE *nowhere = fopen("/dev/null", "w");
    assert_non_null(c);
    curl_easy_setopt(c, CURLOPT_URL, str_cstr(&w->f.arena, url));
    curl_easy_setopt(c, CURLOPT_WRITEDATA, nowhere);
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    assert_int_equal(curl_easy_perform(c), CURLE_OK);
    curl_easy_getinfo(c, CURLINFO_REDIRECT_URL, &to);
    struct str out = str_dup(&w->f.arena, str_of(to));
    curl_easy_cleanup(c);
    fclose(nowhere);
    return out;
}

struct str way_to_callback(struct way *w, struct str start, int person, int level)
{
    struct reply r = browser_get(w, start);
    assert_int_equal(r.status, 303);
    ptrdiff_t question = str_find_char(r.location, '?');
    assert_true(question > 0);
    struct str query = str_from(r.location, (size_t)question + 1);
    struct str asked = str_base64url(&w->f.arena, query.p, query.n);
    struct str to = follow(w, str_fmt(&w->f.arena, "http://127.0.0.1:%d/authorize/as?person=%d&level=%d&asked=%.*s",
                                      vneid_sim_port(w->sim), person, level, STR_ARG(asked)));
    assert_true(str_starts(to, STR("http://bon.test/")));
    return str_from(to, strlen("http://bon.test"));
}

struct reply way_through(struct way *w, const char *upstream, int person, int level)
{
    struct str start = str_fmt(&w->f.arena, "/sign-in/with/%s?next=/my-links", upstream);
    return browser_get(w, way_to_callback(w, start, person, level));
}

/* ---- what is in the store ---- */

int64_t way_records(struct way *w, const char *action)
{
    struct dbr *r;
    struct err e = { 0 };
    struct audit_search_rows rows;
    struct audit_search_in in = {
        .before = INT64_MAX, .until = { INT64_MAX }, .action = str_of(action), .object = STR(""), .most = 1000
    };
    must(db_read_begin(w->f.p.app.db, &r, &e), &e);
    must(audit_search(r, &w->f.arena, &in, &rows, &e), &e);
    db_read_end(r);
    return (int64_t)rows.n;
}

int64_t way_linked_account(struct way *w, int person)
{
    struct dbr *r;
    struct err e = { 0 };
    struct broker_link_of_subject_row row;
    struct str issuer = str_fmt(&w->f.arena, "http://127.0.0.1:%d", vneid_sim_port(w->sim));
    must(db_read_begin(w->f.p.app.db, &r, &e), &e);
    int found = broker_link_of_subject(
        r, &w->f.arena, &(struct broker_link_of_subject_in) { issuer, vneid_sim_subject(w->sim, &w->f.arena, person) }, &row,
        &e);
    must(found, &e);
    db_read_end(r);
    return found == 1 ? row.account : 0;
}
