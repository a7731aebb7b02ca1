/* register.c: organisations as rows, and what somebody is to one of them. */
#include "engines/organisations/inside.h"

int organisation_by_id(struct dbr *r, struct arena *a, int64_t id, struct organisation *out, struct err *e)
{
    return organisation_row_by_id(r, a, &(struct organisation_row_by_id_in){ .id = id }, out, e);
}

int organisation_by_code(struct dbr *r, struct arena *a, struct str code, struct organisation *out, struct err *e)
{
    return organisation_row_by_code(r, a, &(struct organisation_row_by_code_in){ .code = code }, out, e);
}

const struct choice organisation_kinds[] = {
    { "enterprise", MSG("Doanh nghiệp") },
    { "cooperative", MSG("Hợp tác xã") },
    { "household_business", MSG("Hộ kinh doanh") },
    { "public_unit", MSG("Đơn vị sự nghiệp công lập") },
    { .value = NULL },
};

struct str organisation_kind_title(struct str kind)
{
    for (const struct choice *c = organisation_kinds; c->value; c++)
        if (str_eq(kind, str_of(c->value)))
            return c->label;
    return kind;
}

static const char *const part_words[] = { [PART_NONE] = "", [PART_AGENT] = "agent", [PART_REPRESENTATIVE] = "representative" };

struct str part_word(enum organisation_part part)
{
    return str_of(part_words[part]);
}

enum organisation_part part_of_word(struct str word)
{
    return str_eq(word, str_of(part_words[PART_REPRESENTATIVE])) ? PART_REPRESENTATIVE : PART_AGENT;
}

int organisation_part_on(struct dbr *r, struct arena *a, int64_t organisation, int64_t person, struct day on, const char *work,
                         enum organisation_part *out, struct err *e)
{
    struct part_on_day_row row;
    struct part_on_day_in in = { .organisation = organisation, .person = person, .on = on };
    int found = part_on_day(r, a, &in, &row, e);
    if (found < 0)
        return -1;
    *out = found == 1 ? part_of_word(row.part) : PART_NONE;
    if (*out == PART_AGENT && work && !str_has_word(row.scope, str_of(work)))
        *out = PART_NONE;
    return 0;
}
