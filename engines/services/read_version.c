/* read_version.c: one version: who, how long, on which law; its parts are read by the other read_*.c. */
#include "engines/services/read.h"

#include "platform/crypto/crypto.h"

enum { CITES = 40, LETTERS = 300, SENTENCES = 2000, DAYS_MOST = 365, VERSIONS_MOST = 999 };

static void read_basis(struct service_reader *r, const struct service_at *version, struct service_def *def)
{
    static const char *const known[] = { "cite", "confirmed", NULL };
    struct service_at at = service_read_member(version, "legal_basis");
    size_t n = service_read_array(r, &at, CITES);
    def->basis = arena_new_array(r->a, struct service_cite, n);
    for (size_t i = 0; i < n; i++) {
        struct service_at item = service_read_item(&at, i);
        if (service_read_object(r, &item, known))
            def->basis[def->n_basis++] = (struct service_cite) { service_read_text(r, &item, "cite", JSON_MUST, SENTENCES),
                                                                 service_read_bool(r, &item, "confirmed", false) };
    }
}

/* "15:00" as minutes of the day. */
static int read_hour(struct service_reader *r, const struct service_at *time)
{
    struct service_at at = service_read_member(time, "same_day_before");
    struct str s = service_read_text(r, time, "same_day_before", JSON_MAY, 5), hour = STR_NONE, rest = s;
    int64_t h, m;
    if (!s.n)
        return -1;
    if (s.n == 5 && str_cut(&rest, ':', &hour) && str_is_digits(hour) && rest.p && str_is_digits(rest) &&
        str_to_i64(hour, &h) && str_to_i64(rest, &m) && h < 24 && m < 60)
        return (int)(h * 60 + m);
    service_read_fault(r, &at, MSGS("Xin ghi giờ như 15:00."), s);
    return -1;
}

static void read_time(struct service_reader *r, const struct service_at *version, struct service_def *def)
{
    static const char *const known[] = { "days", "same_day_before", "note", "confirmed", NULL };
    struct service_at at = service_read_member(version, "time");
    int64_t days = 0;
    def->same_day_before = -1;
    if (!at.j && def->level != SERVICE_INFO)
        service_read_fault(r, &at, MSGS("Thiếu mục này."), STR_NONE);
    if (!service_read_object(r, &at, known))
        return;
    service_read_int(r, &at, "days", JSON_MAY, 0, DAYS_MOST, &days);
    def->days = (int)days;
    def->same_day_before = read_hour(r, &at);
    def->time_note = service_read_text(r, &at, "note", JSON_MAY, SENTENCES);
    def->time_confirmed = service_read_bool(r, &at, "confirmed", false);
}

static void read_validity(struct service_reader *r, const struct service_at *version, struct service_def *def)
{
    struct service_at to = service_read_member(version, "valid_to");
    service_read_day(r, version, "valid_from", JSON_MUST, &def->from);
    day_from_ymd(9999, 12, 31, &def->until);
    if (!service_read_day(r, version, "valid_to", JSON_MAY, &def->until))
        return;
    if (def->until.n < def->from.n)
        service_read_fault(r, &to, MSGS("Ngày hết hiệu lực đứng trước ngày có hiệu lực."), STR_NONE);
    def->until.n++; /* the file names the last day */
}

static void read_hash(struct service_reader *r, const struct service_at *version, struct service_def *def)
{
    struct err why = { 0 };
    struct str body = STR_NONE;
    if (json_canonical(r->a, version->j, &body, &why))
        service_read_fault(r, version, MSGS("Có con số không ghi được thành JSON chuẩn."), str_of(why.detail));
    def->hash = sha256(body);
}

void service_read_version(struct service_reader *r, const struct service_at *version, struct service_def *def)
{
    static const char *const known[] = { "version",    "valid_from", "valid_to",    "level",  "reason", "function",
                                         "unit_level", "who",        "legal_basis", "time",   "fee",    "flow",
                                         "papers",     "form",       "result",      "bundle", "sign_in", NULL };
    struct service_at reason = service_read_member(version, "reason");
    int64_t number = 1, assurance = 1;
    if (!service_read_object(r, version, known))
        return;
    service_read_int(r, version, "sign_in", JSON_MAY, 1, 2, &assurance);
    def->assurance = (int)assurance;
    service_read_int(r, version, "version", JSON_MUST, 1, VERSIONS_MOST, &number);
    def->version = (int)number;
    def->level = (enum service_level)service_read_word(r, version, "level", JSON_MUST, service_levels, SERVICE_FULL);
    def->reason = service_read_text(r, version, "reason", def->level == SERVICE_INFO ? JSON_MUST : JSON_MAY, SENTENCES);
    if (def->reason.n && def->level == SERVICE_FULL)
        service_read_fault(r, &reason, MSGS("Dịch vụ toàn trình không cần lý do chưa trực tuyến."), STR_NONE);
    enum json_need need = def->level == SERVICE_INFO ? JSON_MAY : JSON_MUST;
    def->function = service_read_text(r, version, "function", need, 60);
    def->flow = service_read_text(r, version, "flow", need, 60);
    def->unit_level =
        (enum service_unit_level)service_read_word(r, version, "unit_level", need, service_unit_levels, SERVICE_COMMUNE);
    def->who = service_read_text(r, version, "who", need, SENTENCES);
    read_validity(r, version, def);
    read_basis(r, version, def);
    read_time(r, version, def);
    service_read_form(r, version, def);
    service_read_papers(r, version, def);
    service_read_fees(r, version, def);
    service_read_result(r, version, def);
    service_read_bundle(r, version, def);
    read_hash(r, version, def);
}
