/* replay.c: posts of an outage are gone through as if they had just been made: by the same parsers and checks. What is complete and was
 * handed in becomes a case with the kiosk's own time and its evidence; everything else goes to a window, with the reason. What a
 * person said is opened for as long as this takes, and forgotten when there is a case.
 */
#include "models/m02_kiosk/replay.h"

#include "base/text.h"

struct replay {
    const struct app *app;
    struct arena *a;
    const struct edge_act *act;
    struct edge_device device;
    struct req q; /* what the services' own taking of a page reads */
    struct actor nobody;
    struct kiosk_held held;
    struct service_answers answers;
    bool handed_in;
    struct str page_key; /* of the page that was handed in */
    struct case_new file;
    struct case_made made;
    struct str why; /* MSG: it goes to a window */
};

static struct str field_of_post(struct arena *a, const struct kiosk_post *p, const char *name)
{
    struct str out = STR("");
    for (size_t i = 0; i < p->n_fields; i++)
        if (str_eq(p->fields[i].name, str_of(name)) && text_clean(a, p->fields[i].value, TEXT_MANY_LINES, 600, &out, NULL))
            return STR("");
    return out;
}

static int replay_service(struct replay *w, struct str code, struct err *e)
{
    const struct service_def *def = NULL;
    int got = services_in_force((struct app *)w->app, w->q.reader, code, instant_day(w->q.now), &def, e);
    if (got != 1)
        return got < 0 ? -1 : ERR_SAY(e, ERR_NOT_FOUND, MSGS("Thủ tục đã chọn không còn."), "no service");
    w->held.version = def->id;
    w->held.answers = STR("");
    return 0;
}

static int replay_page(struct replay *w, const struct kiosk_post *p, struct err *e)
{
    struct str rest = str_from(p->path, sizeof("/kiosk/file/") - 1), page;
    int64_t item;
    size_t at;
    if (w->held.version == 0 || !str_cut(&rest, '/', &page) || !str_to_i64(rest, &item) || item < 0 || item > 99 ||
        kiosk_answers(&w->q, &w->held, &w->answers, e))
        return ERR(e, ERR_INPUT, "a page out of turn");
    at = service_page_named(w->answers.def, page);
    if (at == SERVICE_NO_FIELD)
        return ERR(e, ERR_INPUT, "no such page");
    w->q.form = p->fields;
    w->q.n_form = p->n_fields;
    return services_take(&w->q, &w->answers, at, (int)item, e) || services_answers_json(&w->answers, &w->held.answers, e) ? -1 : 0;
}

static int replay_post(struct replay *w, const struct kiosk_post *p, struct err *e)
{
    if (str_eq(p->path, STR("/kiosk/card")) || str_eq(p->path, STR("/kiosk/typed")))
        return kiosk_identify(&w->q, field_of_post(w->a, p, "text"), field_of_post(w->a, p, "name"), field_of_post(w->a, p, "born"),
                              &w->held, e);
    if (str_starts(p->path, STR("/kiosk/services/")))
        return replay_service(w, str_from(p->path, sizeof("/kiosk/services/") - 1), e);
    if (str_starts(p->path, STR("/kiosk/file/")))
        return replay_page(w, p, e);
    if (str_eq(p->path, STR("/kiosk/check")))
        w->handed_in = true;
    if (str_eq(p->path, STR("/kiosk/offline")))
        return ERR_SAY(e, ERR_FORM, MSGS("Người dân nhờ gọi lại; cửa nhập tiếp."), "words for a window");
    return 0;
}

static int make_case(struct replay *w, struct err *e)
{
    if (!w->handed_in || w->held.version == 0 || w->held.pid.n == 0)
        return ERR_SAY(e, ERR_FORM, MSGS("Mất mạng khi người dân chưa bấm nộp; cửa nhập tiếp."), "not handed in");
    if (kiosk_answers(&w->q, &w->held, &w->answers, e))
        return -1;
    services_answers_prune(&w->answers);
    struct instant now = app_now(w->app), at = w->act->made_at;
    if (kiosk_case_new(w->app, w->q.reader, w->a, &w->held, &w->answers, &w->device, &w->file, e))
        return -1;
    w->file.offline = (struct case_offline_note) {
        .client = str_fmt(w->a, "kiosk/%lld", (long long)w->act->device),
        .sequence = w->act->sequence,
        .local_at = at.us > now.us ? now : at,
        .evidence = str_fmt(w->a, "{\"number\":\"%.*s\",\"sealed\":%zu}", STR_ARG(w->act->number), w->act->sealed.n)
    };
    return case_check(w->app, w->a, &w->file, e);
}

/* 1: the page that was handed in has made a case already. */
static int was_filed(struct replay *w, const struct kiosk_posts *posts, struct err *e)
{
    int64_t known;
    for (size_t i = 0; i < posts->n; i++)
        if (str_eq(posts->v[i].path, STR("/kiosk/check")))
            w->page_key = posts->v[i].key;
    return kiosk_filed_find(w->q.reader, w->a, w->act->device, w->page_key, &known, e);
}

static int replay_act(struct replay *w, struct err *e)
{
    struct str plain;
    struct kiosk_posts *posts = arena_new(w->a, struct kiosk_posts);
    int got = edge_unseal(w->app, w->a, w->act->sealed, &plain, e);
    if (got != 1)
        return got < 0 ? -1 : ERR_SAY(e, ERR_INPUT, MSGS("Phiếu không mở được bằng khoá của máy chủ này."), "sealed to another key");
    if (kiosk_posts_read(w->a, plain, posts, e))
        return -1;
    if ((got = was_filed(w, posts, e)) != 0)
        return got < 0 ? -1 : 0;
    for (size_t i = 0; i < posts->n; i++)
        if (replay_post(w, &posts->v[i], e))
            return -1;
    return make_case(w, e);
}

/* ---- writing ---- */

static int settle_record(struct tx *tx, struct replay *w, const char *action, struct err *e)
{
    struct audit_record rec = { .action = str_of(action), .account_name = w->act->device_name, .unit = w->act->unit,
                                .mode = str_of(w->app->settings.mode) };
    rec.object = str_fmt(w->a, "edge_act/%lld", (long long)w->act->id);
    return audit_write(tx, w->a, &rec, NULL, e);
}

/* The server had filed it, and its answer was lost on the way: the slip gets that case's number. */
static int known_write(struct tx *tx, struct replay *w, int64_t id, struct err *e)
{
    struct case_view c;
    int got = case_by_id(w->app, tx_reader(tx), w->a, id, &c, e);
    if (got != 1)
        return got < 0 ? -1 : ERR(e, ERR_INTERNAL, "case %lld is not there", (long long)id);
    return edge_act_settle(tx, w->act->id, EDGE_FILED, c.number_text, STR_NONE, e) || settle_record(tx, w, "kiosk.slip_known", e) ? -1
                                                                                                                                  : 0;
}

static int file_write(struct tx *tx, void *arg, struct err *e)
{
    struct replay *w = arg;
    int64_t known;
    int got = kiosk_filed_find(tx_reader(tx), w->a, w->act->device, w->page_key, &known, e);
    if (got != 0)
        return got < 0 ? -1 : known_write(tx, w, known, e);
    struct case_by by = case_by_system(w->app, w->a, w->act->device_name);
    if (case_submit(tx, &by, &w->file, &w->made, e) ||
        kiosk_filed_keep(tx, w->a, w->act->device, w->page_key, w->made.id, e))
        return -1;
    return edge_act_settle(tx, w->act->id, EDGE_FILED, case_number_str(w->a, &w->made.number), STR_NONE, e);
}

static int desk_write(struct tx *tx, void *arg, struct err *e)
{
    struct replay *w = arg;
    return edge_act_settle(tx, w->act->id, EDGE_AT_DESK, STR_NONE, w->why, e) || settle_record(tx, w, "kiosk.slip_to_desk", e) ? -1 : 0;
}

/* Trouble of the store or the signer is not the slip's: it waits for the next turn. */
static bool is_passing(enum err_code code)
{
    return code == ERR_DB || code == ERR_BUSY || code == ERR_SIGNER || code == ERR_DISK_FULL || code == ERR_INTERNAL;
}

static int replay_one(struct replay *w, struct err *e)
{
    struct err why = { 0 };
    if (replay_act(w, &why) == 0 && db_write_in(w->app->db, w->a, file_write, w, &why) == 0)
        return 0;
    if (is_passing(why.code))
        return ERR(e, why.code, "act %lld: %s", (long long)w->act->id, why.detail);
    w->why = err_sentence(&why);
    return db_write_in(w->app->db, w->a, desk_write, w, e);
}

int kiosk_replay_all(const struct app *app, struct arena *a, struct instant now, int64_t *done, struct err *e)
{
    struct edge_acts acts;
    struct dbr *r;
    (void)now;
    if (db_read_in(app->db, a, &r, e))
        return -1;
    int result = edge_acts_todo(r, a, &acts, e);
    db_read_end(r);
    for (*done = 0; result == 0 && *done < (int64_t)acts.n; ++*done) {
        struct replay *w = arena_new(a, struct replay);
        w->app = app;
        w->a = a;
        w->act = &acts.v[*done];
        if (db_read_in(app->db, a, &r, e))
            return -1;
        w->q = (struct req) { .app = (struct app *)app, .arena = a, .db = app->db, .signer = app->signer, .log = &app->log,
                              .actor = &w->nobody, .lang = LANG_VI, .now = w->act->made_at, .method = METHOD_POST, .reader = r };
        int got = edge_device_by_id(r, a, w->act->device, &w->device, e);
        result = got == 1 ? replay_one(w, e) : -1;
        db_read_end(r);
    }
    return result;
}
