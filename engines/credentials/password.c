/* password.c: which passwords are refused because somebody would try them first.
 *
 * Length alone does not help against "daknong123456": so what everybody can guess is taken out, and what is left must be long
 * enough by itself. NIST SP 800-63B 5.1.1.2 asks for the same comparison with expected words, and against rules of the
 * kind "one capital, one digit".
 */
#include "engines/credentials/password.h"

#include "base/buf.h"
#include "base/text.h"

#include <string.h>

/* ---- what is left of a password: lower-case letters without tones, and digits ---- */
static struct str squeeze(struct arena *a, struct str s)
{
    struct str folded = text_fold(a, s);
    struct buf b;
    buf_init(&b, a, folded.n + 1);
    for (size_t i = 0; i < folded.n; i++) {
        char c = folded.p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80))
            buf_put_char(&b, c);
    }
    return buf_str(&b);
}

/* ---- kinds of guessable parts: each says how much of the text at its beginning it explains ---- */
static size_t word_length(struct str s)
{
    static const char *const words[] = {
        "daknong", "lamdong", "daklak", "gianghia", "dakrlap", "dakmil", "krongno", "cujut", "tuyduc", "daksong", "dakglong",
        "binhthuan", "taynguyen", "vietnam", "matkhau", "password", "passw0rd", "admin", "quantri", "congan", "ubnd", "uyban",
        "nhanghi", "khachsan", "letan", "xinchao", "anhyeuem", "emyeuanh", "iloveyou", "welcome", "dichvucong", "cccd", "vneid",
        "caphe", "bon",
    };
    size_t longest = 0;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t n = strlen(words[i]);
        if (n > longest && str_starts(s, str_of(words[i])))
            longest = n;
    }
    return longest;
}

/* Keys beside each other, forwards or back, or one key again and again; fewer than four may be chance. */
static size_t run_length(struct str s)
{
    static const char *const rows[] = { "1234567890", "0987654321", "qwertyuiop", "poiuytrewq", "asdfghjkl", "lkjhgfdsa",
                                        "zxcvbnm", "mnbvcxz", "abcdefghijklmnopqrstuvwxyz", "1q2w3e4r5t6y", "qazwsxedc" };
    enum { BY_CHANCE = 4 };
    size_t longest = 0;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && s.n > 0; i++)
        for (const char *at = strchr(rows[i], s.p[0]); at; at = NULL) {
            size_t n = 0;
            while (n < s.n && at[n] && at[n] == s.p[n])
                n++;
            longest = n > longest ? n : longest;
        }
    size_t same = 1;
    while (same < s.n && s.p[same] == s.p[0])
        same++;
    longest = same > longest ? same : longest;
    return longest >= BY_CHANCE ? longest : 0;
}

static bool two_digits(struct str s, size_t at, int least, int most)
{
    int v = (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
    return v >= least && v <= most;
}

static size_t digits_ahead(struct str s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return n;
}

/* 16021990, 19900216, 160290. */
static size_t date_length(struct str s)
{
    size_t n = digits_ahead(s);
    if (n >= 8 && two_digits(s, 0, 1, 31) && two_digits(s, 2, 1, 12) && two_digits(s, 4, 19, 20))
        return 8;
    if (n >= 8 && two_digits(s, 0, 19, 20) && two_digits(s, 4, 1, 12) && two_digits(s, 6, 1, 31))
        return 8;
    return n >= 6 && two_digits(s, 0, 1, 31) && two_digits(s, 2, 1, 12) ? 6 : 0;
}

/* A mobile number: ten digits behind 03, 05, 07, 08, 09, or +84. */
static size_t phone_length(struct str s)
{
    size_t n = digits_ahead(s);
    if (n >= 10 && s.p[0] == '0' && strchr("35789", s.p[1]))
        return 10;
    return n >= 11 && str_starts(s, STR("84")) && strchr("35789", s.p[2]) ? 11 : 0;
}

static const struct guessable {
    size_t (*length)(struct str s);
    struct str say;
} guessable[] = {
    { word_length,
      MSG("Mật khẩu này gần như chỉ gồm từ ai cũng đoán được, như tên tỉnh hay chữ “mật khẩu”. Xin ghép thêm vài từ của riêng bạn.") },
    { run_length, MSG("Mật khẩu này gần như chỉ là dãy phím liền nhau hoặc lặp lại. Xin ghép vài từ của riêng bạn.") },
    { phone_length, MSG("Mật khẩu này gần như chỉ là một số điện thoại. Xin ghép thêm vài từ của riêng bạn.") },
    { date_length, MSG("Mật khẩu này gần như chỉ là một ngày tháng. Xin ghép thêm vài từ của riêng bạn.") },
};
enum { KINDS = sizeof(guessable) / sizeof(guessable[0]) };

/* How many letters are the owner's own, and which kind explains most of the others. */
static size_t own_letters(struct str s, size_t *most)
{
    size_t own = 0, explained[KINDS] = { 0 };
    while (s.n > 0) {
        size_t best = 0, kind = 0;
        for (size_t k = 0; k < KINDS; k++) {
            size_t n = guessable[k].length(s);
            if (n > best) {
                best = n;
                kind = k;
            }
        }
        explained[kind] += best;
        own += best == 0;
        s = str_from(s, best > 0 ? best : 1);
    }
    *most = 0;
    for (size_t k = 1; k < KINDS; k++)
        if (explained[k] > explained[*most])
            *most = k;
    return own;
}

int password_acceptable(struct arena *a, struct str password, struct str login, const struct pid *pid, struct err *e)
{
    struct str plain = squeeze(a, password);
    size_t most;
    if (password.n < PASSWORD_LEAST)
        return ERR_SAY(e, ERR_FORM, MSGS("Mật khẩu cần ít nhất 10 ký tự."), "short password");
    if (password.n > PASSWORD_MOST)
        return ERR_SAY(e, ERR_FORM, MSGS("Mật khẩu dài tối đa 200 byte."), "long password");
    if (str_find(plain, squeeze(a, login)) >= 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Mật khẩu không được chứa tên đăng nhập."), "password holds the login");
    /* "6 số cuối CCCD" is the first thing a stranger tries. */
    if (pid && pid->v[0] != '\0' && str_find(plain, str_from(pid_str(pid), 6)) >= 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Mật khẩu không được chứa sáu số cuối của số định danh."), "password holds the number");
    if (own_letters(plain, &most) < PASSWORD_OWN_LEAST)
        return ERR_SAY(e, ERR_FORM, guessable[most].say, "guessable password");
    return 0;
}
