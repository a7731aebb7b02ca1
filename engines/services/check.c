/* check.c: answers against what the form asks. Each sentence says what is wrong and what would be right. */
#include "engines/services/form.h"

#include "base/text.h"

#include <string.h>

enum { TEXT_LETTERS = 200, LINES_LETTERS = 4000, EMAIL_LETTERS = 254, ADULT_YEARS = 18 };

struct checking {
    const struct service_answers *s;
    const struct service_field *f;
    const struct service_answer *x;
    enum lang lang;
    service_errors *errors;
};

static void refuse_part(struct checking *c, size_t part, struct str say)
{
    *vec_push(c->s->arena, c->errors) =
        (struct service_error) { services_control_name(c->s->arena, c->f, part), tr(c->lang, say) };
}

static void refuse_filled(struct checking *c, struct str text, const struct tr_arg *args, size_t n)
{
    refuse_part(c, 0, tr_fill(c->s->arena, c->lang, text, args, n));
}

static struct str number(struct checking *c, int64_t n)
{
    return str_fmt(c->s->arena, "%lld", (long long)n);
}

/* ---- kinds of answers ---- */

static void check_text(struct checking *c)
{
    const struct service_field *f = c->f;
    struct str v = c->x->values[f->type == SERVICE_ADDRESS ? 1 : 0];
    size_t part = f->type == SERVICE_ADDRESS ? 1 : 0;
    int64_t n = (int64_t)text_length(v), most = f->has_max                 ? f->max
                                                : f->type == SERVICE_LINES ? LINES_LETTERS
                                                                           : TEXT_LETTERS;
    struct tr_arg args[] = { { "max", number(c, most) }, { "n", number(c, n) }, { "min", number(c, f->min) } };
    if (n > most)
        refuse_part(c, part, tr_fill(c->s->arena, c->lang, MSGS("Dài quá: nhiều nhất {max} ký tự, đang có {n}."), args, 3));
    else if (f->has_min && n < f->min)
        refuse_part(c, part, tr_fill(c->s->arena, c->lang, MSGS("Ngắn quá: ít nhất {min} ký tự, đang có {n}."), args, 3));
}

static void check_number(struct checking *c)
{
    const struct service_field *f = c->f;
    int64_t n;
    bool money = f->type == SERVICE_MONEY;
    if (!str_to_i64(c->x->values[0], &n)) {
        refuse_part(c, 0,
                    money ? MSGS("Xin ghi số tiền bằng đồng, ví dụ 1.500.000.") : MSGS("Xin ghi một số nguyên, ví dụ 12."));
        return;
    }
    int64_t least = f->has_min ? f->min : money ? 0 : INT64_MIN, most = f->has_max ? f->max : INT64_MAX;
    struct tr_arg args[] = { { "min", number(c, least) }, { "max", number(c, most) } };
    if (n >= least && n <= most)
        return;
    if (f->has_max && (f->has_min || money))
        refuse_filled(c, MSGS("Số này phải từ {min} đến {max}."), args, 2);
    else if (n < least)
        refuse_filled(c, MSGS("Số này không được nhỏ hơn {min}."), args, 2);
    else
        refuse_filled(c, MSGS("Số này không được lớn hơn {max}."), args, 2);
}

static void check_day(struct checking *c)
{
    struct day d;
    struct tr_arg args[] = { { "day", c->x->values[0] } };
    if (!day_parse_iso(c->x->values[0], &d)) {
        if (str_find_char(c->x->values[0], '/') > 0)
            refuse_filled(c, MSGS("Trong lịch không có ngày {day}."), args, 1);
        else
            refuse_part(c, 0, MSGS("Xin ghi ngày theo dạng ngày/tháng/năm, ví dụ 16/02/2024."));
        return;
    }
    struct birth born;
    if (c->f->rule == SERVICE_PAST_DAY && d.n > c->s->on.n)
        refuse_part(c, 0, MSGS("Ngày này chưa đến. Xin ghi một ngày không sau hôm nay."));
    else if (c->f->rule == SERVICE_FUTURE_DAY && d.n < c->s->on.n)
        refuse_part(c, 0, MSGS("Ngày này đã qua. Xin ghi hôm nay hoặc một ngày sau đó."));
    else if (c->f->rule == SERVICE_ADULT_DAY && birth_parse(c->x->values[0], &born) &&
             birth_age(born, c->s->on) < ADULT_YEARS)
        refuse_part(c, 0, MSGS("Người sinh ngày này chưa đủ 18 tuổi."));
}

static bool has_choice(const struct service_field *f, struct str value)
{
    for (size_t i = 0; i < f->n_choices; i++)
        if (str_eq(f->choices[i].value, value))
            return true;
    return false;
}

static void check_choices(struct checking *c)
{
    for (size_t i = 0; i < c->x->n; i++)
        if (!has_choice(c->f, c->x->values[i])) {
            refuse_part(c, 0, MSGS("Xin chọn trong các mục có sẵn."));
            return;
        }
    if (c->f->type == SERVICE_CHOICE && c->x->n > 1)
        refuse_part(c, 0, MSGS("Xin chỉ chọn một mục."));
}

static void check_yes_no(struct checking *c)
{
    if (!str_eq(c->x->values[0], STR("yes")) && !str_eq(c->x->values[0], STR("no")))
        refuse_part(c, 0, MSGS("Xin chọn Có hoặc Không."));
}

/* Ten digits since 2018 for mobiles (Quyết định 798/QĐ-BTTTT); land lines have ten or eleven. */
static void check_phone(struct checking *c)
{
    struct str v = c->x->values[0];
    if (!str_is_digits(v) || v.p[0] != '0' || v.n < 10 || v.n > 11)
        refuse_part(c, 0, MSGS("Xin ghi số điện thoại có 10 hoặc 11 chữ số, bắt đầu bằng số 0, ví dụ 0912 345 678."));
}

static void check_email(struct checking *c)
{
    struct str v = c->x->values[0];
    ptrdiff_t at = str_find_char(v, '@');
    struct str host = at < 0 ? STR("") : str_from(v, (size_t)at + 1);
    bool fine = at > 0 && str_find_char(host, '@') < 0 && str_find_char(host, '.') > 0 && !str_ends(host, STR(".")) &&
                str_find_char(v, ' ') < 0 && v.n <= EMAIL_LETTERS;
    if (!fine)
        refuse_part(c, 0, MSGS("Xin ghi thư điện tử như ten@example.vn."));
}

static bool check_pid(struct checking *c, struct pid *out)
{
    struct err why = { 0 };
    if (pid_parse(c->x->values[0], c->s->on, out, &why) == 0)
        return true;
    refuse_part(c, 0, err_sentence(&why));
    return false;
}

static void check_unit(struct checking *c)
{
    struct unit_code code;
    bool elsewhere = c->f->type == SERVICE_ADDRESS && str_eq(c->x->values[0], SERVICE_ELSEWHERE);
    if (!elsewhere && !unit_code_parse(c->x->values[0], &code))
        refuse_part(c, 0, MSGS("Xin chọn một xã, phường trong danh sách."));
}

static void check_address(struct checking *c)
{
    check_unit(c);
    if (c->x->n < 2 || !c->x->values[1].n)
        refuse_part(c, 1, MSGS("Xin ghi số nhà, đường, thôn, bon hoặc tổ dân phố."));
    else
        check_text(c);
}

static void check_person(struct checking *c)
{
    struct pid pid;
    struct birth born = { 0 };
    bool number_fine = check_pid(c, &pid);
    if (c->x->n < 2 || !c->x->values[1].n)
        refuse_part(c, 1, MSGS("Xin ghi họ, chữ đệm và tên."));
    if (c->x->n < 3 || !birth_parse(c->x->values[2], &born))
        refuse_part(c, 2, MSGS("Xin ghi ngày sinh, ví dụ 16/02/1990; không rõ ngày thì ghi năm sinh."));
    else if (number_fine && pid_birth_year(&pid) != born.year)
        refuse_part(c, 2, MSGS("Năm sinh không khớp với số định danh. Xin xem lại cả hai."));
}

static void check_pid_alone(struct checking *c)
{
    struct pid pid;
    check_pid(c, &pid);
}

static void (*const checks[SERVICE_FIELD_TYPES_])(struct checking *c) = {
    [SERVICE_TEXT] = check_text,       [SERVICE_LINES] = check_text,     [SERVICE_DAY] = check_day,
    [SERVICE_PID] = check_pid_alone,   [SERVICE_INT] = check_number,     [SERVICE_MONEY] = check_number,
    [SERVICE_CHOICE] = check_choices,  [SERVICE_CHECKS] = check_choices, [SERVICE_YES_NO] = check_yes_no,
    [SERVICE_PHONE] = check_phone,     [SERVICE_EMAIL] = check_email,    [SERVICE_UNIT] = check_unit,
    [SERVICE_ADDRESS] = check_address, [SERVICE_PERSON] = check_person,
};

/* ---- a field, a page, the form ---- */

/* With the question's words: the summary above the page lists several of them. */
static void refuse_missing(struct checking *c)
{
    bool choose = c->f->type == SERVICE_CHOICE || c->f->type == SERVICE_CHECKS || c->f->type == SERVICE_UNIT ||
                  c->f->type == SERVICE_YES_NO || c->f->type == SERVICE_FILE;
    struct tr_arg args[] = { { "question", c->f->label } };
    refuse_filled(c, choose ? MSGS("Xin chọn: {question}") : MSGS("Xin điền: {question}"), args, 1);
}

void services_check_field(const struct service_answers *s, size_t field, int item, enum lang lang, service_errors *errors)
{
    struct checking c = { s, &s->def->fields[field], services_answer(s, field, item), lang, errors };
    if (!services_field_asked(s, field, item))
        return;
    if (!c.x && c.f->required)
        refuse_missing(&c);
    if (c.x && checks[c.f->type])
        checks[c.f->type](&c);
}

static void check_page(const struct service_answers *s, size_t page, int item, enum lang lang, service_errors *errors)
{
    const struct service_page *p = &s->def->pages[page];
    for (size_t i = 0; i < p->n; i++)
        services_check_field(s, p->first + i, item, lang, errors);
}

static int items_to_check(const struct service_answers *s, size_t page)
{
    int n = s->def->pages[page].repeat_max ? services_items(s, page) : 1;
    return n > 0 ? n : 1;
}

size_t services_check(const struct service_answers *s, int page, int item, enum lang lang, service_errors *errors)
{
    size_t before = errors->n;
    if (page != SERVICE_ALL_PAGES) {
        check_page(s, (size_t)page, item, lang, errors);
        return errors->n - before;
    }
    for (size_t p = 0; p < s->def->n_pages; p++)
        for (int i = 0; services_page_asked(s, p) && i < items_to_check(s, p); i++)
            check_page(s, p, i, lang, errors);
    return errors->n - before;
}

bool services_next(const struct service_answers *s, size_t *page, int *item)
{
    for (size_t p = 0; p < s->def->n_pages; p++)
        for (int i = 0; services_page_asked(s, p) && i < items_to_check(s, p); i++) {
            service_errors errors = { 0 };
            if (services_check(s, (int)p, i, LANG_VI, &errors) == 0)
                continue;
            *page = p;
            *item = i;
            return true;
        }
    return false;
}

bool services_page_open(const struct service_answers *s, size_t page, int item)
{
    size_t first;
    int first_item, most = s->def->pages[page].repeat_max ? s->def->pages[page].repeat_max : 1;
    if (!services_page_asked(s, page) || item < 0 || item >= most || item > services_items(s, page))
        return false;
    return !services_next(s, &first, &first_item) || page < first || (page == first && item <= first_item);
}
