/* declare_test.c: one to sixty guests, one receipt, and what is refused. */
#include "engines/stays/test/world.h"

#include "engines/stays/check.h"

#include <stdio.h>
#include <string.h>

static void test_declare__sixty_guests_get_one_receipt(void **state)
{
    struct world *w = *state;
    struct stay_guest_in guests[60];
    struct stay_receipt r;
    struct err e = { 0 };
    for (int i = 0; i < 60; i++)
        guests[i] = a_guest(w, 1000 + i, 0);
    must(declare(w, PLACE_A, guests, 60, &r, &e), &e);
    assert_int_equal(r.guests, 60);
    assert_int_equal(r.late, 0);
    assert_true(str_starts(r.number, STR("LT-67-000001-")));
    assert_true(str_eq(r.mode, STR("MÔ PHỎNG")));
}

static void test_declare__the_next_receipt_has_the_next_number(void **state)
{
    struct world *w = *state;
    struct stay_guest_in g = a_guest(w, 1100, 0);
    struct stay_receipt one, two, again;
    struct err e = { 0 };
    struct dbr *r;
    must(declare(w, PLACE_B, &g, 1, &one, &e), &e);
    g = a_guest(w, 1101, 0);
    must(declare(w, PLACE_B, &g, 1, &two, &e), &e);
    assert_true(str_ends(one.number, STR("-000001")));
    assert_true(str_ends(two.number, STR("-000002")));
    must(db_read_begin(w->app.db, &r, &e), &e);
    assert_int_equal(stay_receipt_by_number(r, &w->arena, two.number, &again, &e), 1);
    assert_int_equal(again.declaration, two.declaration);
    assert_int_equal(stay_receipt_by_number(r, &w->arena, STR("LT-67-000002-2611-999999"), &again, &e), 0);
    assert_int_equal(stay_receipt_by_number(r, &w->arena, STR("LT-67-x-2611-000001"), &again, &e), 0);
    db_read_end(r);
}

static void test_declare__sixty_one_guests_are_refused_and_none_is_kept(void **state)
{
    struct world *w = *state;
    struct stay_guest_in guests[61];
    struct stay_receipt r;
    struct err e = { 0 };
    int64_t before = count_in_state(w, STAY_QUEUED);
    for (int i = 0; i < 61; i++)
        guests[i] = a_guest(w, 1200 + i, 0);
    assert_int_equal(declare(w, PLACE_A, guests, 61, &r, &e), -1);
    assert_int_equal(e.code, ERR_FORM);
    assert_true(str_eq(err_sentence(&e), STR("Mỗi lần gửi tối đa 60 khách. Xin chia thành nhiều lần.")));
    assert_int_equal(count_in_state(w, STAY_QUEUED), before);
}

static void test_declare__a_closed_place_and_an_empty_list_are_refused(void **state)
{
    struct world *w = *state;
    struct stay_guest_in g = a_guest(w, 1300, 0);
    struct stay_receipt r;
    struct err e = { 0 };
    assert_int_equal(declare(w, PLACE_CLOSED, &g, 1, &r, &e), -1);
    assert_int_equal(e.code, ERR_FORBIDDEN);
    assert_int_equal(declare(w, PLACE_A, &g, 0, &r, &e), -1);
    assert_int_equal(e.code, ERR_FORM);
}

static void test_declare__a_late_guest_needs_a_cause(void **state)
{
    struct world *w = *state;
    struct stay_guest_in g = a_guest(w, 1400, 48);
    struct stay_receipt r;
    struct err e = { 0 };
    assert_int_equal(declare(w, PLACE_A, &g, 1, &r, &e), -1);
    assert_true(str_eq(err_sentence(&e), STR("Có khách đã quá hạn khai báo. Xin ghi lý do muộn rồi gửi.")));
    g.late_cause = STR("Mất điện");
    must(declare(w, PLACE_A, &g, 1, &r, &e), &e);
    assert_int_equal(r.late, 1);
}

/* ---- drafts ---- */

struct draft_work {
    struct world *w;
    struct facility f;
    struct stay_guest_in g;
    int64_t ids[2];
    size_t n;
    struct stay_receipt receipt;
};

static int add_draft(struct tx *tx, void *arg, struct err *e)
{
    struct draft_work *k = arg;
    struct req q = a_request(k->w);
    return stay_draft_add(tx, &k->w->arena, &q, &k->f, &k->g, &k->ids[k->n], e);
}

static int send_drafts(struct tx *tx, void *arg, struct err *e)
{
    struct draft_work *k = arg;
    struct req q = a_request(k->w);
    struct stay_declaration d = { .facility = &k->f, .drafts = k->ids, .n_drafts = 2 };
    return stay_declare(tx, &k->w->arena, &q, &d, &k->receipt, e);
}

static void test_declare__two_clerks_who_send_the_same_list_make_one_declaration(void **state)
{
    struct world *w = *state;
    struct draft_work k = { .w = w, .f = place(w, PLACE_B) };
    struct err e = { 0 };
    for (k.n = 0; k.n < 2; k.n++) {
        k.g = a_guest(w, 1500 + (int)k.n, 0);
        must(db_write(w->app.db, add_draft, &k, &e), &e);
    }
    must(db_write(w->app.db, send_drafts, &k, &e), &e);
    assert_int_equal(k.receipt.guests, 2);
    assert_int_equal(db_write(w->app.db, send_drafts, &k, &e), -1);
    assert_int_equal(e.code, ERR_CONFLICT);
}

/* ---- the receipt as evidence ---- */

/* A job's arena is its own, and it may clear it. */
static int seal(struct world *w, struct err *e)
{
    struct arena own;
    int result = 0;
    arena_init(&own, 8u << 20);
    for (const struct job *j = audit_module.jobs; j->name; j++) {
        struct job_run run = { .app = &w->app, .db = w->app.db, .arena = &own, .now = instant_now() };
        if (strcmp(j->name, "audit.seal") == 0)
            result |= j->run(&run, e);
    }
    arena_release(&own);
    return result;
}

static void assert_proves(struct world *w, struct str evidence, const struct jwk *keys, size_t n,
                          const struct stay_receipt *want)
{
    struct stay_receipt got;
    struct instant sealed_at;
    struct err e = { 0 };
    must(stay_receipt_check(&w->arena, evidence, keys, n, &got, &sealed_at, &e), &e);
    assert_true(str_eq(got.number, want->number));
    assert_int_equal(got.guests, want->guests);
    assert_true(str_eq(got.facility_name, want->facility_name));
}

static void assert_broken(struct world *w, struct str evidence, size_t at, const struct jwk *keys, size_t n)
{
    struct stay_receipt got;
    struct instant sealed_at;
    struct str copy = str_dup(&w->arena, evidence);
    char *p = (char *)copy.p;
    p[at] = p[at] == 'A' ? 'B' : 'A';
    if (stay_receipt_check(&w->arena, copy, keys, n, &got, &sealed_at, NULL) == 0)
        fail_msg("byte %zu flipped and it still proves", at);
}

static void test_receipt__proves_offline_and_a_flipped_byte_does_not(void **state)
{
    struct world *w = *state;
    struct stay_guest_in g = a_guest(w, 1600, 0);
    struct stay_receipt receipt;
    struct jwk keys[SIGNER_KEYS_MAX];
    struct str document, packed, set;
    size_t n_keys = 0;
    struct dbr *r;
    struct err e = { 0 };
    must(declare(w, PLACE_A, &g, 1, &receipt, &e), &e);
    must(seal(w, &e), &e);
    must(db_read_begin(w->app.db, &r, &e), &e);
    assert_int_equal(audit_evidence(r, w->app.signer, &w->arena, receipt.audit_seq, &document, &e), 1);
    assert_int_equal(audit_evidence_compact(r, &w->arena, receipt.audit_seq, &packed, &e), 1);
    db_read_end(r);
    must(receipt_keys_json(w->app.signer, &w->arena, &set, &e), &e);
    must(receipt_keys_read(&w->arena, set, keys, SIGNER_KEYS_MAX, &n_keys, &e), &e);
    assert_proves(w, document, keys, n_keys, &receipt);
    assert_proves(w, packed, keys, n_keys, &receipt);
    ptrdiff_t record = str_find(document, STR("\"record\":\""));
    assert_true(record > 0);
    for (size_t i = 20; i < 60; i += 7)
        assert_broken(w, document, (size_t)record + i, keys, n_keys);
    for (size_t i = 40; i + 8 < packed.n; i += packed.n / 9)
        assert_broken(w, packed, i, keys, n_keys);
}

static void test_check_page__a_number_alone_tells_no_count_of_guests(void **state)
{
    struct world *w = *state;
    struct stay_guest_in g = a_guest(w, 1700, 0);
    struct stay_receipt receipt;
    struct err e = { 0 };
    must(declare(w, PLACE_A, &g, 1, &receipt, &e), &e);
    struct str page = ask(w, NULL, str_cstr(&w->arena, str_fmt(&w->arena, "/check?n=%.*s", STR_ARG(receipt.number))));
    assert_int_equal(status_of(page), 200);
    assert_true(has(page, "Có biên nhận mang số này"));
    assert_true(has(page, "Nhà nghỉ Hoa Ban"));
    assert_true(str_find(page, STR("Số khách")) < 0);
    assert_true(has(ask(w, NULL, "/check?n=LT-67-000001-2611-999999"), "Không có biên nhận nào mang số này"));
    assert_true(has(ask(w, NULL, "/check?e=B1abc"), "Không kiểm tra được"));
    assert_true(has(ask(w, NULL, "/keys.json"), "\"kty\":\"OKP\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_declare__sixty_guests_get_one_receipt),
        cmocka_unit_test(test_declare__the_next_receipt_has_the_next_number),
        cmocka_unit_test(test_declare__sixty_one_guests_are_refused_and_none_is_kept),
        cmocka_unit_test(test_declare__a_closed_place_and_an_empty_list_are_refused),
        cmocka_unit_test(test_declare__a_late_guest_needs_a_cause),
        cmocka_unit_test(test_declare__two_clerks_who_send_the_same_list_make_one_declaration),
        cmocka_unit_test(test_receipt__proves_offline_and_a_flipped_byte_does_not),
        cmocka_unit_test(test_check_page__a_number_alone_tells_no_count_of_guests),
    };
    return cmocka_run_group_tests(tests, world_open, world_close);
}
