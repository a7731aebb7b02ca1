/* err.h: how things fail. A function that can fail returns 0 or -1 and fills a caller-owned struct err; out-parameters
 * are untouched on failure. ERR_TABLE is the one list of codes: HTTP status, and the sentence a person reads (Vietnamese
 * is the source text, English stands in po/en.po). `detail` is for the log and for developers, never for the page.
 */
#ifndef BON_BASE_ERR_H
#define BON_BASE_ERR_H

#include "base/str.h"

/* Marks a Vietnamese source text for translation; i18nc collects these. MSG("x") is a struct str initialiser for tables,
 * MSGS("x") a struct str value. */
#define MSG(literal) STR_INIT(literal)
#define MSGS(literal) STR(literal)

/* X(code, HTTP status, exit status of a command, sentence as a struct str initialiser) */
#define ERR_TABLE(X)                                                                                                        \
    X(ERR_NONE, 200, 0, MSG("Không có lỗi."))                                                                               \
    X(ERR_INPUT, 400, 2, MSG("Yêu cầu không đúng dạng, hệ thống không đọc được."))                                          \
    X(ERR_FORM, 422, 2, MSG("Có chỗ điền chưa đúng. Xin xem các dòng được đánh dấu."))                                      \
    X(ERR_SIGN_IN, 401, 3, MSG("Xin đăng nhập để tiếp tục."))                                                               \
    X(ERR_FORBIDDEN, 403, 3, MSG("Tài khoản này không có quyền làm việc này."))                                             \
    X(ERR_HAT, 403, 3, MSG("Việc này thuộc một tư cách khác của bạn. Xin đổi tư cách ở đầu trang rồi làm lại."))            \
    X(ERR_STEP_UP, 403, 3, MSG("Việc này cần xác nhận đúng là bạn thêm một lần nữa."))                                      \
    X(ERR_CSRF, 403, 3, MSG("Trang đã mở quá lâu hoặc yêu cầu đến từ nơi khác. Xin tải lại trang rồi gửi lại."))            \
    X(ERR_NOT_FOUND, 404, 4, MSG("Không tìm thấy trang hoặc hồ sơ này."))                                                   \
    X(ERR_METHOD, 405, 2, MSG("Địa chỉ này không nhận cách gửi đó."))                                                       \
    X(ERR_CONFLICT, 409, 5, MSG("Việc này đã được làm hoặc vừa bị người khác thay đổi. Xin xem lại trước khi gửi."))        \
    X(ERR_TOO_LARGE, 413, 2, MSG("Nội dung gửi lên quá lớn."))                                                              \
    X(ERR_UNMET, 409, 1, MSG("Kết quả kiểm tra không đạt."))                                                                \
    X(ERR_RATE, 429, 6, MSG("Gửi quá nhiều lần. Xin chờ một lát rồi thử lại."))                                             \
    X(ERR_TIMEOUT, 408, 6, MSG("Đường truyền quá chậm, yêu cầu chưa đến đủ. Xin gửi lại."))                                 \
    X(ERR_BUSY, 503, 6, MSG("Hệ thống đang bận. Dữ liệu chưa được ghi, xin thử lại sau ít giây."))                          \
    X(ERR_DB, 503, 7, MSG("Cơ sở dữ liệu chưa ghi được. Dữ liệu chưa được lưu, xin thử lại."))                              \
    X(ERR_DISK_FULL, 507, 7, MSG("Ổ đĩa của máy chủ đã đầy. Dữ liệu chưa được lưu; xin báo người quản trị."))               \
    X(ERR_SIGNER, 503, 7, MSG("Bộ phận ký số chưa trả lời. Xin thử lại sau ít giây."))                                      \
    X(ERR_SOURCE, 502, 7, MSG("Hệ thống bên ngoài chưa trả lời."))                                                          \
    X(ERR_INTERNAL, 500, 70, MSG("Hệ thống gặp lỗi. Mã yêu cầu bên dưới giúp người quản trị tìm nguyên nhân."))

enum err_code {
#define X(code, status, exit, sentence) code,
    ERR_TABLE(X)
#undef X
        ERR_COUNT_
};

struct err {
    enum err_code code;
    const char *file; /* where it was raised */
    int line;
    char field[64];   /* the form field or file row it is about, or "" */
    char detail[256]; /* for the log; NUL-ended, cut when longer */
    struct str say;   /* a sentence for the person that is more exact than the code's own, or STR_NONE. A source text for i18n. */
};

/* Fills every member (field becomes "": who knows the field sets it afterwards). Always returns -1, so that
 * `return ERR(e, ERR_DB, "…")` reads as one step. e may be NULL. */
int err_raise(struct err *e, enum err_code code, const char *file, int line, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
#define ERR(e, code, ...) err_raise((e), (code), __FILE__, __LINE__, __VA_ARGS__)

/* As ERR, with a sentence for the person: say is a literal marked MSG(). */
int err_raise_say(struct err *e, enum err_code code, const char *file, int line, struct str say, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
#define ERR_SAY(e, code, say, ...) err_raise_say((e), (code), __FILE__, __LINE__, (say), __VA_ARGS__)

int err_http_status(enum err_code code);
int err_exit_status(enum err_code code);
struct str err_sentence(const struct err *e); /* say, or the code's sentence: a source text for i18n */
const char *err_name(enum err_code code);     /* "ERR_DB" */

/* What must hold, in production too. Prints file:line and the text, then aborts; the supervisor starts a new server. */
#define ASSERT(condition) ((condition) ? (void)0 : assert_failed(#condition, __FILE__, __LINE__))
_Noreturn void assert_failed(const char *condition, const char *file, int line);

#endif
