/* client_store.c: apps as rows: made, changed, suspended; their secrets. Each act has its record. */
#include "engines/signon/client_keys.h"

#include "base/json.h"
#include "base/rng.h"
#include "platform/crypto/crypto.h"

#include <jansson.h>

enum { METADATA_MAX = 48 * 1024, SECRETS_LIVE = CLIENT_SECRETS };

static int record(struct tx *tx, struct arena *a, struct audit_record by, const char *action, struct str id,
                  struct str detail, struct err *e)
{
    by.action = str_of(action);
    by.object = str_fmt(a, "app/%.*s", STR_ARG(id));
    by.detail = detail;
    return audit_write(tx, a, &by, NULL, e);
}

static struct str detail_one(struct arena *a, const char *key, struct str value)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, 4096);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, key, value);
    json_out_end(&j);
    return buf_str(&b);
}

/* Metadata as they are stored: canonical, and good. */
struct checked {
    struct str text, name, owner, jwks_uri;
    struct day valid_until;
};

static int check(struct arena *a, struct str metadata, struct checked *out, struct err *e)
{
    json_t *j;
    struct signon_client c;
    if (metadata.n > METADATA_MAX)
        return ERR(e, ERR_TOO_LARGE, "metadata of %zu bytes, at most %d", metadata.n, METADATA_MAX);
    if (json_read(a, metadata, &j, e))
        return -1;
    if (client_parse(a, j, &c, e))
        return -1;
    *out = (struct checked) { .name = c.name, .owner = c.owner, .jwks_uri = c.jwks_uri, .valid_until = c.valid_until };
    return json_canonical(a, j, &out->text, e);
}

static bool is_id(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        if (!fine)
            return false;
    }
    return s.n > 0 && s.n <= 64;
}

static struct str random_id(struct arena *a)
{
    uint8_t bytes[10];
    random_bytes(bytes, sizeof bytes);
    return str_hex(a, bytes, sizeof bytes);
}

int signon_client_create(struct tx *tx, struct arena *a, const struct client_new *in, struct audit_record by, struct str *id,
                         struct err *e)
{
    struct checked m;
    struct str name = in->id.n > 0 ? in->id : random_id(a);
    if (!is_id(name))
        return ERR_SAY(e, ERR_FORM,
                       MSGS("Mã ứng dụng chỉ gồm chữ thường, chữ số, dấu chấm, gạch ngang, gạch dưới; nhiều nhất 64 ký tự."),
                       "client id");
    if (check(a, in->metadata, &m, e))
        return -1;
    struct client_insert_in row = { .id = name,
                                    .name = m.name,
                                    .owner = m.owner,
                                    .metadata = m.text,
                                    .status = str_of(client_status_name(in->status)),
                                    .valid_until = m.valid_until,
                                    .made_at = tx_now(tx),
                                    .has_made_by = by.account != 0,
                                    .made_by = by.account };
    int64_t made;
    if (client_insert(tx, &row, &made, e))
        return -1;
    if (made == 0)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Mã ứng dụng này đã có."), "client %.*s exists", STR_ARG(name));
    if (client_keys_follow(tx, name, m.jwks_uri, e) ||
        record(tx, a, by, "signon.app_added", name, detail_one(a, "metadata", str_hex(a, sha256(m.text).b, 32)), e))
        return -1;
    *id = name;
    return 0;
}

int signon_client_update(struct tx *tx, struct arena *a, struct str id, struct str metadata, struct audit_record by,
                         struct err *e)
{
    struct checked m;
    int64_t changed;
    if (check(a, metadata, &m, e))
        return -1;
    struct client_change_in row = {
        .id = id, .name = m.name, .owner = m.owner, .metadata = m.text, .valid_until = m.valid_until
    };
    if (client_change(tx, &row, &changed, e))
        return -1;
    if (changed == 0)
        return ERR(e, ERR_NOT_FOUND, "no client %.*s", STR_ARG(str_head(id, 64)));
    if (client_keys_follow(tx, id, m.jwks_uri, e))
        return -1;
    return record(tx, a, by, "signon.app_changed", id, detail_one(a, "metadata", str_hex(a, sha256(m.text).b, 32)), e);
}

/* What was given out for an app that is stopped stops with it. */
static int end_all(struct tx *tx, struct str id, struct err *e)
{
    const struct instant now = tx_now(tx);
    return client_tokens_end(tx, &(struct client_tokens_end_in) { .now = now, .client = id }, NULL, e) ||
                   client_families_end(tx, &(struct client_families_end_in) { .now = now, .client = id }, NULL, e)
               ? -1
               : 0;
}

int signon_client_set_status(struct tx *tx, struct arena *a, struct str id, enum client_status status,
                             struct audit_record by, struct err *e)
{
    int64_t changed;
    struct str name = str_of(client_status_name(status));
    if (client_status_set(tx, &(struct client_status_set_in) { .id = id, .status = name }, &changed, e))
        return -1;
    if (changed == 0)
        return ERR(e, ERR_NOT_FOUND, "no client %.*s", STR_ARG(str_head(id, 64)));
    if (status != CLIENT_ACTIVE && end_all(tx, id, e))
        return -1;
    return record(tx, a, by, "signon.app_status", id, detail_one(a, "status", name), e);
}

/* ---- secrets ---- */

static int live_secrets(struct tx *tx, struct arena *a, struct str id, int64_t *n, struct err *e)
{
    struct secrets_live_row row;
    if (secrets_live(tx_reader(tx), a, &(struct secrets_live_in) { .client = id, .now = tx_now(tx) }, &row, e) < 0)
        return -1;
    *n = row.n;
    return 0;
}

static int touch(struct tx *tx, struct str id, struct err *e)
{
    int64_t changed;
    if (client_touch(tx, &(struct client_touch_in) { .id = id }, &changed, e))
        return -1;
    return changed == 1 ? 0 : ERR(e, ERR_NOT_FOUND, "no client %.*s", STR_ARG(str_head(id, 64)));
}

int signon_secret_add(struct tx *tx, struct arena *a, struct str id, struct instant expires_at, struct audit_record by,
                      struct str *secret, struct err *e)
{
    int64_t live, made;
    if (touch(tx, id, e) || live_secrets(tx, a, id, &live, e))
        return -1;
    if (live >= SECRETS_LIVE)
        return ERR_SAY(e, ERR_CONFLICT, MSGS("Ứng dụng đang có hai mã bí mật. Xin kết thúc một mã trước khi tạo mã mới."),
                       "two secrets live");
    struct str made_secret = token_new(a);
    struct secret_insert_in row = {
        .client = id, .hash = sha256(made_secret), .made_at = tx_now(tx), .expires_at = expires_at
    };
    if (secret_insert(tx, &row, &made, e) || record(tx, a, by, "signon.secret_added", id, STR_NONE, e))
        return -1;
    *secret = made_secret;
    return 0;
}

int signon_secret_end(struct tx *tx, struct arena *a, struct str id, int64_t secret, struct audit_record by, struct err *e)
{
    int64_t changed;
    struct secret_end_in in = { .now = tx_now(tx), .id = secret, .client = id };
    if (touch(tx, id, e) || secret_end(tx, &in, &changed, e))
        return -1;
    if (changed == 0)
        return ERR(e, ERR_NOT_FOUND, "secret %lld has ended or is another app's", (long long)secret);
    return record(tx, a, by, "signon.secret_ended", id, STR_NONE, e);
}

/* ---- reading ---- */

static int fill(struct arena *a, const struct client_by_id_row *row, struct signon_client *out, struct err *e)
{
    json_t *j;
    if (json_read(a, row->metadata, &j, e) || client_parse(a, j, out, e))
        return -1;
    out->id = row->id;
    out->version = row->version;
    return client_status_parse(row->status, &out->status) ? 0 : ERR(e, ERR_INTERNAL, "client status");
}

int signon_client_read(struct dbr *r, struct arena *a, struct str id, struct signon_client *out, struct err *e)
{
    struct client_by_id_row row;
    int found = client_by_id(r, a, &(struct client_by_id_in) { .id = id }, &row, e);
    if (found <= 0)
        return found;
    return fill(a, &row, out, e) ? -1 : 1;
}

int signon_secrets_read(struct dbr *r, struct arena *a, struct str id, struct instant now, struct signon_secrets *out,
                        struct err *e)
{
    struct secrets_of_client_rows rows;
    if (secrets_of_client(r, a, &(struct secrets_of_client_in) { .client = id }, &rows, e))
        return -1;
    struct signon_secrets live = { arena_new_array(a, struct signon_secret, rows.n), 0 };
    for (size_t i = 0; i < rows.n; i++)
        if (rows.v[i].expires_at.us > now.us)
            live.v[live.n++] = (struct signon_secret) { rows.v[i].id, rows.v[i].made_at, rows.v[i].expires_at };
    *out = live;
    return 0;
}
