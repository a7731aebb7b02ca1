/* offline_send.c: what a cut-off office brings back. A machine's own count of an act makes it one, however often it is sent.
 * What cannot be taken over without a look (a number that was not given to this machine, a clock that was set back, a form that
 * is not whole) is kept with all that was written, for a person; nothing is thrown away and nothing is called received that is
 * not.
 */
#include "engines/counter/offline.h"

#include "base/json.h"
#include "base/text.h"

#include <jansson.h>

const struct form offline_send_form = { .name = "counter_offline_send", .max_body = 1 << 20 };

struct brought {
    int64_t seq, tick; /* tick: of a counter that only goes up, also when the clock is set back */
    struct str number, name, why;
    struct instant at;
    const struct service_def *def;
    struct case_new in;
    struct case_made made;
    struct str body, code;
    enum counter_offline_outcome outcome;
    bool again;
};
struct bringing {
    struct str client;
    struct brought *v;
    size_t n;
};

/* ---- reading ---- */

static struct str text_of(struct req *q, const json_t *o, const char *key)
{
    struct str raw = str_or_empty(json_str_at(o, key)), out = STR("");
    struct err no_text = { 0 };
    return text_clean(q->arena, raw, TEXT_ONE_LINE, 300, &out, &no_text) ? STR("") : out;
}

static int64_t number_of(const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    return json_is_integer(v) ? json_integer_value(v) : -1;
}

static int copy_json(struct req *q, const json_t *j, struct str *out, struct err *e)
{
    *out = json_text(q->arena, j, JSON_COMPACT | JSON_SORT_KEYS);
    return out->n ? 0 : ERR(e, ERR_INPUT, "nothing that can be written as JSON");
}

static void read_who(struct req *q, const json_t *o, struct case_new *in)
{
    struct err wrong = { 0 };
    in->name = text_of(q, o, "name");
    in->phone = text_of(q, o, "phone");
    if (pid_parse(text_of(q, o, "pid"), instant_day(q->now), &in->pid, &wrong))
        in->pid = (struct pid) { { 0 } };
    in->level = EVIDENCE_L0;
    if (number_of(o, "level") == EVIDENCE_L1)
        in->level = EVIDENCE_L1;
}

/* Sheets that the clerk saw: the scans are made when the line is back. */
static void read_papers(struct req *q, const json_t *o, struct brought *b)
{
    const json_t *seen = json_object_get(o, "papers"), *one;
    struct case_paper_new *papers = arena_new_array(q->arena, struct case_paper_new, b->def->n_papers);
    for (size_t i = 0; i < b->def->n_papers; i++) {
        size_t k;
        json_array_foreach(seen, k, one) if (json_is_string(one) && str_eq(str_of(json_string_value(one)), b->def->papers[i].id))
        {
            papers[b->in.n_papers++] = (struct case_paper_new) {
                .slot = b->def->papers[i].id, .name = b->def->papers[i].name, .kind = CASE_SHEET, .source = STR("original")
            };
            break;
        }
    }
    b->in.papers = papers;
    b->in.papers_needed = b->in.n_papers;
}

/* ---- judging: why a person must look, or nothing ---- */

static int judge_number(struct req *q, struct dbr *r, const struct bringing *w, struct brought *b, struct err *e)
{
    struct counter_block_holds_row block;
    struct counter_offline_number_row twice;
    int64_t n = 0;
    int given = 0, used = 0;
    if (offline_number_parse(q->arena, b->number, &b->in.unit, &n)) {
        struct counter_block_holds_in in = { .client = w->client, .unit = b->in.unit, .n = n };
        struct counter_offline_number_in same = { .client = w->client, .number = b->number, .seq = b->seq };
        given = counter_block_holds(r, q->arena, &in, &block, e);
        used = given < 0 ? 0 : counter_offline_number(r, q->arena, &same, &twice, e);
    }
    if (given < 0 || used < 0)
        return -1;
    if (given == 0)
        b->why = MSGS("Số tạm không thuộc dải số đã cấp cho máy này.");
    else if (used == 1)
        b->why = MSGS("Số tạm này đã dùng cho một hồ sơ khác của cùng máy.");
    return 0;
}

/* Nothing is dated back: a machine's acts follow each other, also by its clock. */
static int judge_clock(struct req *q, struct dbr *r, const struct bringing *w, struct brought *b, struct err *e)
{
    struct counter_offline_before_row last;
    struct counter_offline_before_in in = { .client = w->client, .seq = b->seq };
    if (counter_offline_before(r, q->arena, &in, &last, e) < 0)
        return -1;
    bool back = last.has_local_at && last.local_at.us > b->at.us;
    for (const struct brought *x = w->v; x < b; x++)
        back = back || x->at.us > b->at.us || x->tick >= b->tick || x->seq >= b->seq;
    if (back)
        b->why = MSGS("Đồng hồ của máy đã bị chỉnh lùi: giờ nhận sớm hơn hồ sơ trước đó.");
    return 0;
}

static int judge_form(struct req *q, const json_t *o, struct brought *b, struct err *e)
{
    struct service_answers answers;
    struct err wrong = { 0 };
    service_errors errors = { 0 };
    struct str json;
    services_answers_init(&answers, q->arena, b->def, instant_day(b->at));
    if (copy_json(q, json_object_get(o, "answers"), &json, e))
        return -1;
    json = str_fmt(q->arena, "{\"answers\":%.*s,\"sources\":{}}", STR_ARG(json));
    if (services_answers_read(&answers, json, &wrong)) {
        b->why = MSGS("Tờ khai có mục mà thủ tục này không hỏi: có thể biểu mẫu đã đổi.");
        return 0;
    }
    services_answers_prune(&answers);
    if (services_check(&answers, SERVICE_ALL_PAGES, 0, q->lang, &errors))
        b->why = MSGS("Tờ khai còn thiếu hoặc có mục chưa đúng.");
    struct str pid = pid_str(&b->in.pid);
    b->in.facts = services_facts(&answers, pid.p ? pid : b->in.name);
    return services_answers_json(&answers, &b->in.answers, e);
}

static int add_fees(struct req *q, struct brought *b, struct err *e)
{
    struct service_answers answers;
    struct service_fees fees;
    services_answers_init(&answers, q->arena, b->def, instant_day(b->at));
    if (services_answers_read(&answers, b->in.answers, e) || services_fee(&answers, &fees, e))
        return -1;
    struct case_fee_line *lines = arena_new_array(q->arena, struct case_fee_line, fees.lines.n);
    for (size_t i = 0; i < fees.lines.n; i++)
        lines[i] = (struct case_fee_line) { fees.lines.v[i].fee->id, fees.lines.v[i].fee->label, fees.lines.v[i].sum,
                                            fees.lines.v[i].fee->confirmed };
    b->in.fees = lines;
    b->in.n_fees = fees.lines.n;
    return 0;
}

static struct str evidence_of(struct req *q, const struct bringing *w, const struct brought *b)
{
    struct buf buf;
    struct json_out j;
    buf_init(&buf, q->arena, 1024);
    json_out_init(&j, &buf);
    json_out_open(&j);
    json_out_str(&j, "at", instant_iso(q->arena, b->at));
    json_out_str(&j, "client", w->client);
    json_out_str(&j, "number", b->number);
    json_out_bool(&j, "offline", true);
    json_out_int(&j, "sequence", b->seq);
    json_out_int(&j, "tick", b->tick);
    json_out_end(&j);
    return buf_str(&buf);
}

static int judge(struct req *q, struct dbr *r, struct bringing *w, const json_t *o, struct brought *b, struct err *e)
{
    struct err refused = { 0 };
    b->in = (struct case_new) { .unit = *counter_intake_unit(q),
                                .channel = CASE_OFFLINE,
                                .delivery = CASE_AT_COUNTER,
                                .code = case_code_new(q->arena),
                                .receive = true };
    read_who(q, o, &b->in);
    b->name = b->in.name;
    int got = services_in_force(q->app, r, text_of(q, o, "service"), instant_day(b->at), &b->def, e);
    if (got < 0)
        return -1;
    if (got == 0 || b->def->level == SERVICE_INFO) {
        b->def = NULL;
        b->why = MSGS("Ngày ấy không có thủ tục mang mã này.");
        return 0;
    }
    b->in.service = case_service_of(b->def);
    b->in.offline = (struct case_offline_note) {
        .client = w->client, .sequence = b->seq, .local_at = b->at, .evidence = evidence_of(q, w, b)
    };
    read_papers(q, o, b);
    if (judge_form(q, o, b, e) || (!b->why.n && judge_number(q, r, w, b, e)) || (!b->why.n && judge_clock(q, r, w, b, e)))
        return -1;
    if (!b->why.n && add_fees(q, b, e))
        return -1;
    if (!b->why.n && case_check(q->app, q->arena, &b->in, &refused))
        b->why = err_sentence(&refused);
    return 0;
}

static int read_one(struct req *q, struct dbr *r, struct bringing *w, const json_t *o, struct brought *b, struct err *e)
{
    *b = (struct brought) { .seq = number_of(o, "seq"), .tick = number_of(o, "tick"), .number = text_of(q, o, "number"), .why = STR("") };
    if (b->seq < 1 || !instant_parse(text_of(q, o, "at"), &b->at) || copy_json(q, o, &b->body, e))
        return e->code ? -1 : ERR_SAY(e, ERR_FORM, MSGS("Máy gửi một hồ sơ không đọc được. Xin báo người quản trị một cửa."), "item");
    return judge(q, r, w, o, b, e);
}

int counter_offline_send_prepare(struct req *q, struct err *e)
{
    struct bringing *w = q->work = arena_new(q->arena, struct bringing);
    const json_t *items = json_object_get(q->json, "items"), *one;
    struct dbr *r = req_read(q, e);
    size_t i;
    w->client = text_of(q, q->json, "client");
    w->n = json_array_size(items);
    if (!r)
        return -1;
    if (!offline_client_plain(w->client) || w->n == 0 || w->n > OFFLINE_MOST)
        return ERR_SAY(e, ERR_FORM, MSGS("Mỗi lần gửi từ 1 đến 20 hồ sơ, kèm mã của máy."), "%zu items", w->n);
    w->v = arena_new_array(q->arena, struct brought, w->n);
    json_array_foreach(items, i, one) if (read_one(q, r, w, one, &w->v[i], e)) return -1;
    return 0;
}

/* ---- taking over ---- */

static int keep(struct req *q, struct tx *tx, const struct bringing *w, const struct brought *b, struct err *e)
{
    struct counter_offline_insert_in in = { .client = w->client,
                                            .seq = b->seq,
                                            .unit = *counter_intake_unit(q),
                                            .account = q->actor->account,
                                            .account_name = q->actor->name,
                                            .number = b->number,
                                            .service = b->def ? b->def->code : STR(""),
                                            .service_name = b->def ? b->def->name : STR(""),
                                            .name = str_head(b->name, 4 * OFFLINE_NAME_MAX),
                                            .local_at = b->at,
                                            .received_at = tx_now(tx),
                                            .outcome = b->outcome,
                                            .why = b->why,
                                            .has_case_id = b->outcome == OFFLINE_CASE,
                                            .case_id = b->made.id,
                                            .body = b->outcome == OFFLINE_LOOKED_FOR ? b->body : STR("") };
    return counter_offline_insert(tx, &in, NULL, e);
}

static int know_again(struct req *q, struct tx *tx, struct brought *b, const struct counter_offline_row_row *row, struct err *e)
{
    struct case_view c;
    b->again = true;
    b->outcome = (enum counter_offline_outcome)row->outcome;
    b->why = row->why;
    if (!row->has_case_id)
        return 0;
    int got = case_by_id(q->app, tx_reader(tx), q->arena, row->case_id, &c, e);
    b->made = (struct case_made) { .id = row->case_id, .number = c.number, .again = true };
    return got == 1 ? 0 : -1;
}

static int take_over(struct req *q, struct tx *tx, const struct bringing *w, struct brought *b, struct err *e)
{
    struct counter_offline_row_row row;
    struct counter_offline_row_in key = { .client = w->client, .seq = b->seq };
    struct case_by by = case_by_request(q);
    int got = counter_offline_row(tx_reader(tx), q->arena, &key, &row, e);
    b->again = false;
    if (got != 0)
        return got < 0 ? -1 : know_again(q, tx, b, &row, e);
    b->outcome = b->why.n ? OFFLINE_LOOKED_FOR : OFFLINE_CASE;
    if (b->outcome == OFFLINE_CASE && case_submit(tx, &by, &b->in, &b->made, e))
        return -1;
    return keep(q, tx, w, b, e);
}

int counter_offline_send_write(struct req *q, struct tx *tx, struct err *e)
{
    struct bringing *w = q->work;
    struct audit_record rec = audit_of(q, STR("counter.offline_sent"));
    for (size_t i = 0; i < w->n; i++)
        if (take_over(q, tx, w, &w->v[i], e))
            return -1;
    rec.unit = *counter_intake_unit(q);
    rec.object = str_fmt(q->arena, "offline/%.*s", STR_ARG(w->client));
    rec.detail = str_fmt(q->arena, "{\"items\":%zu}", w->n);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

/* ---- telling ---- */

static const char *outcome_word(const struct brought *b)
{
    return b->outcome == OFFLINE_LOOKED_FOR ? "look" : b->made.doubles ? "double" : "received";
}

static void put_one(struct json_out *j, struct req *q, const struct brought *b)
{
    bool is_case = b->outcome == OFFLINE_CASE;
    json_out_item_object(j);
    json_out_bool(j, "again", b->again);
    json_out_str(j, "code", is_case && !b->again ? b->in.code : STR_NONE); /* shown once */
    json_out_str(j, "number", is_case ? case_number_str(q->arena, &b->made.number) : STR_NONE);
    json_out_str(j, "outcome", str_of(outcome_word(b)));
    json_out_str(j, "say", b->why.n ? tr(q->lang, b->why) : STR_NONE);
    json_out_int(j, "seq", b->seq);
    json_out_end(j);
}

int counter_offline_send_reply(struct req *q, struct res *s, struct err *e)
{
    const struct bringing *w = q->work;
    struct json_out j;
    (void)e;
    s->type = STR("application/json");
    json_out_init(&j, &s->body);
    json_out_open(&j);
    json_out_array(&j, "items");
    for (size_t i = 0; i < w->n; i++)
        put_one(&j, q, &w->v[i]);
    json_out_end(&j);
    json_out_end(&j);
    return 0;
}
