/* Labels as other programs see them: poppler reads text and pages, zbar scans a code. */
#include "base/buf.h"
#include "base/test/check.h"
#include "base/test/command.h"
#include "platform/office/labels.h"

static struct label_sheet sheet(struct arena *a, size_t n)
{
    struct label *v = arena_new_array(a, struct label, n);
    struct day d;
    for (size_t i = 0; i < n; i++)
        v[i] = (struct label) { .qr = str_fmt(a, "http://127.0.0.1:8006/address/24640-%05zu-1", i),
                                .title = STR("ĐỊA CHỈ SỐ"),
                                .code = str_fmt(a, "24640-%05zu-1", i),
                                .lines = { STR("Bon Bu Prâng"), STR("Xã Đắk Ru"), STR("") } };
    day_from_ymd(2026, 11, 28, &d);
    return (struct label_sheet) { .title = STR("Biển địa chỉ số"), .author = STR("Xã Đắk Ru"), .mode = STR("MÔ PHỎNG"),
                                  .made = day_at(d, 9, 0), .v = v, .n = n };
}

static void test_labels_pdf__ten_a_page_and_the_same_sheet_gives_the_same_bytes(void **state)
{
    struct arena *a = *state;
    struct label_sheet s = sheet(a, 23);
    struct err e = { .code = ERR_NONE };
    struct str pdf, again, text, info;
    char *dir = temp_dir(a);
    assert_int_equal(labels_pdf(&s, a, &pdf, &e), 0);
    assert_int_equal(labels_pdf(&s, a, &again, &e), 0);
    assert_true(str_eq(pdf, again));
    assert_true(write_file(dir, "labels.pdf", pdf));
    assert_int_equal(command(a, str_cstr(a, str_fmt(a, "pdftotext -layout %s/labels.pdf -", dir)), &text), 0);
    assert_int_equal(command(a, str_cstr(a, str_fmt(a, "pdfinfo %s/labels.pdf", dir)), &info), 0);
    remove_dir(dir);
    assert_true(str_find(text, STR("24640-00000-1")) >= 0 && str_find(text, STR("24640-00022-1")) >= 0);
    assert_true(str_find(text, STR("Bon Bu Prâng")) >= 0 && str_find(text, STR("MÔ PHỎNG")) >= 0);
    assert_true(str_find(info, STR("Pages:           3")) >= 0);
    assert_true(str_find(info, STR("(A4)")) >= 0);
}

static void test_labels_pdf__the_code_on_a_label_can_be_scanned(void **state)
{
    struct arena *a = *state;
    struct label_sheet s = sheet(a, 1);
    struct err e = { .code = ERR_NONE };
    struct str pdf, said = { NULL, 0 };
    char *dir = temp_dir(a);
    if (!has_command("zbarimg") || !has_command("pdftoppm"))
        skip();
    assert_int_equal(labels_pdf(&s, a, &pdf, &e), 0);
    assert_true(write_file(dir, "labels.pdf", pdf));
    assert_int_equal(command(a, str_cstr(a, str_fmt(a, "pdftoppm -r 150 -png %s/labels.pdf %s/page", dir, dir)), NULL), 0);
    command(a, str_cstr(a, str_fmt(a, "zbarimg -q --raw %s/page*.png", dir)), &said);
    remove_dir(dir);
    assert_text(said, "http://127.0.0.1:8006/address/24640-00000-1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_labels_pdf__ten_a_page_and_the_same_sheet_gives_the_same_bytes),
        in_arena(test_labels_pdf__the_code_on_a_label_can_be_scanned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
