#include "tests/fixture.h"

#include "tests/apps.h"
#include "tests/scratch.h"

#include "base/text.h"
#include "engines/accounts/accounts.h"
#include "engines/people/people.h"
#include "gen/accounts_queries.h"
#include "gen/stays_queries.h"
#include "platform/crypto/crypto.h"
#include "platform/jobs/jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIXTURE_PEOPLE = 2000, FIXTURE_SEED = 511, TEXTS = 256 << 20 };

static const struct persona personas[] = {
    { .login = "letan", .name = "Lê Thị Thu Hà", .role = "receptionist", .facility = FACILITY_HERE },
    { .login = "letan.khac", .name = "H'Nhi Niê", .role = "receptionist", .facility = FACILITY_THERE },
    { .login = "letan.cu",
      .name = "Đỗ Thị Hết Hạn",
      .role = "receptionist",
      .facility = FACILITY_HERE,
      .from_day = -30,
      .until_day = 0 },
    { .login = "letan.mai",
      .name = "Phan Văn Mai",
      .role = "receptionist",
      .facility = FACILITY_HERE,
      .from_day = 1,
      .until_day = 30 },
    { .login = "letan.dong", .name = "Y Krông Êban", .role = "receptionist", .facility = FACILITY_CLOSED },
    { .login = "congan.xa", .name = "Trung uý Y Bhăm Niê", .role = "commune_police", .commune = COMMUNE_HERE },
    { .login = "congan.khac", .name = "Thượng uý Ngô Văn Xa", .role = "commune_police", .commune = COMMUNE_THERE },
    { .login = "lanhdao", .name = "Trần Minh Quang", .role = "leader" },
    { .login = "danhmuc", .name = "Vũ Thị Soạn", .role = "catalogue_officer" },
    { .login = "danhmuc.hai", .name = "Lò Văn Sửa", .role = "catalogue_officer" },
    { .login = "congbo", .name = "Đinh Văn Duyệt", .role = "catalogue_officer" },
    { .login = "thuongtruc", .name = "Đại uý Nông Thị Hoa", .role = "plan_office" },
    { .login = "tttt", .name = "Lương Văn Báo", .role = "agency_reporter", .agency = "so-tttt" },
    { .login = "congan.tinh", .name = "Thiếu tá K'Brung", .role = "agency_reporter", .agency = "ca-tinh" },
    { .login = "ubnd", .name = "Bùi Thị Theo Dõi", .role = "committee" },
    { .login = "congdan", .name = "Nguyễn Văn Demo", .role = "citizen", .pid = "067090000123" },
    { .login = "congdan.khac", .name = "Trần Văn Mẫu", .role = "citizen", .pid = "067085000201" },
    { .login = "to.so", .name = "Tổ trưởng H'Lan Êban", .role = "digital_team", .commune = COMMUNE_HERE },
    { .login = "to.so.khac", .name = "Tổ viên Lê Văn Hai", .role = "digital_team", .commune = COMMUNE_HERE },
    { .login = "xa.so", .name = "Cán bộ xã Võ Thị Số", .role = "digital_commune", .commune = COMMUNE_HERE },
    { .login = "xa.moi.noi", .name = "Cán bộ xã khắp tỉnh", .role = "digital_commune", .commune = "67" },
    { .login = "so.tttt", .name = "Chuyên viên sở Đinh Quang", .role = "digital_province" },
    { .login = "chu.app", .name = "Chủ ứng dụng Hồ Thị Ký", .role = "app_owner", .agency = "so-yt" },
    { .login = "chu.app.khac", .name = "Chủ ứng dụng Bùi Khác", .role = "app_owner", .agency = "so-khcn" },
    { .login = "he.nhansu", .name = "Phần mềm nhân sự Sở Nội vụ", .role = "hr_system" },
    { .login = "quantri", .name = "Phạm Thị Lan", .role = "administrator" },
    { .login = "hotro.a", .name = "H'Linh Hỗ Trợ", .role = "account_helper" },
    { .login = "hotro.b", .name = "Đinh Hỗ Trợ", .role = "account_helper" },
    { .login = "quantri.hai", .name = "Vũ Đình Hai", .role = "administrator" }, /* what needs two of them */
    { .login = "dkkd", .name = "Lương Thị Đăng Ký", .role = "organisation_registrar" },
    { .login = "hotich", .name = "H'Ương Hộ Tịch", .role = "civil_status", .commune = COMMUNE_THERE },
    { .login = "motcua", .name = "Hoàng Thị Một Cửa", .role = "one_stop_clerk", .commune = COMMUNE_HERE },
    { .login = "motcua.hai", .name = "H'Mai Một Cửa", .role = "one_stop_clerk", .commune = COMMUNE_HERE },
    { .login = "motcua.khac", .name = "Đàm Văn Xã Khác", .role = "one_stop_clerk", .commune = COMMUNE_THERE },
    { .login = "chuyenvien", .name = "Lý Văn Thụ Lý", .role = "commune_specialist", .commune = COMMUNE_HERE },
    { .login = "chuyenvien.hai", .name = "K'Sơn Thụ Lý", .role = "commune_specialist", .commune = COMMUNE_HERE },
    { .login = "chutich", .name = "Điểu Thị Ký", .role = "commune_approver", .commune = COMMUNE_HERE },
    /* where citizens file since 1/7/2025 */
    { .login = "motcua.nay", .name = "Hà Thị Một Cửa", .role = "one_stop_clerk", .commune = COMMUNE_NOW },
    { .login = "chuyenvien.nay", .name = "Bế Văn Thụ Lý", .role = "commune_specialist", .commune = COMMUNE_NOW },
    { .login = "chutich.nay", .name = "Nông Thị Chủ Tịch", .role = "commune_approver", .commune = COMMUNE_NOW },
    { .login = "congan.nay", .name = "Đại uý Y Khoa Byă", .role = "commune_police", .commune = COMMUNE_NOW },
    { .login = "khongvai", .name = "K'Tem Không Vai" },
    { .login = "du.bi", .name = "Người Dự Bị" }, /* for what tests do to an account */
};
enum { PERSONAS = sizeof(personas) / sizeof(personas[0]) };

static _Noreturn void die(const char *what, const struct err *e)
{
    fprintf(stderr, "fixture: %s: %s: %s (%s:%d)\n", what, err_name(e->code), e->detail, e->file ? e->file : "?", e->line);
    exit(2);
}

static struct instant test_clock(void *ctx)
{
    const struct fixture *f = ctx;
    return f->now;
}

/* ---- rows ---- */

static int add_facilities(struct fixture *f, struct tx *tx, struct err *e)
{
    static const struct {
        const char *code, *name, *kind, *unit;
        bool open;
    } all[] = {
        { "LT-0001", "Nhà nghỉ Hoa Cà Phê", "nha_nghi", COMMUNE_HERE, true },
        { "LT-0002", "Khách sạn Thác Đray", "hotel", COMMUNE_THERE, true },
        { "LT-0003", "Homestay Đã Đóng Cửa", "homestay", COMMUNE_HERE, false },
    };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        struct facility_insert_in in = { .code = str_of(all[i].code),
                                         .name = str_of(all[i].name),
                                         .kind = str_of(all[i].kind),
                                         .address = STR("Thôn 3"),
                                         .phone = STR("0261 000 000"),
                                         .lat_e6 = 12000000,
                                         .lon_e6 = 107600000,
                                         .rooms = 12,
                                         .open = all[i].open };
        int64_t id;
        in.name_key = text_fold(&f->arena, in.name);
        unit_code_parse(str_of(all[i].unit), &in.unit);
        if (facility_insert(tx, &in, &id, e) != 0)
            return -1;
        if (id != (int64_t)i + 1)
            return ERR(e, ERR_INTERNAL, "facility %s has number %lld", all[i].code, (long long)id);
    }
    return 0;
}

static int find_person(struct fixture *f, struct tx *tx, struct account_new *in, const char *number, struct err *e)
{
    struct person person;
    struct day today = instant_day(f->now);
    if (pid_parse(str_of(number), today, &in->pid, e) != 0)
        return -1;
    int found = person_by_pid(tx_reader(tx), &f->arena, &in->pid, &person, e);
    if (found == 0)
        return ERR(e, ERR_NOT_FOUND, "the seeded people lack %s", number);
    in->person = found == 1 ? person.id : 0;
    return found < 0 ? -1 : 0;
}

static int give_role(struct fixture *f, struct tx *tx, const struct persona *p, struct err *e)
{
    int64_t id;
    int32_t today = instant_day(f->now).n;
    bool for_ever = p->from_day == 0 && p->until_day == 0;
    struct grant_new g = { .account = p->account,
                           .role = str_of(p->role),
                           .facility = p->facility,
                           .agency = str_of(p->agency),
                           .from = { today + (for_ever ? -400 : p->from_day) },
                           .until = { today + p->until_day } };
    if (for_ever)
        day_from_ymd(9999, 12, 31, &g.until);
    if (p->commune)
        unit_code_parse(str_of(p->commune), &g.territory);
    return grant_create(tx, &g, &id, e);
}

static int open_session(struct fixture *f, struct tx *tx, struct persona *p, bool weak, struct err *e)
{
    int64_t session;
    struct session_insert_in s = { .token = sha256(p->token),
                                   .account = p->account,
                                   .made_at = f->now,
                                   .expires_at = { f->now.us + 4000 * US_PER_DAY },
                                   .remote = STR("test"),
                                   .agent = STR("test"),
                                   .methods = weak ? STR("pwd") : STR("hwk user mfa"),
                                   .assurance = weak ? 1 : 2,
                                   .authenticated_at = { f->now.us - (weak ? US_PER_DAY : 0) } };
    return session_insert(tx, &s, &session, e);
}

static int add_persona(struct fixture *f, struct tx *tx, struct persona *p, struct str encoded, struct err *e)
{
    struct account_new in = { .login = str_of(p->login), .name = str_of(p->name), .encoded = encoded };
    if (p->pid && find_person(f, tx, &in, p->pid, e) != 0)
        return -1;
    if (account_create(tx, &f->arena, &in, &p->account, e) != 0 || (p->role && give_role(f, tx, p, e) != 0))
        return -1;
    return open_session(f, tx, p, false, e);
}

struct world {
    struct fixture *f;
    struct str encoded;
};

static int add_world(struct tx *tx, void *arg, struct err *e)
{
    struct world *w = arg;
    tx_unaudited(tx, "the world of a test begins with these rows");
    if (add_facilities(w->f, tx, e) != 0)
        return -1;
    for (size_t i = 0; i < w->f->n_personas; i++)
        if (add_persona(w->f, tx, &w->f->personas[i], w->encoded, e) != 0)
            return -1;
    return world_add_apps(tx, &w->f->arena, persona_named(w->f, STR("quantri"))->account, e);
}

/* The fixed ones, and one for each role that none of them has. */
static void list_personas(struct fixture *f)
{
    f->personas = arena_new_array(&f->arena, struct persona, PERSONAS + 64);
    memcpy(f->personas, personas, sizeof(personas));
    f->n_personas = PERSONAS;
    for (const struct module *const *m = f->p.app.modules; *m; m++)
        for (const struct role *r = (*m)->roles; r && r->name && f->n_personas < PERSONAS + 64; r++) {
            if (persona_with(f, str_of(r->name)))
                continue;
            struct persona *p = &f->personas[f->n_personas++];
            *p = (struct persona) { .role = r->name, .name = "Người Thử Vai" };
            p->login = str_cstr(&f->arena, str_fmt(&f->arena, "vai%zu", f->n_personas));
            p->facility = r->facility ? FACILITY_HERE : 0;
            p->commune = r->territorial ? COMMUNE_HERE : NULL;
            p->agency = r->agency ? AGENCY_HERE : NULL;
        }
    for (size_t i = 0; i < f->n_personas; i++)
        f->personas[i].token = token_new(&f->arena);
}

static void seed(struct fixture *f)
{
    struct err e = { 0 };
    struct world w = { .f = f };
    struct seed_result made;
    struct seed_options o = { .people = FIXTURE_PEOPLE, .seed = FIXTURE_SEED, .pack_dir = f->p.app.settings.pack_dir };
    day_from_ymd(2023, 8, 7, &o.as_of);
    list_personas(f);
    if (people_seed(f->p.app.db, &o, &made, &e) != 0)
        die("people", &e);
    if (password_hash(&f->arena, STR(PASSWORD), &w.encoded, &e) != 0 || db_write(f->p.app.db, add_world, &w, &e) != 0)
        die("accounts and facilities", &e);
}

/* ---- opening and closing ---- */

static void set_up(struct fixture *f)
{
    struct settings *s = &f->p.app.settings;
    program_init(&f->p);
    s->metrics_token = "ma-doc-so-do";
    f->p.settings_read = true;
    f->p.app.clock = test_clock;
    f->p.app.clock_ctx = f;
    f->p.app.log.least = getenv("BON_TEST_LOG") ? LOG_DEBUG : LOG_ERROR + 1;
    s->data_dir = f->dir;
    s->pack_dir = "packs/dak_nong";
    s->base_url = "http://bon.test";
    s->mode = "MÔ PHỎNG";
    s->site_name = "Dịch vụ số tỉnh Đắk Nông";
    s->key_dir = program_path(&f->p, "keys");
}

static void open_store(struct fixture *f, bool create)
{
    struct err e = { 0 };
    /* The signer is a process: it is made while this one has a single thread. */
    if (signer_spawn(f->p.app.settings.key_dir, &f->p.app.signer, &e) != 0)
        die("signer", &e);
    f->p.app.settings.db_address = create ? scratch_store(&f->arena, f->dir, f->database, sizeof(f->database))
                                          : scratch_store_again(&f->arena, f->dir, f->database);
    if (program_open_store(&f->p, f->p.app.settings.db_address, create, &e) != 0)
        die("store", &e);
}

void fixture_open(struct fixture *f)
{
    memset(f, 0, sizeof(*f));
    arena_init(&f->arena, TEXTS);
    if (!scratch_directory(f->dir))
        exit(2);
    set_up(f);
    fixture_set_clock(f, STR("2026-11-23 20:00"));
    open_store(f, true);
    seed(f);
}

void fixture_adopt(struct fixture *f, const char *dir, const char *database, struct instant now)
{
    memset(f, 0, sizeof(*f));
    arena_init(&f->arena, TEXTS);
    snprintf(f->dir, sizeof f->dir, "%s", dir);
    snprintf(f->database, sizeof f->database, "%s", database);
    set_up(f);
    f->now = now;
    open_store(f, false);
    list_personas(f);
}

void fixture_close(struct fixture *f)
{
    program_release(&f->p);
    scratch_store_drop(f->database);
    scratch_remove(f->dir);
    arena_release(&f->arena);
}

/* ---- what tests move ---- */

struct signing_in {
    struct fixture *f;
    struct persona *p;
    bool weak;
};

static int sign_in_write(struct tx *tx, void *arg, struct err *e)
{
    struct signing_in *w = arg;
    tx_unaudited(tx, "a test signs somebody in without the password");
    return open_session(w->f, tx, w->p, w->weak, e);
}

static void sign_in_with(struct fixture *f, struct persona *p, bool weak)
{
    struct err e = { 0 };
    struct signing_in w = { f, p, weak };
    p->token = token_new(&f->arena);
    if (db_write(f->p.app.db, sign_in_write, &w, &e) != 0)
        die("session", &e);
}

void fixture_sign_in(struct fixture *f, struct persona *p)
{
    sign_in_with(f, p, false);
}

void fixture_sign_in_weakly(struct fixture *f, struct persona *p)
{
    sign_in_with(f, p, true);
}

struct persona *persona_with(struct fixture *f, struct str role)
{
    for (size_t i = 0; i < f->n_personas; i++)
        if (f->personas[i].role && str_eq(str_of(f->personas[i].role), role))
            return &f->personas[i];
    return NULL;
}

struct persona *persona_named(struct fixture *f, struct str login)
{
    for (size_t i = 0; i < f->n_personas; i++)
        if (str_eq(str_of(f->personas[i].login), login))
            return &f->personas[i];
    return NULL;
}

bool fixture_set_clock(struct fixture *f, struct str text)
{
    struct str iso = str_fmt(&f->arena, "%.*sT%.*s", STR_ARG(str_head(text, 10)), STR_ARG(str_from(text, 11)));
    return text.n == 16 && instant_typed(iso, &f->now);
}

static const struct job *job_named(const struct app *app, struct str name)
{
    for (const struct module *const *m = app->modules; *m; m++)
        for (const struct job *j = (*m)->jobs; j && j->name; j++)
            if (str_eq(str_of(j->name), name))
                return j;
    return NULL;
}

int fixture_run_job_in(struct fixture *f, struct arena *a, struct str name, struct err *e)
{
    struct app *app = &f->p.app;
    const struct job *j = job_named(app, name);
    struct job_run run = { .app = app, .db = app->db, .arena = a, .now = f->now };
    return j ? job_run_once(&run, j, e) : ERR(e, ERR_NOT_FOUND, "no job is called %.*s", STR_ARG(name));
}

int fixture_run_job(struct fixture *f, struct str name, struct err *e)
{
    struct arena a;
    arena_init(&a, 64 << 20);
    int result = fixture_run_job_in(f, &a, name, e);
    arena_release(&a);
    return result;
}
