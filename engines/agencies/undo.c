/* undo.c: a succession is taken back: every row it moved, last first, provided that nothing it touched has changed since. */
#include "engines/agencies/succeed.h"

struct undoing {
    struct tx *tx;
    struct arena *a;
    struct succession act;
    struct succession_change_rows rows;
};

/* ---- may it be undone? ---- */

static int find_act(struct undoing *u, int64_t id, struct succession_act *act, struct err *e)
{
    int got = succession_by_id(tx_reader(u->tx), u->a, &(struct succession_by_id_in) { .id = id }, act, e);
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR_SAY(e, ERR_NOT_FOUND, MSGS("Không có lần chuyển giao mang số này."), "%lld", (long long)id);
    if (act->undone)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Lần chuyển giao này đã được hoàn tác."), "%lld", (long long)id);
    u->act = (struct succession) { .id = id, .from = act->from, .to = act->to, .on = act->on, .covers = act->covers };
    return succession_rows(tx_reader(u->tx), u->a, &(struct succession_rows_in) { .succession = id }, &u->rows, e);
}

static int compare(const struct undoing *u, const struct module *m, bool before, bool *same, struct err *e)
{
    struct succession_part_row then;
    struct succession_part_in in = { .succession = u->act.id, .module = str_of(m->name) };
    struct hash32 now;
    struct dbr *r = tx_reader(u->tx);
    int got = succession_part(r, u->a, &in, &then, e);
    if (got < 0 || part_fingerprint(r, u->a, m->succession, &u->act, &now, e))
        return -1;
    *same = got == 0 || hash32_eq(&now, before ? &then.was : &then.became); /* 0: the module came later and moved nothing */
    return 0;
}

static int refuse_later_edits(const struct undoing *u, const struct app *app, struct err *e)
{
    for (const struct module *const *m = app->modules; *m; m++) {
        bool same;
        if (!(*m)->succession)
            continue;
        if (compare(u, *m, false, &same, e))
            return -1;
        if (!same)
            return ERR_SAY(
                e, ERR_CONFLICT,
                MSGS("Không hoàn tác được: sau lần chuyển giao đã có thay đổi ở phần việc đã chuyển. Xin hoàn tác "
                     "các thay đổi sau trước, hoặc ghi một lần chuyển giao mới."),
                "%s: %.*s changed since succession %lld", (*m)->name, STR_ARG((*m)->succession->what), (long long)u->act.id);
    }
    return 0;
}

/* ---- taking back ---- */

static const struct succession_part *part_named(const struct app *app, struct str module)
{
    for (const struct module *const *m = app->modules; *m; m++)
        if (str_eq(str_of((*m)->name), module))
            return (*m)->succession;
    return NULL;
}

static int undo_rows(struct undoing *u, const struct app *app, struct err *e)
{
    struct succession_run run = { .app = app, .tx = u->tx, .a = u->a, .act = &u->act };
    for (size_t i = u->rows.n; i-- > 0;) {
        const struct succession_change *row = &u->rows.v[i];
        const struct succession_part *part = part_named(app, row->module);
        if (!part)
            return ERR(e, ERR_INTERNAL, "no module %.*s any more", STR_ARG(row->module));
        if (part->undo(&run, &(struct succession_row) { row->object, row->was, row->became }, e))
            return -1;
    }
    return 0;
}

static int prove_restored(const struct undoing *u, const struct app *app, struct err *e)
{
    for (const struct module *const *m = app->modules; *m; m++) {
        bool same = true;
        if ((*m)->succession && compare(u, *m, true, &same, e))
            return -1;
        if (!same)
            return ERR(e, ERR_INTERNAL, "%s is not as before succession %lld", (*m)->name, (long long)u->act.id);
    }
    return 0;
}

int agencies_undo(const struct app *app, struct tx *tx, struct arena *a, int64_t id, const struct audit_record *by,
                  struct err *e)
{
    struct undoing u = { .tx = tx, .a = a };
    struct succession_act act;
    struct succession_undone_in done = { .undone_at = tx_now(tx), .undone_by = by->account, .id = id };
    if (find_act(&u, id, &act, e) || refuse_later_edits(&u, app, e) || undo_rows(&u, app, e) || prove_restored(&u, app, e) ||
        succession_undone(tx, &done, NULL, e))
        return -1;
    return succession_record(tx, a, by, STR("agencies.succession_undone"), &u.act, act.decree, e);
}
