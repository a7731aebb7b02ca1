/* submit.c: an application becomes a case: number, record, answers, papers, fees, first step, and the event that others follow, in one
 * transaction. At a counter it is received in the same act.
 */
#include "engines/cases/inside.h"

#include "base/json.h"
#include "base/text.h"

struct submitting {
    struct tx *tx;
    const struct case_by *by;
    const struct case_new *in;
    const struct case_flow *flow;
    struct case_record_insert_in row;
    struct case_made *out;
    struct case_view view;
};

/* ---- before the write ---- */

static int check_papers(const struct case_new *in, struct err *e)
{
    if (in->n_papers > CASE_FILES_MAX)
        return ERR_SAY(e, ERR_FORM,
                       MSGS("Mỗi hồ sơ tối đa 40 tệp giấy tờ. Xin ghép các trang của một giấy tờ vào một tệp PDF."),
                       "%zu papers", in->n_papers);
    for (size_t i = 0; i < in->n_papers; i++)
        if (in->papers[i].kind == CASE_SCAN && in->papers[i].media_type.n == 0)
            return ERR(e, ERR_INTERNAL, "scan %zu has not been checked", i);
    return 0;
}

/* What was taken in while cut off carries its own time: not ahead of ours, and not older than the province allows. */
static int check_offline(const struct cases_state *s, const struct case_new *in, struct instant now, struct err *e)
{
    const struct case_rule *rule = case_rule_on(s, instant_day(now));
    if (in->offline.client.n == 0)
        return 0;
    if (in->offline.local_at.us > now.us)
        return ERR_SAY(e, ERR_FORM,
                       MSGS("Giờ nhận ghi ở máy một cửa đang chạy trước giờ máy chủ. Xin chỉnh đồng hồ máy rồi gửi lại."),
                       "offline in the future");
    if (in->offline.local_at.us < now.us - rule->offline_days * US_PER_DAY)
        return ERR_SAY(
            e, ERR_FORM,
            MSGS("Hồ sơ nhận khi mất mạng đã quá lâu nên không tự tính thời hạn được. Xin báo người quản trị một cửa."),
            "offline intake older than %d days", rule->offline_days);
    if (in->offline.evidence.n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Hồ sơ nhận khi mất mạng thiếu bằng chứng giờ nhận."), "offline without evidence");
    return 0;
}

int case_check(const struct app *app, struct arena *a, const struct case_new *in, struct err *e)
{
    const struct cases_state *s = cases_state(app);
    (void)a;
    if (!case_flow_find(s, in->service.flow, 0))
        return ERR_SAY(e, ERR_INTERNAL,
                       MSGS("Thủ tục này chưa có quy trình giải quyết nên chưa nhận được hồ sơ. Xin đến một cửa."),
                       "no flow %.*s", STR_ARG(in->service.flow));
    if (str_trim(str_or_empty(in->name)).n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Xin ghi họ và tên người nộp hồ sơ."), "no name");
    if (in->acts_as != CASE_SELF && str_trim(str_or_empty(in->filer_name)).n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Xin ghi họ và tên người nộp thay."), "no filer");
    if (!case_code_plain(a, in->code).p)
        return ERR(e, ERR_INTERNAL, "a case without a code for following");
    if (unit_code_str(&in->unit).n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Xin chọn nơi nhận hồ sơ."), "no unit");
    return check_offline(s, in, app_now(app), e) || check_papers(in, e) ? -1 : 0;
}

/* ---- the same thing already under way ---- */

static struct hash32 facts_of(const struct submitting *w)
{
    struct str facts = w->in->facts, pid = pid_str(&w->in->pid);
    if (!facts.n)
        facts = pid.p ? pid : text_fold(w->by->arena, w->in->name);
    return case_facts_hash(w->by->arena, w->in->service.code, facts);
}

static int refuse_double(struct submitting *w, const struct case_same_facts_row *first, struct err *e)
{
    struct arena *a = w->by->arena;
    struct case_number n = { first->organ, first->day, first->n };
    return ERR_SAY(
        e, ERR_CONFLICT,
        str_fmt(
            a,
            "Việc này đang có hồ sơ %.*s (%.*s, nộp lúc %.*s) chưa giải quyết xong. Xin theo dõi hồ sơ ấy; nếu vẫn cần nộp "
            "thêm, xin xác nhận nộp hồ sơ khác.",
            STR_ARG(case_number_str(a, &n)), STR_ARG(first->service_name), STR_ARG(instant_vi(a, first->made_at))),
        "double of case %lld", (long long)first->id);
}

static int find_doubles(struct submitting *w, struct case_same_facts_rows *rows, struct err *e)
{
    struct case_same_facts_in in = { .facts = w->row.facts, .but = 0 };
    if (case_same_facts(tx_reader(w->tx), w->by->arena, &in, rows, e))
        return -1;
    w->out->doubles = (int64_t)rows->n;
    /* Two offices that were cut off both took it in: neither is turned away, somebody decides. */
    if (rows->n > 0 && !w->in->despite_double && w->in->offline.client.n == 0)
        return refuse_double(w, &rows->v[0], e);
    return 0;
}

static int keep_doubles(struct submitting *w, const struct case_same_facts_rows *rows, struct err *e)
{
    for (size_t i = 0; i < rows->n; i++) {
        struct case_double_insert_in in = { .case_id = w->view.id, .other = rows->v[i].id, .found_at = tx_now(w->tx) };
        if (case_double_insert(w->tx, &in, NULL, e))
            return -1;
    }
    return 0;
}

/* ---- rows ---- */

static int number_it(struct submitting *w, struct err *e)
{
    struct case_last_number_row last;
    const struct cases_state *s = cases_state(w->by->app);
    struct case_number *n = &w->out->number;
    struct day today = instant_day(tx_now(w->tx));
    *n = (struct case_number) { .organ = case_organ(s, w->by->arena, &w->in->unit, today), .day = today };
    struct case_last_number_in in = { .organ = n->organ, .day = n->day };
    if (case_last_number(tx_reader(w->tx), w->by->arena, &in, &last, e) < 0)
        return -1;
    n->n = last.n + 1;
    return 0;
}

static struct money fee_sum(const struct case_new *in)
{
    struct money sum = { 0 };
    for (size_t i = 0; i < in->n_fees; i++)
        ASSERT(money_add(sum, in->fees[i].amount, &sum));
    return sum;
}

static void fill_service(struct submitting *w)
{
    const struct case_service *v = &w->in->service;
    const struct case_flow_state *begin = &w->flow->state[0];
    struct case_record_insert_in *row = &w->row;
    row->service = v->code;
    row->version_id = v->version_id;
    row->version = v->version;
    row->service_name = v->name;
    row->days = v->days;
    row->same_day_before = v->same_day_before;
    row->own_function = v->function;
    row->flow = w->flow->name;
    row->flow_version = w->flow->version;
    row->state = begin->id;
    row->owner = begin->owner;
    row->open = true;
}

static void fill_party(struct submitting *w)
{
    const struct case_new *in = w->in;
    struct case_record_insert_in *row = &w->row;
    int64_t account = w->by->record.account;
    row->channel = in->channel;
    row->level = in->level;
    row->party = in->party;
    row->has_person = in->person != 0;
    row->person = in->person;
    row->pid = in->pid;
    row->name = in->name;
    row->name_key = text_fold(w->by->arena, in->name);
    row->organisation = str_or_empty(in->organisation);
    row->phone = str_or_empty(in->phone);
    row->email = str_or_empty(in->email);
    row->acts_as = in->acts_as;
    row->filer_pid = in->filer_pid;
    row->filer_name = str_or_empty(in->filer_name);
    row->has_account = in->account != 0;
    row->account = in->account;
    row->has_helper = account != 0 && account != in->account;
    row->helper = account;
}

static void fill_rest(struct submitting *w)
{
    const struct case_new *in = w->in;
    struct case_record_insert_in *row = &w->row;
    struct money fee = fee_sum(in);
    row->organ = w->out->number.organ;
    row->day = w->out->number.day;
    row->n = w->out->number.n;
    row->secret =
        case_code_hash(cases_state(w->by->app), w->by->arena, &w->out->number, case_code_plain(w->by->arena, in->code));
    row->unit = in->unit;
    row->made_at = row->turn_at = tx_now(w->tx);
    row->fee = fee;
    row->payment = fee.dong == 0 ? CASE_FREE : in->fee_waived ? CASE_WAIVED : CASE_UNPAID;
    row->delivery = in->delivery;
    row->address = str_or_empty(in->address);
    row->papers_needed = (int64_t)in->papers_needed;
    row->papers_here = (int64_t)in->n_papers;
    row->mode = str_of(w->by->app->settings.mode);
}

static int keep_record(struct submitting *w, struct err *e)
{
    const struct cases_state *s = cases_state(w->by->app);
    bool of_province = str_eq(w->in->service.unit_level, STR("province"));
    fill_service(w);
    fill_party(w);
    fill_rest(w);
    return case_holder(s, tx_reader(w->tx), w->by->arena, w->in->service.function, of_province, w->row.day, &w->row.agency,
                       e) ||
                   case_record_insert(w->tx, &w->row, &w->out->id, e) ||
                   case_by_id(w->by->app, tx_reader(w->tx), w->by->arena, w->out->id, &w->view, e) != 1
               ? -1
               : 0;
}

static int keep_answers(struct submitting *w, struct err *e)
{
    struct str body = w->in->answers.n ? w->in->answers : STR("{}");
    struct case_answers_insert_in in = { .case_id = w->out->id, .body = body, .hash = sha256(body) };
    return case_answers_insert(w->tx, &in, NULL, e);
}

static int keep_fees(struct submitting *w, struct err *e)
{
    for (size_t i = 0; i < w->in->n_fees; i++) {
        const struct case_fee_line *f = &w->in->fees[i];
        struct case_fee_insert_in in = {
            .case_id = w->out->id, .fee = f->fee, .label = f->label, .amount = f->amount, .confirmed = f->confirmed
        };
        if (case_fee_insert(w->tx, &in, NULL, e))
            return -1;
    }
    return 0;
}

static int keep_papers(struct submitting *w, struct err *e)
{
    int64_t id;
    for (size_t i = 0; i < w->in->n_papers; i++)
        if (case_paper_put(w->tx, w->by, w->out->id, &w->in->papers[i], &id, e))
            return -1;
    return 0;
}

static struct str submit_detail(const struct submitting *w)
{
    struct buf b;
    struct json_out j;
    struct hash32 answers = sha256(w->in->answers.n ? w->in->answers : STR("{}"));
    buf_init(&b, w->by->arena, 4096);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "answers", str_hex(w->by->arena, answers.b, sizeof answers.b));
    json_out_str(&j, "channel", case_channel_name(w->in->channel));
    json_out_str(&j, "number", w->view.number_text);
    json_out_int(&j, "papers", (int64_t)w->in->n_papers);
    json_out_str(&j, "service", w->in->service.code);
    json_out_int(&j, "version", w->in->service.version);
    json_out_end(&j);
    return buf_str(&b);
}

static int leave_traces(struct submitting *w, struct err *e)
{
    const struct audit_record *who = &w->by->record;
    struct case_step_insert_in step = { .case_id = w->out->id,
                                        .at = tx_now(w->tx),
                                        .move = STR("submit"),
                                        .from_state = STR(""),
                                        .to_state = w->view.state->id,
                                        .account = who->account,
                                        .name = str_or_empty(who->account_name),
                                        .role = str_or_empty(who->role),
                                        .agency = str_or_empty(w->view.agency),
                                        .reason = STR("") };
    int64_t id;
    if (case_record_act(w->tx, w->by, &w->view, "cases.submitted", submit_detail(w), &w->out->audit_seq, e))
        return -1;
    step.audit = w->out->audit_seq;
    return case_step_insert(w->tx, &step, &id, e) ||
                   case_tell(w->tx, w->out->audit_seq, w->out->id, "submitted", w->view.state, STR("submit"), e)
               ? -1
               : 0;
}

/* ---- offline, and received at once ---- */

/* 1: this act came before, and *out is its case. */
static int find_again(struct submitting *w, struct err *e)
{
    struct case_offline_row_row row;
    const struct case_offline_note *o = &w->in->offline;
    if (o->client.n == 0)
        return 0;
    int got = case_offline_row(tx_reader(w->tx), w->by->arena,
                               &(struct case_offline_row_in) { .client = o->client, .sequence = o->sequence }, &row, e);
    if (got == 1)
        *w->out = (struct case_made) {
            .id = row.case_id, .revision = row.revision, .number = { row.organ, row.day, row.n }, .again = true
        };
    return got;
}

static int keep_offline(struct submitting *w, struct err *e)
{
    const struct case_offline_note *o = &w->in->offline;
    if (o->client.n == 0)
        return 0;
    struct case_offline_insert_in in = {
        .client = o->client, .sequence = o->sequence, .case_id = w->out->id, .local_at = o->local_at, .evidence = o->evidence
    };
    return case_offline_insert(w->tx, &in, NULL, e);
}

const struct case_flow_move *case_first_receive(const struct case_flow *f)
{
    for (size_t i = 0; i < f->n_moves; i++)
        if (f->move[i].effect == EFFECT_START && case_move_leaves(f, &f->move[i], &f->state[0]))
            return &f->move[i];
    return NULL;
}

static int receive_now(struct submitting *w, struct err *e)
{
    struct case_moved moved;
    struct instant at = w->in->offline.client.n ? w->in->offline.local_at : tx_now(w->tx);
    struct case_making m = {
        .tx = w->tx, .by = w->by, .move = w->in->receive ? case_first_receive(w->flow) : NULL, .at = tx_now(w->tx)
    };
    if (!m.move)
        return 0;
    m.start = case_start_event(cases_state(w->by->app), &w->in->service, at);
    if (case_make_move(&m, &w->view, &moved, e))
        return -1;
    w->out->received = true;
    w->out->due = moved.due;
    return 0;
}

int case_submit(struct tx *tx, const struct case_by *by, const struct case_new *in, struct case_made *out, struct err *e)
{
    struct case_made made = { 0 };
    struct submitting w = {
        .tx = tx, .by = by, .in = in, .flow = case_flow_find(cases_state(by->app), in->service.flow, 0), .out = &made
    };
    struct case_same_facts_rows doubles;
    ASSERT(w.flow != NULL); /* case_check has looked */
    int again = find_again(&w, e);
    if (again < 0)
        return -1;
    if (again == 1) {
        tx_unaudited(tx, "the same offline act sent again; its first coming is on the log");
        *out = made;
        return 0;
    }
    w.row.facts = facts_of(&w);
    if (find_doubles(&w, &doubles, e) || number_it(&w, e) || keep_record(&w, e) || keep_answers(&w, e) || keep_fees(&w, e) ||
        keep_papers(&w, e) || keep_offline(&w, e) || keep_doubles(&w, &doubles, e) || leave_traces(&w, e) ||
        receive_now(&w, e) || (in->draft && case_draft_drop(tx, in->account, in->draft, e)))
        return -1;
    made.revision = w.view.revision;
    *out = made;
    return 0;
}

int case_doubles(const struct app *app, struct dbr *r, struct arena *a, struct str service, struct str facts,
                 struct case_others *out, struct err *e)
{
    struct case_same_facts_rows rows;
    struct case_same_facts_in in = { .facts = case_facts_hash(a, service, facts), .but = 0 };
    if (case_same_facts(r, a, &in, &rows, e))
        return -1;
    *out = (struct case_others) { arena_new_array(a, struct case_other, rows.n), rows.n };
    for (size_t i = 0; i < rows.n; i++) {
        const struct case_flow *f = case_flow_find(cases_state(app), rows.v[i].flow, rows.v[i].flow_version);
        const struct case_flow_state *state = f ? case_state_named(f, rows.v[i].state) : NULL;
        out->v[i] = (struct case_other) { .id = rows.v[i].id,
                                          .number = { rows.v[i].organ, rows.v[i].day, rows.v[i].n },
                                          .service_name = rows.v[i].service_name,
                                          .name = rows.v[i].name,
                                          .state_label = state ? state->label : rows.v[i].state,
                                          .made_at = rows.v[i].made_at };
    }
    return 0;
}
