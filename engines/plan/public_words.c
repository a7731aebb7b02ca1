/* public_words.c: the public page's sentences, in the words of somebody who works in no office. */
#include "engines/plan/public.h"

/* ---- abbreviations of the office, spelled out ---- */

static const struct {
    struct str office, plain;
} spelled[] = {
    { STR_INIT("CSDLQG về DC"), STR_INIT("Cơ sở dữ liệu quốc gia về dân cư") },
    { STR_INIT("CSDLQG"), STR_INIT("Cơ sở dữ liệu quốc gia") },
    { STR_INIT("TTHC"), STR_INIT("thủ tục hành chính") },
    { STR_INIT("DVC"), STR_INIT("dịch vụ công") },
    { STR_INIT("CCCD"), STR_INIT("căn cước công dân") },
    { STR_INIT("ANTT"), STR_INIT("an ninh, trật tự") },
};

enum { PLAIN_MAX = 8192 };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* The abbreviation that stands at the head of s as a word of its own; -1: none. */
static int office_word(struct str s)
{
    for (size_t i = 0; i < sizeof spelled / sizeof *spelled; i++) {
        struct str w = spelled[i].office;
        if (str_starts(s, w) && (s.n == w.n || !is_letter(s.p[w.n])))
            return (int)i;
    }
    return -1;
}

struct str public_plain(struct arena *a, struct str s)
{
    struct buf b;
    bool word = false; /* inside one: "ADVC" stays */
    buf_init(&b, a, PLAIN_MAX);
    for (size_t i = 0; i < s.n;) {
        int found = word ? -1 : office_word(str_from(s, i));
        if (found >= 0) {
            buf_put(&b, spelled[found].plain);
            i += spelled[found].office.n;
            word = true;
            continue;
        }
        word = is_letter(s.p[i]);
        buf_put(&b, str_head(str_from(s, i), 1));
        i++;
    }
    return b.n > 0 && !b.full ? buf_str(&b) : s;
}

struct str public_name(struct html *h, const struct plan_line *l)
{
    return h->lang == LANG_VI ? public_plain(h->arena, l->name) : line_name(h, l);
}

struct str public_href(const struct html *h, const struct plan_line *l)
{
    return str_fmt(h->arena, "/plan/public/%lld", (long long)l->number);
}

struct str public_lead(struct html *h, const struct public_plan *plan, const struct board_sum *sum)
{
    struct tr_arg args[] = { { "n", html_int(h, sum->rows) },
                             { "number", plan->number },
                             { "day", html_day(h, plan->day) } };
    return tr_fill(h->arena, h->lang, MSGS("{n} mô hình của Đề án 06 mà tỉnh cam kết trong Kế hoạch {number} ngày {day}"),
                   args, 3);
}

struct str public_headline(struct html *h, const struct board_sum *sum)
{
    struct tr_arg args[] = {
        { "n", html_int(h, sum->rows) },
        { "met", html_int(h, sum->status[PLAN_MET]) },
        { "late", html_int(h, sum->status[PLAN_LATE]) },
        { "uncounted", html_int(h, sum->uncounted) },
    };
    return tr_fill(
        h->arena, h->lang,
        MSGS("Tỉnh đã hứa {n} việc. {met} việc có số đo cho thấy đã đạt, {late} đã quá hạn, {uncounted} chưa có số đo."),
        args, sizeof args / sizeof *args);
}
