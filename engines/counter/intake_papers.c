/* intake_papers.c: papers laid on the desk: a scan, or a sheet that was seen. A scan that can hardly be read is shown to the clerk
 * before it is kept; who keeps it all the same says so.
 */
#include "engines/counter/intake.h"

#include "engines/counter/scan_quality.h"
#include "platform/crypto/crypto.h"

enum { FILES_BYTES = 14 << 20 };

static const struct field papers_fields[] = {
    { .name = "keep", .type = FIELD_CHECK, .label = MSG("Vẫn dùng bản chụp khó đọc") },
    { .name = NULL },
};
const struct form intake_papers_form = {
    .name = "counter_papers", .fields = papers_fields, .open = true, .multipart = true, .max_body = FILES_BYTES
};

struct laid {
    struct counter_intake_paper_set_in row;
    bool comes;
};
struct laying {
    struct intake k;
    struct laid *v; /* by place of the paper in the service */
};

static const char *control(struct req *q, const char *kind, size_t place)
{
    return str_cstr(q->arena, str_fmt(q->arena, "%s%zu", kind, place));
}

static int take_scan(struct req *q, const struct part *file, const char *name, struct laid *l, struct err *e)
{
    struct case_paper_new scan = { .kind = CASE_SCAN, .bytes = file->bytes };
    struct err why = { 0 };
    if (case_paper_check(&scan, &why))
        return req_refuse_field(q, e, name, err_sentence(&why));
    enum scan_doubt seen = scan_look(file->bytes).doubt;
    struct str why_not = scan_objection(seen, req_form_has(q, "keep"));
    if (why_not.n)
        return req_refuse_field(q, e, name, why_not);
    l->comes = true;
    l->row.kind = CASE_SCAN;
    l->row.file_name = str_head(str_or_empty(file->filename), 120);
    l->row.media_type = scan.media_type;
    l->row.has_hash = true;
    l->row.hash = scan.hash;
    l->row.bytes = file->bytes;
    l->row.quality = scan_doubt_label(seen);
    return 0;
}

static int take_paper(struct req *q, struct laying *w, size_t place, struct err *e)
{
    struct laid *l = &w->v[place];
    const char *name = control(q, "scan", place);
    const struct part *file = req_file(q, name);
    struct str kind = req_form(q, control(q, "kind", place));
    l->row = (struct counter_intake_paper_set_in) { .intake = w->k.row.id,
                                                    .slot = w->k.def->papers[place].id,
                                                    .kind = CASE_SHEET,
                                                    .seen = str_eq(kind, STR("seen")),
                                                    .file_name = STR(""),
                                                    .media_type = STR(""),
                                                    .quality = STR("") };
    l->comes = l->row.seen || str_eq(kind, STR("sheet"));
    return file && file->bytes.n ? take_scan(q, file, name, l, e) : 0;
}

int intake_papers_prepare(struct req *q, struct err *e)
{
    struct laying *w = q->work = arena_new(q->arena, struct laying);
    bool refused = false;
    if (intake_find_chosen(q, &w->k, e))
        return -1;
    w->v = arena_new_array(q->arena, struct laid, w->k.def->n_papers);
    for (size_t i = 0; i < w->k.def->n_papers; i++)
        refused = take_paper(q, w, i, e) != 0 || refused;
    return refused ? -1 : 0;
}

int intake_papers_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct laying *w = q->work;
    tx_unaudited(tx, "papers laid on the desk; nothing is filed yet");
    for (size_t i = 0; i < w->k.def->n_papers; i++)
        if (w->v[i].comes && counter_intake_paper_set(tx, &w->v[i].row, NULL, e))
            return -1;
    return 0;
}

int intake_papers_reply(struct req *q, struct res *s, struct err *e)
{
    (void)e;
    return res_redirect(s, str_fmt(q->arena, "/counter/intake/%.*s/receive", STR_ARG(req_param(q, "id"))));
}
