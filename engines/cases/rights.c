/* rights.c: whose turn a case is, by function and territory. */
#include "engines/cases/inside.h"

enum holder { HOLDER_COMMUNE, HOLDER_POLICE, HOLDER_AGENCY, HOLDERS_ };

/* Which right counts for whose turn it is, by who carries the function. The one-stop desk takes in for all of them. */
static const char *const rights[OWNERS_][HOLDERS_] = {
    [OWNER_ONE_STOP] = { CASE_MAY_RECEIVE, CASE_MAY_RECEIVE, CASE_MAY_RECEIVE },
    [OWNER_SPECIALIST] = { CASE_MAY_WORK, CASE_MAY_WORK_POLICE, CASE_MAY_WORK_AGENCY },
    [OWNER_APPROVER] = { CASE_MAY_APPROVE, CASE_MAY_APPROVE_POLICE, CASE_MAY_APPROVE_AGENCY },
};

static enum holder holder_of(struct str agency)
{
    if (agency.n == 0)
        return HOLDER_COMMUNE;
    return str_eq(agency, STR(CASE_COMMUNE_POLICE)) ? HOLDER_POLICE : HOLDER_AGENCY;
}

static bool is_applicant(const struct req *q, const struct case_view *c)
{
    const struct actor *actor = q->actor;
    if (actor->account == 0)
        return false;
    return c->account == actor->account ||
           (actor->pid.v[0] && (pid_eq(&actor->pid, &c->pid) || pid_eq(&actor->pid, &c->filer_pid)));
}

/* What lies in that unit and is held by that agency. */
static bool may_work_on(struct req *q, const struct unit_code *unit, struct str agency, enum case_owner owner)
{
    enum holder holder = holder_of(agency);
    const char *right = rights[owner][holder];
    if (holder == HOLDER_AGENCY && owner != OWNER_ONE_STOP)
        return req_may_agency(q, right, agency) != NULL;
    return req_may(q, right, unit, 0) != NULL;
}

static bool is_for_officer(struct req *q, const struct unit_code *unit, struct str agency)
{
    for (int o = OWNER_ONE_STOP; o < OWNER_CITIZEN; o++)
        if (may_work_on(q, unit, agency, (enum case_owner)o))
            return true;
    return false;
}

bool case_may_work(struct req *q, const struct case_view *c, enum case_owner owner)
{
    return owner == OWNER_CITIZEN ? is_applicant(q, c) : may_work_on(q, &c->unit, c->agency, owner);
}

bool case_may_read(struct req *q, const struct case_view *c)
{
    return is_applicant(q, c) || is_for_officer(q, &c->unit, c->agency);
}

bool case_line_is_for(struct req *q, const struct case_line *l)
{
    return is_for_officer(q, &l->unit, l->agency);
}

static bool may_make(struct req *q, const struct case_view *c, const struct case_flow_move *m)
{
    return case_may_work(q, c, m->role) || (m->citizen_may && case_may_work(q, c, OWNER_CITIZEN));
}

void case_moves_of(struct req *q, const struct case_view *c, struct case_moves *out)
{
    VEC(const struct case_flow_move *) moves = { 0 };
    for (size_t i = 0; i < c->flow->n_moves; i++) {
        const struct case_flow_move *m = &c->flow->move[i];
        if (case_move_leaves(c->flow, m, c->state) && may_make(q, c, m))
            *vec_push(q->arena, &moves) = m;
    }
    *out = (struct case_moves) { moves.v, moves.n };
}
