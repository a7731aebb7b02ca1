/* scan_check.c: what somebody uploads as a scan. A file is what its first bytes say, never what its name says; a PDF must be paper
 * only: nothing that runs, opens, starts or carries other files. This is no virus scanner: it lets in so little that there is
 * hardly anything left to be infected.
 */
#include "engines/cases/cases.h"

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

static const struct {
    struct str name;
    struct str say; /* MSG */
} active[] = {
    { STR_INIT("/JavaScript"), MSG("Tệp PDF này có mã chạy được (JavaScript). Xin in lại ra PDF hoặc chụp ảnh rồi gửi.") },
    { STR_INIT("/JS"), MSG("Tệp PDF này có mã chạy được (JavaScript). Xin in lại ra PDF hoặc chụp ảnh rồi gửi.") },
    { STR_INIT("/OpenAction"), MSG("Tệp PDF này tự làm một việc khi mở. Xin in lại ra PDF hoặc chụp ảnh rồi gửi.") },
    { STR_INIT("/AA"), MSG("Tệp PDF này tự làm một việc khi mở. Xin in lại ra PDF hoặc chụp ảnh rồi gửi.") },
    { STR_INIT("/Launch"), MSG("Tệp PDF này gọi chương trình khác. Xin in lại ra PDF hoặc chụp ảnh rồi gửi.") },
    { STR_INIT("/EmbeddedFile"), MSG("Tệp PDF này mang tệp khác bên trong. Xin in lại ra PDF hoặc chụp ảnh rồi gửi.") },
    { STR_INIT("/EmbeddedFiles"), MSG("Tệp PDF này mang tệp khác bên trong. Xin in lại ra PDF hoặc chụp ảnh rồi gửi.") },
    { STR_INIT("/RichMedia"), MSG("Tệp PDF này có phim hoặc âm thanh. Xin in lại ra PDF hoặc chụp ảnh rồi gửi.") },
    { STR_INIT("/XFA"), MSG("Tệp PDF này là biểu mẫu điền được. Xin in ra PDF rồi gửi.") },
    { STR_INIT("/Encrypt"), MSG("Tệp PDF này có mật khẩu nên không đọc được. Xin gỡ mật khẩu rồi gửi.") },
};

static bool ends_name(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\0' || c == '/' || c == '(' || c == ')' ||
           c == '<' || c == '>' || c == '[' || c == ']' || c == '{' || c == '}' || c == '%';
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The name that begins at b.p[at], a slash, written plainly: "/J#61vaScript" is "/JavaScript" (PDF 32000-1 section 7.3.5). */
static struct str plain_name(struct str b, size_t at, char *room, size_t most)
{
    size_t n = 0;
    room[n++] = '/';
    for (size_t i = at + 1; i < b.n && n < most && !ends_name(b.p[i]); i++) {
        int high = b.p[i] == '#' && i + 2 < b.n ? hex_digit(b.p[i + 1]) : -1, low = high < 0 ? -1 : hex_digit(b.p[i + 2]);
        room[n++] = low < 0 ? b.p[i] : (char)(high * 16 + low);
        i += low < 0 ? 0 : 2;
    }
    return (struct str) { room, n };
}

static int check_name(struct str name, struct err *e)
{
    for (size_t i = 0; i < sizeof active / sizeof *active; i++)
        if (str_eq(name, active[i].name))
            return ERR_SAY(e, ERR_FORM, active[i].say, "PDF with %.*s", STR_ARG(active[i].name));
    return 0;
}

/* Names in the open part of the file. What is deflated (object streams) is told by the one name that announces it: a scan has none. */
static int check_pdf(struct str b, struct err *e)
{
    char room[32];
    if (str_find(str_from(b, b.n > 2048 ? b.n - 2048 : 0), STR("%%EOF")) < 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Tệp PDF này không trọn vẹn. Xin tải lên lại."), "PDF without an end");
    for (size_t i = 0; i < b.n; i++)
        if (b.p[i] == '/' && check_name(plain_name(b, i, room, sizeof room), e))
            return -1;
    return 0;
}

int case_scan_check(struct str bytes, struct str *media_type, struct err *e)
{
    if (bytes.n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Tệp này trống. Xin chọn lại."), "empty file");
    if (bytes.n > CASE_FILE_MAX)
        return ERR_SAY(e, ERR_TOO_LARGE, MSGS("Mỗi tệp tối đa 4 MB. Xin chụp lại nhỏ hơn hoặc chia thành nhiều tệp."),
                       "%zu bytes", bytes.n);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].is(bytes)) {
            if (i == 0 && check_pdf(bytes, e))
                return -1;
            *media_type = kinds[i].media_type;
            return 0;
        }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_starts(bytes, known[i].begins))
            return ERR_SAY(e, ERR_FORM, known[i].say, "not a scan");
    return ERR_SAY(e, ERR_FORM, MSGS("Chỉ nhận ảnh JPEG, PNG, WebP hoặc tệp PDF. Xin gửi một trong các loại ấy."),
                   "unknown kind of file");
}
