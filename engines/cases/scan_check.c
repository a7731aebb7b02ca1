/* scan_check.c: what somebody uploads as a scan. A file is what its first bytes say, never what its name says; a PDF must be paper
 * only: nothing that runs, opens, starts or carries other files. This is no virus scanner: it lets in so little that there is
 * hardly anything left to be infected.
 */
#include "engines/cases/cases.h"
#include "engines/cases/scan_pdf.h"
#include "engines/cases/scan_size.h"

static bool is_pdf(struct str b)
{
    return str_starts(b, STR("%PDF-1.")) || str_starts(b, STR("%PDF-2."));
}
static bool is_png(struct str b)
{
    return str_starts(b, STR("\x89PNG\r\n\x1a\n")) && str_find(b, STR("IEND")) > 0;
}
static bool is_jpeg(struct str b)
{
    return str_starts(b, STR("\xff\xd8\xff")) && str_find(b, STR("\xff\xd9")) > 0;
}
static bool is_webp(struct str b)
{
    return str_starts(b, STR("RIFF")) && str_starts(str_from(b, 8), STR("WEBPVP8"));
}

static const struct {
    bool (*is)(struct str bytes);
    struct str media_type;
} kinds[] = {
    { is_pdf, STR_INIT("application/pdf") },
    { is_png, STR_INIT("image/png") },
    { is_jpeg, STR_INIT("image/jpeg") },
    { is_webp, STR_INIT("image/webp") },
};

/* What people try, and what to tell them. */
static const struct {
    struct str begins;
    struct str say; /* MSG */
} known[] = {
    { STR_INIT("PK\x03\x04"), MSG("Đây là tệp Word, Excel hoặc tệp nén; chúng có thể chứa mã chạy được nên không nhận. Xin "
                                  "xuất ra PDF rồi gửi lại.") },
    { STR_INIT("\xd0\xcf\x11\xe0"), MSG("Đây là tệp Word hoặc Excel đời cũ; chúng có thể chứa mã chạy được nên không nhận. "
                                        "Xin xuất ra PDF rồi gửi lại.") },
    { STR_INIT("Rar!"), MSG("Đây là tệp nén. Xin giải nén và gửi từng ảnh hoặc tệp PDF.") },
    { STR_INIT("7z\xbc\xaf"), MSG("Đây là tệp nén. Xin giải nén và gửi từng ảnh hoặc tệp PDF.") },
    { STR_INIT("\x1f\x8b"), MSG("Đây là tệp nén. Xin giải nén và gửi từng ảnh hoặc tệp PDF.") },
    { STR_INIT("MZ"), MSG("Đây là chương trình, không phải giấy tờ. Xin gửi ảnh chụp hoặc tệp PDF.") },
    { STR_INIT("\x7f"
               "ELF"),
      MSG("Đây là chương trình, không phải giấy tờ. Xin gửi ảnh chụp hoặc tệp PDF.") },
    { STR_INIT("<"),
      MSG("Đây là trang web hoặc ảnh SVG, có thể chứa mã chạy được nên không nhận. Xin gửi ảnh chụp hoặc tệp PDF.") },
};

int case_scan_check(struct str bytes, struct str *media_type, struct err *e)
{
    if (bytes.n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Tệp này trống. Xin chọn lại."), "empty file");
    if (bytes.n > CASE_FILE_MAX)
        return ERR_SAY(e, ERR_TOO_LARGE, MSGS("Mỗi tệp tối đa 4 MB. Xin chụp lại nhỏ hơn hoặc chia thành nhiều tệp."),
                       "%zu bytes", bytes.n);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].is(bytes)) {
            struct scan_size size = scan_size_of(bytes);
            if (i == 0 && scan_pdf_check(bytes, e))
                return -1;
            if (scan_too_large(&size))
                return ERR_SAY(e, ERR_FORM, MSGS("Ảnh ghi kích thước quá lớn nên không được mở: xin quét lại ở 150 đến 300 DPI."),
                               "%lld x %lld points", (long long)size.width, (long long)size.height);
            *media_type = kinds[i].media_type;
            return 0;
        }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_starts(bytes, known[i].begins))
            return ERR_SAY(e, ERR_FORM, known[i].say, "not a scan");
    return ERR_SAY(e, ERR_FORM, MSGS("Chỉ nhận ảnh JPEG, PNG, WebP hoặc tệp PDF. Xin gửi một trong các loại ấy."),
                   "unknown kind of file");
}
