/* view.c: small things the templates call. */
#include "models/m09_hotel_stays/desk.h"

struct choice_list reason_choices(void)
{
    struct choice_list list = { .v = stay_reasons };
    while (stay_reasons[list.n].value)
        list.n++;
    return list;
}

struct str sex_label(int64_t sex)
{
    return sex == SEX_MALE ? MSGS("Nam") : sex == SEX_FEMALE ? MSGS("Nữ") : MSGS("Giới tính khác");
}

struct str evidence_text(int64_t level, int64_t source)
{
    return evidence_label((enum evidence_level)level, (enum evidence_source)source);
}

enum tag_kind state_tag(int64_t state)
{
    static const enum tag_kind kinds[] = { [STAY_DRAFT] = TAG_DRAFT,       [STAY_QUEUED] = TAG_QUEUED,   [STAY_SENT] = TAG_SENT,
                                           [STAY_ACCEPTED] = TAG_ACCEPTED, [STAY_REFUSED] = TAG_REFUSED, [STAY_VOID] = TAG_VOID };
    ASSERT(state >= STAY_DRAFT && state <= STAY_VOID);
    return kinds[state];
}

struct str instant_control(struct arena *a, struct instant t)
{
    struct day d;
    int hour, minute, second;
    instant_local(t, &d, &hour, &minute, &second);
    return str_fmt(a, "%.*sT%02d:%02d", STR_ARG(day_iso(a, d)), hour, minute);
}

struct str instant_zoned(struct arena *a, struct instant t)
{
    return str_fmt(a, "%.*s:00+07:00", STR_ARG(instant_control(a, t)));
}

struct str evidence_href(struct arena *a, struct str number)
{
    return str_fmt(a, "/stays/receipts/%.*s/evidence", STR_ARG(number));
}
