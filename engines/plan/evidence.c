/* evidence.c: what shows that a task was done. A file is judged by its first bytes, not by its name, and kept once under its hash. */
#include "engines/plan/tasks.h"

#include "platform/crypto/crypto.h"

static const struct {
    struct str begins, media_type;
} kinds[] = {
    { STR_INIT("%PDF-"), STR_INIT("application/pdf") },
    { STR_INIT("\x89PNG\r\n\x1a\n"), STR_INIT("image/png") },
    { STR_INIT("\xff\xd8\xff"), STR_INIT("image/jpeg") },
    { STR_INIT("PK\x03\x04"), STR_INIT("application/zip") }, /* DOCX, XLSX, ODT */
};

struct str evidence_media_type(struct str bytes)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (str_starts(bytes, kinds[i].begins))
            return kinds[i].media_type;
    return STR_NONE;
}

static int check_file(const struct evidence_new *in, struct err *e)
{
    if (in->bytes.n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Xin chọn tệp minh chứng."), "no file");
    if (in->bytes.n > EVIDENCE_BYTES)
        return ERR_SAY(e, ERR_TOO_LARGE, MSGS("Tệp minh chứng tối đa 4 MB. Xin nén hoặc chụp lại nhỏ hơn."), "%zu bytes",
                       in->bytes.n);
    if (!evidence_media_type(in->bytes).p)
        return ERR_SAY(e, ERR_FORM, MSGS("Chỉ nhận tệp PDF, ảnh PNG hoặc JPEG, và văn bản DOCX, XLSX."), "unknown kind");
    return 0;
}

static int check_link(const struct evidence_new *in, struct err *e)
{
    if (str_starts(in->target, STR("https://")) && in->target.n > 12)
        return 0;
    return ERR_SAY(e, ERR_FORM, MSGS("Liên kết bắt đầu bằng https://."), "link");
}

static int keep_file(struct tx *tx, const struct evidence_new *in, struct hash32 *hash, struct err *e)
{
    *hash = sha256(in->bytes);
    struct plan_file_keep_in file = {
        .hash = *hash, .media_type = evidence_media_type(in->bytes), .size = (int64_t)in->bytes.n, .bytes = in->bytes
    };
    return plan_file_keep(tx, &file, NULL, e);
}

int evidence_add(struct tx *tx, struct arena *a, const struct evidence_new *in, const struct audit_record *by, int64_t *id,
                 struct err *e)
{
    bool file = str_eq(in->kind, STR("file")), link = str_eq(in->kind, STR("link"));
    struct audit_record rec = *by;
    struct plan_evidence_insert_in row = { .task = in->task,
                                           .kind = in->kind,
                                           .title = in->title,
                                           .target = in->target,
                                           .has_hash = file,
                                           .account = by->account,
                                           .added_by = by->account_name,
                                           .at = tx_now(tx) };
    if ((file && (check_file(in, e) || keep_file(tx, in, &row.hash, e))) || (link && check_link(in, e)) ||
        plan_evidence_insert(tx, &row, id, e))
        return -1;
    rec.action = STR("plan.evidence_added");
    rec.object = str_fmt(a, "plan_task/%lld", (long long)in->task);
    return audit_write(tx, a, &rec, NULL, e);
}
