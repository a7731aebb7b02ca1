/* A signed paper, looked at with other programs: poppler's pdfsig, qpdf, openssl. */
#include "platform/office/pdf_sign.h"

#include "base/test/check.h"
#include "base/test/command.h"
#include "platform/crypto/signer.h"
#include "platform/office/document.h"

#include <string.h>

struct world {
    struct arena a;
    char *dir;
    struct signer *signer;
    struct str pdf;
};

static struct pdf_signature by_leader(void)
{
    struct day d;
    day_from_ymd(2026, 1, 2, &d);
    return (struct pdf_signature) {
        .name = STR("Điểu Thị Ký"), .reason = STR("Ký duyệt"), .place = STR("Xã Quảng Tín"), .at = day_at(d, 10, 5)
    };
}

static int sign(struct world *w, struct str *out, struct err *e)
{
    struct document d;
    struct str pdf, cms;
    struct pdf_to_sign s;
    struct pdf_signature what = by_leader();
    document_init(&d, &w->a);
    d.agency = STR("UBND XÃ QUẢNG TÍN");
    d.kind = STR("TRÍCH LỤC KHAI TỬ");
    d.made = what.at;
    document_paragraph(&d, STR("Họ, chữ đệm, tên: Trần Văn Thọ"));
    document_qr(&d, STR("https://dichvucong.daknong.gov.vn/kq/1"));
    return document_pdf(&d, &w->a, &pdf, e) || pdf_sign_begin(&w->a, pdf, &what, &s, e) ||
                   signer_cms(w->signer, &w->a, &s.hash, &cms, e) || pdf_sign_end(&s, cms, out, e)
               ? -1
               : 0;
}

static int open_world(void **state)
{
    static struct world w;
    *state = &w;
    struct err e = { 0 };
    arena_init(&w.a, 64 << 20);
    w.dir = temp_dir(&w.a);
    if (signer_spawn(w.dir, &w.signer, &e) || sign(&w, &w.pdf, &e))
        fail_msg("%s", e.detail);
    assert_true(write_file(w.dir, "signed.pdf", w.pdf));
    return 0;
}

static int close_world(void **state)
{
    struct world *w = *state;
    signer_close(w->signer);
    remove_dir(w->dir);
    arena_release(&w->a);
    return 0;
}

/* What a shell command in the world's directory prints, however it ends. */
static struct str asked(struct world *w, const char *text)
{
    struct str out = STR("");
    command(&w->a, str_cstr(&w->a, str_fmt(&w->a, "cd '%s' && (%s) 2>&1 || true", w->dir, text)), &out);
    return out;
}

static bool says(struct str s, const char *words)
{
    bool found = str_find(s, str_of(words)) >= 0;
    if (!found)
        print_error("\"%s\" is not in:\n%.*s\n", words, STR_ARG(s));
    return found;
}

static void test_pdf_sign__another_reader_finds_one_good_signature_over_the_whole_file(void **state)
{
    if (!has_command("pdfsig"))
        skip();
    struct str said = asked(*state, "pdfsig -nocert signed.pdf");
    assert_true(says(said, "Signature #1"));
    assert_true(says(said, "Signature is Valid."));
    assert_true(says(said, "Total document signed"));
    assert_true(says(said, "adbe.pkcs7.detached"));
    assert_true(says(said, "SHA-256"));
    assert_true(str_find(said, STR("Signature #2")) < 0);
}

/* One letter of the paper is changed after it was signed. */
static void test_pdf_sign__a_changed_byte_is_told(void **state)
{
    struct world *w = *state;
    if (!has_command("pdfsig"))
        skip();
    char *p = arena_alloc(&w->a, w->pdf.n);
    memcpy(p, w->pdf.p, w->pdf.n);
    ptrdiff_t at = str_find(w->pdf, STR("/Location <FEFF"));
    assert_true(at > 0);
    p[at + 18] ^= 1;
    assert_true(write_file(w->dir, "changed.pdf", (struct str) { p, w->pdf.n }));
    assert_true(says(asked(w, "pdfsig -nocert changed.pdf"), "Digest Mismatch"));
}

static void test_pdf_sign__the_file_is_in_order_and_reads_as_before(void **state)
{
    if (!has_command("qpdf") || !has_command("pdftotext"))
        skip();
    assert_true(says(asked(*state, "qpdf --check signed.pdf"), "No syntax or stream encoding errors found"));
    assert_true(says(asked(*state, "pdftotext signed.pdf -"), "Họ, chữ đệm, tên: Trần Văn Thọ"));
}

/* The CMS alone, over what the byte range names. */
static void test_pdf_sign__openssl_takes_it_too_under_the_certificate_beside_the_key(void **state)
{
    struct world *w = *state;
    struct hash32 h = sha256(STR("any text"));
    struct str cms;
    struct err e = { 0 };
    if (!has_command("openssl"))
        skip();
    assert_int_equal(signer_cms(w->signer, &w->a, &h, &cms, &e), 0);
    assert_true(write_file(w->dir, "text", STR("any text")));
    assert_true(write_file(w->dir, "other", STR("any tale")));
    assert_true(write_file(w->dir, "text.cms", cms));
    const char *check = "openssl cms -verify -binary -inform DER -in text.cms -CAfile paper.crt -purpose any -out /dev/null -content ";
    assert_true(says(asked(w, str_cstr(&w->a, str_fmt(&w->a, "%stext", check))), "successful"));
    assert_true(says(asked(w, str_cstr(&w->a, str_fmt(&w->a, "%sother", check))), "verification failure"));
}

static void test_signer_cms__a_certificate_of_another_key_stops_the_signer(void **state)
{
    struct world *w = *state;
    struct signer *other = NULL;
    struct err e = { 0 };
    char *dir = temp_dir(&w->a);
    asked(w, str_cstr(&w->a, str_fmt(&w->a, "cp paper.crt '%s'/paper.crt", dir)));
    assert_int_equal(signer_spawn(dir, &other, &e), -1);
    remove_dir(dir);
}

static void test_pdf_sign_end__a_signature_without_room_is_refused(void **state)
{
    struct world *w = *state;
    struct pdf_to_sign s = { .arena = &w->a, .before = STR("a"), .after = STR("b") };
    struct str out;
    struct err e = { 0 };
    assert_int_equal(pdf_sign_end(&s, STR(""), &out, &e), -1);
    assert_int_equal(pdf_sign_end(&s, (struct str) { w->pdf.p, PDF_CMS_MAX + 1 }, &out, &e), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pdf_sign__another_reader_finds_one_good_signature_over_the_whole_file),
        cmocka_unit_test(test_pdf_sign__a_changed_byte_is_told),
        cmocka_unit_test(test_pdf_sign__the_file_is_in_order_and_reads_as_before),
        cmocka_unit_test(test_pdf_sign__openssl_takes_it_too_under_the_certificate_beside_the_key),
        cmocka_unit_test(test_signer_cms__a_certificate_of_another_key_stops_the_signer),
        cmocka_unit_test(test_pdf_sign_end__a_signature_without_room_is_refused),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
