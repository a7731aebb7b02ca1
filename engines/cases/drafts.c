/* drafts.c: half a form, saved to come back to. */
#include "engines/cases/inside.h"

enum { DRAFT_BYTES = 256 << 10 };

static int save_new(struct tx *tx, struct case_draft *d, struct err *e)
{
    struct case_draft_rows rows;
    struct arena a;
    int result;
    struct case_draft_insert_in in = { .account = d->account,
                                       .service = d->service,
                                       .version_id = d->version_id,
                                       .page = str_or_empty(d->page),
                                       .body = d->body,
                                       .saved_at = d->saved_at,
                                       .expires_at = d->expires_at };
    arena_init(&a, 64u << 20);
    result = case_draft_rows(tx_reader(tx), &a, &(struct case_draft_rows_in) { .account = d->account, .now = d->saved_at },
                             &rows, e);
    if (result == 0 && rows.n >= CASE_DRAFTS_MAX)
        result = ERR_SAY(e, ERR_CONFLICT, MSGS("Bạn đang có quá nhiều bản nháp. Xin gửi hoặc xoá bớt rồi lưu bản mới."),
                         "%zu drafts", rows.n);
    arena_release(&a);
    if (result || case_draft_insert(tx, &in, &d->id, e))
        return -1;
    d->revision = 1;
    return 0;
}

static int save_again(struct tx *tx, struct case_draft *d, struct err *e)
{
    int64_t changed;
    struct case_draft_update_in in = { .id = d->id,
                                       .account = d->account,
                                       .seen = d->revision,
                                       .page = str_or_empty(d->page),
                                       .body = d->body,
                                       .saved_at = d->saved_at,
                                       .expires_at = d->expires_at };
    if (case_draft_update(tx, &in, &changed, e))
        return -1;
    if (changed != 1)
        return ERR_SAY(e, ERR_CONFLICT,
                       MSGS("Bản nháp này đã được lưu từ cửa sổ khác hoặc đã gửi. Xin tải lại trang để thấy bản mới."),
                       "draft %lld", (long long)d->id);
    d->revision++;
    return 0;
}

int case_draft_save(struct tx *tx, struct case_draft *d, struct err *e)
{
    tx_unaudited(tx, "a person's own half-filled form; nothing is filed yet");
    if (d->body.n > DRAFT_BYTES)
        return ERR(e, ERR_TOO_LARGE, "draft of %zu bytes", d->body.n);
    d->saved_at = tx_now(tx);
    d->expires_at = (struct instant) { d->saved_at.us + CASE_DRAFT_DAYS * US_PER_DAY };
    return d->id ? save_again(tx, d, e) : save_new(tx, d, e);
}

int case_draft_read(struct dbr *r, struct arena *a, int64_t account, int64_t id, struct instant now, struct case_draft *out,
                    struct err *e)
{
    return case_draft_row(r, a, &(struct case_draft_row_in) { .id = id, .account = account, .now = now }, out, e);
}

int case_drafts_of(struct dbr *r, struct arena *a, int64_t account, struct instant now, struct case_drafts *out,
                   struct err *e)
{
    struct case_draft_rows rows;
    if (case_draft_rows(r, a, &(struct case_draft_rows_in) { .account = account, .now = now }, &rows, e))
        return -1;
    *out = (struct case_drafts) { rows.v, rows.n };
    return 0;
}

int case_draft_drop(struct tx *tx, int64_t account, int64_t id, struct err *e)
{
    return case_draft_delete(tx, &(struct case_draft_delete_in) { .id = id, .account = account }, NULL, e);
}
