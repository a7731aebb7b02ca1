/* account.c: making accounts, giving and ending roles, one-time links. */
#include "engines/accounts/accounts_internal.h"

#include "base/text.h"
#include "platform/crypto/crypto.h"

bool account_login_plain(struct str s)
{
    if (s.n < 3 || s.n > 40)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_'))
            return false;
    }
    return true;
}

int account_create(struct tx *tx, struct arena *a, const struct account_new *in, int64_t *id, struct err *e)
{
    if (!account_login_plain(in->login))
        return ERR_SAY(e, ERR_FORM, MSGS("Tên đăng nhập gồm 3 đến 40 chữ thường không dấu, chữ số, dấu . - _"), "login");
    struct account_insert_in row = { .login = in->login, .name = in->name, .name_key = text_fold(a, in->name), .password = in->encoded,
                                     .pid = in->pid, .has_person = in->person != 0, .person = in->person, .active = true,
                                     .made_at = tx_now(tx) };
    return account_insert(tx, &row, id, e);
}

int account_by_name(struct dbr *r, struct arena *a, struct str login, int64_t *id, struct err *e)
{
    struct account_id_of_login_row row;
    int got = account_id_of_login(r, a, &(struct account_id_of_login_in){ .login = login }, &row, e);
    if (got == 1)
        *id = row.id;
    return got;
}

int grant_create(struct tx *tx, const struct grant_new *in, int64_t *id, struct err *e)
{
    if (in->until.n <= in->from.n)
        return ERR_SAY(e, ERR_FORM, MSGS("Ngày kết thúc vai trò phải sau ngày bắt đầu."), "grant ends before it begins");
    struct grant_insert_in row = { .account = in->account, .role = in->role, .territory = in->territory,
                                   .has_facility = in->facility != 0, .facility = in->facility, .agency = in->agency, .from_day = in->from,
                                   .until_day = in->until, .has_given_by = in->by != 0, .given_by = in->by,
                                   .given_at = tx_now(tx) };
    return hats_keep(tx, in->account, e) != 0 ? -1 : grant_insert(tx, &row, id, e);
}

int account_invite(struct tx *tx, struct arena *a, int64_t account, struct str *token, struct err *e)
{
    struct str fresh = token_new(a);
    struct invite_insert_in row = { .token = sha256(fresh), .account = account,
                                    .expires_at = { tx_now(tx).us + INVITE_HOURS * US_PER_HOUR } };
    if (invite_insert(tx, &row, NULL, e) != 0)
        return -1;
    *token = fresh;
    return 0;
}

int account_demo_add(struct tx *tx, int64_t account, int place, struct str password, struct str does, struct err *e)
{
    struct demo_insert_in row = { .account = account, .place = place, .password = password, .does = does };
    return demo_insert(tx, &row, NULL, e);
}

int accounts_demo_list(struct dbr *r, struct arena *a, struct demo_account **out, size_t *n, struct err *e)
{
    struct demo_account_rows rows;
    if (demo_accounts(r, a, &rows, e) != 0)
        return -1;
    *out = rows.v;
    *n = rows.n;
    return 0;
}

static struct account account_of(const struct account_row *row)
{
    return (struct account){ .id = row->id, .login = row->login, .name = row->name, .pid = row->pid,
                             .person = row->has_person ? row->person : 0, .active = row->active };
}

int account_find(struct dbr *r, struct arena *a, int64_t id, struct account *out, struct err *e)
{
    struct account_row row;
    int found = account_by_id(r, a, &(struct account_by_id_in){ .id = id }, &row, e);
    if (found == 1)
        *out = account_of(&row);
    return found;
}

int accounts_find_pid(struct dbr *r, struct arena *a, struct pid pid, struct account *out, size_t most, size_t *n, struct err *e)
{
    struct account_rows rows;
    if (accounts_by_pid(r, a, &(struct accounts_by_pid_in){ .pid = pid }, &rows, e) != 0)
        return -1;
    *n = rows.n < most ? rows.n : most;
    for (size_t i = 0; i < *n; i++)
        out[i] = account_of(&rows.v[i]);
    return 0;
}

int account_roles(struct dbr *r, struct arena *a, int64_t account, struct day on, struct str *out, size_t most, size_t *n, struct err *e)
{
    struct grants_in_force_rows rows;
    struct grants_in_force_in in = { .account = account, .today = on };
    if (grants_in_force(r, a, &in, &rows, e) != 0)
        return -1;
    *n = rows.n < most ? rows.n : most;
    for (size_t i = 0; i < *n; i++)
        out[i] = rows.v[i].role;
    return 0;
}

int accounts_working(struct dbr *r, struct arena *a, struct str role, const struct unit_code *unit, struct str agency, struct day today,
                     struct role_holders *out, struct err *e)
{
    struct role_holder_rows rows;
    struct role_holders_here_in in = { .role = role, .today = today, .territory = str_or_empty(unit_code_str(unit)),
                                       .agency = str_or_empty(agency) };
    if (role_holders_here(r, a, &in, &rows, e) != 0)
        return -1;
    *out = (struct role_holders){ rows.v, rows.n };
    return 0;
}

int accounts_of_role(struct dbr *r, struct arena *a, struct str role, struct role_holders *out, struct err *e)
{
    struct role_holder_rows rows;
    if (role_holders_of(r, a, &(struct role_holders_of_in){ .role = role }, &rows, e) != 0)
        return -1;
    *out = (struct role_holders){ rows.v, rows.n };
    return 0;
}
