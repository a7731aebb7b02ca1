/* filed.c: one handing-in is one case, whichever way it came: over the line, or sealed because the answer was lost. */
#include "models/m02_kiosk/kiosk.h"

#include "platform/crypto/crypto.h"

static struct hash32 key_of(struct arena *a, int64_t device, struct str page_key)
{
    return sha256(str_fmt(a, "kiosk filed %lld %.*s", (long long)device, STR_ARG(page_key)));
}

int kiosk_filed_keep(struct tx *tx, struct arena *a, int64_t device, struct str page_key, int64_t case_id, struct err *e)
{
    int64_t kept;
    if (page_key.n == 0)
        return 0;
    struct kiosk_filed_insert_in in = { .key = key_of(a, device, page_key), .case_id = case_id };
    if (kiosk_filed_insert(tx, &in, &kept, e))
        return -1;
    return kept == 1 ? 0
                     : ERR_SAY(e, ERR_CONFLICT, MSGS("Hồ sơ này máy đã gửi bằng số tạm. Xin giữ số tạm để xem hồ sơ."), "filed before");
}

int kiosk_filed_find(struct dbr *r, struct arena *a, int64_t device, struct str page_key, int64_t *case_id, struct err *e)
{
    struct kiosk_filed_row_row row;
    if (page_key.n == 0)
        return 0;
    int got = kiosk_filed_row(r, a, &(struct kiosk_filed_row_in) { .key = key_of(a, device, page_key) }, &row, e);
    if (got == 1)
        *case_id = row.case_id;
    return got;
}
