/* check.c: the public check of a receipt. A proof tells all that the receipt says; a bare number, which others could guess,
 * only whether there is such a receipt and from which house.
 */
#include "engines/stays/check.h"

#include "gen/stays_pages.h"

#include <jansson.h>
#include <string.h>

enum { EVIDENCE_TEXT_MAX = 64 * 1024, KEYS_MAX = SIGNER_KEYS_MAX };

const struct form receipt_check_form = {
    .name = "receipt_check",
    .fields =
        (const struct field[]) {
            { .name = "text",
              .type = FIELD_LINES,
              .required = true,
              .max = EVIDENCE_TEXT_MAX,
              .label = MSG("Số biên nhận, nội dung mã QR, hoặc tệp chứng cứ"),
              .help = MSG("Dán nguyên văn. Ví dụ số: LT-67-000001-2611-000042.") },
            { .name = NULL },
        },
    .max_body = 256 * 1024,
};

/* ---- keys ---- */

int receipt_keys_json(struct signer *s, struct arena *a, struct str *json, struct err *e)
{
    struct jwk keys[KEYS_MAX];
    size_t n = 0;
    struct buf b;
    if (signer_keys(s, a, "seal", keys, &n, KEYS_MAX, e) != 0)
        return -1;
    buf_init(&b, a, 16 * 1024);
    buf_lit(&b, "{\"keys\":[");
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_put_char(&b, ',');
        buf_put(&b, jwk_json(a, &keys[i]));
    }
    buf_lit(&b, "]}");
    *json = buf_str(&b);
    return 0;
}

static int key_from(struct arena *a, const json_t *j, struct jwk *out, struct err *e)
{
    struct str text;
    return json_canonical(a, j, &text, e) != 0 || jwk_read(a, text, out, e) != 0 ? -1 : 0;
}

int receipt_keys_read(struct arena *a, struct str json, struct jwk *keys, size_t most, size_t *n, struct err *e)
{
    json_t *root;
    if (json_read(a, json, &root, e) != 0)
        return -1;
    const json_t *list = json_object_get(root, "keys");
    size_t count = json_array_size(list), got = 0;
    int result = count > 0 && count <= most ? 0 : ERR(e, ERR_INPUT, "not a set of 1 to %zu keys", most);
    for (; result == 0 && got < count; got++)
        result = key_from(a, json_array_get(list, got), &keys[got], e);
    if (result == 0)
        *n = got;
    return result;
}

int receipt_keys(struct req *q, struct res *s, struct err *e)
{
    struct str json;
    if (!q->signer)
        return ERR(e, ERR_SIGNER, "no signer");
    if (receipt_keys_json(q->signer, q->arena, &json, e) != 0)
        return -1;
    return res_text(s, "application/jwk-set+json", json);
}

/* ---- the page ---- */

static int prove(struct req *q, struct check_view *v, struct err *e)
{
    struct jwk keys[KEYS_MAX];
    size_t n = 0;
    struct err why = { 0 };
    if (!q->signer)
        return ERR(e, ERR_SIGNER, "no signer");
    if (signer_keys(q->signer, q->arena, "seal", keys, &n, KEYS_MAX, e) != 0)
        return -1;
    bool good = stay_receipt_check(q->arena, v->typed, keys, n, &v->receipt, &v->sealed_at, &why) == 0;
    v->outcome = good ? CHECK_PROVED : CHECK_BROKEN;
    v->why = good ? STR_NONE : err_sentence(&why);
    return 0;
}

static int look_up(struct req *q, struct check_view *v, struct err *e)
{
    struct dbr *r = req_read(q, e);
    int found = r ? stay_receipt_by_number(r, q->arena, v->typed, &v->receipt, e) : -1;
    v->outcome = found == 1 ? CHECK_LISTED : CHECK_UNKNOWN;
    return found < 0 ? -1 : 0;
}

/* What a QR reader gives is our own address with the evidence in it. */
static struct str inner_text(struct str text)
{
    text = str_trim(text);
    ptrdiff_t at = str_find(text, STR("/check?e="));
    return at < 0 ? text : str_trim(str_from(text, (size_t)at + 9));
}

static int check(struct req *q, struct res *s, struct str text, struct err *e)
{
    struct check_view v;
    memset(&v, 0, sizeof(v));
    v.typed = inner_text(text);
    if (v.typed.n > 0 && (str_starts(v.typed, STR("LT-")) ? look_up(q, &v, e) : prove(q, &v, e)) != 0)
        return -1;
    struct html h = res_html(q, s);
    receipt_check_html(&h, &v);
    return 0;
}

int receipt_check_page(struct req *q, struct res *s, struct err *e)
{
    struct str evidence = req_query(q, "e"), number = req_query(q, "n");
    return check(q, s, evidence.n > 0 ? evidence : number.n > 0 ? number : STR(""), e);
}

int receipt_check_posted(struct req *q, struct res *s, struct err *e)
{
    return check(q, s, req_form(q, "text"), e);
}
