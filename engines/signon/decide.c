/* decide.c: what must happen before a request has its answer. prompt=none asks whether nothing must. */
#include "engines/signon/act_as.h"
#include "engines/signon/authorize.h"
#include "engines/signon/hint.h"
#include "engines/signon/levels.h"

static int answer_error(struct authorizing *w, const char *error, const char *why)
{
    w->next = STEP_ANSWER_ERROR;
    oauth_refuse(&w->refused, error, "%s", why);
    return 0;
}

/* Since when the sign-in must be: prompt=login counts from the request itself, so that coming back is enough. */
static struct proof_wanted wanted_by(const struct req *q, const struct auth_request *r)
{
    struct proof_wanted wanted = { .assurance = r->assurance };
    struct instant asked_at = r->stored ? r->made_at : q->now;
    if (r->has_max_age)
        wanted.since.us = asked_at.us - r->max_age * US_PER_SECOND;
    if (r->login)
        wanted.since = asked_at;
    return wanted;
}

static bool is_good_enough(const struct req *q, const struct proof_wanted *wanted)
{
    return q->actor->account != 0 && proof_suffices(q->actor, wanted);
}

/* A wish for a higher level does not stop a silent request: the token says which level there was. */
static bool silent_will_do(const struct req *q, const struct auth_request *r, struct proof_wanted wanted)
{
    if (!r->assurance_needed)
        wanted.assurance = 0;
    return is_good_enough(q, &wanted);
}

/* 1 the consent covers it, 0 not, -1 failed. */
static int consent_covers(struct req *q, struct authorizing *w, struct err *e)
{
    struct consent_live_row row;
    struct dbr *r = req_read(q, e);
    struct consent_live_in in = { .account = q->actor->account, .client = w->r.client->id };
    int found = r ? consent_live(r, q->arena, &in, &row, e) : -1;
    if (found <= 0)
        return found;
    w->consent = row.id;
    return scope_covers(row.scope, w->r.scope) && scope_covers(row.claims, act_as_consent_words(q, &w->r));
}

static int decide_silently(struct req *q, struct authorizing *w, bool other_person, struct err *e)
{
    if (other_person || !silent_will_do(q, &w->r, wanted_by(q, &w->r)))
        return answer_error(
            w, q->actor->account && !other_person && w->r.assurance_needed ? "interaction_required" : "login_required",
            "the person must sign in");
    if (act_as_asked(&w->r) && actor_must_choose_hat(q->actor))
        return answer_error(w, "interaction_required", "the person must choose a capacity");
    int covered = consent_covers(q, w, e);
    if (covered < 0)
        return -1;
    if (!covered)
        return answer_error(w, "consent_required", "the person must agree");
    w->next = STEP_ANSWER_CODE;
    return 0;
}

int authorize_decide(struct req *q, struct authorizing *w, struct err *e)
{
    bool other_person = false;
    if (hint_is_for_another(q, &w->r, &other_person, e))
        return -1;
    if (w->r.none)
        return decide_silently(q, w, other_person, e);
    w->wanted = wanted_by(q, &w->r);
    if (other_person || !is_good_enough(q, &w->wanted)) {
        if (other_person && w->r.stored)
            return answer_error(w, "login_required", "another person than the hint names has signed in");
        if (other_person)
            w->wanted.since = q->now;
        w->next = STEP_SIGN_IN;
        return 0;
    }
    if (act_as_asked(&w->r) && actor_must_choose_hat(q->actor)) {
        w->next = STEP_HAT;
        return 0;
    }
    int covered = w->r.consent ? 0 : consent_covers(q, w, e);
    if (covered < 0)
        return -1;
    w->next = covered ? STEP_ANSWER_CODE : STEP_CONSENT;
    return 0;
}
