/* receipt.c: the receipt that protects the host: found by number here, or proved anywhere from its own evidence. */
#include "engines/stays/stays_internal.h"

#include <jansson.h>
#include <string.h>

bool stay_number_parse(struct str number, int64_t *facility, int64_t *month, int64_t *n)
{
    struct str prefix, province, f, m, k, rest = number;
    if (number.n > 40 || !str_cut(&rest, '-', &prefix) || !str_cut(&rest, '-', &province) || !str_cut(&rest, '-', &f) ||
        !str_cut(&rest, '-', &m) || !str_cut(&rest, '-', &k) || !str_eq(prefix, STR("LT")) || !str_eq(province, STR("67")) ||
        m.n != 4 || !str_is_digits(f) || !str_is_digits(m) || !str_is_digits(k))
        return false;
    if (!str_to_i64(f, facility) || !str_to_i64(m, month) || !str_to_i64(k, n))
        return false;
    *month += 200000;
    return true;
}

int stay_receipt_by_number(struct dbr *r, struct arena *a, struct str number, struct stay_receipt *out, struct err *e)
{
    struct stay_declaration_by_number_row row;
    struct stay_declaration_by_number_in in;
    if (!stay_number_parse(number, &in.facility, &in.month, &in.n))
        return 0;
    int found = stay_declaration_by_number(r, a, &in, &row, e);
    if (found == 1)
        *out = (struct stay_receipt){ .declaration = row.id, .audit_seq = row.audit,
                                      .number = stay_number(a, row.facility, row.month, row.n), .at = row.made_at,
                                      .facility = row.facility, .facility_name = row.facility_name, .unit = row.unit,
                                      .guests = row.guests, .late = row.late, .mode = row.mode };
    return found;
}

static bool receipt_from(struct arena *a, json_t *record, struct stay_receipt *r)
{
    const char *action, *at, *facility_name, *mode, *unit, *number;
    json_int_t facility, guests, late;
    if (json_unpack(record, "{s:s, s:s, s:I, s:s, s:s, s:s, s:{s:I, s:I, s:s}}", "action", &action, "at", &at, "facility",
                    &facility, "facility_name", &facility_name, "mode", &mode, "unit", &unit, "detail", "guests", &guests, "late",
                    &late, "number", &number) != 0 ||
        strcmp(action, "stays.declared") != 0)
        return false;
    r->facility = facility;
    r->guests = guests;
    r->late = late;
    r->number = str_dup(a, str_of(number));
    r->facility_name = str_dup(a, str_of(facility_name));
    r->mode = str_dup(a, str_of(mode));
    return instant_parse(str_of(at), &r->at) && unit_code_parse(str_of(unit), &r->unit);
}

int stay_receipt_check(struct arena *a, struct str evidence, const struct jwk *trusted, size_t n, struct stay_receipt *out,
                       struct instant *sealed_at, struct err *e)
{
    struct audit_proof proof;
    struct stay_receipt r;
    json_t *record;
    memset(&r, 0, sizeof(r));
    if (audit_evidence_check(a, evidence, trusted, n, &proof, e) != 0 || json_read(a, proof.record, &record, e) != 0)
        return -1;
    if (!receipt_from(a, record, &r))
        return ERR_SAY(e, ERR_INPUT, MSGS("Chứng cứ này đúng nhưng không phải biên nhận thông báo lưu trú."), "another record");
    *out = r;
    *sealed_at = proof.sealed_at;
    return 0;
}
