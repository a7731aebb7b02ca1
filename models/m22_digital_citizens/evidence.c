/* evidence.c: what it takes to be counted: a living resident old enough for the asset, a source that can vouch for it, a reference
 * somebody can look up again, and a day.
 */
#include "models/m22_digital_citizens/citizens.h"

#include "engines/audit/audit.h"
#include "gen/digital_citizens_queries.h"

static int refuse(struct err *e, const char *field, struct str say)
{
    ERR_SAY(e, ERR_FORM, say, "%s", field);
    for (size_t i = 0; field[i] && i + 1 < sizeof(e->field); i++)
        e->field[i] = field[i];
    return -1;
}

static int check_person(const struct resident *p, const struct asset_ages *ages, enum asset asset,
                        struct day today, struct err *e)
{
    if (p->has_died && p->died.n <= today.n)
        return refuse(
            e, "asset",
            MSGS("Theo sổ dân cư người này đã mất, nên không ghi bằng chứng được. Nếu sổ sai, xin báo Công an xã."));
    if (p->unit.v[0] == '\0')
        return refuse(e, "asset", MSGS("Người này hiện không thường trú trong tỉnh, nên không tính ở đây."));
    if (!(assets_needed(ages, p->born, today) & asset_bit(asset)))
        return refuse(e, "asset", MSGS("Người này chưa đến tuổi cần điều kiện đó."));
    return 0;
}

static int check_paper(const struct evidence_new *in, struct day today, struct err *e)
{
    const struct asset_source *source = asset_source_named(in->source);
    if (!source || !(source->assets & asset_bit(in->asset)))
        return refuse(e, "source", MSGS("Nguồn này không chứng minh được điều kiện đã chọn. Xin chọn nguồn khác."));
    if (in->reference.n == 0)
        return refuse(e, "reference", MSGS("Thiếu số tham chiếu: không tra lại được thì chưa phải bằng chứng."));
    if (in->seen_on.n > today.n)
        return refuse(e, "seen_on", MSGS("Ngày của bằng chứng không thể ở tương lai."));
    return 0;
}

int evidence_check(struct dbr *r, struct arena *a, const struct asset_ages *ages, const struct evidence_new *in,
                   struct day today, struct err *e)
{
    struct resident p;
    struct digital_evidence_same_row same;
    struct digital_evidence_same_in twice = {
        .person = in->person, .kind = asset_bit(in->asset), .source = in->source, .on = today
    };
    int got = resident_by_id(r, a, in->person, today, &p, e);
    if (got < 0)
        return -1;
    if (got == 0)
        return ERR(e, ERR_NOT_FOUND, "person %lld", (long long)in->person);
    if (check_person(&p, ages, in->asset, today, e) != 0 || check_paper(in, today, e) != 0 ||
        digital_evidence_same(r, a, &twice, &same, e) < 0)
        return -1;
    return same.n == 0 ? 0 : refuse(e, "source", MSGS("Bằng chứng từ nguồn này đã có người ghi rồi; xem ở dưới."));
}

int asset_evidence_add(struct tx *tx, struct arena *a, const struct evidence_new *in, const struct audit_record *rec,
                 struct err *e)
{
    struct day today = instant_day(tx_now(tx)), open_end;
    struct audit_record written = *rec;
    int64_t id;
    day_from_ymd(9999, 12, 31, &open_end);
    struct digital_evidence_insert_in row = { .person = in->person,
                                              .kind = asset_bit(in->asset),
                                              .source = in->source,
                                              .reference = in->reference,
                                              .seen_on = in->seen_on,
                                              .counts_from = today,
                                              .counts_until = in->until.n > 0 ? in->until : open_end,
                                              .recorded_by = in->by,
                                              .recorded_name = in->by_name,
                                              .recorded_at = tx_now(tx) };
    if (digital_evidence_insert(tx, &row, &id, e) != 0)
        return -1;
    written.subject = in->person;
    written.purpose = MSGS("Hỗ trợ có đủ điều kiện công dân số");
    written.object = str_fmt(a, "evidence/%lld", (long long)id);
    return audit_write(tx, a, &written, NULL, e);
}
