/* What the shared templates write: the ties between label, help, error and control; messages; the frame's promises. */
#include "platform/html/components.h"

#include "platform/html/components.html.h"
#include "platform/http/router.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka needs the three above */
#include <cmocka.h>
#include <stdio.h>

static const struct choice reasons[] = {
    { "tourism", MSG("Du lịch") },
    { "work", MSG("Công tác") },
    { NULL },
};
static const struct field guest_fields[] = {
    { .name = "pid", .type = FIELD_PID, .required = true, .label = MSG("Số định danh"), .help = MSG("12 chữ số trên thẻ") },
    { .name = "reason", .type = FIELD_CHOICE, .label = MSG("Lý do"), .choices = reasons },
    { .name = "secret", .type = FIELD_SECRET, .label = MSG("Mật khẩu"), .max = 64, .required = true },
    { .name = "abroad", .type = FIELD_CHECK, .label = MSG("Khách nước ngoài") },
    { .name = "note", .type = FIELD_LINES, .label = MSG("Ghi chú"), .max = 500 },
    { .name = NULL },
};
static const struct form guest_form = { .name = "guest", .fields = guest_fields };
static const struct route guest_route = { .method = METHOD_POST, .path = "/guest", .form = &guest_form };

struct bench {
    struct arena arena;
    struct router router;
    struct app app;
    struct actor nobody;
    struct req q;
    struct page_frame frame;
    struct buf out;
    struct html h;
    struct param typed[4];
    struct field_error errors[2];
};

static int setup(void **state)
{
    static struct bench b;
    b = (struct bench) { 0 };
    arena_init(&b.arena, 4 << 20);
    b.app.router = &b.router;
    b.q = (struct req) { .app = &b.app, .arena = &b.arena, .actor = &b.nobody, .route = &guest_route, .method = METHOD_GET };
    b.q.form = b.typed;
    b.frame = (struct page_frame) { .q = &b.q, .site_name = STR("Đắk Nông"), .mode = STR("MÔ PHỎNG"), .banner = true };
    b.frame.lang = STR("vi");
    b.frame.home = STR("/");
    b.frame.icons = STR("/static/1/icons.svg");
    b.frame.other_lang = STR("en");
    b.frame.other_lang_name = STR("English");
    b.frame.other_lang_href = STR("/lang/en");
    b.frame.field_errors = b.errors;
    buf_init(&b.out, &b.arena, 1 << 20);
    b.h = (struct html) { .out = &b.out, .arena = &b.arena, .lang = LANG_VI, .page = &b.frame };
    *state = &b;
    return 0;
}

static int teardown(void **state)
{
    struct bench *b = *state;
    arena_release(&b->arena);
    return 0;
}

static void type_in(struct bench *b, struct str name, struct str value)
{
    b->q.method = METHOD_POST;
    b->typed[b->q.n_form++] = (struct param) { name, value };
}

static void refuse_field(struct bench *b, struct str name, struct str say)
{
    b->errors[b->frame.n_field_errors++] = (struct field_error) { name, say };
}

static void wrote(struct bench *b, const char *part)
{
    if (str_find(buf_str(&b->out), str_of(part)) >= 0)
        return;
    fprintf(stderr, "not there: %s\nin: %.*s\n", part, STR_ARG(buf_str(&b->out)));
    fail();
}

static void wrote_not(struct bench *b, const char *part)
{
    assert_true(str_find(buf_str(&b->out), str_of(part)) < 0);
}

static void test_field__label_help_and_control_are_tied_by_ids(void **state)
{
    struct bench *b = *state;
    field(&b->h, field_of(&b->h, &guest_form, "pid"));
    wrote(b, "<label class=\"govuk-label\" for=\"field-pid\">Số định danh</label>");
    wrote(b, "<div class=\"govuk-hint\" id=\"field-pid-help\">12 chữ số trên thẻ</div>");
    wrote(b, "id=\"field-pid\" name=\"pid\" type=\"text\"");
    wrote(b, "inputmode=\"numeric\"");
    wrote(b, "aria-describedby=\"field-pid-help\"");
    wrote(b, "aria-required=\"true\"");
    wrote_not(b, "không bắt buộc");
    wrote_not(b, "aria-invalid");
}

static void test_field__after_a_refusal_error_and_typed_text_stand_there(void **state)
{
    struct bench *b = *state;
    type_in(b, STR("pid"), STR("067\"<90"));
    refuse_field(b, STR("pid"), STR("Số định danh có 6 chữ số, cần đủ 12."));
    field(&b->h, field_with(&b->h, &guest_form, "pid", STR("000")));
    wrote(b, "value=\"067&quot;&lt;90\"");
    wrote(b, "id=\"field-pid-error\"");
    wrote(b, "Số định danh có 6 chữ số, cần đủ 12.");
    wrote(b, "aria-describedby=\"field-pid-help field-pid-error\"");
    wrote(b, "aria-invalid=\"true\"");
    wrote(b, "govuk-input--error");
}

static void test_field__few_choices_are_radios_in_a_fieldset_with_the_stored_one_checked(void **state)
{
    struct bench *b = *state;
    field(&b->h, field_with(&b->h, &guest_form, "reason", STR("work")));
    wrote(b, "<legend class=\"govuk-fieldset__legend\">Lý do <span class=\"optional\">(không bắt buộc)</span></legend>");
    wrote(b, "id=\"field-reason\" name=\"reason\" type=\"radio\" value=\"tourism\"");
    wrote(b, "id=\"field-reason-2\" name=\"reason\" type=\"radio\" value=\"work\" checked>");
}

static void test_field__choices_as_a_list_offer_nothing_by_themselves(void **state)
{
    struct bench *b = *state;
    field(&b->h, field_select(field_of(&b->h, &guest_form, "reason")));
    wrote(b, "<select class=\"govuk-select\" id=\"field-reason\"");
    wrote(b, "<option value=\"\">Chọn một mục</option>");
    wrote_not(b, "selected");
}

static void test_field__a_password_is_never_written_back(void **state)
{
    struct bench *b = *state;
    type_in(b, STR("secret"), STR("hunter2"));
    field(&b->h, field_with(&b->h, &guest_form, "secret", STR("stored")));
    wrote(b, "type=\"password\" value=\"\"");
    wrote(b, "maxlength=\"64\"");
}

static void test_field__a_box_unchecked_in_a_refused_post_stays_unchecked(void **state)
{
    struct bench *b = *state;
    assert_true(field_with(&b->h, &guest_form, "abroad", STR("1")).checked);
    b->q.method = METHOD_POST;
    assert_false(field_with(&b->h, &guest_form, "abroad", STR("1")).checked);
    type_in(b, STR("abroad"), STR("1"));
    assert_true(field_of(&b->h, &guest_form, "abroad").checked);
}

static void test_field__many_lines_keep_their_text_as_text(void **state)
{
    struct bench *b = *state;
    type_in(b, STR("note"), STR("</textarea><script>"));
    field(&b->h, field_of(&b->h, &guest_form, "note"));
    wrote(b, ">\n&lt;/textarea&gt;&lt;script&gt;</textarea>");
}

static void test_field_row__the_same_field_twice_has_two_ids(void **state)
{
    struct bench *b = *state;
    struct field_view f = field_row(&b->h, field_of(&b->h, &guest_form, "pid"), 7);
    assert_true(str_eq(f.id, STR("field-pid-7")));
    assert_true(str_eq(f.describedby, STR("field-pid-7-help")));
    assert_true(str_eq(f.name, STR("pid")));
}

static void test_page__a_refused_form_leads_from_the_summary_to_its_fields(void **state)
{
    struct bench *b = *state;
    refuse_field(b, STR("pid"), STR("Thiếu số."));
    page__head(&b->h, STR("Khách"));
    page__tail(&b->h, STR("Khách"));
    wrote(b, "<title>Lỗi: Khách – Đắk Nông</title>");
    wrote(b, "<a href=\"#field-pid\">Thiếu số.</a>");
    wrote(b, "<div role=\"alert\">");
}

static void test_page__has_one_main_a_skip_link_to_it_and_the_banner_of_its_mode(void **state)
{
    struct bench *b = *state;
    page__head(&b->h, STR("Khách"));
    page__tail(&b->h, STR("Khách"));
    wrote(b, "<!doctype html><html lang=\"vi\">");
    wrote(b, "<a class=\"skip\" href=\"#main\">");
    wrote(b, "id=\"main\" tabindex=\"-1\"");
    wrote(b, "<span class=\"mode__word\">MÔ PHỎNG</span>");
    wrote(b, "hreflang=\"en\"");
    wrote_not(b, "style=");
    wrote_not(b, "/sign-out");
}

static void test_tag__state_is_said_by_icon_and_word(void **state)
{
    struct bench *b = *state;
    tag(&b->h, TAG_REFUSED, STR("Từ chối"));
    wrote(b, "<span class=\"tag tag--refused\"><svg class=\"icon\" aria-hidden=\"true\"");
    wrote(b, "Từ chối</span>");
}

static void test_chart__hidden_cells_are_frames_and_words_never_numbers(void **state)
{
    struct bench *b = *state;
    struct series s = { .title = STR("Khách"), .unit = STR("khách") };
    *vec_push(&b->arena, &s.points) = (struct series_point) { .label = STR("15/02"), .value = 3, .hidden = true };
    *vec_push(&b->arena, &s.points) = (struct series_point) { .label = STR("16/02"), .value = 41 };
    chart_bars(&b->h, &s);
    wrote(b, "chart__bar--hidden");
    wrote(b, "<td class=\"n\">ẩn vì quá ít</td>");
    wrote(b, "<td class=\"n\">41</td>");
    wrote_not(b, ">3</td>");
    wrote(b, "aria-label=\"Khách: 2 mốc, thấp nhất 41, cao nhất 41 khách.");
}

static void test_chart__numbers_of_the_scale_stand_beside_the_bars_not_on_them(void **state)
{
    struct bench *b = *state;
    struct series s = { .title = STR("Khách"), .unit = STR("khách") };
    for (int i = 0; i < 30; i++)
        *vec_push(&b->arena, &s.points) = (struct series_point) { .label = STR("16/02"), .value = 2400 };
    chart_bars(&b->h, &s);
    /* "3.000": five letters of 8 and 10 more; the middle at 118, the foot at 208, each 4 lower for the letters' own height */
    wrote(b, "<svg class=\"chart__scale\" aria-hidden=\"true\" focusable=\"false\" width=\"50\" height=\"240\">");
    wrote(b, "<text x=\"42\" y=\"32\" text-anchor=\"end\">3.000</text>");
    wrote(b, "<text x=\"42\" y=\"122\" text-anchor=\"end\">1.500</text>");
    wrote(b, "<text x=\"42\" y=\"212\" text-anchor=\"end\">0</text>");
    wrote_not(b, "<text x=\"0\"");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_field__label_help_and_control_are_tied_by_ids),
        T(test_field__after_a_refusal_error_and_typed_text_stand_there),
        T(test_field__few_choices_are_radios_in_a_fieldset_with_the_stored_one_checked),
        T(test_field__choices_as_a_list_offer_nothing_by_themselves),
        T(test_field__a_password_is_never_written_back),
        T(test_field__a_box_unchecked_in_a_refused_post_stays_unchecked),
        T(test_field__many_lines_keep_their_text_as_text),
        T(test_field_row__the_same_field_twice_has_two_ids),
        T(test_page__a_refused_form_leads_from_the_summary_to_its_fields),
        T(test_page__has_one_main_a_skip_link_to_it_and_the_banner_of_its_mode),
        T(test_tag__state_is_said_by_icon_and_word),
        T(test_chart__hidden_cells_are_frames_and_words_never_numbers),
        T(test_chart__numbers_of_the_scale_stand_beside_the_bars_not_on_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
