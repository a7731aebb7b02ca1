/* page.c: the frame around a page, from the menu built at boot and the request. */
#include "platform/http/inside.h"
#include "platform/http/rooms.h"

#include <string.h>

static const struct str group_labels[] = {
    [MENU_NONE] = MSG(""),          [MENU_CITIZEN] = MSG("Người dân"), [MENU_FACILITY] = MSG("Cơ sở lưu trú"),
    [MENU_COMMUNE] = MSG("Xã, phường"), [MENU_POLICE] = MSG("Công an"), [MENU_LEADER] = MSG("Lãnh đạo"),
    [MENU_PLAN] = MSG("Kế hoạch"),  [MENU_ADMIN] = MSG("Quản trị"),
};

/* /stays is current on /stays and on /stays/12, not on /stays-old. */
static bool is_within(struct str path, struct str section)
{
    if (!str_starts(path, section))
        return false;
    return path.n == section.n || section.n == 1 || path.p[section.n] == '/';
}

/* The longest entry that the path lies within: on /stays/late, "/stays/late" and not "/stays". */
static const struct menu_entry *current_entry(const struct router *r, struct str path)
{
    const struct menu_slot *best = NULL;
    for (size_t i = 0; i < r->n_menu; i++) {
        const struct menu_slot *slot = &r->menu[i];
        if (slot->path.n == 1 ? path.n != 1 : !is_within(path, slot->path))
            continue;
        if (!best || slot->path.n > best->path.n)
            best = slot;
    }
    return best ? best->entry : NULL;
}

/* Who has work here finds it before what everyone may do. */
static void work_first(struct page_frame *f)
{
    size_t last = f->groups.n - 1;
    if (f->groups.n < 2 || !str_eq(f->groups.v[0].label, group_labels[MENU_CITIZEN]))
        return;
    struct page_group everyone = f->groups.v[0];
    memmove(&f->groups.v[0], &f->groups.v[1], last * sizeof(everyone));
    f->groups.v[last] = everyone;
}

static void fill_menu(struct req *q, struct page_frame *f)
{
    const struct router *r = q->app->router;
    const struct menu_entry *current = current_entry(r, q->path);
    struct page_group *group = NULL;
    enum menu_group open = MENU_NONE;
    for (size_t i = 0; i < r->n_menu; i++) {
        const struct menu_entry *entry = r->menu[i].entry;
        if (entry->group == MENU_NONE || !right_held(r->menu[i].right, q->actor))
            continue;
        if (entry->group != open) {
            group = vec_push(q->arena, &f->groups);
            group->label = group_labels[entry->group];
            open = entry->group;
        }
        struct page_link *link = vec_push(q->arena, &group->links);
        *link = (struct page_link) { entry->label, r->menu[i].path, entry == current };
        group->current |= link->current;
    }
    work_first(f);
}

static bool has_str(const struct str *v, size_t n, struct str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i], s))
            return true;
    return false;
}

static void fill_actor(struct req *q, struct page_frame *f)
{
    const struct actor *actor = q->actor;
    f->signed_in = actor->account != 0;
    f->actor_name = actor->name;
    f->actor_login = actor->login;
    f->home = STR("/");
    for (size_t i = 0; i < actor->n_grants; i++) {
        const struct role *role = map_get(&q->app->router->roles, actor->grants[i].role);
        if (!role || has_str(f->roles.v, f->roles.n, role->title))
            continue;
        if (role->home && f->home.n == 1)
            f->home = str_of(role->home);
        *vec_push(q->arena, &f->roles) = role->title;
    }
}

/* A page is drawn without the number when it cannot be had. */
static void fill_inbox(struct req *q, struct page_frame *f)
{
    struct err e = { 0 };
    f->inbox = STR("");
    for (const struct module *const *m = q->app->modules; q->actor->account && *m; m++)
        if ((*m)->unread && (*m)->unread(q, &f->unread, &e) == 0 && f->unread > 0)
            f->inbox = str_of((*m)->inbox);
}

struct str hat_place(struct req *q, const struct grant *g)
{
    struct str name;
    if (g->behalf.n > 0)
        return g->behalf;
    for (const struct module *const *m = q->app->modules; *m; m++)
        if ((*m)->place_name && (*m)->place_name(q, g, &name))
            return name;
    return g->agency.n > 0 ? g->agency : unit_code_str(&g->territory);
}

static void fill_hats(struct req *q, struct page_frame *f)
{
    const struct actor *actor = q->actor;
    f->hat_ended = actor_hat_ended(actor) && actor->n_hats > 0;
    if (actor->n_hats < 2 && !f->hat_ended)
        return;
    for (size_t i = 0; i < actor->n_hats; i++) {
        const struct grant *g = &actor->hats[i];
        const struct role *role = map_get(&q->app->router->roles, g->role);
        *vec_push(q->arena, &f->hats) = (struct page_hat) { .grant = g->id,
                                                            .title = role ? role->title : g->role,
                                                            .of = hat_place(q, g),
                                                            .instead_of = g->instead_of,
                                                            .on = actor->hat && actor->hat->id == g->id };
    }
    for (size_t i = 0; i < f->hats.n; i++)
        if (f->hats.v[i].on)
            f->hat = &f->hats.v[i];
}

/* The page itself as an address to come back to; of an act, the front page. */
struct str path_here(struct req *q)
{
    if (q->method != METHOD_GET)
        return STR("/");
    return q->query_raw.n == 0 ? q->path : str_fmt(q->arena, "%.*s?%.*s", STR_ARG(q->path), STR_ARG(q->query_raw));
}

static struct str href_back_here(struct req *q, const char *before)
{
    struct buf b;
    buf_init(&b, q->arena, LIMIT_URL * 4);
    struct html h = { .out = &b, .arena = q->arena };
    buf_put(&b, str_of(before));
    html_query(&h, path_here(q));
    return buf_str(&b);
}

/* The sign-in page itself does not come back to itself. */
static struct str sign_in_href(struct req *q)
{
    return is_within(q->path, STR("/sign-in")) ? STR("/sign-in") : sign_in_url(q, path_here(q), &(struct proof_wanted) { 0 });
}

static void fill_language(struct req *q, struct page_frame *f)
{
    bool vi = q->lang == LANG_VI;
    f->lang = str_of(lang_tag(q->lang));
    f->other_lang = vi ? STR("en") : STR("vi");
    f->other_lang_name = vi ? STR("English") : STR("Tiếng Việt");
    f->other_lang_href = href_back_here(q, vi ? "/language/en?next=" : "/language/vi?next=");
}

static void fill_refusal(const struct req *q, struct page_frame *f)
{
    f->field_errors = q->field_errors;
    f->n_field_errors = q->n_field_errors;
    if (!q->refused)
        return;
    f->notice_kind = PAGE_NOTICE_ERROR;
    f->notice = err_sentence(q->refused);
    if (q->refused->code != ERR_FORM)
        f->notice_id = q->id;
}

static bool says_popup(struct arena *a, struct str query)
{
    struct param *v;
    size_t n;
    if (query.n == 0 || parse_urlencoded(a, query, &v, &n, NULL) < 0)
        return false;
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].name, STR("display")) && str_eq(v[i].value, STR("popup")))
            return true;
    return false;
}

/* An app's wish (display=popup of OpenID Connect) travels in the address to come back to, so that every step of a sign-in has it. */
static bool is_popup(struct req *q)
{
    struct str next = q->n_form > 0 ? req_form(q, "next") : req_query(q, "next");
    ptrdiff_t mark = str_find_char(next, '?');
    return says_popup(q->arena, q->query_raw) || (mark >= 0 && says_popup(q->arena, str_from(next, (size_t)mark + 1)));
}

const struct page_frame *page_frame_fill(struct req *q, struct res *s)
{
    const struct settings *set = &q->app->settings;
    struct page_frame *f = arena_new(q->arena, struct page_frame);
    f->site_name = set->site_name ? str_of(set->site_name) : STR("bon");
    f->mode = set->mode ? str_of(set->mode) : STR("");
    f->banner = !str_eq(f->mode, STR("THẬT"));
    f->popup = is_popup(q);
    f->narrowed = q->actor->mark.n > 0;
    f->path = q->path;
    f->icons = static_path(q->app->router, "icons.svg");
    if (!q->actor->account)
        f->sign_in_href = sign_in_href(q);
    f->sign_out_action = "/sign-out";
    f->q = q;
    f->s = s;
    fill_menu(q, f);
    fill_actor(q, f);
    fill_hats(q, f);
    if (!f->popup)
        fill_inbox(q, f);
    fill_language(q, f);
    fill_refusal(q, f);
    return f;
}

struct html res_html(struct req *q, struct res *s)
{
    if (!s->body.p) {
        s->body.p = q->rooms ? rooms_lend(q->rooms, q->arena) : arena_alloc(q->arena, ROOM_BYTES);
        s->body.room = ROOM_BYTES;
    }
    return (struct html) {
        .out = &s->body,
        .arena = q->arena,
        .lang = q->lang,
        .csrf_make = csrf_make,
        .path = q->path,
        .page = page_frame_fill(q, s),
    };
}

struct str page_typed(const struct html *h, const char *field)
{
    const struct req *q = page_of(h)->q;
    const struct form *form = q->route ? q->route->form : NULL;
    for (const struct field *f = form ? form->fields : NULL; f && f->name; f++)
        if (strcmp(f->name, field) == 0 && f->type == FIELD_SECRET)
            return STR_NONE; /* a password is never written back */
    return req_form(q, field);
}

struct str page_field_error(const struct html *h, const char *field)
{
    const struct page_frame *f = page_of(h);
    for (size_t i = 0; i < f->n_field_errors; i++)
        if (str_eq(f->field_errors[i].field, str_of(field)))
            return f->field_errors[i].say;
    return STR_NONE;
}
