/* proof.c: what a session has shown of its owner against what a page wants to have seen, and the way to show more.
 *
 * The address of the sign-in page carries what is wanted, so that nothing is stored for people who only look. Whoever edits it
 * gains nothing: the page that they come back to asks again.
 */
#include "platform/http/inside.h"

bool is_own_path(struct str s)
{
    if (s.n == 0 || s.p[0] != '/' || (s.n > 1 && (s.p[1] == '/' || s.p[1] == '\\')))
        return false;
    return str_find_char(s, '\n') < 0 && str_find_char(s, '\r') < 0;
}

bool actor_showed(const struct actor *actor, const char *method)
{
    return str_has_word(actor->methods, str_of(method));
}

bool actor_has_passkey(const struct actor *actor)
{
    return actor_showed(actor, "hwk") || actor_showed(actor, "swk");
}

bool proof_suffices(const struct actor *actor, const struct proof_wanted *wanted)
{
    return actor->assurance >= wanted->assurance && actor->authenticated_at.us >= wanted->since.us &&
           (!wanted->passkey || actor_has_passkey(actor));
}

struct str sign_in_url(struct req *q, struct str next, const struct proof_wanted *wanted)
{
    struct buf b;
    buf_init(&b, q->arena, LIMIT_URL * 4);
    struct html h = { .out = &b, .arena = q->arena };
    buf_lit(&b, "/sign-in?next=");
    html_query(&h, is_own_path(next) ? next : STR("/"));
    if (wanted->assurance > 0)
        buf_fmt(&b, "&level=%d", wanted->assurance);
    if (wanted->since.us > 0) /* rounded up: a proof a moment too old must not bring the browser back here */
        buf_fmt(&b, "&since=%lld", (long long)((wanted->since.us + US_PER_SECOND - 1) / US_PER_SECOND));
    if (wanted->passkey)
        buf_lit(&b, "&passkey=1");
    return buf_str(&b);
}

struct proof_wanted proof_wanted_of(const struct req *q)
{
    struct proof_wanted wanted = { .passkey = str_eq(req_query(q, "passkey"), STR("1")) };
    int64_t n;
    if (str_to_i64(req_query(q, "level"), &n) && n >= 0 && n <= 2)
        wanted.assurance = (int)n;
    if (str_to_i64(req_query(q, "since"), &n) && n >= 0 && n < q->now.us / US_PER_SECOND + 60)
        wanted.since.us = n * US_PER_SECOND;
    return wanted;
}

struct proof_wanted passage_wants(const struct passage *p)
{
    const struct route *route = p->slot->route;
    struct proof_wanted wanted = { .assurance = route->assurance };
    if (route->fresh_s > 0)
        wanted.since.us = p->q->now.us - route->fresh_s * US_PER_SECOND;
    wanted.passkey = !right_held(p->slot->right, p->q->actor) && right_waiting(p->slot->right, p->q->actor);
    return wanted;
}
