/* editor_piece.c: one piece of a draft: shown in its form, saved, moved, taken out. */
#include "engines/services/editor.h"

#include "gen/services_pages.h"
#include "platform/http/page.h"

#include <stdlib.h>

struct piece_work {
    struct draft d;
    int64_t revision;
    struct str body, part;
};

static int refuse_gone(struct err *e, struct str id)
{
    return ERR_SAY(e, ERR_CONFLICT,
                   MSGS("Mục này không còn trong bản thảo: người khác đã đổi tên hoặc bỏ nó. Xin xem lại bản thảo."),
                   "no piece \"%.*s\"", STR_ARG(str_head(id, 60)));
}

static json_t *array_in(json_t *object, const char *key)
{
    json_t *array = json_object_get(object, key);
    if (!json_is_array(array))
        json_object_set_new(object, key, array = json_array());
    return array;
}

static json_t *with_id(json_t *array, const char *key, struct str id, size_t *at)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        json_t *j = json_array_get(array, i);
        if (str_eq(str_or_empty(str_of(json_string_value(json_object_get(j, key)))), id)) {
            *at = i;
            return j;
        }
    }
    return NULL;
}

static json_t *object_in(json_t *object, const char *key)
{
    json_t *inner = json_object_get(object, key);
    if (!json_is_object(inner))
        json_object_set_new(object, key, inner = json_object());
    return inner;
}

static json_t *pages_of(json_t *version)
{
    return array_in(object_in(version, "form"), "pages");
}

static const char *key_of(const struct editor_kind *k)
{
    return k->key ? k->key : "id";
}

/* Where pieces of this kind lie; NULL: on a page that is not there. */
static json_t *array_of(json_t *version, const struct editor_kind *k, struct str page)
{
    size_t at;
    if (k->form == &services_page_form)
        return pages_of(version);
    if (k->form == &services_paper_form)
        return array_in(version, "papers");
    if (k->form == &services_fee_form)
        return array_in(version, "fee");
    if (k->form == &services_child_form)
        return array_in(object_in(version, "bundle"), "children");
    json_t *p = with_id(pages_of(version), "id", page, &at);
    return p ? array_in(p, "fields") : NULL;
}

int services_piece_find(struct req *q, const struct draft *d, const struct editor_kind *k, struct str page, struct str id,
                        struct piece *out, struct err *e)
{
    *out = (struct piece) { .array = NULL };
    if (services_draft_json(q, d, &out->root, &out->version, e))
        return -1;
    if (!k->listed) {
        out->j = out->version;
        if (k->form == &services_result_form)
            out->j = object_in(out->version, "result");
        return 0;
    }
    out->array = array_of(out->version, k, page);
    if (!out->array)
        return refuse_gone(e, page);
    if (!id.n)
        return 0;
    out->j = with_id(out->array, key_of(k), id, &out->at);
    return out->j ? 0 : refuse_gone(e, id);
}

/* ---- shown ---- */

static bool is_step(const char *name)
{
    struct str s = str_of(name);
    return str_eq(s, STR("revision")) || str_eq(s, STR("id")) || str_eq(s, STR("page")) || str_eq(s, STR("go"));
}

static void add_when_field(struct html *h, struct piece_view *v, struct field_view f)
{
    const struct service_def *def = v->draft->def;
    f.type = FIELD_CHOICE;
    f.as_select = true;
    for (size_t i = 0; def && i < def->n_fields; i++)
        field_option(h, &f, def->fields[i].id, def->fields[i].label);
    *vec_push(h->arena, &v->fields) = f;
}

static void add_fields(struct html *h, struct piece_view *v, const struct piece *p)
{
    struct when_parts when = services_when_get(h->arena, v->kind->has_when && p->j ? json_object_get(p->j, "when") : NULL);
    const struct bound *b = v->kind->bounds;
    v->complex = when.complex;
    for (const struct field *f = v->kind->form->fields; f->name; f++) {
        struct str name = str_of(f->name);
        if (is_step(f->name))
            continue;
        if (str_eq(name, STR("when_field"))) {
            add_when_field(h, v, field_with(h, v->kind->form, f->name, when.field));
        } else if (str_starts(name, STR("when_"))) {
            struct str stored = str_eq(name, STR("when_how")) ? when.how : when.value;
            *vec_push(h->arena, &v->fields) = field_select(field_with(h, v->kind->form, f->name, stored));
        } else {
            *vec_push(h->arena, &v->fields) =
                field_with(h, v->kind->form, f->name, p->j ? services_bound_get(h->arena, b, p->root, p->j) : STR_NONE);
            b++;
        }
    }
}

static struct str asked(const struct req *q, const char *name)
{
    struct str typed = req_form(q, name);
    return str_or_empty(typed.p ? typed : req_query(q, name));
}

static struct str words_of_when(struct req *q, const struct draft *d, const struct editor_kind *k, struct str id)
{
    if (!d->def || !id.n)
        return STR("");
    size_t field = service_field_named(d->def, id), page = service_page_named(d->def, id);
    if (k->form == &services_field_form && field != SERVICE_NO_FIELD)
        return services_condition_words(q->arena, q->lang, d->def, d->def->fields[field].when);
    if (k->form == &services_page_form && page != SERVICE_NO_FIELD)
        return services_condition_words(q->arena, q->lang, d->def, d->def->pages[page].when);
    for (size_t i = 0; k->form == &services_paper_form && i < d->def->n_papers; i++)
        if (str_eq(d->def->papers[i].id, id))
            return services_condition_words(q->arena, q->lang, d->def, d->def->papers[i].when);
    for (size_t i = 0; k->form == &services_fee_form && i < d->def->n_fees; i++)
        if (str_eq(d->def->fees[i].id, id))
            return services_condition_words(q->arena, q->lang, d->def, d->def->fees[i].when);
    for (size_t i = 0; k->form == &services_child_form && i < d->def->n_children; i++)
        if (str_eq(d->def->children[i].service, id))
            return services_condition_words(q->arena, q->lang, d->def, d->def->children[i].when);
    return STR("");
}

int services_piece_get(struct req *q, struct res *s, struct err *e)
{
    struct draft d;
    struct piece p;
    struct piece_view v = { .kind = services_editor_kind_of(q),
                            .draft = &d,
                            .id = asked(q, "id"),
                            .page = asked(q, "page"),
                            .key = req_form_key(q) };
    v.conflict = q->refused && q->refused->code == ERR_CONFLICT;
    if (services_draft_read(q, &d, e) || services_piece_find(q, &d, v.kind, v.page, v.id, &p, e))
        return -1;
    v.is_new = v.kind->listed && !p.j;
    v.title = v.kind->title;
    v.action = q->path;
    v.back = services_draft_path(q, "");
    v.when_words = words_of_when(q, &d, v.kind, v.id);
    struct html h = res_html(q, s);
    add_fields(&h, &v, &p);
    services_piece(&h, &v);
    return 0;
}

/* ---- saved ---- */

static void move(const struct piece *p, bool up)
{
    size_t n = json_array_size(p->array), to = up ? p->at - 1 : p->at + 1;
    if ((up && p->at == 0) || (!up && p->at + 1 >= n))
        return;
    json_t *j = json_incref(p->j);
    json_array_remove(p->array, p->at);
    json_array_insert_new(p->array, to, j);
}

static int save(struct req *q, const struct editor_kind *k, struct piece *p, struct err *e)
{
    size_t twin;
    struct str id = str_or_empty(req_form(q, "new_id"));
    if (k->listed && !str_eq(id, asked(q, "id")) && with_id(p->array, key_of(k), id, &twin))
        return req_refuse_field(q, e, "new_id", MSGS("Tên này đã dùng cho một câu hỏi hoặc một trang khác."));
    if (k->listed && !p->j)
        json_array_append_new(p->array, p->j = json_object());
    for (const struct bound *b = k->bounds; b->field; b++)
        if (services_bound_put(q, b, p->root, p->j, e))
            return -1;
    return k->has_when ? services_when_put(q, p->j, e) : 0;
}

static int act(struct req *q, const struct editor_kind *k, struct piece *p, struct err *e)
{
    struct str go = req_form(q, "go");
    if (k->listed && p->j && str_eq(go, STR("delete")))
        return json_array_remove(p->array, p->at) ? ERR(e, ERR_INTERNAL, "no piece to take out") : 0;
    if (k->listed && p->j && (str_eq(go, STR("up")) || str_eq(go, STR("down")))) {
        move(p, str_eq(go, STR("up")));
        return 0;
    }
    return save(q, k, p, e);
}

int services_piece_prepare(struct req *q, struct err *e)
{
    struct piece p;
    const struct editor_kind *k = services_editor_kind_of(q);
    struct piece_work *w = q->work = arena_new(q->arena, struct piece_work);
    if (!str_to_i64(req_form(q, "revision"), &w->revision))
        return ERR(e, ERR_INPUT, "revision");
    w->part = str_fmt(q->arena, "%s %.*s", k->name, STR_ARG(asked(q, "id")));
    return services_draft_read(q, &w->d, e) || services_piece_find(q, &w->d, k, asked(q, "page"), asked(q, "id"), &p, e) ||
                   act(q, k, &p, e) || services_draft_text(q, p.root, &w->body, e)
               ? -1
               : 0;
}

int services_piece_write(struct req *q, struct tx *tx, struct err *e)
{
    const struct piece_work *w = q->work;
    return services_draft_change(q, tx, &w->d, w->revision, w->body, w->part, e);
}

/* ---- the last resort ---- */

int services_raw_get(struct req *q, struct res *s, struct err *e)
{
    struct draft d;
    struct raw_view v = { .d = &d, .key = req_form_key(q), .conflict = q->refused && q->refused->code == ERR_CONFLICT };
    json_t *root, *version;
    if (services_draft_read(q, &d, e) || services_draft_json(q, &d, &root, &version, e))
        return -1;
    v.text = json_text(q->arena, root, JSON_INDENT(2) | JSON_SORT_KEYS);
    struct html h = res_html(q, s);
    services_raw(&h, &v);
    return 0;
}

int services_raw_prepare(struct req *q, struct err *e)
{
    struct piece_work *w = q->work = arena_new(q->arena, struct piece_work);
    struct service_file file;
    service_faults faults = { 0 };
    struct err why = { 0 };
    if (!str_to_i64(req_form(q, "revision"), &w->revision))
        return ERR(e, ERR_INPUT, "revision");
    if (services_draft_read(q, &w->d, e))
        return -1;
    if (services_read_file(q->arena, req_form(q, "body"), &file, &faults, &why))
        return req_refuse_field(q, e, "body",
                                MSGS("Đoạn này không phải JSON đúng dạng. Xin xem lại dấu ngoặc, dấu phẩy và dấu nháy."));
    if (!str_eq(file.code, w->d.row.service) || file.n_versions != 1)
        return req_refuse_field(q, e, "body", MSGS("Bản thảo giữ nguyên mã dịch vụ và có đúng một phiên bản."));
    w->part = STR("JSON");
    w->body = req_form(q, "body");
    return 0;
}
