/* form.c: a whole submission against its form. Every wrong field gets its sentence at once; what was typed is kept for the
 * page to show again.
 */
#include "platform/http/form.h"
#include "platform/http/build.h"

#include <string.h>

static const struct field no_fields[] = { { .name = NULL } };
const struct form empty_form = { .name = "empty", .fields = no_fields };

const struct field *form_field(const struct form *form, struct str name)
{
    for (const struct field *f = form->fields; f && f->name; f++)
        if (str_eq(name, str_of(f->name)))
            return f;
    return NULL;
}

static void refuse(struct req *q, struct str name, struct str say)
{
    for (size_t i = 0; i < q->n_field_errors; i++)
        if (str_eq(q->field_errors[i].field, name))
            return; /* the first sentence beside a field is enough */
    req_refuse_field(q, NULL, str_cstr(q->arena, name), say);
}

static void check_value(struct req *q, const struct field *f, struct param *p)
{
    struct err e = { 0 };
    struct str typed = p->value;
    if (field_value_check(q, f, &p->value, &e) == 0)
        return;
    refuse(q, str_of(f->name), err_sentence(&e));
    p->value = text_showable(q->arena, typed);
}

/* All of them, also those that the form does not have: a page may show them again, so none may stay as it was sent. */
static int check_values(struct req *q, const struct form *form, struct err *e)
{
    const struct param *unknown = NULL;
    for (size_t i = 0; i < q->n_form; i++) {
        const struct field *f = form_field(form, q->form[i].name);
        if (f && f->type != FIELD_FILE) {
            check_value(q, f, &q->form[i]);
            continue;
        }
        q->form[i].value = text_showable(q->arena, q->form[i].value);
        unknown = unknown || form->open ? unknown : &q->form[i];
    }
    if (unknown)
        return ERR(e, ERR_INPUT, "form %s has no field \"%.*s\"", form->name, STR_ARG(str_head(unknown->name, 60)));
    return 0;
}

static int check_files(struct req *q, const struct form *form, struct err *e)
{
    for (size_t i = 0; i < q->n_files; i++) {
        struct part *part = &q->files[i];
        const struct field *f = form_field(form, part->name);
        if ((!f && !form->open) || (f && f->type != FIELD_FILE))
            return ERR(e, ERR_INPUT, "form %s takes no file \"%.*s\"", form->name, STR_ARG(str_head(part->name, 60)));
        part->filename = text_showable(q->arena, part->filename);
        size_t most = f && f->max > 0 ? (size_t)f->max : FILE_MOST;
        if (part->bytes.n <= most)
            continue;
        struct tr_arg args[] = { { "max", str_fmt(q->arena, "%zu", most / 1024) },
                                 { "n", str_fmt(q->arena, "%zu", part->bytes.n / 1024) } };
        refuse(q, part->name, field_say(q, MSGS("Tệp lớn quá: nhiều nhất {max} KB, tệp này {n} KB."), args, 2));
    }
    return 0;
}

static struct str missing_sentence(enum field_type type)
{
    switch (type) {
    case FIELD_CHOICE:
        return MSGS("Xin chọn một mục.");
    case FIELD_CHECK:
        return MSGS("Xin đánh dấu ô này.");
    case FIELD_FILE:
        return MSGS("Xin chọn một tệp.");
    default:
        return MSGS("Xin điền mục này.");
    }
}

/* How often the field came, and how often with something in it. */
static void count_field(const struct req *q, const struct field *f, size_t *came, size_t *filled)
{
    struct str name = str_of(f->name);
    *came = *filled = 0;
    for (size_t i = 0; i < q->n_form; i++) {
        if (!str_eq(q->form[i].name, name))
            continue;
        (*came)++;
        *filled += q->form[i].value.n > 0;
    }
    for (size_t i = 0; i < q->n_files; i++) {
        if (!str_eq(q->files[i].name, name))
            continue;
        (*came)++;
        (*filled)++;
    }
}

static void check_presence(struct req *q, const struct form *form)
{
    for (const struct field *f = form->fields; f && f->name; f++) {
        size_t came, filled;
        count_field(q, f, &came, &filled);
        if (f->required && filled == 0)
            refuse(q, str_of(f->name), missing_sentence(f->type));
        if (!f->many && came > 1)
            refuse(q, str_of(f->name), MSGS("Mục này được gửi hai lần."));
    }
}

int form_check(struct req *q, struct err *e)
{
    const struct form *form = q->route->form;
    if (!form->fields && q->route->json)
        return 0;
    if (check_values(q, form, e) < 0 || check_files(q, form, e) < 0)
        return -1;
    check_presence(q, form);
    if (q->n_field_errors > 0)
        return ERR(e, ERR_FORM, "form %s: %zu fields, first %.*s", form->name, q->n_field_errors,
                   STR_ARG(q->field_errors[0].field));
    return 0;
}

/* ---- at boot ---- */
static int field_declared_well(const struct route_slot *slot, const struct field *f, struct err *e)
{
    const struct form *form = slot->route->form;
    struct str name = str_of(f->name);
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool ok = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9' && i > 0) || (c == '_' && i > 0);
        if (!ok)
            return ERR(e, ERR_INTERNAL, "module %s: form %s: field name \"%s\" is not lower-case letters, digits and _",
                       slot->module->name, form->name, f->name);
    }
    if (name.n == 0 || form_field(form, name) != f)
        return ERR(e, ERR_INTERNAL, "module %s: form %s: field \"%s\" stands there twice", slot->module->name, form->name,
                   f->name);
    if (f->type == FIELD_CHOICE && !f->choices)
        return ERR(e, ERR_INTERNAL, "module %s: form %s: field %s offers no choices", slot->module->name, form->name,
                   f->name);
    if (f->type == FIELD_FILE && !form->multipart)
        return ERR(e, ERR_INTERNAL, "module %s: form %s: field %s is a file, but the form is not multipart",
                   slot->module->name, form->name, f->name);
    return 0;
}

int form_declared_well(const struct route_slot *slot, struct err *e)
{
    const struct form *form = slot->route->form;
    if (!form->name)
        return ERR(e, ERR_INTERNAL, "module %s: the form of POST %s has no name", slot->module->name, slot->route->path);
    for (const struct field *f = form->fields; f && f->name; f++)
        if (field_declared_well(slot, f, e) < 0)
            return -1;
    return 0;
}
