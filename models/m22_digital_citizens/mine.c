/* mine.c: "Bốn điều kiện của tôi": what is known of oneself, on what evidence, and how to get what is missing. */
#include "models/m22_digital_citizens/pages.h"

#include "engines/accounts/accounts.h"
#include "gen/digital_citizens_pages.h"

#include <string.h>

static void take_evidence(struct mine_view *v, const struct digital_evidence_of_person_rows *rows, struct day today)
{
    for (size_t i = 0; i < rows->n; i++) {
        enum asset a;
        if (rows->v[i].counts_until.n <= today.n || !asset_of_bit(rows->v[i].kind, &a))
            continue;
        v->assets[a].held = true;
        v->assets[a].evidence_n++;
        v->assets[a].evidence = rows->v[i];
    }
}

/* Oneself, or in a guardian's hat the ward. 1 0 -1 */
static int whose(struct req *q, struct dbr *r, struct day today, struct resident *out, struct err *e)
{
    struct hat hat = hat_of(q);
    if (hat.kind != HAT_GUARDIAN)
        return resident_by_pid(r, q->arena, q->actor->pid, today, out, e);
    return hat.person != 0 ? resident_by_id(r, q->arena, hat.person, today, out, e) : 0;
}

static int load(struct req *q, struct mine_view *v, struct err *e)
{
    struct resident me;
    struct digital_evidence_of_person_rows rows;
    struct day today = instant_day(q->now);
    struct dbr *r = req_read(q, e);
    int got = r ? whose(q, r, today, &me, e) : -1;
    if (got != 1)
        return got;
    if (digital_evidence_of_person(r, q->arena, &(struct digital_evidence_of_person_in) { .person = me.id }, &rows, e) != 0)
        return -1;
    int64_t needs = assets_needed(asset_ages_of(q->app), me.born, today);
    v->linked = true;
    for (enum asset a = 0; a < ASSETS_; a++)
        v->assets[a] = (struct own_asset) { .asset = a,
                                            .needed = (needs & asset_bit(a)) != 0,
                                            .age = asset_age_on(asset_ages_of(q->app), a, today) };
    take_evidence(v, &rows, today);
    return 0;
}

int conditions_get(struct req *q, struct res *s, struct err *e)
{
    struct mine_view v;
    memset(&v, 0, sizeof(v));
    if (load(q, &v, e) != 0)
        return -1;
    struct html h = res_html(q, s);
    digital_mine_page(&h, &v);
    return 0;
}
