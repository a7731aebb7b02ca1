/* Calendars: the letter of RFC 5545, and what another program reads in them (python3-icalendar, where it is installed). */
#include "base/test/check.h"
#include "base/test/command.h"
#include "platform/office/ical.h"

#include <string.h>

static struct instant moment(const char *s)
{
    struct instant t;
    assert_true(instant_parse(str_of(s), &t));
    return t;
}

static struct str calendar(struct arena *a, const struct ical_entry *entry)
{
    struct buf b;
    struct ical c;
    buf_init(&b, a, 64 * 1024);
    ical_begin(&c, &b, STR("Kế hoạch 511, Sở Tư pháp"), moment("2023-09-10T07:00:00+07:00"));
    ical_put(&c, entry);
    ical_end(&c);
    assert_false(b.full);
    return buf_str(&b);
}

static struct ical_entry report_due(void)
{
    struct ical_entry e = { .kind = ICAL_TODO,
                            .uid = STR("month-202309@bon"),
                            .summary = STR("Gửi báo cáo; trước 18/9"),
                            .sequence = 3,
                            .state = ICAL_UNDER_WAY,
                            .changed = moment("2023-09-08T09:30:00+07:00") };
    day_from_ymd(2023, 9, 18, &e.day);
    return e;
}

static void test_ical__a_todo_is_due_on_its_day(void **state)
{
    struct ical_entry e = report_due();
    assert_text(calendar(*state, &e),
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bon//bon//VI\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"
                "NAME:Kế hoạch 511\\, Sở Tư pháp\r\nX-WR-CALNAME:Kế hoạch 511\\, Sở Tư pháp\r\n"
                "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n"
                "BEGIN:VTODO\r\nUID:month-202309@bon\r\nDTSTAMP:20230910T000000Z\r\nDUE;VALUE=DATE:20230918\r\n"
                "SEQUENCE:3\r\nLAST-MODIFIED:20230908T023000Z\r\nSUMMARY:Gửi báo cáo\\; trước 18/9\r\n"
                "STATUS:IN-PROCESS\r\nEND:VTODO\r\nEND:VCALENDAR\r\n");
}

static void test_ical__a_whole_day_event_ends_on_the_next_day(void **state)
{
    struct ical_entry e = { .kind = ICAL_EVENT, .uid = STR("x"), .summary = STR("Hạn"), .state = ICAL_CANCELLED };
    day_from_ymd(2023, 12, 31, &e.day);
    struct str s = calendar(*state, &e);
    assert_true(str_find(s, STR("DTSTART;VALUE=DATE:20231231\r\nDTEND;VALUE=DATE:20240101\r\nTRANSP:TRANSPARENT\r\n")) > 0);
    assert_true(str_find(s, STR("STATUS:CANCELLED\r\n")) > 0);
}

/* No line is over 75 octets, none begins in the middle of a letter, and unfolded it is what was put. */
static void test_ical__long_lines_fold_between_letters(void **state)
{
    struct ical_entry e = report_due();
    e.summary = STR("Thúc đẩy triển khai Đề án 06 trên địa bàn tỉnh Đắk Nông, bảo đảm đúng tiến độ của Kế hoạch 511/KH-UBND "
                    "ngày 2 tháng 8");
    struct str rest = calendar(*state, &e), line;
    size_t longest = 0;
    while (str_cut(&rest, '\n', &line)) {
        size_t octets = line.n && line.p[line.n - 1] == '\r' ? line.n - 1 : line.n;
        longest = octets > longest ? octets : longest;
        assert_false(line.n > 1 && line.p[0] == ' ' && ((unsigned char)line.p[1] & 0xC0) == 0x80);
    }
    assert_true(longest <= 75 && longest >= 73);
}

static void test_ical__line_breaks_are_escaped_and_control_characters_dropped(void **state)
{
    struct ical_entry e = report_due();
    e.description = STR("dòng 1\r\nEND:VTODO\\\x07");
    assert_true(str_find(calendar(*state, &e), STR("DESCRIPTION:dòng 1\\nEND:VTODO\\\\\r\n")) > 0);
}

static void test_ical__another_program_reads_what_was_put(void **state)
{
    struct arena *a = *state;
    struct str out = { NULL, 0 };
    struct ical_entry e = report_due();
    if (!has_command("/usr/bin/python3") || command(a, "/usr/bin/python3 -c 'import icalendar' 2>/dev/null", NULL) != 0)
        skip();
    char *dir = temp_dir(a);
    e.summary = STR("Báo cáo; tháng 9, “Đề án 06” \\ một dòng rất dài để phải gập lại giữa các chữ có dấu tiếng Việt");
    e.description = STR("dòng 1\ndòng 2");
    e.url = STR("https://bon.example/plan/month?m=2023-09&a=1");
    write_file(dir, "a.ics", calendar(a, &e));
    const char *reader =
        "import icalendar; c = icalendar.Calendar.from_ical(open(\"a.ics\", \"rb\").read()); t = c.walk(\"VTODO\")[0]; "
        "print(t[\"SUMMARY\"]); print(t[\"DESCRIPTION\"]); print(t[\"URL\"]); print(t.decoded(\"DUE\")); "
        "print(t[\"SEQUENCE\"])";
    assert_int_equal(command(a, str_cstr(a, str_fmt(a, "cd '%s' && /usr/bin/python3 -c '%s'", dir, reader)), &out), 0);
    assert_text(out, "Báo cáo; tháng 9, “Đề án 06” \\ một dòng rất dài để phải gập lại giữa các chữ có dấu tiếng Việt\n"
                     "dòng 1\ndòng 2\nhttps://bon.example/plan/month?m=2023-09&a=1\n2023-09-18\n3");
    remove_dir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_arena(test_ical__a_todo_is_due_on_its_day),
        in_arena(test_ical__a_whole_day_event_ends_on_the_next_day),
        in_arena(test_ical__long_lines_fold_between_letters),
        in_arena(test_ical__line_breaks_are_escaped_and_control_characters_dropped),
        in_arena(test_ical__another_program_reads_what_was_put),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
