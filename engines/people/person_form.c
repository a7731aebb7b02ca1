/* person_form.c: a person named in a form: number and name must be one and the same person of the register. */
#include "engines/people/people.h"

static int refuse_match(struct req *q, struct err *e, const char *pid_field, enum person_match m)
{
    return req_refuse_field(q, e, pid_field,
                            m == PERSON_DEAD
                                ? MSGS("Theo dữ liệu dân cư, người này đã mất.")
                                : MSGS("Số định danh và họ tên không khớp với dữ liệu dân cư. Xin xem lại trên thẻ căn cước."));
}

int person_of_form(struct req *q, const char *pid_field, const char *name_field, struct person *out, struct err *e)
{
    struct person_claim claim = { .name = req_form(q, name_field) };
    enum person_match m;
    int64_t id;
    struct dbr *r = req_read(q, e);
    if (!r || pid_parse(req_form(q, pid_field), instant_day(q->now), &claim.pid, e) != 0)
        return -1;
    claim.born.year = (int16_t)pid_birth_year(&claim.pid);
    if (person_match(r, q->arena, &claim, &m, &id, e) != 0)
        return -1;
    if (m != PERSON_MATCH)
        return refuse_match(q, e, pid_field, m);
    int found = person_by_id(r, q->arena, id, out, e);
    return found == 0 ? ERR(e, ERR_NOT_FOUND, "person %lld", (long long)id) : found < 0 ? -1 : 0;
}
