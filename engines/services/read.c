/* read.c: members of a JSON document, with every fault named by its place. */
#include "engines/services/read.h"

#include "base/text.h"
#include "platform/crypto/crypto.h"

enum { WHAT_BYTES = 80, PATH_BYTES = 400, ID_LETTERS = 60 };

static void put_path(struct buf *b, const struct service_at *at)
{
    if (!at->up)
        return;
    put_path(b, at->up);
    if (!at->key)
        buf_fmt(b, "[%zu]", at->index);
    else
        buf_fmt(b, "%s%s", b->n ? "." : "", at->key);
}

void service_read_fault(struct service_reader *r, const struct service_at *at, struct str say, struct str what)
{
    struct buf b;
    if (r->faults->n >= SERVICE_FAULTS)
        return;
    buf_init(&b, r->a, PATH_BYTES);
    put_path(&b, at);
    *vec_push(r->a, r->faults) = (struct service_fault) { .path = buf_str(&b),
                                                          .say = say,
                                                          .what = str_dup(r->a, str_or_empty(str_head(what, WHAT_BYTES))) };
}

struct service_at service_read_member(const struct service_at *object, const char *key)
{
    const json_t *j = json_object_get(object->j, key);
    return (struct service_at) { .up = object, .key = key, .j = json_is_null(j) ? NULL : j };
}

struct service_at service_read_item(const struct service_at *array, size_t i)
{
    return (struct service_at) { .up = array, .index = i, .j = json_array_get(array->j, i) };
}

static bool is_known(const char *const *known, struct str key)
{
    for (; *known; known++)
        if (str_eq(str_of(*known), key))
            return true;
    return false;
}

bool service_read_object(struct service_reader *r, const struct service_at *at, const char *const *known)
{
    const char *key;
    json_t *value;
    if (!at->j)
        return false;
    if (!json_is_object(at->j)) {
        service_read_fault(r, at, MSGS("Chỗ này phải là một đối tượng trong ngoặc nhọn."), STR_NONE);
        return false;
    }
    json_object_foreach((json_t *)(uintptr_t)at->j, key, value)
    {
        struct service_at member = { .up = at, .key = key, .j = value };
        if (!is_known(known, str_of(key)))
            service_read_fault(r, &member, MSGS("Không có mục nào tên như vậy. Xin xem lại chính tả của tên mục."),
                               str_of(key));
    }
    return true;
}

size_t service_read_array(struct service_reader *r, const struct service_at *at, size_t most)
{
    if (!at->j)
        return 0;
    if (!json_is_array(at->j)) {
        service_read_fault(r, at, MSGS("Chỗ này phải là một danh sách trong ngoặc vuông."), STR_NONE);
        return 0;
    }
    size_t n = json_array_size(at->j);
    if (n <= most)
        return n;
    service_read_fault(r, at, MSGS("Danh sách dài quá."), str_fmt(r->a, "%zu > %zu", n, most));
    return 0;
}

struct str service_read_text_at(struct service_reader *r, const struct service_at *at, size_t most)
{
    struct err why = { 0 };
    struct str clean = STR("");
    if (!json_is_string(at->j)) {
        service_read_fault(r, at, MSGS("Chỗ này phải là chữ trong dấu nháy kép."), STR_NONE);
        return clean;
    }
    struct str s = json_str(at->j);
    if (text_clean(r->a, s, TEXT_ONE_LINE, most, &clean, &why))
        service_read_fault(r, at, err_sentence(&why), s);
    return clean;
}

static bool is_absent(struct service_reader *r, const struct service_at *at, enum json_need need)
{
    if (!at->j && need == JSON_MUST)
        service_read_fault(r, at, MSGS("Thiếu mục này."), STR_NONE);
    return !at->j;
}

struct str service_read_text(struct service_reader *r, const struct service_at *object, const char *key, enum json_need need,
                             size_t most)
{
    struct service_at at = service_read_member(object, key);
    if (is_absent(r, &at, need))
        return STR("");
    struct str s = service_read_text_at(r, &at, most);
    if (!s.n && need == JSON_MUST && json_is_string(at.j))
        service_read_fault(r, &at, MSGS("Mục này không được để trống."), STR_NONE);
    return s;
}

struct str service_read_id(struct service_reader *r, const struct service_at *object, const char *key, enum json_need need)
{
    struct service_at at = service_read_member(object, key);
    struct str s = service_read_text(r, object, key, need, ID_LETTERS);
    bool plain = true;
    for (size_t i = 0; i < s.n; i++)
        plain =
            plain && ((s.p[i] >= 'a' && s.p[i] <= 'z') || (i > 0 && ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_')));
    if (!plain)
        service_read_fault(r, &at, MSGS("Tên chỉ gồm chữ thường không dấu, số và gạch dưới, bắt đầu bằng chữ."), s);
    return s;
}

bool service_read_bool(struct service_reader *r, const struct service_at *object, const char *key, bool otherwise)
{
    struct service_at at = service_read_member(object, key);
    if (at.j && !json_is_boolean(at.j))
        service_read_fault(r, &at, MSGS("Chỗ này phải là true hoặc false."), STR_NONE);
    return json_is_boolean(at.j) ? json_is_true(at.j) : otherwise;
}

bool service_read_int(struct service_reader *r, const struct service_at *object, const char *key, enum json_need need,
                      int64_t least, int64_t most, int64_t *out)
{
    struct service_at at = service_read_member(object, key);
    if (is_absent(r, &at, need))
        return false;
    int64_t n = json_integer_value(at.j);
    if (!json_is_integer(at.j) || n < least || n > most) {
        service_read_fault(r, &at, MSGS("Chỗ này phải là một số nguyên trong khoảng cho phép."),
                           str_fmt(r->a, "%lld … %lld", (long long)least, (long long)most));
        return false;
    }
    *out = n;
    return true;
}

bool service_read_day(struct service_reader *r, const struct service_at *object, const char *key, enum json_need need,
                      struct day *out)
{
    struct service_at at = service_read_member(object, key);
    if (is_absent(r, &at, need))
        return false;
    struct str s = json_str(at.j);
    if (s.p && day_parse_iso(s, out))
        return true;
    service_read_fault(r, &at, MSGS("Không có ngày này. Xin ghi như 2023-07-01."), s);
    return false;
}

int service_read_word(struct service_reader *r, const struct service_at *object, const char *key, enum json_need need,
                      const struct service_word *list, int otherwise)
{
    struct service_at at = service_read_member(object, key);
    if (is_absent(r, &at, need))
        return otherwise;
    struct str s = service_read_text_at(r, &at, ID_LETTERS);
    const struct service_word *w = service_word_named(list, s);
    if (!w && s.n)
        service_read_fault(r, &at, MSGS("Không có từ này trong danh sách của định dạng."), s);
    return w ? w->value : otherwise;
}

unsigned service_read_words(struct service_reader *r, const struct service_at *object, const char *key,
                            const struct service_word *list)
{
    struct service_at at = service_read_member(object, key);
    unsigned all = 0;
    if (json_is_string(at.j))
        return (unsigned)service_read_word(r, object, key, JSON_MAY, list, 0);
    size_t n = service_read_array(r, &at, 8);
    for (size_t i = 0; i < n; i++) {
        struct service_at item = service_read_item(&at, i);
        struct str s = service_read_text_at(r, &item, ID_LETTERS);
        const struct service_word *w = service_word_named(list, s);
        if (!w && s.n)
            service_read_fault(r, &item, MSGS("Không có từ này trong danh sách của định dạng."), s);
        all |= w ? (unsigned)w->value : 0;
    }
    return all;
}

static bool has_text(const struct str *v, size_t n, struct str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i], s))
            return true;
    return false;
}

size_t service_read_texts(struct service_reader *r, const struct service_at *object, const char *key, size_t most,
                          struct str **out)
{
    struct service_at at = service_read_member(object, key);
    size_t n = service_read_array(r, &at, most), kept = 0;
    *out = arena_new_array(r->a, struct str, n);
    for (size_t i = 0; i < n; i++) {
        struct service_at item = service_read_item(&at, i);
        struct str s = service_read_text_at(r, &item, 200);
        if (has_text(*out, kept, s))
            service_read_fault(r, &item, MSGS("Mục này đứng hai lần."), s);
        else if (s.n)
            (*out)[kept++] = s;
    }
    return kept;
}
