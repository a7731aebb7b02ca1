/* words.c: small texts and fields for the templates. */
#include "models/m22_digital_citizens/pages.h"

struct asset_list assets_in(int64_t bits)
{
    struct asset_list out = { .n = 0 };
    for (enum asset a = 0; a < ASSETS_; a++)
        if (bits & asset_bit(a))
            out.v[out.n++] = a;
    return out;
}

struct source_list all_sources(void)
{
    struct source_list out = { asset_sources, 0 };
    while (asset_sources[out.n].name)
        out.n++;
    return out;
}

struct str asset_title(enum asset a)
{
    return asset_texts[a].title;
}

struct str asset_or_all_title(int asset)
{
    return asset == ASSET_ALL ? MSGS("Đủ mọi điều kiện") : asset_texts[asset].title;
}

struct str source_title(struct str name)
{
    const struct asset_source *s = asset_source_named(name);
    return s ? s->title : name;
}

struct str reason_title(struct str name)
{
    const struct left_reason *r = left_reason_named(name);
    return r ? r->title : name;
}

struct str reason_next(struct str name)
{
    const struct left_reason *r = left_reason_named(name);
    return r ? r->next : STR("");
}

struct str cell_or_hidden(struct html *h, struct cell c)
{
    return c.hidden ? tr(h->lang, MSGS("ẩn vì quá ít")) : html_int(h, c.n);
}

/* Rounded down: whoever sees 100 % may rely on it. */
struct str share_words(struct html *h, const struct indicator_share *s)
{
    if (s->all.total.hidden || s->with.total.hidden)
        return tr(h->lang, MSGS("ẩn vì quá ít"));
    if (s->all.total.n == 0)
        return STR("–");
    int64_t tenths = s->with.total.n * 1000 / s->all.total.n;
    return str_fmt(h->arena, "%lld%s%lld %%", (long long)(tenths / 10), h->lang == LANG_VI ? "," : ".",
                   (long long)(tenths % 10));
}

struct field_view reason_field(struct html *h, const struct member_view *m)
{
    struct field_view f = field_select(field_with(h, &visit_form, "reason", m->reason));
    f.type = FIELD_CHOICE;
    f.value = m->reason.n > 0 ? m->reason : STR("-"); /* the empty choice is one of the list */
    field_option(h, &f, STR(""), MSGS("Chưa ghi lý do"));
    for (const struct left_reason *r = left_reasons; r->name; r++)
        field_option(h, &f, str_of(r->name), r->title);
    return field_row(h, f, m->person.id);
}

/* Sources of what this person lacks; each says which asset it vouches for. */
struct field_view source_field(struct html *h, const struct evidence_view *v)
{
    struct field_view f = field_of(h, &asset_evidence_form, "source");
    f.type = FIELD_CHOICE;
    f = field_select(f);
    for (const struct asset_source *s = asset_sources; s->name; s++)
        if (s->assets & v->needs)
            field_option(h, &f, str_of(s->name), s->title);
    return f;
}

enum tag_kind asset_tag(const struct member_view *m, enum asset a)
{
    if (m->held & asset_bit(a))
        return TAG_ACCEPTED;
    return m->claimed & asset_bit(a) ? TAG_QUEUED : TAG_DRAFT;
}

struct str asset_state(const struct member_view *m, enum asset a)
{
    if (m->held & asset_bit(a))
        return MSGS("có bằng chứng");
    return m->claimed & asset_bit(a) ? MSGS("mới nghe báo") : MSGS("còn thiếu");
}
