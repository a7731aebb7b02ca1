/* bundle.c: the parts of a bundle: made from the parent's answers, filed with it or when what they wait for has its result. */
#include "models/m01_essential_services/bundle.h"

static bool has_result(const struct case_view *c)
{
    return c->state->national == NATIONAL_DONE || c->state->national == NATIONAL_RETURNED;
}

static bool has_failed(const struct case_view *c)
{
    int n = c->state->national;
    return n == NATIONAL_REFUSED || n == NATIONAL_WITHDRAWN || n == NATIONAL_STOPPED;
}

/* ---- a part from its parent's answers ---- */

static void map_answers(const struct service_answers *parent, const struct service_child *c, struct service_answers *s)
{
    for (size_t i = 0; i < c->n_map; i++) {
        size_t to = service_field_named(s->def, c->map[i].to);
        const struct service_answer *from = services_answer(parent, c->map[i].from, 0);
        if (to != SERVICE_NO_FIELD && from && from->n)
            services_answer_set(s, to, 0, from->values, from->n);
    }
}

/* What a part still lacks is named, so that its owner can give it; it is not filed with holes. */
static struct str lacking(struct arena *a, const struct service_answers *s, enum lang lang)
{
    service_errors errors = { 0 };
    if (services_check(s, SERVICE_ALL_PAGES, 0, lang, &errors) == 0)
        return STR("");
    for (size_t i = 0; i < s->def->n_fields; i++)
        if (str_starts(errors.v[0].name, s->def->fields[i].id))
            return str_fmt(a, "Còn thiếu: %.*s. Xin nộp riêng phần này.", STR_ARG(s->def->fields[i].label));
    return MSGS("Còn thiếu thông tin. Xin nộp riêng phần này.");
}

static int add_fees(const struct service_answers *s, struct case_new *in, struct err *e)
{
    struct service_fees fees;
    if (services_fee(s, &fees, e))
        return -1;
    struct case_fee_line *lines = arena_new_array(s->arena, struct case_fee_line, fees.lines.n);
    for (size_t i = 0; i < fees.lines.n; i++)
        lines[i] = (struct case_fee_line) { fees.lines.v[i].fee->id, fees.lines.v[i].fee->label, fees.lines.v[i].sum,
                                            fees.lines.v[i].fee->confirmed };
    in->fees = lines;
    in->n_fees = fees.lines.n;
    return 0;
}

static int make_case(struct app *app, const struct service_answers *s, const struct case_new *like, struct bundle_part *p,
                     struct err *e)
{
    struct err why = { 0 };
    p->in = (struct case_new) { .service = filing_service(s->def),
                                .unit = like->unit,
                                .channel = like->channel,
                                .level = like->level,
                                .party = like->party,
                                .person = like->person,
                                .pid = like->pid,
                                .name = like->name,
                                .organisation = like->organisation,
                                .phone = like->phone,
                                .email = like->email,
                                .acts_as = like->acts_as,
                                .filer_pid = like->filer_pid,
                                .filer_name = like->filer_name,
                                .account = like->account,
                                .facts = like->facts,
                                .despite_double = true,
                                .delivery = like->delivery,
                                .address = like->address,
                                .code = case_code_new(s->arena) };
    if (add_fees(s, &p->in, e) || services_answers_json(s, &p->in.answers, e))
        return -1;
    p->ready = case_check(app, s->arena, &p->in, &why) == 0;
    if (!p->ready)
        p->reason = err_sentence(&why);
    return 0;
}

static int make_part(struct app *app, struct dbr *r, const struct service_answers *parent, const struct case_new *like,
                     size_t place, struct bundle_part *p, struct err *e)
{
    const struct service_child *c = &parent->def->children[place];
    const struct service_def *def;
    struct service_answers s;
    *p = (struct bundle_part) { .place = place, .service = c->service, .name = c->service, .after_result = c->after_result,
                                .reason = STR("") };
    int got = services_in_force(app, r, c->service, parent->on, &def, e);
    if (got < 0)
        return -1;
    if (got == 0 || def->level == SERVICE_INFO) {
        p->reason = MSGS("Dịch vụ này hôm nay chưa nộp trực tuyến được. Xin đến một cửa.");
        return 0;
    }
    p->name = def->name;
    services_answers_init(&s, parent->arena, def, parent->on);
    map_answers(parent, c, &s);
    services_answers_prune(&s);
    p->reason = lacking(parent->arena, &s, LANG_VI);
    return p->reason.n ? 0 : make_case(app, &s, like, p, e);
}

int bundle_make(struct app *app, struct dbr *r, const struct service_answers *parent, const struct case_new *like,
                struct bundle_parts *out, struct err *e)
{
    service_places places = { 0 };
    services_children(parent, &places);
    *out = (struct bundle_parts) { arena_new_array(parent->arena, struct bundle_part, places.n), places.n };
    for (size_t i = 0; i < places.n; i++)
        if (make_part(app, r, parent, like, places.v[i], &out->v[i], e))
            return -1;
    return 0;
}

/* ---- at the door ---- */

static int file_part(struct tx *tx, const struct case_by *by, const struct bundle_part *p, int64_t *case_id, struct err *e)
{
    struct case_made made;
    if (case_submit(tx, by, &p->in, &made, e))
        return -1;
    struct filing_case_insert_in in = { .case_id = made.id,
                                        .has_account = p->in.account != 0,
                                        .account = p->in.account,
                                        .audit = made.audit_seq,
                                        .made_at = tx_now(tx) };
    *case_id = made.id;
    return filing_case_insert(tx, &in, NULL, e);
}

int bundle_begin(struct tx *tx, const struct case_by *by, int64_t parent, const struct bundle_parts *parts, struct err *e)
{
    for (size_t i = 0; i < parts->n; i++) {
        const struct bundle_part *p = &parts->v[i];
        struct filing_part_insert_in in = { .parent = parent,
                                            .place = (int64_t)p->place,
                                            .service = p->service,
                                            .name = p->name,
                                            .state = p->after_result ? PART_WAITS : p->ready ? PART_FILED : PART_STOPPED,
                                            .reason = p->after_result ? STR("") : p->reason,
                                            .after = p->after_result,
                                            .changed_at = tx_now(tx) };
        in.has_case_id = in.state == PART_FILED;
        if ((in.has_case_id && file_part(tx, by, p, &in.case_id, e)) || filing_part_insert(tx, &in, NULL, e))
            return -1;
    }
    return 0;
}

/* ---- following ---- */

/* What the parts that wait may count on: everything filed before them has its result; or something has failed. */
enum outlook { OUTLOOK_OPEN, OUTLOOK_GO, OUTLOOK_NEVER };

static int look_at(const struct app *app, struct dbr *r, struct arena *a, int64_t parent,
                   const struct filing_part_rows_rows *parts, enum outlook *out, struct str *why, struct err *e)
{
    struct case_view c;
    size_t before = 0, done = 0;
    *out = OUTLOOK_OPEN;
    for (size_t i = 0; i < parts->n; i++) {
        const struct filing_part_rows_row *p = &parts->v[i];
        if (p->after)
            continue;
        before++;
        if (p->has_case_id && case_by_id(app, r, a, p->case_id, &c, e) != 1)
            return -1;
        if (p->state == PART_STOPPED || (p->has_case_id && has_failed(&c))) {
            *out = OUTLOOK_NEVER;
            *why = str_fmt(a, "Chưa làm được vì việc trước không thành: %.*s. Xin nộp riêng khi việc trước đã xong.",
                           STR_ARG(p->name));
            return 0;
        }
        done += p->has_case_id && has_result(&c);
    }
    if (case_by_id(app, r, a, parent, &c, e) != 1)
        return -1;
    if (has_failed(&c)) {
        *out = OUTLOOK_NEVER;
        *why = MSGS("Hồ sơ liên thông đã dừng nên phần này không được làm. Xin nộp riêng.");
    } else if (before ? done == before : has_result(&c)) {
        *out = OUTLOOK_GO;
    }
    return 0;
}

struct settling {
    struct case_by by;
    struct arena *arena;
    int64_t parent;
    const struct filing_part_rows_rows *rows;
    const struct bundle_parts *parts;
    enum outlook outlook;
    struct str why;
};

static int settle_one(struct tx *tx, struct settling *w, const struct filing_part_rows_row *row, struct err *e)
{
    struct filing_part_settle_in in = { .parent = w->parent,
                                        .place = row->place,
                                        .state = PART_STOPPED,
                                        .reason = w->why,
                                        .changed_at = tx_now(tx) };
    const struct bundle_part *p = NULL;
    for (size_t i = 0; i < w->parts->n; i++)
        if ((int64_t)w->parts->v[i].place == row->place)
            p = &w->parts->v[i];
    if (w->outlook == OUTLOOK_GO && p && !p->ready)
        in.reason = p->reason;
    if (w->outlook == OUTLOOK_GO && p && p->ready) {
        in.state = PART_FILED;
        in.reason = STR("");
        in.has_case_id = true;
        if (file_part(tx, &w->by, p, &in.case_id, e))
            return -1;
    }
    return filing_part_settle(tx, &in, NULL, e);
}

/* The rows are read again here: another server may have settled them since. */
static int settle_write(struct tx *tx, void *arg, struct err *e)
{
    struct settling *w = arg;
    struct filing_part_rows_rows now;
    tx_unaudited(tx, "parts that can no longer be begun; what is filed has its own record");
    if (filing_part_rows(tx_reader(tx), w->arena, &(struct filing_part_rows_in) { .parent = w->parent }, &now, e))
        return -1;
    for (size_t i = 0; i < now.n; i++)
        if (now.v[i].state == PART_WAITS && settle_one(tx, w, &now.v[i], e))
            return -1;
    return 0;
}

static struct case_new like_parent(const struct case_view *c)
{
    return (struct case_new) { .unit = c->unit,
                               .channel = c->channel,
                               .level = c->level,
                               .party = c->party,
                               .person = c->person,
                               .pid = c->pid,
                               .name = c->name,
                               .organisation = c->organisation,
                               .phone = c->phone,
                               .email = c->email,
                               .acts_as = c->acts_as,
                               .filer_pid = c->filer_pid,
                               .filer_name = c->filer_name,
                               .account = c->account,
                               .delivery = c->delivery,
                               .address = c->address };
}

static int remake(struct app *app, struct dbr *r, struct arena *a, int64_t parent, struct day today,
                  struct bundle_parts *parts, struct err *e)
{
    struct case_view c;
    struct service_answers s;
    struct str json;
    if (case_by_id(app, r, a, parent, &c, e) != 1 || case_answers_of(r, a, parent, &json, e) != 1)
        return -1;
    const struct service_def *def = services_version(app, r, c.service.version_id, e);
    if (!def)
        return -1;
    services_answers_init(&s, a, def, today);
    struct case_new like = like_parent(&c);
    return services_answers_read(&s, json, e) || bundle_make(app, r, &s, &like, parts, e) ? -1 : 0;
}

/* Reads under r, then writes with the reader ended: a job never holds one across the door. */
static int prepare_settling(struct job_run *j, int64_t case_id, struct settling *w, struct err *e)
{
    struct dbr *r;
    struct filing_part_of_row of;
    struct filing_part_rows_rows *rows = arena_new(j->arena, struct filing_part_rows_rows);
    struct bundle_parts *parts = arena_new(j->arena, struct bundle_parts);
    bool waits = false;
    if (db_read_in(j->db, j->arena, &r, e))
        return -1;
    w->parent = case_id;
    int got = filing_part_of(r, j->arena, &(struct filing_part_of_in) { .case_id = case_id }, &of, e);
    if (got == 1)
        w->parent = of.parent;
    int result = got < 0 || filing_part_rows(r, j->arena, &(struct filing_part_rows_in) { .parent = w->parent }, rows, e);
    for (size_t i = 0; result == 0 && i < rows->n; i++)
        waits = waits || rows->v[i].state == PART_WAITS;
    if (result == 0 && waits)
        result = look_at(j->app, r, j->arena, w->parent, rows, &w->outlook, &w->why, e);
    if (result == 0 && w->outlook == OUTLOOK_GO)
        result = remake(j->app, r, j->arena, w->parent, instant_day(j->now), parts, e);
    db_read_end(r);
    w->rows = rows;
    w->parts = parts;
    return result ? -1 : 0;
}

static int follow_case(struct job_run *j, int64_t case_id, struct err *e)
{
    struct settling w = { .by = case_by_system(j->app, j->arena, MSGS("Hệ thống")),
                          .arena = j->arena,
                          .outlook = OUTLOOK_OPEN,
                          .why = STR("") };
    if (prepare_settling(j, case_id, &w, e))
        return -1;
    return w.outlook == OUTLOOK_OPEN ? 0 : db_write_in(j->db, j->arena, settle_write, &w, e);
}

#define FOLLOWER STR("bundles")
enum { EVENTS_A_TURN = 200 };

static int keep_cursor(struct tx *tx, void *arg, struct err *e)
{
    tx_unaudited(tx, "how far the events of cases have been read");
    return case_follower_set(tx, FOLLOWER, *(const int64_t *)arg, e);
}

int portal_bundle_job(struct job_run *j, struct err *e)
{
    struct case_events events = { .n = 0 };
    struct dbr *r;
    int64_t after = 0;
    if (db_read_in(j->db, j->arena, &r, e))
        return -1;
    int result = case_follower_at(r, j->arena, FOLLOWER, &after, e) ||
                 case_events_after(r, j->arena, after, EVENTS_A_TURN, &events, e);
    db_read_end(r);
    for (size_t i = 0; result == 0 && i < events.n; i++)
        result = follow_case(j, events.v[i].case_id, e);
    if (result == 0 && events.n)
        result = db_write_in(j->db, j->arena, keep_cursor, &events.v[events.n - 1].cursor, e);
    return result ? -1 : 0;
}

/* ---- for the page ---- */

static int view_part(const struct app *app, struct dbr *r, struct arena *a, const struct filing_part_rows_row *row,
                     struct part_view *v, struct err *e)
{
    struct case_view c;
    *v = (struct part_view) { .name = row->name,
                              .service = row->service,
                              .state = (enum part_state)row->state,
                              .reason = row->reason,
                              .number = STR(""),
                              .words = row->state == PART_WAITS ? MSGS("Chờ việc trước có kết quả") : MSGS("Chưa làm được") };
    v->bad = row->state == PART_STOPPED;
    if (!row->has_case_id)
        return 0;
    if (case_by_id(app, r, a, row->case_id, &c, e) != 1)
        return -1;
    v->number = c.number_text;
    v->words = c.state->citizen;
    v->good = has_result(&c);
    v->bad = has_failed(&c);
    return 0;
}

int bundle_view_of(const struct app *app, struct dbr *r, struct arena *a, int64_t case_id, struct bundle_view *out,
                   struct err *e)
{
    struct filing_part_rows_rows rows;
    struct filing_part_of_row of;
    struct case_view parent;
    *out = (struct bundle_view) { .parent = STR("") };
    int got = filing_part_of(r, a, &(struct filing_part_of_in) { .case_id = case_id }, &of, e);
    if (got == 1) {
        if (case_by_id(app, r, a, of.parent, &parent, e) != 1)
            return -1;
        out->parent = parent.number_text;
    }
    if (got < 0 || filing_part_rows(r, a, &(struct filing_part_rows_in) { .parent = case_id }, &rows, e))
        return -1;
    for (size_t i = 0; i < rows.n; i++)
        if (view_part(app, r, a, &rows.v[i], vec_push(a, &out->parts), e))
            return -1;
    return 0;
}
