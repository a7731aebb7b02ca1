/* invite.c: the desk's one-time tokens for apps that register themselves, and `bon signon invite`. */
#include "engines/signon/commands.h"
#include "engines/signon/registration.h"
#include "gen/signon_queries.h"

#include "base/text.h"

#include "platform/crypto/crypto.h"

#include <stdio.h>

int invitation_add(struct tx *tx, struct arena *a, const struct registration_terms *terms, struct audit_record by,
                   struct str *token, struct err *e)
{
    struct str made = token_new(a);
    struct invitation_insert_in in = { .token = sha256(made),
                                       .owner = terms->owner,
                                       .purpose = terms->purpose,
                                       .legal_basis = terms->legal_basis,
                                       .has_made_by = by.account != 0,
                                       .made_by = by.account,
                                       .made_at = tx_now(tx),
                                       .expires_at = { tx_now(tx).us + INVITATION_DAYS * US_PER_DAY } };
    by.action = STR("signon.app_invited");
    by.object = str_fmt(a, "agency/%.*s", STR_ARG(terms->owner));
    if (invitation_insert(tx, &in, NULL, e) != 0 || audit_write(tx, a, &by, NULL, e) != 0)
        return -1;
    *token = made;
    return 0;
}

/* ---- bon signon invite ---- */

struct inviting {
    struct cli *c;
    struct registration_terms terms;
    struct str token;
};

static int take_line(struct cli *c, const char *name, struct str *out, struct err *e)
{
    struct str given = cli_opt(c, name);
    if (given.n > 0 && text_clean(c->arena, given, TEXT_ONE_LINE, 500, out, e) == 0)
        return 0;
    return ERR_SAY(e, ERR_INPUT, MSGS("Cần --owner, --purpose và --legal-basis, mỗi mục một dòng chữ."), "--%s", name);
}

static int invite_write(struct tx *tx, void *arg, struct err *e)
{
    struct inviting *w = arg;
    struct audit_record by = { .account_name = STR("bon"), .mode = str_of(w->c->app->settings.mode) };
    return invitation_add(tx, w->c->arena, &w->terms, by, &w->token, e);
}

int run_invite(struct cli *c, struct err *e)
{
    struct inviting w = { .c = c };
    if (take_line(c, "owner", &w.terms.owner, e) || take_line(c, "purpose", &w.terms.purpose, e) ||
        take_line(c, "legal-basis", &w.terms.legal_basis, e) || db_write_in(c->app->db, c->arena, invite_write, &w, e))
        return -1;
    printf("%.*s\n", STR_ARG(w.token));
    return 0;
}

const struct cli_option invite_options[] = {
    { "owner", "CƠ QUAN", NULL, MSG("Cơ quan chịu trách nhiệm về ứng dụng") },
    { "purpose", "VIỆC", NULL, MSG("Ứng dụng dùng để làm gì, như người dân sẽ đọc") },
    { "legal-basis", "CĂN CỨ", NULL, MSG("Văn bản cho phép") },
    { .name = NULL },
};
