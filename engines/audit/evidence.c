/* evidence.c: one record with its path to a signed root, as a document that stands on its own: JSON for files, a packed form
 * for QR codes. Checking needs no database and no network, only the public key.
 */
#include "engines/audit/audit_internal.h"

#include "base/json.h"

#include <jansson.h>
#include <string.h>
#include <zlib.h>

struct evidence {
    struct str record;
    struct str payload, jws;
    size_t index, n, n_path;
    struct hash32 path[64];
};

/* 1 found and sealed, 0 not sealed yet, -1 failed. */
static int evidence_load(struct dbr *r, struct arena *a, int64_t seq, struct evidence *ev, struct err *e)
{
    struct audit_seal_covering_row seal;
    int found = audit_seal_covering(r, a, &(struct audit_seal_covering_in){ .record = seq }, &seal, e);
    if (found != 1)
        return found;
    struct audit_bodies_rows rows;
    if (audit_bodies_between(r, a, &(struct audit_bodies_between_in){ .first = seal.first, .last = seal.last }, &rows, e) != 0)
        return -1;
    size_t i = 0;
    while (i < rows.n && rows.v[i].id != seq)
        i++;
    if (i == rows.n || (int64_t)rows.n != seal.n)
        return ERR(e, ERR_INTERNAL, "record %lld is not under seal %lld as it should be", (long long)seq, (long long)seal.id);
    memset(ev, 0, sizeof(*ev));
    ev->record = rows.v[i].body;
    ev->payload = seal.payload;
    ev->jws = seal.jws;
    ev->index = i;
    ev->n = rows.n;
    merkle_path(a, audit_leaves(a, &rows), rows.n, i, ev->path, &ev->n_path);
    return 1;
}

/* ---- the JSON form ---- */

/* The key whose thumbprint stands as "kid" in the protected header of the signature. */
static int key_of_signature(struct arena *a, struct str jws, const struct jwk *keys, size_t n, struct jwk *out)
{
    struct str header;
    json_t *j = NULL;
    if (!str_unbase64url(a, str_head(jws, (size_t)(str_find_char(jws, '.') < 0 ? 0 : str_find_char(jws, '.'))), &header) ||
        json_read(a, header, &j, NULL) != 0)
        return -1;
    const char *kid = json_string_value(json_object_get(j, "kid"));
    for (size_t i = 0; kid && i < n; i++)
        if (strcmp(keys[i].kid, kid) == 0) {
            *out = keys[i];
            return 0;
        }
    return -1;
}

int audit_evidence(struct dbr *r, struct signer *s, struct arena *a, int64_t seq, struct str *json, struct err *e)
{
    struct evidence ev;
    int found = evidence_load(r, a, seq, &ev, e);
    if (found != 1)
        return found;
    struct jwk keys[16], key;
    size_t n_keys = 0;
    if (signer_keys(s, a, "seal", keys, &n_keys, 16, e) != 0)
        return -1;
    if (key_of_signature(a, ev.jws, keys, n_keys, &key) != 0)
        return ERR(e, ERR_INTERNAL, "the key of the seal over record %lld is not known", (long long)seq);

    struct buf b;
    struct json_out j;
    buf_init(&b, a, AUDIT_EVIDENCE_MAX);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "format", STR("bon-evidence-1"));
    json_out_int(&j, "index", (int64_t)ev.index);
    json_out_str(&j, "jwk", jwk_json(a, &key));
    json_out_str(&j, "jws", ev.jws);
    json_out_int(&j, "n", (int64_t)ev.n);
    json_out_array(&j, "path");
    for (size_t i = 0; i < ev.n_path; i++)
        json_out_item_str(&j, str_hex(a, ev.path[i].b, sizeof(ev.path[i].b)));
    json_out_end(&j);
    json_out_str(&j, "record", str_base64url(a, ev.record.p, ev.record.n));
    json_out_str(&j, "seal", str_base64url(a, ev.payload.p, ev.payload.n));
    json_out_end(&j);
    if (b.full)
        return ERR(e, ERR_INTERNAL, "evidence over %d bytes", AUDIT_EVIDENCE_MAX);
    *json = buf_str(&b);
    return 1;
}

static bool path_read(json_t *array, struct evidence *ev)
{
    ev->n_path = json_array_size(array);
    if (!json_is_array(array) || ev->n_path > 64)
        return false;
    for (size_t i = 0; i < ev->n_path; i++) {
        const char *hex = json_string_value(json_array_get(array, i));
        if (!hex || !str_unhex(str_of(hex), ev->path[i].b, sizeof(ev->path[i].b)))
            return false;
    }
    return true;
}

static bool json_evidence_from(struct arena *a, json_t *root, struct evidence *ev)
{
    const char *format, *jwk, *jws, *record, *seal;
    json_int_t index, n;
    json_t *path;
    if (json_unpack(root, "{s:s, s:I, s:s, s:s, s:I, s:o, s:s, s:s}", "format", &format, "index", &index, "jwk", &jwk, "jws", &jws,
                    "n", &n, "path", &path, "record", &record, "seal", &seal) != 0 ||
        strcmp(format, "bon-evidence-1") != 0 || index < 0 || n <= index || n > AUDIT_SEAL_MAX)
        return false;
    ev->index = (size_t)index;
    ev->n = (size_t)n;
    ev->jws = str_dup(a, str_of(jws));
    return str_unbase64url(a, str_of(record), &ev->record) && str_unbase64url(a, str_of(seal), &ev->payload) &&
           path_read(path, ev);
}

static int json_evidence_read(struct arena *a, struct str text, struct evidence *ev, struct err *e)
{
    json_t *root;
    if (json_read(a, text, &root, e) != 0)
        return -1;
    return json_evidence_from(a, root, ev) ? 0 : ERR(e, ERR_INPUT, "not a bon-evidence-1 document");
}

/* ---- the packed form ----
 * "B1" + base64url(zlib(…)); inside, numbers big-endian:
 * u16 record length, record, u16 index, u16 n, u8 path length, path (32 bytes each), u16 payload length, payload,
 * u16 signature length, signature (detached JWS).
 */

static void put_u16(struct buf *b, size_t v)
{
    buf_put_char(b, (char)(v >> 8 & 0xff));
    buf_put_char(b, (char)(v & 0xff));
}

static void put_sized(struct buf *b, struct str s)
{
    put_u16(b, s.n);
    buf_put(b, s);
}

int audit_evidence_compact(struct dbr *r, struct arena *a, int64_t seq, struct str *text, struct err *e)
{
    struct evidence ev;
    int found = evidence_load(r, a, seq, &ev, e);
    if (found != 1)
        return found;
    struct buf b;
    buf_init(&b, a, AUDIT_EVIDENCE_MAX);
    put_sized(&b, ev.record);
    put_u16(&b, ev.index);
    put_u16(&b, ev.n);
    buf_put_char(&b, (char)ev.n_path);
    for (size_t i = 0; i < ev.n_path; i++)
        buf_put_bytes(&b, ev.path[i].b, sizeof(ev.path[i].b));
    put_sized(&b, ev.payload);
    put_sized(&b, ev.jws);
    uLongf packed_n = compressBound((uLong)b.n);
    unsigned char *packed = arena_alloc(a, packed_n);
    if (b.full || compress2(packed, &packed_n, (const unsigned char *)b.p, (uLong)b.n, Z_BEST_COMPRESSION) != Z_OK)
        return ERR(e, ERR_INTERNAL, "evidence does not pack");
    *text = str_fmt(a, "B1%.*s", STR_ARG(str_base64url(a, packed, packed_n)));
    return 1;
}

struct cursor {
    struct str rest;
    bool short_read;
};

static struct str take(struct cursor *c, size_t n)
{
    if (c->short_read || c->rest.n < n) {
        c->short_read = true;
        return STR("");
    }
    struct str s = str_head(c->rest, n);
    c->rest = str_from(c->rest, n);
    return s;
}

static size_t take_u16(struct cursor *c)
{
    struct str s = take(c, 2);
    return s.n == 2 ? (size_t)(unsigned char)s.p[0] << 8 | (unsigned char)s.p[1] : 0;
}

static int packed_evidence_read(struct arena *a, struct str text, struct evidence *ev, struct err *e)
{
    struct str packed;
    if (!str_unbase64url(a, str_from(text, 2), &packed))
        return ERR(e, ERR_INPUT, "packed evidence is not base64url");
    uLongf n = AUDIT_EVIDENCE_MAX; /* a bomb stops here */
    unsigned char *plain = arena_alloc(a, n);
    if (uncompress(plain, &n, (const unsigned char *)packed.p, (uLong)packed.n) != Z_OK)
        return ERR(e, ERR_INPUT, "packed evidence does not unpack");
    struct cursor c = { { (const char *)plain, n }, false };
    ev->record = take(&c, take_u16(&c));
    ev->index = take_u16(&c);
    ev->n = take_u16(&c);
    struct str n_path = take(&c, 1);
    ev->n_path = n_path.n ? (unsigned char)n_path.p[0] : 0;
    if (ev->n_path > 64 || ev->n > AUDIT_SEAL_MAX)
        return ERR(e, ERR_INPUT, "packed evidence with an impossible path");
    for (size_t i = 0; i < ev->n_path; i++) {
        struct str h = take(&c, sizeof(ev->path[i].b));
        if (!c.short_read)
            memcpy(ev->path[i].b, h.p, h.n);
    }
    ev->payload = take(&c, take_u16(&c));
    ev->jws = take(&c, take_u16(&c));
    return c.short_read || c.rest.n ? ERR(e, ERR_INPUT, "packed evidence is cut or too long") : 0;
}

/* ---- checking ---- */

static int signed_by_one_of(struct arena *a, const struct evidence *ev, const struct jwk *trusted, size_t n, struct str *kid,
                            struct err *e)
{
    struct jwk key;
    if (key_of_signature(a, ev->jws, trusted, n, &key) != 0)
        return ERR_SAY(e, ERR_INPUT, MSGS("Chứng cứ được ký bằng một khoá không có trong danh sách tin cậy."), "unknown key");
    if (jws_check_detached(a, ev->jws, ev->payload, &key, e) != 0)
        return ERR_SAY(e, ERR_INPUT, MSGS("Chữ ký trên chứng cứ không đúng: nội dung đã bị sửa hoặc không phải do hệ thống này cấp."),
                       "bad signature");
    *kid = str_dup(a, str_of(key.kid));
    return 0;
}

int audit_evidence_check(struct arena *a, struct str evidence, const struct jwk *trusted, size_t n, struct audit_proof *out,
                         struct err *e)
{
    struct evidence ev;
    struct seal_payload seal;
    struct str kid;
    memset(&ev, 0, sizeof(ev));
    struct str text = str_trim(evidence);
    if (text.n > AUDIT_EVIDENCE_MAX)
        return ERR(e, ERR_TOO_LARGE, "evidence of %zu bytes", text.n);
    int read = str_starts(text, STR("B1")) ? packed_evidence_read(a, text, &ev, e) : json_evidence_read(a, text, &ev, e);
    if (read != 0)
        return ERR_SAY(e, ERR_INPUT, MSGS("Đây không phải chứng cứ của hệ thống này, hoặc đã bị cắt mất một phần."), "unreadable");
    if (signed_by_one_of(a, &ev, trusted, n, &kid, e) != 0 || seal_payload_read(a, ev.payload, &seal, e) != 0)
        return -1;
    if ((int64_t)ev.n != seal.n ||
        !merkle_check(merkle_leaf(ev.record), ev.index, ev.n, ev.path, ev.n_path, seal.root))
        return ERR_SAY(e, ERR_INPUT, MSGS("Nội dung không khớp với gốc đã ký: biên nhận đã bị sửa."), "record not under root");
    *out = (struct audit_proof){ .record = ev.record, .kid = kid, .sealed_at = seal.at, .first = seal.first, .last = seal.last };
    return 0;
}
