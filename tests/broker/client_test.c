/* client_test.c: this program as a relying party: one case for each module of the OpenID Foundation's relying-party plans, under the
 * module's own name. An answer that is wrong in one point is refused in that point, nobody is signed in, and the refusal is in the log.
 */
#include "tests/broker/way.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The provider's fault is answered by a page that names the cause; no session. */
static void refused(struct way *w, unsigned fault, const char *cause)
{
    int64_t before = way_records(w, "broker.refused");
    vneid_sim_fault(w->sim, fault);
    browser_fresh(w);
    struct reply r = way_through(w, "vneid", DEMO, 2);
    vneid_sim_fault(w->sim, 0);
    assert_int_equal(r.status, 502);
    assert_false(browser_signed_in(w));
    struct str said = str_fmt(&w->f.arena, "xin đọc kèm mã này: %s<", cause);
    if (str_find(r.body, said) < 0)
        fail_msg("the page does not name \"%s\": %.*s", cause, STR_ARG(r.body));
    assert_int_equal(way_records(w, "broker.refused"), before + 1);
}

static void accepted(struct way *w, unsigned fault, const char *upstream)
{
    vneid_sim_fault(w->sim, fault);
    browser_fresh(w);
    struct reply r = way_through(w, upstream, DEMO, 2);
    vneid_sim_fault(w->sim, 0);
    if (r.status != 303)
        fail_msg("%d: %.*s", r.status, STR_ARG(r.body));
    assert_true(str_eq(r.location, STR("/my-links")));
    assert_true(browser_signed_in(w));
}

static struct vneid_sim_counts counts(struct way *w)
{
    struct vneid_sim_counts c;
    vneid_sim_counts(w->sim, &c);
    return c;
}

static void invalid_iss(void **state)
{
    refused(*state, VNEID_WRONG_ISS, "iss");
}

static void missing_sub(void **state)
{
    refused(*state, VNEID_NO_SUB, "sub");
}

static void invalid_aud(void **state)
{
    refused(*state, VNEID_WRONG_AUD, "aud");
}

static void missing_iat(void **state)
{
    refused(*state, VNEID_NO_IAT, "iat");
}

static void kid_absent_single_jwks(void **state)
{
    accepted(*state, VNEID_NO_KID, "vneid");
}

static void kid_absent_multiple_jwks(void **state)
{
    struct way *w = *state;
    vneid_sim_fault(w->sim, VNEID_NO_KID | VNEID_TWO_KEYS);
    fixture_set_clock(&w->f, STR("2026-11-24 20:00")); /* the keys are read anew */
    refused(w, VNEID_NO_KID | VNEID_TWO_KEYS, "kid");
    fixture_set_clock(&w->f, STR("2026-11-25 20:00"));
}

static void idtoken_sig_rs256(void **state)
{
    accepted(*state, VNEID_RS256, "vneid");
}

static void idtoken_sig_none(void **state)
{
    refused(*state, VNEID_ALG_NONE, "alg");
}

static void invalid_sig_rs256(void **state)
{
    refused(*state, VNEID_RS256 | VNEID_BAD_SIGNATURE, "signature");
}

static void invalid_sig_es256(void **state)
{
    refused(*state, VNEID_BAD_SIGNATURE, "signature");
}

static void userinfo_bearer_header(void **state)
{
    struct vneid_sim_counts before = counts(*state);
    accepted(*state, 0, "vneid");
    assert_int_equal(counts(*state).bearer_header, before.bearer_header + 1);
    assert_int_equal(counts(*state).bearer_body, before.bearer_body);
}

static void userinfo_bearer_body(void **state)
{
    struct vneid_sim_counts before = counts(*state);
    accepted(*state, 0, "vneid-body");
    assert_int_equal(counts(*state).bearer_body, before.bearer_body + 1);
    assert_int_equal(counts(*state).bearer_header, before.bearer_header);
}

static void userinfo_invalid_sub(void **state)
{
    refused(*state, VNEID_USERINFO_SUB, "userinfo");
}

static void nonce_invalid(void **state)
{
    refused(*state, VNEID_WRONG_NONCE, "nonce");
}

/* Number, name and birth come from userinfo alone: the link could not be made without them. */
static void scope_userinfo_claims(void **state)
{
    struct way *w = *state;
    accepted(w, 0, "vneid");
    assert_int_equal(way_linked_account(w, DEMO), persona_named(&w->f, STR("congdan"))->account);
    struct reply r = browser_get(w, STR("/my-links"));
    assert_true(str_find(r.body, STR("067*****0123")) >= 0);
    assert_true(str_find(r.body, STR("VNeID mức 2: đã xác thực (L4)")) >= 0);
    assert_true(str_find(r.body, STR("MÔ PHỎNG")) >= 0);
}

static void client_secret_basic(void **state)
{
    struct vneid_sim_counts before = counts(*state);
    accepted(*state, 0, "vneid");
    assert_int_equal(counts(*state).basic, before.basic + 1);
    assert_int_equal(counts(*state).post, before.post);
}

static void client_secret_post(void **state)
{
    struct vneid_sim_counts before = counts(*state);
    accepted(*state, 0, "vneid-body");
    assert_int_equal(counts(*state).post, before.post + 1);
}

static void expired_id_token(void **state)
{
    refused(*state, VNEID_EXPIRED, "exp");
}

static void mix_up(void **state)
{
    refused(*state, VNEID_MIX_UP, "iss");
}

/* ---- back-channel logout ---- */

static struct reply logout_with(struct way *w, unsigned fault)
{
    vneid_sim_fault(w->sim, fault);
    struct str token = vneid_sim_logout_token(w->sim, &w->f.arena, STR(DEMO_PID));
    vneid_sim_fault(w->sim, 0);
    return program_post(w, STR("/sign-in/with/vneid/logout-token"),
                        str_fmt(&w->f.arena, "logout_token=%.*s", STR_ARG(token)));
}

static bool session_lives(struct way *w)
{
    return browser_get(w, STR("/my-links")).status == 200;
}

static void logout_refused(void **state, unsigned fault, const char *cause)
{
    struct way *w = *state;
    accepted(w, 0, "vneid");
    struct reply r = logout_with(w, fault);
    assert_int_equal(r.status, 400);
    assert_true(str_find(r.body, str_fmt(&w->f.arena, "\"error_description\":\"%s\"", cause)) >= 0);
    assert_true(session_lives(w));
}

static void backchannel(void **state)
{
    struct way *w = *state;
    accepted(w, 0, "vneid");
    assert_true(session_lives(w));
    assert_int_equal(logout_with(w, 0).status, 200);
    assert_false(session_lives(w));
    assert_int_equal(way_records(w, "broker.signed_out_there"), 1);
}

static void backchannel_twice(void **state)
{
    struct way *w = *state;
    struct str token = vneid_sim_logout_token(w->sim, &w->f.arena, STR(DEMO_PID));
    struct str form = str_fmt(&w->f.arena, "logout_token=%.*s", STR_ARG(token));
    assert_int_equal(program_post(w, STR("/sign-in/with/vneid/logout-token"), form).status, 200);
    assert_int_equal(program_post(w, STR("/sign-in/with/vneid/logout-token"), form).status, 400);
}

static void backchannel_alg_none(void **state)
{
    logout_refused(state, VNEID_ALG_NONE, "alg");
}

static void backchannel_no_event(void **state)
{
    logout_refused(state, VNEID_LOGOUT_NO_EVENT, "events");
}

static void backchannel_with_nonce(void **state)
{
    logout_refused(state, VNEID_LOGOUT_NONCE, "nonce");
}

/* RS256 where the configuration allows ES256 alone. */
static void backchannel_wrong_alg(void **state)
{
    struct way *w = *state;
    accepted(w, 0, "vneid");
    vneid_sim_fault(w->sim, VNEID_RS256);
    struct str token = vneid_sim_logout_token(w->sim, &w->f.arena, STR(DEMO_PID));
    vneid_sim_fault(w->sim, 0);
    struct reply r = program_post(w, STR("/sign-in/with/vneid-es/logout-token"),
                                  str_fmt(&w->f.arena, "logout_token=%.*s", STR_ARG(token)));
    assert_int_equal(r.status, 400);
    assert_true(str_find(r.body, STR("\"error_description\":\"alg\"")) >= 0);
    assert_true(session_lives(w));
}

static void backchannel_wrong_aud(void **state)
{
    logout_refused(state, VNEID_WRONG_AUD, "aud");
}

static void backchannel_wrong_event(void **state)
{
    logout_refused(state, VNEID_LOGOUT_WRONG_EVENT, "events");
}

static void backchannel_wrong_iss(void **state)
{
    logout_refused(state, VNEID_WRONG_ISS, "iss");
}

/* ---- keys ---- */

static void keys_rotate(void **state)
{
    struct way *w = *state;
    accepted(w, 0, "vneid");
    int64_t asked = counts(w).jwks;
    vneid_sim_rotate(w->sim);
    w->f.now.us += 2 * US_PER_MINUTE;
    accepted(w, 0, "vneid");
    assert_int_equal(counts(w).jwks, asked + 1);
}

static void keys_are_not_hammered(void **state)
{
    struct way *w = *state;
    w->f.now.us += 2 * US_PER_MINUTE;
    accepted(w, 0, "vneid");
    vneid_sim_rotate(w->sim);
    w->f.now.us += 2 * US_PER_MINUTE;
    accepted(w, 0, "vneid");
    int64_t asked = counts(w).jwks;
    for (int i = 0; i < 5; i++)
        refused(w, VNEID_BAD_SIGNATURE, "signature");
    assert_int_equal(counts(w).jwks, asked);
}

static void key_under_an_old_name(void **state)
{
    struct way *w = *state;
    w->f.now.us += 2 * US_PER_MINUTE;
    accepted(w, 0, "vneid");
    vneid_sim_reuse_kid(w->sim);
    w->f.now.us += 2 * US_PER_MINUTE;
    accepted(w, 0, "vneid");
}

static int open_all(void **state)
{
    static struct way w;
    way_open(&w);
    way_configure(&w, "vneid-es", ",\"algs\":[\"ES256\"]");
    *state = &w;
    return 0;
}

static int close_all(void **state)
{
    way_close(*state);
    return 0;
}

#define CASE(name, fn)             \
    {                              \
        name, fn, NULL, NULL, NULL \
    }

/* ---- with "recheck": a refresh token is asked for, and used once an hour ---- */

static void recheck_after(struct way *w, const char *at, unsigned fault)
{
    struct err e = { 0 };
    assert_true(fixture_set_clock(&w->f, str_of(at)));
    vneid_sim_fault(w->sim, fault);
    if (fixture_run_job(&w->f, STR("broker.recheck"), &e) != 0)
        fail_msg("%s: %s", err_name(e.code), e.detail);
    vneid_sim_fault(w->sim, 0);
}

static bool may_read(struct way *w)
{
    return browser_get(w, STR("/my-links")).status == 200;
}

/* Signed in at 08:00; asked again an hour later, with this fault. */
static void ended_by(struct way *w, const char *day, unsigned fault)
{
    int64_t before = way_records(w, "broker.no_longer");
    fixture_set_clock(&w->f, str_fmt(&w->f.arena, "%s 08:00", day));
    accepted(w, 0, "vneid-again");
    recheck_after(w, str_cstr(&w->f.arena, str_fmt(&w->f.arena, "%s 09:01", day)), fault);
    assert_false(may_read(w));
    assert_int_equal(way_records(w, "broker.no_longer"), before + 1);
}

static void refresh_token(void **state)
{
    struct way *w = *state;
    way_configure(w, "vneid-again", ",\"recheck\":true,\"join\":true");
    fixture_set_clock(&w->f, STR("2026-12-01 08:00"));
    accepted(w, 0, "vneid-again");
    struct vneid_sim_counts before = counts(w);
    recheck_after(w, "2026-12-01 08:30", 0);
    assert_int_equal(counts(w).token, before.token); /* not yet due */
    recheck_after(w, "2026-12-01 09:01", 0);
    assert_int_equal(counts(w).token, before.token + 1);
    recheck_after(w, "2026-12-01 10:02", 0);
    assert_int_equal(counts(w).token, before.token + 2);
    assert_true(may_read(w));
}

static void refresh_token_invalid_issuer(void **state)
{
    ended_by(*state, "2026-12-02", VNEID_WRONG_ISS);
}

static void refresh_token_invalid_sub(void **state)
{
    ended_by(*state, "2026-12-03", VNEID_NO_REFRESH_SUB);
}

static void refresh_token_refused(void **state)
{
    ended_by(*state, "2026-12-04", VNEID_REFRESH_REFUSED);
}

/* Whoever does not answer has said nothing about anybody. */
static void refresh_while_down(void **state)
{
    struct way *w = *state;
    fixture_set_clock(&w->f, STR("2026-12-05 08:00"));
    accepted(w, 0, "vneid-again");
    recheck_after(w, "2026-12-05 09:01", VNEID_DOWN);
    assert_true(may_read(w));
    struct vneid_sim_counts before = counts(w);
    recheck_after(w, "2026-12-05 09:12", 0);
    assert_int_equal(counts(w).token, before.token + 1);
    assert_true(may_read(w));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE("oidcc-client-test-kid-absent-single-jwks", kid_absent_single_jwks),
        CASE("oidcc-client-test-invalid-iss", invalid_iss),
        CASE("oidcc-client-test-missing-sub", missing_sub),
        CASE("oidcc-client-test-invalid-aud", invalid_aud),
        CASE("oidcc-client-test-missing-iat", missing_iat),
        CASE("oidcc-client-test-kid-absent-multiple-jwks", kid_absent_multiple_jwks),
        CASE("oidcc-client-test-idtoken-sig-rs256", idtoken_sig_rs256),
        CASE("oidcc-client-test-idtoken-sig-none", idtoken_sig_none),
        CASE("oidcc-client-test-invalid-sig-rs256", invalid_sig_rs256),
        CASE("oidcc-client-test-invalid-sig-es256", invalid_sig_es256),
        CASE("oidcc-client-test-userinfo-bearer-header", userinfo_bearer_header),
        CASE("oidcc-client-test-userinfo-bearer-body", userinfo_bearer_body),
        CASE("oidcc-client-test-userinfo-invalid-sub", userinfo_invalid_sub),
        CASE("oidcc-client-test-nonce-invalid", nonce_invalid),
        CASE("oidcc-client-test-scope-userinfo-claims", scope_userinfo_claims),
        CASE("oidcc-client-test-client-secret-basic", client_secret_basic),
        CASE("client-secret-post", client_secret_post),
        CASE("expired ID token", expired_id_token),
        CASE("mix-up: iss of the response is another's", mix_up),
        CASE("oidcc-client-test-rp-backchannel-rpinitlogout", backchannel),
        CASE("a logout token is taken once", backchannel_twice),
        CASE("oidcc-client-test-rp-backchannel-rpinitlogout-alg-none", backchannel_alg_none),
        CASE("oidcc-client-test-rp-backchannel-rpinitlogout-no-event", backchannel_no_event),
        CASE("oidcc-client-test-rp-backchannel-rpinitlogout-with-nonce", backchannel_with_nonce),
        CASE("oidcc-client-test-rp-backchannel-rpinitlogout-wrong-alg", backchannel_wrong_alg),
        CASE("oidcc-client-test-rp-backchannel-rpinitlogout-wrong-aud", backchannel_wrong_aud),
        CASE("oidcc-client-test-rp-backchannel-rpinitlogout-wrong-event", backchannel_wrong_event),
        CASE("oidcc-client-test-rp-backchannel-rpinitlogout-wrong-iss", backchannel_wrong_iss),
        CASE("rotated keys are found by their new name", keys_rotate),
        CASE("forged tokens do not make the provider's keys be asked again and again", keys_are_not_hammered),
        CASE("another key under an old name is found", key_under_an_old_name),
        CASE("oidcc-client-test-refresh-token", refresh_token),
        CASE("oidcc-client-test-refresh-token-invalid-issuer", refresh_token_invalid_issuer),
        CASE("oidcc-client-test-refresh-token-invalid-sub", refresh_token_invalid_sub),
        CASE("a refresh token that is refused ends the session", refresh_token_refused),
        CASE("a provider that does not answer ends nothing", refresh_while_down),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
