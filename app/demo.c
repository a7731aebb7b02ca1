/* demo.c: the accounts of a database made by `make run`: one for each of the people of the main jobs, so that a visitor can
 * follow one declaration through all screens. Knows engines and models, as only app may.
 */
#include "app/demo.h"

#include "app/program.h"

#include "engines/accounts/accounts.h"
#include "engines/audit/audit.h"
#include "engines/people/people.h"
#include "engines/stays/stays.h"
#include "platform/crypto/crypto.h"

#include <string.h>

struct demo_person {
    const char *login;
    struct str name, does;
    const char *role;
    const char *agency; /* code: the role is held in it */
    const char *also;   /* a second role, or NULL */
    const char *pid;    /* somebody of the register */
    bool territory, facility;
    bool office; /* the role is held in the authority of the commune as it is today */
    /* found or made before the write */
    struct person person;
    struct str password, encoded;
};

/* The first five go the whole way of a stay's declaration: the sign-in page says so. */
static const struct demo_person demo_people[] = {
    { .login = "letan", .name = STR_INIT("Lê Thị Thu Hà"), .role = "receptionist", .facility = true,
      .does = MSG("Lễ tân: quét mã trên thẻ của khách và gửi thông báo lưu trú") },
    { .login = "congan.xa", .name = STR_INIT("Trung uý Y Bhăm Niê"), .role = "commune_police", .territory = true,
      .does = MSG("Công an xã: xem khách lưu trú đêm nay trong xã mình") },
    { .login = "lanhdao", .name = STR_INIT("Trần Minh Quang"), .role = "leader",
      .does = MSG("Lãnh đạo tỉnh: xem bản đồ số khách đêm nay và 30 ngày qua") },
    { .login = "congdan", .name = STR_INIT("Nguyễn Văn Demo"), .role = "citizen", .pid = "067090000123",
      .does = MSG("Công dân: xem ai đã xem hoặc dùng dữ liệu của mình") },
    { .login = "quantri", .name = STR_INIT("Phạm Thị Lan"), .role = "administrator",
      .does = MSG("Quản trị: cơ sở lưu trú, tài khoản, vai trò, tra cứu nhật ký") },
    /* Head of the first organisation of the synthetic province, and mother of two: those two hats come with signing in. */
    { .login = "bon.vai", .name = STR_INIT("Lê Thị Ví Dụ"), .role = "citizen", .pid = "067188000202", .also = "digital_team",
      .territory = true,
      .does = MSG("Một người, bốn tư cách: công dân, tổ công nghệ số, đại diện hợp tác xã, mẹ của hai trẻ") },
    { .login = "danhmuc", .name = STR_INIT("Vũ Thị Soạn"), .role = "catalogue_officer",
      .does = MSG("Cán bộ danh mục: soạn phiên bản mới của một dịch vụ công, chạy thử, trình") },
    { .login = "congbo", .name = STR_INIT("Đinh Văn Duyệt"), .role = "catalogue_officer",
      .does = MSG("Người công bố: xem bản thảo khác gì rồi công bố") },
    { .login = "motcua", .name = STR_INIT("Hoàng Thị Quầy"), .role = "one_stop_clerk", .office = true,
      .does = MSG("Công chức một cửa: quét thẻ, nhận hồ sơ, in giấy hẹn, trả kết quả") },
    { .login = "thuly", .name = STR_INIT("Lý Văn Sổ"), .role = "commune_specialist", .office = true,
      .does = MSG("Công chức chuyên môn xã: xem hồ sơ, yêu cầu bổ sung, trình ký") },
    { .login = "kyduyet", .name = STR_INIT("Điểu Thị Ký"), .role = "commune_approver", .office = true,
      .does = MSG("Lãnh đạo xã: ký duyệt nhiều hồ sơ một lần") },
    { .login = "ketnoi", .name = STR_INIT("Đào Thị Nối"), .role = "integration_officer",
      .does = MSG("Cán bộ kết nối: mỗi sáng xem chỗ nào VNeID và bên này khác nhau, của ai") },
    { .login = "thuongtruc", .name = STR_INIT("Đại uý Nông Thị Hoa"), .role = "plan_office",
      .does = MSG("Cơ quan thường trực Đề án 06: ai đã báo cáo, ai muộn, chỗ nào kế hoạch mâu thuẫn") },
    { .login = "sotttt", .name = STR_INIT("Lương Văn Báo"), .role = "agency_reporter", .agency = "so-tttt",
      .does = MSG("Sở Thông tin và Truyền thông: viết và ký báo cáo tháng của sở") },
    { .login = "chuapp", .name = STR_INIT("Nguyễn Văn Kỹ"), .role = "app_owner", .agency = "so-tttt",
      .does = MSG("Chủ ứng dụng của một sở: đăng ký ứng dụng mà người dân đăng nhập vào") },
    { .login = "ubndtinh", .name = STR_INIT("Bùi Thị Theo Dõi"), .role = "committee",
      .does = MSG("Văn phòng UBND tỉnh: xem 42 mô hình, số đo bên cạnh lời báo cáo") },
    { .login = "to.so", .name = STR_INIT("H'Lan Êban"), .role = "digital_team", .territory = true,
      .does = MSG("Tổ công nghệ số cộng đồng: đến từng hộ, ghi bằng chứng bốn điều kiện, điền giúp hồ sơ") },
    { .login = "xa.so", .name = STR_INIT("Võ Thị Số"), .role = "digital_commune", .territory = true,
      .does = MSG("Cán bộ xã: giải quyết ghi trùng, nhận danh sách bằng chứng") },
    { .login = "so.tttt", .name = STR_INIT("Đinh Quang"), .role = "digital_province",
      .does = MSG("Sở phụ trách công dân số: còn ai thiếu điều kiện nào, và vì sao") },
    { .login = "hotro.mot", .name = STR_INIT("H'Linh Byă"), .role = "account_helper",
      .does = MSG("Hỗ trợ, cán bộ thứ nhất: bắt đầu lấy lại tài khoản cho một người ở quầy") },
    { .login = "hotro.hai", .name = STR_INIT("Đinh Công Tráng"), .role = "account_helper",
      .does = MSG("Hỗ trợ, cán bộ thứ hai: xem lại và xác nhận") },
};
enum { DEMO_N = sizeof(demo_people) / sizeof(demo_people[0]) };

struct demo_work {
    struct arena *arena;
    struct demo_person people[DEMO_N];
    struct facility facility;
    struct unit_code office; /* the commune that its commune is today */
    struct day today;
    struct str mode;
};

/* Sixteen letters and digits; random for each database, so that no demo password is known anywhere else. */
static struct str demo_password(struct arena *a)
{
    return str_head(token_new(a), 16);
}

static int demo_record(struct tx *tx, struct demo_work *w, int64_t account, const struct demo_person *p, struct err *e)
{
    struct audit_record rec = { .action = STR("accounts.created"), .account_name = STR("bon init --demo"), .mode = w->mode,
                                .object = str_fmt(w->arena, "account/%lld", (long long)account),
                                .role = str_of(p->role) };
    return audit_write(tx, w->arena, &rec, NULL, e);
}

static int demo_grant(struct tx *tx, struct demo_work *w, const struct demo_person *p, int64_t account, const char *role, struct err *e)
{
    bool citizen = strcmp(role, "citizen") == 0;
    struct grant_new g = { .account = account, .role = str_of(role), .from = { w->today.n - 1 }, .agency = str_of(p->agency) };
    int64_t grant;
    day_from_ymd(9999, 12, 31, &g.until);
    if (p->territory && !citizen)
        g.territory = w->facility.unit;
    if (p->office)
        g.territory = w->office;
    if (p->facility)
        g.facility = w->facility.id;
    return grant_create(tx, &g, &grant, e);
}

static int demo_one(struct tx *tx, struct demo_work *w, int place, struct err *e)
{
    const struct demo_person *p = &w->people[place];
    struct account_new account = { .login = str_of(p->login), .name = p->name, .encoded = p->encoded, .pid = p->person.pid,
                                   .person = p->person.id };
    int64_t id;
    if (account_create(tx, w->arena, &account, &id, e) != 0 || demo_grant(tx, w, p, id, p->role, e) != 0 ||
        (p->also && demo_grant(tx, w, p, id, p->also, e) != 0) || account_demo_add(tx, id, place, p->password, p->does, e) != 0)
        return -1;
    return demo_record(tx, w, id, p, e);
}

static int demo_write(struct tx *tx, void *arg, struct err *e)
{
    for (int i = 0; i < DEMO_N; i++)
        if (demo_one(tx, arg, i, e) != 0)
            return -1;
    return 0;
}

/* 1 all are there, 0 somebody is not, -1 failed. */
static int demo_find_people(struct dbr *r, struct demo_work *w, struct err *e)
{
    int found = 1;
    for (int i = 0; found == 1 && i < DEMO_N; i++) {
        struct demo_person *p = &w->people[i];
        struct pid pid;
        if (p->pid)
            found = pid_parse(str_of(p->pid), w->today, &pid, e) != 0 ? -1 : person_by_pid(r, w->arena, &pid, &p->person, e);
    }
    return found;
}

/* The facility the demo receptionist works at: the one seeded in the commune of the demo citizen. */
static int demo_find(struct db *db, struct demo_work *w, struct err *e)
{
    struct dbr *r;
    if (db_read_begin(db, &r, e) != 0)
        return -1;
    int people = demo_find_people(r, w, e);
    int facility = people == 1 ? facility_by_id(r, w->arena, 1, &w->facility, e) : 0;
    if (facility == 1 && unit_in_force(r, w->arena, w->facility.unit, w->today, &w->office, e) != 0)
        facility = -1;
    db_read_end(r);
    if (people < 0 || facility < 0)
        return -1;
    return people == 1 && facility == 1 ? 0 : ERR(e, ERR_NOT_FOUND, "no demo people or facility: seed the province first");
}

int demo_create(struct app *app, struct err *e)
{
    struct arena a;
    struct demo_work w;
    memset(&w, 0, sizeof(w));
    arena_init(&a, 4u << 20);
    w.arena = &a;
    w.today = instant_day(app_now(app));
    w.mode = str_of(app->settings.mode);
    memcpy(w.people, demo_people, sizeof(demo_people));
    int result = demo_find(app->db, &w, e);
    for (int i = 0; result == 0 && i < DEMO_N; i++) {
        w.people[i].password = demo_password(&a);
        result = password_hash(&a, w.people[i].password, &w.people[i].encoded, e);
    }
    if (result == 0)
        result = db_write(app->db, demo_write, &w, e);
    arena_release(&a);
    return result;
}

int cmd_demo(struct cli *c, struct err *e)
{
    if (!c->app->settings.demo)
        return ERR_SAY(e, ERR_FORBIDDEN, MSGS("Cơ sở dữ liệu này không phải bản mô phỏng: không tạo tài khoản dùng thử."),
                       "settings.demo is off");
    return demo_create(c->app, e);
}
