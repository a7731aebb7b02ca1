/* my_apps.c: "Ứng dụng đã được tôi cho phép": what was given to whom, and the way to take it back (Nghị định 13/2023/NĐ-CP Điều 12). */
#include "engines/accounts/accounts.h"
#include "engines/signon/act_as.h"
#include "engines/signon/pages.h"
#include "gen/signon_pages.h"

const struct form withdraw_form = { .name = "withdraw", .fields = (const struct field[]) { { .name = NULL } } };

static void list_what(struct req *q, const struct my_consents_row *row, struct my_app *to)
{
    struct str rest = row->scope, word;
    while (rest.n > 0 && str_cut(&rest, ' ', &word))
        *vec_push(q->arena, &to->what) = scope_label(word).p ? scope_label(word) : word;
    rest = row->claims;
    while (rest.n > 0 && str_cut(&rest, ' ', &word))
        if (claim_named(word))
            *vec_push(q->arena, &to->what) = claim_named(word)->label;
}

/* "act_as/12" among what was agreed to. */
static int list_hats(struct req *q, struct dbr *r, const struct my_consents_row *row, struct my_app *to, struct err *e)
{
    struct str rest = row->claims, word;
    int64_t id;
    while (rest.n > 0 && str_cut(&rest, ' ', &word)) {
        struct told_hat hat;
        if (!str_starts(word, STR(ACT_AS "/")) || !str_to_i64(str_from(word, sizeof(ACT_AS)), &id))
            continue;
        int found = grant_words(q->app, r, q->arena, q->actor->account, id, &hat.title, &hat.of, e);
        if (found < 0)
            return -1;
        if (found == 1)
            *vec_push(q->arena, &to->hats) = hat;
    }
    return 0;
}

int my_apps_get(struct req *q, struct res *s, struct err *e)
{
    struct my_apps_view v = { .key = req_form_key(q) };
    struct my_consents_rows rows;
    struct dbr *r = req_read(q, e);
    if (!r || my_consents(r, q->arena, &(struct my_consents_in) { .account = q->actor->account }, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++) {
        const struct signon_client *c;
        const struct my_consents_row *row = &rows.v[i];
        int known = client_of(q, row->client, &c, e);
        if (known < 0)
            return -1;
        struct my_app *app = vec_push(q->arena, &v.apps);
        *app = (struct my_app) {
            .id = row->id, .name = row->client, .given_at = row->given_at, .used = row->has_used_at, .used_at = row->used_at
        };
        if (known == 1) {
            app->name = q->lang == LANG_EN && c->name_en.p ? c->name_en : c->name;
            app->owner = c->owner;
            app->purpose = q->lang == LANG_EN && c->purpose_en.p ? c->purpose_en : c->purpose;
        }
        list_what(q, row, app);
        if (list_hats(q, r, row, app, e))
            return -1;
    }
    struct html h = res_html(q, s);
    my_apps(&h, &v);
    return 0;
}

/* The consent ends, and with it every token that leant on it. */
int withdraw_write(struct req *q, struct tx *tx, struct err *e)
{
    int64_t id, changed;
    const struct instant now = tx_now(tx);
    if (!req_param_id(q, "id", &id))
        return ERR(e, ERR_NOT_FOUND, "consent id");
    if (consent_end(tx, &(struct consent_end_in) { .now = now, .id = id, .account = q->actor->account }, &changed, e))
        return -1;
    if (changed == 0)
        return ERR(e, ERR_NOT_FOUND, "consent %lld is not this account's or has ended", (long long)id);
    if (consent_tokens_end(tx, &(struct consent_tokens_end_in) { .now = now, .consent = id }, NULL, e) ||
        consent_families_end(tx, &(struct consent_families_end_in) { .now = now, .consent = id }, NULL, e))
        return -1;
    struct audit_record rec = audit_of(q, STR("signon.withdrawn"));
    rec.object = str_fmt(q->arena, "consent/%lld", (long long)id);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

int withdraw_reply(struct req *q, struct res *s, struct err *e)
{
    (void)q, (void)e;
    return res_redirect(s, STR("/my-apps"));
}
