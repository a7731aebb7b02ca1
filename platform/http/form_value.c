/* form_value.c: one typed value against one field. Each refusal is a sentence that says what is wrong and what would be
 * right; numbers stand in it, so it is filled in the reader's language here.
 */
#include "platform/http/form.h"

#include "base/text.h"

#define TEXT_MOST   200
#define LINES_MOST  4000
#define HIDDEN_MOST 2000

struct str field_say(struct req *q, struct str text, const struct tr_arg *args, size_t n)
{
    return tr_fill(q->arena, q->lang, text, args, n);
}

static int say(struct req *q, struct err *e, struct str text, const struct tr_arg *args, size_t n)
{
    return ERR_SAY(e, ERR_FORM, field_say(q, text, args, n), "%s", "a form field");
}

static int say_plain(struct err *e, struct str text)
{
    return ERR_SAY(e, ERR_FORM, text, "%s", "a form field");
}

/* ---- dates and times as people type them ---- */
bool day_typed(struct str s, struct day *out)
{
    return day_parse_iso(s, out) || day_parse_vi(s, out);
}

static bool clock_typed(struct str s, int *hour, int *minute)
{
    int64_t h, m;
    ptrdiff_t colon = str_find_char(s, ':');
    if (colon < 1 || colon > 2 || s.n - (size_t)colon != 3)
        return false;
    struct str hours = str_head(s, (size_t)colon), minutes = str_from(s, (size_t)colon + 1);
    if (!str_is_digits(hours) || !str_is_digits(minutes) || !str_to_i64(hours, &h) || !str_to_i64(minutes, &m))
        return false;
    if (h > 23 || m > 59)
        return false;
    *hour = (int)h;
    *minute = (int)m;
    return true;
}

bool instant_typed(struct str s, struct instant *out)
{
    ptrdiff_t cut = str_find_char(s, 'T');
    if (cut < 0)
        cut = str_find_char(s, ' ');
    if (cut < 0)
        return false;
    struct str first = str_head(s, (size_t)cut), second = str_trim(str_from(s, (size_t)cut + 1));
    struct day d;
    int hour, minute;
    bool day_first = day_typed(first, &d) && clock_typed(second, &hour, &minute);
    if (!day_first && !(clock_typed(first, &hour, &minute) && day_typed(second, &d)))
        return false;
    *out = day_at(d, hour, minute);
    return true;
}

/* Three numbers with / or - between them: it was meant as a day, so the calendar is what refuses it. */
static bool looks_like_day(struct str s)
{
    int marks = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool mark = s.p[i] == '/' || s.p[i] == '-';
        marks += mark;
        if (!mark && (s.p[i] < '0' || s.p[i] > '9'))
            return false;
    }
    return s.n >= 8 && s.n <= 10 && (marks == 2 || (marks == 0 && s.n == 8));
}

static int check_day(struct req *q, struct str v, struct err *e)
{
    struct day d;
    if (day_typed(v, &d))
        return 0;
    if (looks_like_day(v))
        return say(q, e, MSGS("Trong lịch không có ngày {day}."), (struct tr_arg[]) { { "day", v } }, 1);
    return say_plain(e, MSGS("Xin ghi ngày theo dạng ngày/tháng/năm, ví dụ 16/02/2024."));
}

static int check_instant(struct str v, struct err *e)
{
    struct instant t;
    if (instant_typed(v, &t))
        return 0;
    return say_plain(e, MSGS("Xin ghi giờ và ngày, ví dụ 22:10 16/02/2024."));
}

/* ---- numbers, choices ---- */
static int check_int(struct req *q, const struct field *f, struct str v, struct err *e)
{
    int64_t n;
    if (!str_to_i64(v, &n))
        return say_plain(e, MSGS("Xin ghi một số nguyên, ví dụ 12."));
    bool bounded = f->min != 0 || f->max != 0;
    if (!bounded || (n >= f->min && n <= f->max))
        return 0;
    struct tr_arg args[] = { { "min", str_fmt(q->arena, "%d", f->min) }, { "max", str_fmt(q->arena, "%d", f->max) } };
    return say(q, e, MSGS("Số này phải từ {min} đến {max}."), args, 2);
}

static int check_choice(const struct field *f, struct str v, struct err *e)
{
    for (const struct choice *c = f->choices; c && c->value; c++)
        if (str_eq(v, str_of(c->value)))
            return 0;
    return say_plain(e, MSGS("Xin chọn một trong các mục có sẵn."));
}

/* ---- text ---- */
static size_t longest(const struct field *f)
{
    if (f->max > 0)
        return (size_t)f->max;
    if (f->type == FIELD_LINES)
        return LINES_MOST;
    return f->type == FIELD_HIDDEN ? HIDDEN_MOST : TEXT_MOST;
}

static int check_length(struct req *q, const struct field *f, struct str v, struct err *e)
{
    size_t n = text_length(v), most = longest(f);
    struct str have = str_fmt(q->arena, "%zu", n);
    if (n > most) {
        struct tr_arg args[] = { { "max", str_fmt(q->arena, "%zu", most) }, { "n", have } };
        return say(q, e, MSGS("Dài quá: nhiều nhất {max} ký tự, đang có {n}."), args, 2);
    }
    if (f->min > 0 && n < (size_t)f->min) {
        struct tr_arg args[] = { { "min", str_fmt(q->arena, "%d", f->min) }, { "n", have } };
        return say(q, e, MSGS("Ngắn quá: ít nhất {min} ký tự, đang có {n}."), args, 2);
    }
    return 0;
}

static int check_typed(struct req *q, const struct field *f, struct str v, struct err *e)
{
    struct pid pid;
    switch (f->type) {
    case FIELD_INT:
        return check_int(q, f, v, e);
    case FIELD_DAY:
        return check_day(q, v, e);
    case FIELD_INSTANT:
        return check_instant(v, e);
    case FIELD_CHOICE:
        return check_choice(f, v, e);
    case FIELD_CHECK:
        return str_eq(v, STR("1")) ? 0 : say_plain(e, MSGS("Ô đánh dấu này nhận giá trị lạ."));
    case FIELD_PID:
        return pid_parse(v, instant_day(q->now), &pid, e);
    default:
        return check_length(q, f, v, e);
    }
}

static int clean(struct req *q, const struct field *f, struct str *value, struct err *e)
{
    if (f->type == FIELD_SECRET) /* a password is kept to the byte */
        return text_is_utf8(*value) ? 0 : say_plain(e, MSGS("Mật khẩu có ký tự không đọc được."));
    return text_clean(q->arena, *value, f->type == FIELD_LINES ? TEXT_MANY_LINES : TEXT_ONE_LINE, value->n, value, e);
}

int field_value_check(struct req *q, const struct field *f, struct str *value, struct err *e)
{
    if (clean(q, f, value, e) < 0)
        return -1;
    if (value->n == 0)
        return 0; /* whether it may be empty is asked of the field, not of one value */
    if (check_typed(q, f, *value, e) < 0)
        return -1;
    return f->check ? f->check(q, *value, e) : 0;
}

struct str text_showable(struct arena *a, struct str s)
{
    bool utf8 = text_is_utf8(s);
    char *to = arena_alloc(a, s.n);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool odd = (c < ' ' && c != '\n') || c == 0x7f || (!utf8 && c >= 0x80);
        to[i] = odd ? ' ' : (char)c;
    }
    return (struct str) { to, s.n };
}
