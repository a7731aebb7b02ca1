/* wire.c: the carriers: an SMS gateway that speaks JSON, and a mail server. Nothing follows a redirect or a proxy out of the
 * environment. */
#include "engines/notices/inside.h"

#include "base/json.h"
#include "platform/ask/ask.h"
#include "platform/crypto/jose.h"

#include <curl/curl.h>
#include <jansson.h>
#include <string.h>

enum { ANSWER_MAX = 2048, TIMEOUT_MS = 8000 };

/* 0 an answer came, 1 none did. */
static int ask(struct arena *a, struct str url, struct str body, struct ask_answer *out, struct str *why)
{
    const struct ask in = { .url = url, .body = body, .timeout_ms = TIMEOUT_MS, .most = ANSWER_MAX };
    struct err e = { 0 };
    if (ask_over_http(a, &in, out, &e) == 0)
        return 0;
    *why = str_dup(a, str_of(e.detail));
    return 1;
}

/* A text member of the answer; STR_NONE: it has none, or is no JSON. */
static struct str member(struct arena *a, const struct ask_answer *x, const char *name)
{
    json_t *j;
    return json_read(a, x->body, &j, NULL) == 0 ? json_str_at(j, name) : STR_NONE;
}

int notice_sms_send(struct arena *a, struct str base, const struct notice_message *m, struct str *carrier_no, struct str *why)
{
    struct ask_answer x = { .status = 0 };
    struct buf b;
    struct json_out j;
    buf_init(&b, a, 2048);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "id", str_fmt(a, "%lld", (long long)m->id));
    json_out_str(&j, "text", m->text);
    json_out_str(&j, "to", m->to);
    json_out_end(&j);
    if (ask(a, str_fmt(a, "%.*s/messages", STR_ARG(base)), buf_str(&b), &x, why))
        return 1;
    *carrier_no = member(a, &x, "no");
    *why = str_fmt(a, "HTTP %ld", x.status);
    if (x.status == 200 && carrier_no->n)
        return 0;
    return x.status >= 400 && x.status < 500 && x.status != 429 ? -1 : 1;
}

int notice_sms_ask(struct arena *a, struct str base, struct str carrier_no, bool *delivered, struct str *why)
{
    struct ask_answer x = { .status = 0 };
    if (ask(a, str_fmt(a, "%.*s/messages/%.*s", STR_ARG(base), STR_ARG(carrier_no)), STR_NONE, &x, why) || x.status != 200)
        return 0;
    struct str state = member(a, &x, "state");
    *delivered = str_eq(state, STR("delivered"));
    *why = STR("carrier");
    return *delivered || str_eq(state, STR("failed"));
}

/* ---- mail ---- */

struct mail {
    struct str text;
    size_t at;
};

static size_t give_bytes(char *p, size_t size, size_t n, void *ctx)
{
    struct mail *m = ctx;
    struct str part = str_head(str_from(m->text, m->at), size * n);
    if (part.n)
        memcpy(p, part.p, part.n);
    m->at += part.n;
    return part.n;
}

static struct str base64(struct arena *a, struct str s)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *out = arena_alloc(a, (s.n + 2) / 3 * 4 + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i += 3) {
        uint32_t v = 0;
        for (size_t k = 0; k < 3; k++)
            v = v << 8 | (i + k < s.n ? (uint32_t)(unsigned char)s.p[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            out[n++] = i + k > s.n ? '=' : letters[v >> (18 - 6 * k) & 63];
    }
    return (struct str) { out, n };
}

/* One line of subject, one of text, both as UTF-8 in base64; the Message-ID is the message's number, so that the same sent twice is one. */
static struct str letter(struct arena *a, struct str from, const struct notice_message *m)
{
    return str_fmt(a,
                   "From: <%.*s>\r\nTo: <%.*s>\r\nSubject: =?UTF-8?B?%.*s?=\r\nMessage-ID: <notice-%lld@%.*s>\r\n"
                   "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n%.*s\r\n",
                   STR_ARG(from), STR_ARG(m->to), STR_ARG(base64(a, STR("Tin báo dịch vụ công"))), (long long)m->id,
                   STR_ARG(str_from(from, (size_t)(str_find_char(from, '@') + 1))), STR_ARG(base64(a, m->text)));
}

static bool is_address(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '<' || s.p[i] == '>')
            return false;
    return str_find_char(s, '@') > 0;
}

int notice_mail_send(struct arena *a, struct str smtp, struct str from, const struct notice_message *m, struct str *why)
{
    char error[CURL_ERROR_SIZE] = "";
    long status = 0;
    if (!is_address(m->to) || !is_address(from)) {
        *why = STR("address");
        return -1;
    }
    struct mail mail = { .text = letter(a, from, m) };
    CURL *c = curl_easy_init();
    struct curl_slist *to = curl_slist_append(NULL, str_cstr(a, m->to));
    bool good = c && to && curl_easy_setopt(c, CURLOPT_URL, str_cstr(a, smtp)) == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps") == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK && curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)TIMEOUT_MS) == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_MAIL_FROM, str_cstr(a, from)) == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to) == CURLE_OK && curl_easy_setopt(c, CURLOPT_UPLOAD, 1L) == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_READFUNCTION, give_bytes) == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_READDATA, &mail) == CURLE_OK &&
                curl_easy_setopt(c, CURLOPT_ERRORBUFFER, error) == CURLE_OK;
    good = good && curl_easy_perform(c) == CURLE_OK;
    if (c)
        curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    *why = str_dup(a, str_of(error));
    curl_slist_free_all(to);
    curl_easy_cleanup(c);
    return good ? 0 : status >= 500 && status < 600 ? -1 : 1; /* RFC 5321: 5yz is for good */
}
