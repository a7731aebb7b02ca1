/* scan_pdf.c: a PDF as paper: its names are read wherever they stand, in the open and in packed object streams. A name may be written with
 * escapes ("/J#61vaScript", PDF 32000-1 section 7.3.5), an object may be packed (section 7.5.7): both are undone first.
 */
#include "engines/cases/scan_pdf.h"

#include <string.h>
#include <zlib.h>

enum { UNPACKED_MAX = 16 << 20, SLICE = 32 << 10, PDF_NAME_MAX = 32 };

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
    return c == '\0' || strchr(" \t\r\n\f/()<>[]{}%", c) != NULL;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The name that begins at b.p[at], a slash, without its escapes. */
static struct str plain_name(struct str b, size_t at, char *room)
{
    size_t n = 0;
    room[n++] = '/';
    for (size_t i = at + 1; i < b.n && n < PDF_NAME_MAX && !ends_name(b.p[i]); i++) {
        bool escape = b.p[i] == '#' && i + 2 < b.n && hex_digit(b.p[i + 1]) >= 0 && hex_digit(b.p[i + 2]) >= 0;
        room[n++] = escape ? (char)(hex_digit(b.p[i + 1]) * 16 + hex_digit(b.p[i + 2])) : b.p[i];
        i += escape ? 2 : 0;
    }
    return (struct str) { room, n };
}

static int check_names(struct str b, struct err *e)
{
    char room[PDF_NAME_MAX];
    for (size_t at = 0; at < b.n; at++) {
        const char *slash = memchr(b.p + at, '/', b.n - at);
        if (!slash)
            return 0;
        at = (size_t)(slash - b.p);
        struct str name = plain_name(b, at, room);
        for (size_t i = 0; i < sizeof active / sizeof *active; i++)
            if (str_eq(name, active[i].name))
                return ERR_SAY(e, ERR_FORM, active[i].say, "PDF with %.*s", STR_ARG(name));
    }
    return 0;
}

/* ---- what is packed ---- */

static int refuse_packed(struct err *e, const char *why)
{
    return ERR_SAY(e, ERR_FORM,
                   MSGS("Tệp PDF này có phần nén không đọc được nên không biết bên trong có gì. Xin in lại ra PDF hoặc chụp "
                        "ảnh rồi gửi."),
                   "PDF object stream: %s", why);
}

/* Unpacks slice by slice; a name that lies over two slices is seen whole, since the end of each is looked at with the next. */
static int check_unpacked(z_stream *z, size_t *left, struct err *e)
{
    unsigned char room[PDF_NAME_MAX + SLICE];
    size_t kept = 0;
    int got = Z_OK;
    while (got == Z_OK) {
        z->next_out = room + kept;
        z->avail_out = SLICE;
        got = inflate(z, Z_NO_FLUSH);
        size_t n = SLICE - z->avail_out;
        if (got != Z_OK && got != Z_STREAM_END)
            return refuse_packed(e, "cannot be unpacked");
        if (n > *left)
            return refuse_packed(e, "unpacks to too much");
        *left -= n;
        if (check_names((struct str) { (const char *)room, kept + n }, e))
            return -1;
        size_t whole = kept + n;
        kept = whole < PDF_NAME_MAX ? whole : PDF_NAME_MAX;
        memmove(room, room + whole - kept, kept);
        if (n == 0 && got == Z_OK)
            return refuse_packed(e, "stands still");
    }
    return 0;
}

/* The stream behind an object that calls itself /ObjStm. left: bytes that may still be unpacked in this file. */
static int check_object_stream(struct str b, size_t *left, struct err *e)
{
    ptrdiff_t begin = str_find(b, STR("stream"));
    if (begin < 0)
        return refuse_packed(e, "has no stream");
    if (str_find(str_head(b, (size_t)begin), STR("/FlateDecode")) < 0)
        return refuse_packed(e, "is packed in another way");
    struct str bytes = str_from(b, (size_t)begin + 6);
    while (bytes.n > 0 && (bytes.p[0] == '\r' || bytes.p[0] == '\n'))
        bytes = str_from(bytes, 1);
    z_stream z = { .next_in = (unsigned char *)(uintptr_t)bytes.p, .avail_in = (uInt)bytes.n };
    if (inflateInit(&z) != Z_OK)
        return ERR(e, ERR_INTERNAL, "zlib");
    int result = check_unpacked(&z, left, e);
    inflateEnd(&z);
    return result;
}

/* The dictionary that has the name may have written its filter before it: it is looked for from the beginning of the object. */
static size_t object_start(struct str b, size_t at)
{
    while (at > 4 && memcmp(b.p + at - 4, " obj", 4) != 0)
        at--;
    return at;
}

static int check_packed(struct str b, struct err *e)
{
    size_t left = UNPACKED_MAX;
    char room[PDF_NAME_MAX];
    for (size_t at = 0; at < b.n; at++) {
        const char *slash = memchr(b.p + at, '/', b.n - at);
        if (!slash)
            return 0;
        at = (size_t)(slash - b.p);
        if (str_eq(plain_name(b, at, room), STR("/ObjStm")) &&
            check_object_stream(str_from(b, object_start(b, at)), &left, e))
            return -1;
    }
    return 0;
}

int scan_pdf_check(struct str bytes, struct err *e)
{
    if (str_find(str_from(bytes, bytes.n > 2048 ? bytes.n - 2048 : 0), STR("%%EOF")) < 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Tệp PDF này không trọn vẹn. Xin tải lên lại."), "PDF without an end");
    return check_names(bytes, e) || check_packed(bytes, e) ? -1 : 0;
}
