/* scans.c: the papers of a filing: each says where its data comes from; only what no system has is asked for, as a photo or a PDF. */
#include "models/m01_essential_services/assist.h"

#include "base/json.h"
#include "gen/essential_services_pages.h"

#include <string.h>

static const struct field scan_fields[] = {
    { .name = "slot", .type = FIELD_HIDDEN, .required = true, .max = 60, .label = MSG("Giấy tờ") },
    { .name = "scan",
      .type = FIELD_FILE,
      .required = true,
      .max = CASE_FILE_MAX,
      .label = MSG("Ảnh chụp hoặc tệp PDF"),
      .help = MSG("Chụp bằng điện thoại cũng được, tối đa 4 MB.") },
    { .name = NULL },
};
const struct form portal_scan_form = {
    .name = "portal_scan", .fields = scan_fields, .multipart = true, .max_body = CASE_FILE_MAX + (64 << 10)
};
const struct form portal_slot_form = { .name = "portal_slot",
                                       .fields = (const struct field[]) {
                                           { .name = "slot", .type = FIELD_HIDDEN, .required = true, .max = 60 },
                                           { .name = NULL } } };

struct str slot_words(const struct slot_view *s)
{
    static const struct str words[] = {
        [SLOT_FETCHED_LATER] = MSG("Cơ quan tự lấy, không phải nộp"),
        [SLOT_DECLARED] = MSG("Bạn cam đoan khi gửi"),
        [SLOT_SCANNED] = MSG("Đã tải lên"),
        [SLOT_WANTED] = MSG("Cần tải lên"),
    };
    return s->state == SLOT_SOURCE ? source_state_label(s->take->state) : words[s->state];
}

enum tag_kind slot_tag(const struct slot_view *s)
{
    static const enum tag_kind tags[] = {
        [SLOT_FETCHED_LATER] = TAG_PLAIN, [SLOT_DECLARED] = TAG_PLAIN, [SLOT_SCANNED] = TAG_SENT, [SLOT_WANTED] = TAG_LATE
    };
    return s->state == SLOT_SOURCE ? source_state_tag(s->take->state) : tags[s->state];
}

bool slot_is_open(const struct slot_view *s)
{
    return s->state == SLOT_SOURCE && source_is_open(s->take);
}

/* ---- what stands in each slot ---- */

static const struct source_take *take_of(const struct filing *f, const struct service_paper *p)
{
    for (size_t i = 0; i < f->takes.n; i++)
        if (f->takes.v[i].paper == p)
            return &f->takes.v[i];
    return NULL;
}

static enum slot_state state_of(const struct service_paper *p, const struct source_take *take, bool scanned)
{
    if (scanned)
        return SLOT_SCANNED;
    if (take)
        return SLOT_SOURCE;
    if (p->source == SERVICE_PAPER)
        return p->required ? SLOT_WANTED : SLOT_FETCHED_LATER;
    if (p->source == SERVICE_DECLARATION || (p->source == SERVICE_EXCHANGE && (p->fallbacks & SERVICE_DECLARE)))
        return SLOT_DECLARED;
    return SLOT_FETCHED_LATER;
}

void filing_slots(const struct filing *f, slot_views *out)
{
    service_places places = { 0 };
    services_papers(&f->answers, &places);
    for (size_t i = 0; i < places.n; i++) {
        struct slot_view *v = vec_push(f->answers.arena, out);
        *v = (struct slot_view) { .paper = &f->def->papers[places.v[i]] };
        for (size_t k = 0; k < f->scans.n; k++)
            if (str_eq(f->scans.v[k].slot, v->paper->id))
                *vec_push(f->answers.arena, &v->scans) = f->scans.v[k];
        v->take = take_of(f, v->paper);
        v->state = state_of(v->paper, v->take, v->scans.n > 0);
    }
}

/* ---- for the case ---- */

static struct case_paper_new declared(struct req *q, const struct slot_view *v)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, q->arena, 1024);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_bool(&j, "declared", true);
    json_out_bool(&j, "post_check", v->paper->post_check);
    json_out_end(&j);
    return (struct case_paper_new) { .slot = v->paper->id,
                                     .name = v->paper->name,
                                     .kind = CASE_DECLARED,
                                     .source = STR("applicant"),
                                     .body = buf_str(&b),
                                     .level = q->actor->assurance };
}

/* In which way the citizen has confirmed what a helper typed. */
static struct case_paper_new confirmed(struct req *q, const struct filing *f)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, q->arena, 1024);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "answers", str_base64url(q->arena, f->row.confirmed.b, sizeof f->row.confirmed.b));
    json_out_str(&j, "by", f->row.confirmed_by);
    json_out_end(&j);
    return (struct case_paper_new) { .slot = STR("confirmed"),
                                     .name = assist_way_words(f->row.confirmed_by),
                                     .kind = CASE_DECLARED,
                                     .source = STR("applicant"),
                                     .body = buf_str(&b),
                                     .as_of = f->row.confirmed_at };
}

static struct str name_of_slot(const struct filing *f, struct str slot)
{
    if (str_eq(slot, ASSIST_SHEET_SLOT))
        return STR("Bản xác nhận có chữ ký của người dân");
    for (size_t i = 0; i < f->def->n_papers; i++)
        if (str_eq(f->def->papers[i].id, slot))
            return f->def->papers[i].name;
    size_t field = service_field_named(f->def, slot);
    return field == SERVICE_NO_FIELD ? slot : f->def->fields[field].label;
}

int filing_papers(struct req *q, const struct filing *f, struct case_paper_new **out, size_t *n, struct err *e)
{
    struct filing_scan_bytes_rows scans;
    slot_views slots = { 0 };
    struct dbr *r = req_read(q, e);
    if (!r || filing_scan_bytes(r, q->arena, &(struct filing_scan_bytes_in) { .draft = f->draft.id }, &scans, e))
        return -1;
    filing_slots(f, &slots);
    *out = arena_new_array(q->arena, struct case_paper_new, 1 + f->takes.n + slots.n + scans.n);
    *n = sources_papers(&f->takes, q->actor->assurance, *out);
    if (f->row.assisted && f->row.has_confirmed_at)
        (*out)[(*n)++] = confirmed(q, f);
    for (size_t i = 0; i < slots.n; i++)
        if (slots.v[i].state == SLOT_DECLARED)
            (*out)[(*n)++] = declared(q, &slots.v[i]);
    for (size_t i = 0; i < scans.n; i++) {
        if (str_eq(scans.v[i].slot, ASSIST_SHEET_SLOT) && !str_eq(f->row.confirmed_by, STR("paper")))
            continue; /* signed under answers that have changed since; confirmed in another way now */
        (*out)[(*n)++] = (struct case_paper_new) { .slot = scans.v[i].slot,
                                                   .name = name_of_slot(f, scans.v[i].slot),
                                                   .kind = CASE_SCAN,
                                                   .source = STR("applicant"),
                                                   .file_name = scans.v[i].file_name,
                                                   .bytes = scans.v[i].bytes,
                                                   .media_type = scans.v[i].media_type,
                                                   .hash = scans.v[i].hash };
    }
    return 0;
}

/* ---- the page ---- */

static void draw_slot(struct html *h, const struct papers_view *v, size_t i)
{
    const struct slot_view *s = &v->slots.v[i];
    portal_slot__head(h, v->f, s, (int64_t)i, v->key);
    if (s->state == SLOT_SOURCE)
        sources_draw_take(h, s->take, str_fmt(h->arena, "%.*snguon", STR_ARG(v->f->base)), v->key, (int64_t)i);
    else
        slot_facts(h, s);
    portal_slot__tail(h, v->f, s, (int64_t)i, v->key);
}

int portal_papers_get(struct req *q, struct res *s, struct err *e)
{
    struct filing f;
    if (filing_of_request(q, &f, e))
        return -1;
    struct papers_view v = { .f = &f, .key = req_form_key(q) };
    filing_slots(&f, &v.slots);
    struct html h = res_html(q, s);
    portal_papers__head(&h, &v);
    for (size_t i = 0; i < v.slots.n; i++)
        draw_slot(&h, &v, i);
    portal_papers__tail(&h, &v);
    return 0;
}

struct scan_work {
    struct filing f;
    struct case_paper_new paper;
};

static bool is_slot(const struct filing *f, struct str id)
{
    slot_views slots = { 0 };
    filing_slots(f, &slots);
    for (size_t i = 0; i < slots.n; i++)
        if (str_eq(slots.v[i].paper->id, id))
            return true;
    return false;
}

int portal_scan_prepare(struct req *q, struct err *e)
{
    struct scan_work *w = arena_new(q->arena, struct scan_work);
    const struct part *part = req_file(q, "scan");
    struct err why = { 0 };
    q->work = w;
    if (filing_of_request(q, &w->f, e))
        return -1;
    if (!is_slot(&w->f, req_form(q, "slot")))
        return ERR_SAY(e, ERR_INPUT, MSGS("Hồ sơ này không hỏi giấy tờ đó. Xin tải lại trang."), "slot %.*s",
                       STR_ARG(str_head(req_form(q, "slot"), 60)));
    if (w->f.scans.n >= CASE_FILES_MAX)
        return req_refuse_field(q, e, "scan", MSGS("Đã đủ 40 tệp. Xin ghép các trang của một giấy tờ vào một tệp PDF."));
    w->paper = (struct case_paper_new) { .slot = req_form(q, "slot"), .kind = CASE_SCAN };
    if (part) {
        w->paper.file_name = part->filename;
        w->paper.bytes = part->bytes;
    }
    if (case_paper_check(&w->paper, &why))
        return req_refuse_field(q, e, "scan", err_sentence(&why));
    return 0;
}

int filing_scan_keep(struct tx *tx, int64_t draft, const struct case_paper_new *p, struct err *e)
{
    struct filing_scan_insert_in in = { .draft = draft,
                                        .slot = p->slot,
                                        .file_name = str_or_empty(p->file_name),
                                        .media_type = p->media_type,
                                        .hash = p->hash,
                                        .size = (int64_t)p->bytes.n,
                                        .bytes = p->bytes,
                                        .added_at = tx_now(tx) };
    return filing_scan_insert(tx, &in, NULL, e);
}

int portal_scan_write(struct req *q, struct tx *tx, struct err *e)
{
    struct scan_work *w = q->work;
    tx_unaudited(tx, "a draft that its owner goes on with; nothing is filed yet");
    return filing_scan_keep(tx, w->f.draft.id, &w->paper, e);
}

int portal_scan_drop_write(struct req *q, struct tx *tx, struct err *e)
{
    struct filing_row_row row;
    struct filing_scan_drop_in in = { .slot = req_form(q, "slot") };
    tx_unaudited(tx, "a draft that its owner goes on with; nothing is filed yet");
    if (!req_param_id(q, "draft", &in.draft) || str_eq(in.slot, ASSIST_SHEET_SLOT)) /* a signed sheet is replaced, never dropped */
        return ERR(e, ERR_NOT_FOUND, "no draft");
    int got = filing_row(tx_reader(tx), q->arena, &(struct filing_row_in) { .draft = in.draft }, &row, e);
    if (got != 1 || row.account != q->actor->account)
        return got < 0 ? -1 : ERR(e, ERR_NOT_FOUND, "draft %lld", (long long)in.draft);
    return filing_scan_drop(tx, &in, NULL, e);
}

int portal_scan_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(
        s, str_fmt(q->arena, "/nop/%.*s/%.*s/giay-to", STR_ARG(req_param(q, "code")), STR_ARG(req_param(q, "draft"))));
}

struct field_view scan_field(struct html *h, int64_t row)
{
    struct field_view f = field_row(h, field_of(h, &portal_scan_form, "scan"), row);
    f.accept = STR("image/jpeg,image/png,image/webp,application/pdf");
    return f;
}
