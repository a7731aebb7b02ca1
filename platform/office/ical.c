/* ical.c: see ical.h. Numbers in brackets are sections of RFC 5545. */
#include "platform/office/ical.h"

enum { LINE_OCTETS = 75 }; /* [3.1], without the line break */

/* ---- lines ---- */

/* A content line under way: what was put since the last break counts. */
struct line {
    struct buf *b;
    size_t octets;
};

static size_t letter_octets(struct str s)
{
    size_t n = 1;
    while (n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n++;
    return n;
}

static void put_folded(struct line *l, struct str s)
{
    while (s.n) {
        size_t n = letter_octets(s);
        if (l->octets + n > LINE_OCTETS) {
            buf_lit(l->b, "\r\n ");
            l->octets = 1;
        }
        buf_put(l->b, str_head(s, n));
        l->octets += n;
        s = str_from(s, n);
    }
}

/* [3.3.11] A backslash, comma and semicolon are escaped; a line break is \n; other control characters have no place. */
static void put_escaped(struct line *l, struct str s)
{
    for (; s.n; s = str_from(s, letter_octets(s))) {
        struct str letter = str_head(s, letter_octets(s));
        unsigned char c = (unsigned char)letter.p[0];
        if (c == '\n')
            put_folded(l, STR("\\n"));
        else if (c == '\\' || c == ',' || c == ';')
            put_folded(l, STR("\\"));
        if (c >= 0x20 && c != 0x7F)
            put_folded(l, letter);
    }
}

static void put_line(struct buf *b, const char *name, struct str value, void (*put)(struct line *, struct str))
{
    struct line l = { b, 0 };
    put_folded(&l, str_of(name));
    put_folded(&l, STR(":"));
    put(&l, value);
    buf_lit(b, "\r\n");
}

static void text_line(struct buf *b, const char *name, struct str value)
{
    if (value.p)
        put_line(b, name, value, put_escaped);
}

static void plain_line(struct buf *b, const char *name, struct str value)
{
    if (value.p)
        put_line(b, name, value, put_folded);
}

static void day_line(struct buf *b, const char *name, struct day d)
{
    int year, month, day;
    day_to_ymd(d, &year, &month, &day);
    buf_fmt(b, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, year, month, day);
}

/* [3.3.5] form 2: UTC. */
static void moment_line(struct buf *b, const char *name, struct instant t)
{
    int64_t seconds = t.us / US_PER_SECOND, in_day = seconds % 86400;
    int year, month, day;
    day_to_ymd((struct day) { (int32_t)(seconds / 86400) }, &year, &month, &day);
    buf_fmt(b, "%s:%04d%02d%02dT%02d%02d%02dZ\r\n", name, year, month, day, (int)(in_day / 3600), (int)(in_day / 60 % 60),
            (int)(in_day % 60));
}

/* ---- the calendar ---- */

void ical_begin(struct ical *c, struct buf *b, struct str name, struct instant stamp)
{
    *c = (struct ical) { b, stamp };
    buf_lit(b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bon//bon//VI\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
    text_line(b, "NAME", name);         /* RFC 7986 */
    text_line(b, "X-WR-CALNAME", name); /* what Google and Apple read instead */
    buf_lit(b, "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n");
}

static const struct {
    struct str event, todo;
} states[] = {
    [ICAL_OPEN] = { STR_INIT("CONFIRMED"), STR_INIT("NEEDS-ACTION") },
    [ICAL_UNDER_WAY] = { STR_INIT("CONFIRMED"), STR_INIT("IN-PROCESS") },
    [ICAL_DONE] = { STR_INIT("CONFIRMED"), STR_INIT("COMPLETED") },
    [ICAL_CANCELLED] = { STR_INIT("CANCELLED"), STR_INIT("CANCELLED") },
};

/* [3.6.1] A whole-day event ends on the day after, and does not make anybody busy. */
static void event_days(struct buf *b, struct day d)
{
    day_line(b, "DTSTART", d);
    day_line(b, "DTEND", (struct day) { d.n + 1 });
    buf_lit(b, "TRANSP:TRANSPARENT\r\n");
}

void ical_put(struct ical *c, const struct ical_entry *entry)
{
    struct buf *b = c->b;
    bool todo = entry->kind == ICAL_TODO;
    struct str name = todo ? STR("VTODO") : STR("VEVENT");
    plain_line(b, "BEGIN", name);
    text_line(b, "UID", entry->uid);
    moment_line(b, "DTSTAMP", c->stamp);
    if (todo)
        day_line(b, "DUE", entry->day);
    else
        event_days(b, entry->day);
    buf_fmt(b, "SEQUENCE:%lld\r\n", (long long)entry->sequence);
    if (entry->changed.us)
        moment_line(b, "LAST-MODIFIED", entry->changed);
    text_line(b, "SUMMARY", entry->summary);
    text_line(b, "DESCRIPTION", entry->description);
    plain_line(b, "URL", entry->url);
    plain_line(b, "STATUS", todo ? states[entry->state].todo : states[entry->state].event);
    plain_line(b, "END", name);
}

void ical_end(struct ical *c)
{
    buf_lit(c->b, "END:VCALENDAR\r\n");
}
