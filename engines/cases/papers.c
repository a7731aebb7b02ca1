/* papers.c: slots for papers and what stands in them. Bytes are kept once under their hash. */
#include "engines/cases/inside.h"

int case_paper_check(struct case_paper_new *p, struct err *e)
{
    if (p->kind != CASE_SCAN)
        return 0;
    if (case_scan_check(p->bytes, &p->media_type, e))
        return -1;
    p->hash = sha256(p->bytes);
    return 0;
}

static int keep_bytes(struct tx *tx, const struct case_paper_new *p, struct err *e)
{
    ASSERT(p->media_type.n > 0); /* case_paper_check has been there */
    struct case_blob_keep_in in = {
        .hash = p->hash, .media_type = p->media_type, .size = (int64_t)p->bytes.n, .bytes = p->bytes
    };
    return case_blob_keep(tx, &in, NULL, e);
}

int case_paper_put(struct tx *tx, const struct case_by *by, int64_t id, const struct case_paper_new *p, int64_t *paper,
                   struct err *e)
{
    struct case_paper_insert_in in = { .case_id = id,
                                       .slot = p->slot,
                                       .name = str_or_empty(p->name),
                                       .kind = p->kind,
                                       .source = str_or_empty(p->source),
                                       .file_name = str_or_empty(p->file_name),
                                       .has_hash = p->kind == CASE_SCAN || p->body.n > 0,
                                       .body = str_or_empty(p->body),
                                       .as_of = p->as_of.us ? p->as_of : tx_now(tx),
                                       .level = p->level,
                                       .account = by->record.account,
                                       .added_at = tx_now(tx),
                                       .mode = str_or_empty(p->mode) };
    if (p->kind == CASE_SCAN) {
        if (keep_bytes(tx, p, e))
            return -1;
        in.hash = p->hash;
    } else if (in.has_hash) {
        in.hash = sha256(p->body);
    }
    return case_paper_insert(tx, &in, paper, e);
}

int case_paper_add(struct tx *tx, const struct case_by *by, int64_t id, int64_t revision, const struct case_paper_new *p,
                   bool replace, int64_t *paper, struct err *e)
{
    struct case_view c;
    struct case_papers all;
    int64_t changed, seq;
    int got = case_by_id(by->app, tx_reader(tx), by->arena, id, &c, e);
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "case %lld", (long long)id);
    if (c.revision != revision)
        return case_was_changed(cases_state(by->app), tx_reader(tx), by->arena, &c, e);
    if (c.clock == CLOCK_OVER)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này đã giải quyết xong nên không thêm giấy tờ được nữa."),
                       "case is over");
    if (replace && case_paper_withdraw(tx, &(struct case_paper_withdraw_in) { .case_id = id, .slot = p->slot }, NULL, e))
        return -1;
    if (case_papers_of(tx_reader(tx), by->arena, id, true, &all, e))
        return -1;
    if (all.n >= 2 * CASE_FILES_MAX)
        return ERR_SAY(e, ERR_FORM, MSGS("Hồ sơ này đã có quá nhiều tệp. Xin ghép các trang vào một tệp PDF."), "%zu papers",
                       all.n);
    struct case_record_touch_in touch = { .id = id, .seen = revision, .papers_here = 1 };
    for (size_t i = 0; i < all.n; i++)
        touch.papers_here += all.v[i].withdrawn ? 0 : 1;
    if (case_paper_put(tx, by, id, p, paper, e) || case_record_touch(tx, &touch, &changed, e) ||
        case_record_act(tx, by, &c, "cases.paper_added", STR_NONE, &seq, e))
        return -1;
    return case_tell(tx, seq, id, "paper", c.state, STR(""), e);
}

int case_papers_of(struct dbr *r, struct arena *a, int64_t id, bool withdrawn_too, struct case_papers *out, struct err *e)
{
    struct case_paper_rows_rows rows;
    if (case_paper_rows(r, a, &(struct case_paper_rows_in) { .case_id = id }, &rows, e))
        return -1;
    *out = (struct case_papers) { arena_new_array(a, struct case_paper, rows.n), 0 };
    for (size_t i = 0; i < rows.n; i++) {
        const struct case_paper_rows_row *p = &rows.v[i];
        if (p->withdrawn && !withdrawn_too)
            continue;
        out->v[out->n++] = (struct case_paper) { .id = p->id,
                                                 .slot = p->slot,
                                                 .name = p->name,
                                                 .source = p->source,
                                                 .file_name = p->file_name,
                                                 .body = p->body,
                                                 .media_type = p->media_type,
                                                 .mode = p->mode,
                                                 .kind = (enum case_paper_given)p->kind,
                                                 .hash = p->hash,
                                                 .has_file = p->has_size,
                                                 .withdrawn = p->withdrawn,
                                                 .size = p->has_size ? p->size : 0,
                                                 .account = p->account,
                                                 .level = (int)p->level,
                                                 .as_of = p->as_of,
                                                 .added_at = p->added_at };
    }
    return 0;
}

int case_paper_bytes(struct dbr *r, struct arena *a, int64_t id, int64_t paper, struct str *bytes, struct str *media_type,
                     struct err *e)
{
    struct case_paper_file_row row;
    int got = case_paper_file(r, a, &(struct case_paper_file_in) { .paper = paper, .case_id = id }, &row, e);
    if (got == 1) {
        *bytes = row.bytes;
        *media_type = row.media_type;
    }
    return got;
}
