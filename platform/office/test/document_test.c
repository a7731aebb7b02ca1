/* Papers as PDF and DOCX, looked at with other programs: poppler, qpdf, LibreOffice. */
#include "base/buf.h"
#include "base/test/check.h"
#include "base/test/command.h"
#include "platform/office/document.h"

#include <string.h>

static const struct table_column columns[] = {
    { STR_INIT("TT"), 5, ALIGN_CENTRE },
    { STR_INIT("Tên mô hình"), 40, ALIGN_LEFT },
    { STR_INIT("Đơn vị chủ trì"), 30, ALIGN_LEFT },
    { STR_INIT("Đạt được"), 15, ALIGN_RIGHT },
};

/* A report with everything in it, over several pages. */
static void report(struct document *d, struct arena *a)
{
    document_init(d, a);
    d->above = STR("UBND TỈNH ĐẮK NÔNG");
    d->agency = STR("CƠ QUAN THƯỜNG TRỰC TỔ CÔNG TÁC ĐỀ ÁN 06");
    d->number = STR("12/BC-TCTĐA06");
    d->place = STR("Gia Nghĩa");
    day_from_ymd(2023, 9, 18, &d->on);
    d->kind = STR("BÁO CÁO");
    d->about = STR("Kết quả thực hiện Kế hoạch số 511/KH-UBND tháng 9 năm 2023");
    d->mode = STR("MÔ PHỎNG – không có giá trị pháp lý");
    d->made = day_at(d->on, 8, 30);
    document_to(d, STR("Bộ Công an"));
    document_to(d, STR("Ủy ban nhân dân tỉnh Đắk Nông"));
    document_basis(d, STR("Căn cứ Kế hoạch số 511/KH-UBND của Ủy ban nhân dân tỉnh;"));
    document_heading(d, 1, STR("Kết quả chung"));
    document_paragraph(
        d, STR("Trong tháng 9 năm 2023, các sở, ban, ngành và địa phương đã triển khai 42 mô hình; người M'Nông ở bon Bu "
               "Prâng, người Ê Đê ở buôn Čư Jŭt và Krŏng Nô được hỗ trợ khai báo qua điện thoại của gia đình."));
    document_heading(d, 2, STR("Việc đã làm"));
    document_item(d, STR("Thông báo lưu trú qua phần mềm"));
    document_item(d, STR("Làm sạch dữ liệu dân cư"));
    document_heading(d, 3, STR("Ở cấp xã"));
    document_sideways(d);
    document_caption(d, STR("Bảng 1. Các mô hình"));
    struct document_table *t = document_table(d, columns, 4);
    table_group(t, STR("Nhóm I. Tiện ích phục vụ giải quyết thủ tục hành chính"));
    for (int i = 1; i <= 42; i++) {
        table_row(t);
        table_cell(t, str_fmt(a, "%d", i));
        table_cell(t, str_fmt(a, "Mô hình số %d: triển khai dịch vụ công thiết yếu ở thôn, bon, tổ dân phố", i));
        table_cell(t, STR("Sở Thông tin và Truyền thông"));
        table_cell(t, str_fmt(a, "%d,5 %%", i));
    }
    document_upright(d);
    document_heading(d, 1, STR("Kiến nghị"));
    document_paragraph(d, STR("Kính đề nghị Ủy ban nhân dân tỉnh xem xét."));
    document_qr(d, STR("https://dichvucong.daknong.gov.vn/check"));
    document_authority(d, STR("KT. TỔ TRƯỞNG"));
    document_authority(d, STR("TỔ PHÓ THƯỜNG TRỰC"));
    d->signer = STR("Nguyễn Văn Demo");
    document_receiver(d, STR("Như trên"));
    document_receiver(d, STR("Lưu: VT"));
    document_signature(d);
    document_upright(d);
    document_appendix(d, STR("Phụ lục I"), STR("DANH SÁCH"), STR("(Kèm theo Báo cáo số 12/BC-TCTĐA06)"));
    document_paragraph(d, STR("Hết phụ lục."));
}

struct world {
    struct arena a;
    char *dir;
    struct str pdf, docx;
};

static int open_world(void **state)
{
    static struct world w;
    struct document d;
    struct err e = { 0 };
    arena_init(&w.a, 64 << 20);
    w.dir = temp_dir(&w.a);
    report(&d, &w.a);
    if (document_pdf(&d, &w.a, &w.pdf, &e))
        fail_msg("%s", e.detail);
    assert_int_equal(document_docx(&d, &w.a, &w.docx, &e), 0);
    assert_true(write_file(w.dir, "report.pdf", w.pdf));
    assert_true(write_file(w.dir, "report.docx", w.docx));
    *state = &w;
    return 0;
}

static int close_world(void **state)
{
    struct world *w = *state;
    remove_dir(w->dir);
    arena_release(&w->a);
    return 0;
}

/* What a shell command in the world's directory prints. */
static struct str asked(struct world *w, const char *text)
{
    struct str out = STR("");
    assert_int_equal(command(&w->a, str_cstr(&w->a, str_fmt(&w->a, "cd '%s' && %s", w->dir, text)), &out), 0);
    return out;
}

static bool says(struct str s, const char *words)
{
    bool found = str_find(s, str_of(words)) >= 0;
    if (!found)
        print_error("\"%s\" is not in:\n%.*s\n", words, STR_ARG(s));
    return found;
}

static void test_document__headings_count_anew_below_each_other(void **state)
{
    struct document d;
    document_init(&d, *state);
    document_heading(&d, 1, STR("Một"));
    document_heading(&d, 2, STR("a"));
    document_heading(&d, 2, STR("b"));
    document_heading(&d, 3, STR("c"));
    document_heading(&d, 1, STR("Hai"));
    document_heading(&d, 2, STR("d"));
    assert_text(d.blocks.v[0].text, "I. Một");
    assert_text(d.blocks.v[2].text, "2. b");
    assert_text(d.blocks.v[3].text, "a) c");
    assert_text(d.blocks.v[4].text, "II. Hai");
    assert_text(d.blocks.v[5].text, "1. d");
}

static void test_document_date__days_below_ten_and_months_one_and_two_have_a_zero(void **state)
{
    struct day d;
    day_from_ymd(2024, 1, 8, &d);
    assert_text(document_date(*state, STR("Gia Nghĩa"), d), "Gia Nghĩa, ngày 08 tháng 01 năm 2024");
    day_from_ymd(2024, 3, 12, &d);
    assert_text(document_date(*state, STR("Gia Nghĩa"), d), "Gia Nghĩa, ngày 12 tháng 3 năm 2024");
}

static void test_document_pdf__every_word_is_found_with_its_tones(void **state)
{
    if (!has_command("pdftotext"))
        skip();
    struct str text = asked(*state, "pdftotext report.pdf -");
    static const char *const words[] = {
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "UBND TỈNH ĐẮK NÔNG",
        "Số: 12/BC-TCTĐA06",
        "Gia Nghĩa, ngày 18 tháng 9 năm 2023",
        "BÁO CÁO",
        "- Bộ Công an;",
        "- Ủy ban nhân dân tỉnh Đắk Nông.",
        "I. Kết quả chung",
        "buôn Čư Jŭt và Krŏng Nô",
        "- Làm sạch dữ liệu dân cư",
        "a) Ở cấp xã",
        "Mô hình số 1:",
        "Mô hình số 42:",
        "42,5 %",
        "II. Kiến nghị",
        "Nơi nhận:",
        "- Lưu: VT.",
        "TỔ PHÓ THƯỜNG TRỰC",
        "Nguyễn Văn Demo",
        "MÔ PHỎNG",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_true(says(text, words[i]));
}

static void test_document_pdf__pages_are_a4_and_lie_down_for_wide_tables(void **state)
{
    if (!has_command("pdfinfo"))
        skip();
    struct str pages = asked(*state, "pdfinfo -l 9 report.pdf");
    assert_true(says(pages, "Page    1 size:  595.276 x 841.89 pts (A4)"));
    assert_true(says(pages, "Page    2 size:  841.89 x 595.276 pts (A4)"));
    assert_true(says(pages, "Title:           BÁO CÁO: Kết quả thực hiện Kế hoạch số 511/KH-UBND tháng 9 năm 2023"));
    assert_true(says(pages, "Tagged:          yes"));
    assert_true(
        says(asked(*state, "pdffonts report.pdf | tail -n +3 | awk '{print ($(NF-4))}' | sort -u | tr '\\n' ' '"), "yes"));
    assert_false(str_find(asked(*state, "pdffonts report.pdf | tail -n +3 | awk '{print ($(NF-4))}'"), STR("no")) >= 0);
}

static void test_document_pdf__numbers_stand_on_every_page_but_the_first(void **state)
{
    if (!has_command("pdftotext"))
        skip();
    /* the top margin alone: 20 mm are 57 points */
    assert_text(str_trim(asked(*state, "pdftotext -f 1 -l 1 -x 290 -y 0 -W 200 -H 56 report.pdf -")), "");
    assert_text(str_trim(asked(*state, "pdftotext -f 2 -l 2 -x 380 -y 0 -W 400 -H 56 report.pdf -")), "2");
    assert_true(says(asked(*state, "pdftotext -f 1 -l 1 -x 0 -y 0 -W 400 -H 56 report.pdf -"), "MÔ PHỎNG"));
}

/* NĐ 30/2020, appendix I, part II: an appendix follows the signature. */
static void test_document_pdf__appendices_stand_behind_the_signature(void **state)
{
    if (!has_command("pdftotext"))
        skip();
    struct str text = asked(*state, "pdftotext report.pdf -");
    ptrdiff_t signer = str_find(text, STR("Nguyễn Văn Demo")), appendix = str_find(text, STR("Phụ lục I"));
    assert_true(signer > 0 && appendix > signer);
    assert_true(str_find(str_from(text, (size_t)appendix), STR("Nơi nhận")) < 0);
}

static void test_document_pdf__a_screen_reader_finds_headings_lists_and_tables(void **state)
{
    if (!has_command("pdfinfo"))
        skip();
    struct str tree = asked(*state, "pdfinfo -struct report.pdf");
    static const char *const parts[] = { "Document",   "H1 (block)",    "H2 (block)", "H3 (block)", "L (block)",
                                         "LI (block)", "Table (block)", "TR",         "TH",         "TD" };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_true(says(tree, parts[i]));
}

static void test_document_pdf__the_heading_of_a_table_comes_again_on_each_page(void **state)
{
    if (!has_command("pdftotext"))
        skip();
    assert_text(
        asked(*state,
              "for p in 2 3 4; do pdftotext -f $p -l $p report.pdf - | grep -c 'Đơn vị chủ trì'; done | tr '\\n' ' '"),
        "1 1 1 ");
}

static void test_document_pdf__the_language_is_told_and_the_file_stays_whole(void **state)
{
    struct world *w = *state;
    assert_true(str_find(w->pdf, STR("/Lang (vi-VN)")) > 0);
    if (!has_command("qpdf"))
        skip();
    assert_true(says(asked(w, "qpdf --check report.pdf"), "No syntax or stream encoding errors found"));
    assert_true(
        says(asked(w, "qpdf --qdf --object-streams=disable report.pdf - | tr -d '\\0' | grep -a Lang"), "/Lang (vi-VN)"));
}

static void test_document_pdf__the_same_paper_gives_the_same_bytes(void **state)
{
    struct world *w = *state;
    struct document d;
    struct str again;
    struct err e = { 0 };
    report(&d, &w->a);
    assert_int_equal(document_pdf(&d, &w->a, &again, &e), 0);
    assert_true(str_eq(again, w->pdf));
}

static void test_document_pdf__the_code_on_the_paper_can_be_scanned(void **state)
{
    if (!has_command("zbarimg") || !has_command("pdftoppm"))
        skip();
    assert_text(asked(*state, "pdftoppm -r 150 -png report.pdf page && (zbarimg -q --raw page-*.png 2>/dev/null || true)"),
                "https://dichvucong.daknong.gov.vn/check");
}

/* A cell longer than a page goes on over the next; nothing is lost. */
static void test_document_pdf__a_row_longer_than_a_page_is_carried_on(void **state)
{
    struct world *w = *state;
    struct document d;
    struct buf b;
    struct str pdf;
    struct err e = { 0 };
    if (!has_command("pdftotext"))
        skip();
    buf_init(&b, &w->a, 1 << 20);
    for (int i = 1; i <= 900; i++)
        buf_fmt(&b, "chữ%d ", i);
    document_init(&d, &w->a);
    d.agency = STR("CÔNG AN TỈNH");
    struct document_table *t = document_table(&d, columns, 4);
    table_row(t);
    table_cell(t, STR("1"));
    table_cell(t, buf_str(&b));
    assert_int_equal(document_pdf(&d, &w->a, &pdf, &e), 0);
    assert_true(write_file(w->dir, "long.pdf", pdf));
    assert_text(asked(w, "pdftotext long.pdf - | grep -o 'chữ[0-9]*' | sort -u | wc -l"), "900");
}

/* The words of one paper, whatever file they stand in: white space, page numbers and the heading that comes again left out. */
static void test_document_docx__libreoffice_opens_it_and_reads_what_the_pdf_says(void **state)
{
    struct world *w = *state;
    if (!has_command("soffice"))
        skip();
    asked(w, "HOME=\"$PWD\" timeout 100 soffice -env:UserInstallation=file://$PWD/profile --headless --convert-to pdf "
             "--outdir office "
             "report.docx >/dev/null 2>&1");
    struct str ours = asked(w, "pdftotext report.pdf - | tr -s ' \\n\\f' '\\n\\n\\n' | sort -u");
    struct str theirs = asked(w, "pdftotext office/report.pdf - | tr -s ' \\n\\f' '\\n\\n\\n' | sort -u");
    assert_true(ours.n > 1000);
    assert_true(str_eq(ours, theirs));
    assert_true(says(asked(w, "pdfinfo -l 9 office/report.pdf"), "Page    2 size:  841.89 x 595.304 pts (A4)"));
    assert_text(
        asked(
            w,
            "for p in 2 3 4; do pdftotext -f $p -l $p office/report.pdf - | grep -c 'Đơn vị chủ trì'; done | tr '\\n' ' '"),
        "1 1 1 ");
}

static void test_document_docx__the_same_paper_gives_the_same_bytes_and_sound_xml(void **state)
{
    struct world *w = *state;
    struct document d;
    struct str again;
    struct err e = { 0 };
    report(&d, &w->a);
    assert_int_equal(document_docx(&d, &w->a, &again, &e), 0);
    assert_true(str_eq(again, w->docx));
    if (!has_command("unzip") || !has_command("xmllint"))
        skip();
    asked(w, "mkdir -p parts && cd parts && unzip -qo ../report.docx && xmllint --noout word/*.xml docProps/*.xml "
             "_rels/.rels '[Content_Types].xml'");
}

static void test_document_docx__signs_of_mark_up_stay_text(void **state)
{
    struct world *w = *state;
    struct document d;
    struct str docx;
    struct err e = { 0 };
    if (!has_command("unzip"))
        skip();
    document_init(&d, &w->a);
    d.agency = STR("<b>&\"");
    document_paragraph(&d, STR("a < b & c > d \x01 \"e\"\nhai"));
    document_qr(&d, STR("\"<&>"));
    assert_int_equal(document_docx(&d, &w->a, &docx, &e), 0);
    assert_true(write_file(w->dir, "signs.docx", docx));
    struct str xml = asked(w, "unzip -p signs.docx word/document.xml");
    assert_true(says(xml, "a &lt; b &amp; c &gt; d  \"e\"</w:t><w:br/><w:t xml:space=\"preserve\">hai"));
    assert_true(says(xml, "descr=\"QR: &quot;&lt;&amp;&gt;\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_document__headings_count_anew_below_each_other),
        in_arena(test_document_date__days_below_ten_and_months_one_and_two_have_a_zero),
        cmocka_unit_test(test_document_pdf__every_word_is_found_with_its_tones),
        cmocka_unit_test(test_document_pdf__pages_are_a4_and_lie_down_for_wide_tables),
        cmocka_unit_test(test_document_pdf__numbers_stand_on_every_page_but_the_first),
        cmocka_unit_test(test_document_pdf__appendices_stand_behind_the_signature),
        cmocka_unit_test(test_document_pdf__a_screen_reader_finds_headings_lists_and_tables),
        cmocka_unit_test(test_document_pdf__the_heading_of_a_table_comes_again_on_each_page),
        cmocka_unit_test(test_document_pdf__the_language_is_told_and_the_file_stays_whole),
        cmocka_unit_test(test_document_pdf__the_same_paper_gives_the_same_bytes),
        cmocka_unit_test(test_document_pdf__the_code_on_the_paper_can_be_scanned),
        cmocka_unit_test(test_document_pdf__a_row_longer_than_a_page_is_carried_on),
        cmocka_unit_test(test_document_docx__libreoffice_opens_it_and_reads_what_the_pdf_says),
        cmocka_unit_test(test_document_docx__the_same_paper_gives_the_same_bytes_and_sound_xml),
        cmocka_unit_test(test_document_docx__signs_of_mark_up_stay_text),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
