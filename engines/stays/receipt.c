/* receipt.c: the receipt that protects the host: found by number here, or proved anywhere from its own evidence. */
#include "engines/stays/stays_internal.h"

#include <jansson.h>
#include <string.h>

int stay_receipt_by_number(struct dbr *r, struct arena *a, struct str number, struct stay_receipt *out, struct err *e)
{
    struct stay_declaration_by_number_row row;
    int found = stay_declaration_by_number(r, a, &(struct stay_declaration_by_number_in){ .number = number }, &row, e);
    if (found == 1)
        *out = (struct stay_receipt){ .declaration = row.id, .audit_seq = row.audit, .number = row.number, .at = row.made_at,
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
    if (audit_evidence_check(a, evidence, trusted, n, &proof, e) != 0 || json_read(proof.record, &record, e) != 0)
        return -1;
    bool good = receipt_from(a, record, &r);
    json_decref(record);
    if (!good)
        return ERR_SAY(e, ERR_INPUT, MSGS("Chứng cứ này đúng nhưng không phải biên nhận thông báo lưu trú."), "another record");
    *out = r;
    *sealed_at = proof.sealed_at;
    return 0;
}
