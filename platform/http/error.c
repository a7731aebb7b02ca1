/* error.c: refusals as a person or a program reads them. A person gets a sentence, what to do next and the request's number;
 * an API route gets {"error":{"code","message","id","fields"}}.
 */
#include "platform/http/pages.html.h"
#include "platform/http/error_view.h"
#include "platform/http/inside.h"

static struct str title_of(int status)
{
    static const struct {
        int status;
        struct str title;
    } titles[] = {
        { 400, MSG("Yêu cầu không đọc được") },
        { 401, MSG("Xin đăng nhập") },
        { 403, MSG("Không được phép") },
        { 404, MSG("Không tìm thấy trang") },
        { 405, MSG("Địa chỉ không nhận việc này") },
        { 408, MSG("Đường truyền quá chậm") },
        { 409, MSG("Đã có thay đổi") },
        { 413, MSG("Nội dung quá lớn") },
        { 422, MSG("Có chỗ điền chưa đúng") },
        { 429, MSG("Xin chờ một lát") },
        { 502, MSG("Hệ thống bên ngoài chưa trả lời") },
        { 503, MSG("Hệ thống đang bận") },
        { 507, MSG("Máy chủ hết chỗ ghi") },
    };
    for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
        if (titles[i].status == status)
            return titles[i].title;
    return MSGS("Hệ thống gặp lỗi");
}

/* What to do next, where the sentence itself does not say it. */
static struct str advice_for(const struct passage *p)
{
    bool post = p->q->method != METHOD_GET;
    if (post && p->e.code == ERR_SIGN_IN)
        return MSGS(
            "Phiên làm việc đã hết. Đăng nhập ở một thẻ khác, quay lại trang trước rồi gửi: nội dung đã gõ còn ở đó.");
    if (post && p->e.code == ERR_STEP_UP)
        return MSGS("Xác nhận ở một thẻ khác, quay lại trang trước rồi gửi: nội dung đã gõ còn ở đó.");
    if (post && p->e.code == ERR_HAT)
        return MSGS("Đổi tư cách rồi quay lại trang trước: nội dung đã gõ còn ở đó.");
    if (post && (p->e.code == ERR_CSRF || p->e.code == ERR_FORM))
        return MSGS("Bấm nút Quay lại của trình duyệt: nội dung đã gõ còn ở đó.");
    if (p->e.code == ERR_FORBIDDEN)
        return MSGS("Nếu công việc cần quyền này, xin nhờ người quản trị của cơ quan cấp vai trò.");
    if (p->e.code == ERR_NOT_FOUND)
        return MSGS("Địa chỉ có thể gõ nhầm, hoặc hồ sơ thuộc nơi khác.");
    return STR_NONE;
}

static void allow_header(struct passage *p)
{
    const struct route_slot *slot;
    struct str values[ROUTE_PARAMS_MOST];
    struct buf b;
    buf_init(&b, p->q->arena, 64);
    for (enum method m = METHOD_GET; m < METHODS_; m++)
        if (router_find(p->q->app->router, m, p->q->path, &slot, values) == ROUTE_FOUND)
            buf_fmt(&b, "%s%s%s", b.n > 0 ? ", " : "", method_name(m), m == METHOD_GET ? ", HEAD" : "");
    res_header(p->q, p->s, STR("Allow"), buf_str(&b));
}

static void put_json_string(struct passage *p, const char *name, struct str text)
{
    buf_fmt(&p->s->body, "\"%s\":", name);
    buf_put(&p->s->body, json_quoted(p->q->arena, text));
}

static void put_json_fields(struct passage *p)
{
    const struct req *q = p->q;
    struct buf *b = &p->s->body;
    buf_lit(b, ",\"fields\":[");
    for (size_t i = 0; i < q->n_field_errors; i++) {
        buf_put(b, i ? STR(",{") : STR("{"));
        put_json_string(p, "field", q->field_errors[i].field);
        buf_put_char(b, ',');
        put_json_string(p, "message", tr(q->lang, q->field_errors[i].say));
        buf_put_char(b, '}');
    }
    buf_put_char(b, ']');
}

/* "ERR_NOT_FOUND" as "not_found". */
static struct str code_name(struct arena *a, enum err_code code)
{
    struct str name = str_dup(a, str_from(str_of(err_name(code)), 4));
    char *c = (char *)name.p;
    for (size_t i = 0; i < name.n; i++)
        if (c[i] >= 'A' && c[i] <= 'Z')
            c[i] = (char)(c[i] + 32);
    return name;
}

static void error_json(struct passage *p)
{
    p->s->type = STR("application/json");
    buf_lit(&p->s->body, "{\"error\":{");
    put_json_string(p, "code", code_name(p->q->arena, p->e.code));
    buf_put_char(&p->s->body, ',');
    put_json_string(p, "message", tr(p->q->lang, err_sentence(&p->e)));
    buf_put_char(&p->s->body, ',');
    put_json_string(p, "id", p->q->id);
    if (p->q->n_field_errors > 0)
        put_json_fields(p);
    buf_lit(&p->s->body, "}}");
}

static struct str sign_in_for(const struct passage *p, const struct html *h)
{
    if (p->e.code == ERR_SIGN_IN)
        return page_of(h)->sign_in_href;
    if (p->e.code != ERR_STEP_UP)
        return STR_NONE;
    struct proof_wanted wanted = passage_wants(p);
    return sign_in_url(p->q, STR("/"), &wanted);
}

void error_page(struct passage *p)
{
    p->q->refused = NULL;
    if (p->e.code == ERR_METHOD)
        allow_header(p);
    if (p->s->status == 503 || p->s->status == 429)
        res_header(p->q, p->s, STR("Retry-After"), STR("2"));
    if (wants_json(p)) {
        error_json(p);
        return;
    }
    struct html h = res_html(p->q, p->s);
    struct error_view v = {
        .title = title_of(p->s->status),
        .sentence = err_sentence(&p->e),
        .advice = advice_for(p),
        .sign_in = sign_in_for(p, &h),
        .hats = p->e.code == ERR_HAT ? hat_url(p->q, path_here(p->q)) : STR_NONE,
        .id = p->q->id,
    };
    error_page_html(&h, &v);
}

void recorded_page(struct passage *p)
{
    const struct req *q = p->q;
    if (wants_json(p)) {
        p->s->type = STR("application/json");
        buf_put(&p->s->body, q->replayed ? STR("{\"recorded\":true,\"replayed\":true,") : STR("{\"recorded\":true,"));
        put_json_string(p, "outcome", q->outcome);
        buf_put_char(&p->s->body, ',');
        put_json_string(p, "id", q->id);
        buf_put_char(&p->s->body, '}');
        return;
    }
    struct html h = res_html(p->q, p->s);
    struct error_view v = {
        .sentence =
            q->replayed ? MSGS("Lần gửi trước đã được ghi an toàn; lần này không ghi thêm gì. Xin đừng gửi lại.")
                        : MSGS("Việc quý vị gửi đã được ghi an toàn, nhưng trang kết quả chưa hiện được. Xin đừng gửi lại."),
        .outcome = q->outcome,
        .id = q->id,
    };
    recorded_page_html(&h, &v);
}
