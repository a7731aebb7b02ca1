/* papers_test.c: the forms as somebody else's program reads them, apologies that come by themselves, and what follows from events. */
#include "engines/cases/test/world.h"

#include "engines/cases/book.h"
#include "engines/cases/replay.h"
#include "platform/office/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the forms ---- */

static struct case_letter letter_of(struct world *w, int64_t id, enum case_paper_kind kind)
{
    struct case_letters letters;
    must(case_letters_of(reader(w), &w->arena, id, &letters, &w->e), &w->e);
    for (size_t i = 0; i < letters.n; i++)
        if (letters.v[i].kind == kind)
            return letters.v[i];
    fail_msg("no letter of kind %d", (int)kind);
    return (struct case_letter) { 0 };
}

static struct str output_of(struct world *w, const char *command)
{
    enum { MOST = 1 << 20 };
    char *text = arena_alloc(&w->arena, MOST);
    FILE *p = popen(command, "r");
    assert_non_null(p);
    size_t n = fread(text, 1, MOST, p);
    assert_int_equal(pclose(p), 0);
    return (struct str) { text, n };
}

/* A paper's text with spaces folded, as pdftotext reads it. */
static struct str words_in(struct world *w, const char *name, struct str pdf)
{
    const char *path = str_cstr(&w->arena, str_fmt(&w->arena, "%s/%s.pdf", w->dir, name));
    FILE *f = fopen(path, "wb");
    assert_int_equal(fwrite(pdf.p, 1, pdf.n, f), pdf.n);
    fclose(f);
    return output_of(w, str_cstr(&w->arena, str_fmt(&w->arena, "pdftotext -layout %s - | tr -s ' \\n' ' '", path)));
}

static struct str words_of(struct world *w, int64_t id, enum case_paper_kind kind)
{
    struct case_view c = case_now(w, id);
    struct case_letter l = letter_of(w, id, kind);
    struct str pdf;
    must(case_letter_pdf(&w->app, reader(w), &w->arena, &c, &l, &pdf, &w->e), &w->e);
    return words_in(w, "letter", pdf);
}

static void has(struct str text, const char *part)
{
    if (str_find(text, str_of(part)) < 0)
        fail_msg("no \"%s\" in: %.*s", part, STR_ARG(text));
}

static int64_t case_with_everything(struct world *w)
{
    static const struct case_paper_new papers[] = {
        { .slot = STR_INIT("birth"),
          .name = STR_INIT("Giấy chứng sinh"),
          .kind = CASE_FETCHED,
          .source = STR_INIT("yte.birth"),
          .body = STR_INIT("{}") },
    };
    struct case_new in = an_application(w);
    in.receive = true;
    in.papers = papers;
    in.n_papers = 1;
    return submitted(w, &in).id;
}

static void test_form__receipt(void **state)
{
    struct world *w = *state;
    struct str text = words_of(w, case_with_everything(w), PAPER_RECEIPT);
    has(text, "Mẫu số 01");
    has(text, "Thông tư số 01/2018/TT-VPCP");
    has(text, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ");
    has(text, "24763.H16-240304-0001");
    has(text, "Đã nhận hồ sơ của: Nguyễn Văn Thử");
    has(text, "1. Giấy chứng sinh");
    has(text, "Thời gian trả kết quả: 17:00 11/03/2024");
    has(text, "MÔ PHỎNG");
    assert_true(str_find(text, STR("067090000123")) < 0);
}

static struct str book_of(struct world *w, int (*render)(const struct document *, struct arena *, struct str *, struct err *))
{
    struct book_asked asked = { .from = { instant_day(w->now).n - 1 }, .until = instant_day(w->now) };
    struct document d;
    struct str bytes;
    assert_true(unit_code_parse(STR("24763"), &asked.unit));
    must(case_book_document(&w->app, reader(w), &w->arena, &asked, &d, &w->e), &w->e);
    must(render(&d, &w->arena, &bytes, &w->e), &w->e);
    return bytes;
}

static void test_form__the_book_has_a_line_for_each_case(void **state)
{
    struct world *w = *state;
    int64_t id = case_with_everything(w);
    moved(w, "work-24763", id, "propose", "");
    moved(w, "sign-24763", id, "approve", "");
    struct str text = words_in(w, "book", book_of(w, document_pdf));
    has(text, "Mẫu số 06");
    has(text, "SỔ THEO DÕI HỒ SƠ");
    has(text, "Từ ngày 03/03/2024 đến ngày 04/03/2024");
    has(text, "24763.H16-240304-0001");
    has(text, "UBND xã");
    has(text, "Sổ này có 1 hồ sơ.");
    struct str docx = book_of(w, document_docx);
    assert_true(docx.n > 2000 && str_starts(docx, STR("PK")));
}

static void test_form__request_refusal_and_control_sheet(void **state)
{
    struct world *w = *state;
    int64_t id = case_with_everything(w);
    moved(w, "work-24763", id, "ask", "Thiếu giấy chứng sinh\nThiếu chữ ký người khai");
    struct str text = words_of(w, id, PAPER_SUPPLEMENT);
    has(text, "1. Thiếu giấy chứng sinh 2. Thiếu chữ ký người khai");
    has(text, "lần yêu cầu bổ sung duy nhất");
    moved(w, "citizen-7", id, "bring", "");
    moved(w, "sign-24763", id, "refuse", "Không thuộc thẩm quyền của xã");
    text = words_of(w, id, PAPER_REFUSAL);
    has(text, "PHIẾU TỪ CHỐI");
    has(text, "Không thuộc thẩm quyền của xã");
    struct case_new in = an_application(w);
    id = submitted(w, &in).id;
    moved(w, "clerk-24763", id, "receive", "");
    moved(w, "work-24763", id, "propose", "");
    moved(w, "sign-24763", id, "approve", "");
    moved(w, "clerk-24763", id, "return", "");
    text = words_of(w, id, PAPER_CONTROL);
    has(text, "Ký duyệt");
    has(text, "sign-24763");
    has(text, "Trước hạn");
}

/* ---- apologies ---- */

static int64_t apologise(struct world *w)
{
    int64_t made = 0;
    must(cases_apologise(&w->app, &w->arena, w->now, &made, &w->e), &w->e);
    return made;
}

static void test_apology__comes_by_itself_one_working_day_before_and_once(void **state)
{
    struct world *w = *state;
    int64_t id = case_with_everything(w); /* due on Monday, 11 March */
    set_time(w, "2024-03-07", 9, 0);
    assert_int_equal(apologise(w), 0);
    set_time(w, "2024-03-08", 9, 0);
    assert_int_equal(apologise(w), 1);
    assert_int_equal(apologise(w), 0);
    struct case_view c = case_now(w, id);
    assert_true(c.has_promise);
    assert_true(str_eq(day_vi(&w->arena, c.promised), STR("13/03/2024")));
    due_is(w, id, "17:00 11/03/2024"); /* the law's day stays what it was */
    struct str text = words_of(w, id, PAPER_APOLOGY);
    has(text, "xin lỗi");
    has(text, "vào ngày 13/03/2024");
}

static void test_apology__not_while_the_citizen_has_it_nor_after_the_end(void **state)
{
    struct world *w = *state;
    int64_t waits = case_with_everything(w);
    struct case_new other = an_application(w);
    other.receive = true;
    other.despite_double = true;
    int64_t over = submitted(w, &other).id;
    moved(w, "work-24763", waits, "ask", "Thiếu giấy chứng sinh");
    moved(w, "sign-24763", over, "refuse", "Không thuộc thẩm quyền");
    set_time(w, "2024-03-08", 9, 0);
    assert_int_equal(apologise(w), 0);
}

/* ---- replay, and what others follow ---- */

static int remember(void *ctx, struct str number, struct instant stored, struct instant counted, struct err *e)
{
    (void)e, (void)stored, (void)counted;
    assert_true(number.n < 64);
    memcpy(ctx, number.p, number.n); /* the slice's arena is emptied after it */
    return 0;
}

static int spoil_write(struct tx *tx, void *arg, struct err *e)
{
    struct case_view *c = arg;
    struct case_record_move_in row = case_unmoved(c);
    tx_unaudited(tx, "a test spoils a row");
    row.has_due_at = true;
    row.due_at = (struct instant) { c->due.us + US_PER_DAY };
    return case_record_move(tx, &row, NULL, e);
}

static void test_replay__says_which_case_does_not_follow_from_its_events(void **state)
{
    struct world *w = *state;
    int64_t id = case_with_everything(w);
    char wrong[64] = "";
    struct case_replay p = { .app = &w->app, .found = remember, .ctx = wrong };
    must(case_replay_all(&p, &w->e), &w->e);
    assert_int_equal(p.cases, 1);
    assert_int_equal(p.wrong, 0);
    struct case_view c = case_now(w, id);
    must(db_write(w->app.db, spoil_write, &c, &w->e), &w->e);
    p = (struct case_replay) { .app = &w->app, .found = remember, .ctx = wrong };
    must(case_replay_all(&p, &w->e), &w->e);
    assert_int_equal(p.wrong, 1);
    assert_string_equal(wrong, "24763.H16-240304-0001");
}

static int forge_write(struct tx *tx, void *arg, struct err *e)
{
    int64_t paper;
    struct case_paper_insert_in in = { .case_id = *(int64_t *)arg,
                                       .slot = STR("birth"),
                                       .name = STR("Giấy chứng sinh"),
                                       .kind = CASE_FETCHED,
                                       .source = STR("yte.birth"),
                                       .file_name = STR(""),
                                       .has_hash = true,
                                       .hash = sha256(STR("{\"name\":\"Bé An\"}")),
                                       .body = STR("{\"name\":\"Bé Ân\"}"),
                                       .as_of = tx_now(tx),
                                       .added_at = tx_now(tx),
                                       .mode = STR("MÔ PHỎNG") };
    tx_unaudited(tx, "a test keeps what does not fit its hash");
    return case_paper_insert(tx, &in, &paper, e);
}

static int remember_bad(void *ctx, struct str number, struct str slot, struct str source)
{
    snprintf(ctx, 64, "%.*s %.*s %.*s", STR_ARG(number), STR_ARG(slot), STR_ARG(source));
    return 0;
}

static void test_kept__a_paper_that_is_not_what_was_kept_is_named_also_a_year_later(void **state)
{
    struct world *w = *state;
    struct case_paper_kept k = { .checked = 0 };
    char bad[64] = "";
    int64_t id = case_with_everything(w);
    must(case_papers_check_kept(w->app.db, &k, &w->e), &w->e);
    assert_true(k.checked > 0);
    assert_int_equal(k.bad, 0);
    int64_t before = k.checked;
    must(db_write(w->app.db, forge_write, &id, &w->e), &w->e);
    set_time(w, "2025-03-04", 9, 0);
    k = (struct case_paper_kept) { .found = remember_bad, .ctx = bad };
    must(case_papers_check_kept(w->app.db, &k, &w->e), &w->e);
    assert_int_equal(k.checked, before + 1);
    assert_int_equal(k.bad, 1);
    assert_string_equal(bad, "24763.H16-240304-0001 birth yte.birth");
}

static void test_follow__only_number_and_code_together_open_it(void **state)
{
    struct world *w = *state;
    struct case_new in = an_application(w);
    struct case_made made = submitted(w, &in);
    struct case_view c;
    struct str other = case_code_new(&w->arena);
    assert_int_equal(case_follow(&w->app, reader(w), &w->arena, &made.number, in.code, &c, &w->e), 1);
    assert_int_equal(c.id, made.id);
    assert_int_equal(case_follow(&w->app, reader(w), &w->arena, &made.number, other, &c, &w->e), 0);
    assert_int_equal(case_follow(&w->app, reader(w), &w->arena, &made.number, STR(""), &c, &w->e), 0);
    made.number.n = 999;
    assert_int_equal(case_follow(&w->app, reader(w), &w->arena, &made.number, in.code, &c, &w->e), 0);
}

static void seal(struct world *w)
{
    struct arena a; /* a job's arena is its own: it may empty it */
    struct job_run j = { .app = &w->app, .db = w->app.db, .arena = &a, .now = w->now };
    arena_init(&a, 16u << 20);
    for (const struct job *job = audit_module.jobs; job->name; job++)
        if (strcmp(job->name, "audit.seal") == 0)
            must(job->run(&j, &w->e), &w->e);
    arena_release(&a);
}

static void test_events__are_given_once_the_log_is_sealed(void **state)
{
    struct world *w = *state;
    struct case_events events;
    case_with_everything(w);
    must(case_events_after(reader(w), &w->arena, 0, 100, &events, &w->e), &w->e);
    assert_int_equal(events.n, 0);
    seal(w);
    must(case_events_after(reader(w), &w->arena, 0, 100, &events, &w->e), &w->e);
    assert_int_equal(events.n, 2);
    assert_true(str_eq(events.v[0].kind, STR("submitted")));
    assert_true(str_eq(events.v[1].move, STR("receive")));
    assert_int_equal(events.v[1].national, 4);
    must(case_events_after(reader(w), &w->arena, events.v[1].cursor, 100, &events, &w->e), &w->e);
    assert_int_equal(events.n, 0);
}

/* ---- drafts ---- */

struct saving {
    struct case_draft d;
};

static int save_write(struct tx *tx, void *arg, struct err *e)
{
    return case_draft_save(tx, &((struct saving *)arg)->d, e);
}

static void test_draft__two_windows_do_not_overwrite_each_other(void **state)
{
    struct world *w = *state;
    struct saving first = {
        { .account = 7, .service = STR("DVC99"), .version_id = 1, .page = STR("child"), .body = STR("{\"a\":1}") }
    };
    must(db_write(w->app.db, save_write, &first, &w->e), &w->e);
    struct saving second = first;
    first.d.body = STR("{\"a\":2}");
    must(db_write(w->app.db, save_write, &first, &w->e), &w->e);
    refused_with(w, db_write(w->app.db, save_write, &second, &w->e), ERR_CONFLICT, "cửa sổ khác");
    struct case_draft kept;
    assert_int_equal(case_draft_read(reader(w), &w->arena, 7, first.d.id, w->now, &kept, &w->e), 1);
    assert_true(str_eq(kept.body, STR("{\"a\":2}")));
    assert_int_equal(case_draft_read(reader(w), &w->arena, 8, first.d.id, w->now, &kept, &w->e), 0);
    struct instant later = { w->now.us + (CASE_DRAFT_DAYS + 1) * US_PER_DAY };
    assert_int_equal(case_draft_read(reader(w), &w->arena, 7, first.d.id, later, &kept, &w->e), 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
    const struct CMUnitTest tests[] = {
        CASE(test_form__receipt),
        CASE(test_form__the_book_has_a_line_for_each_case),
        CASE(test_form__request_refusal_and_control_sheet),
        CASE(test_apology__comes_by_itself_one_working_day_before_and_once),
        CASE(test_apology__not_while_the_citizen_has_it_nor_after_the_end),
        CASE(test_replay__says_which_case_does_not_follow_from_its_events),
        CASE(test_kept__a_paper_that_is_not_what_was_kept_is_named_also_a_year_later),
        CASE(test_follow__only_number_and_code_together_open_it),
        CASE(test_events__are_given_once_the_log_is_sealed),
        CASE(test_draft__two_windows_do_not_overwrite_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
