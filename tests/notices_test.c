/* notices_test.c: messages over sockets to a gateway with faults and to a mail server of the test's own, under a clock that only the
 * test moves. */
#include "engines/cases/cases.h"
#include "engines/notices/inside.h"
#include "engines/notices/sms_sim.h"
#include "tests/fixture.h"
#include "tests/tap.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct notices_test {
    struct fixture f;
    struct tap tap;
    int64_t account;
};

/* ---- putting ---- */

struct putting {
    struct notices_test *t;
    struct notice_new n;
    bool made;
};

static int put_write(struct tx *tx, void *arg, struct err *e)
{
    struct putting *p = arg;
    tx_unaudited(tx, "a test");
    return notice_put(tx, &p->t->f.arena, &p->n, &p->made, e);
}

static int put(struct notices_test *t, const char *key, const char *phone, const char *text, bool *made)
{
    struct err e = { 0 };
    struct putting p = { .t = t,
                         .n = { .account = t->account,
                                .kind = STR("test"),
                                .title = STR("Thử"),
                                .text = str_of(text),
                                .key = str_of(key),
                                .phone = str_of(phone) } };
    int result = db_write(t->f.p.app.db, put_write, &p, &e);
    *made = p.made;
    return result;
}

/* State of the newest message to the account; NOTICE_STATES_: none. */
static enum notice_state newest(struct notices_test *t)
{
    struct dbr *r;
    struct err e = { 0 };
    struct notice_out_of_rows rows = { .n = 0 };
    if (db_read_begin(t->f.p.app.db, &r, &e) == 0) {
        notice_out_of(r, &t->f.arena, &(struct notice_out_of_in) { .account = t->account, .before = INT64_MAX }, &rows, &e);
        db_read_end(r);
    }
    return rows.n ? (enum notice_state)rows.v[0].state : NOTICE_STATES_;
}

static size_t notices_of(struct notices_test *t, int64_t account)
{
    struct dbr *r;
    struct err e = { 0 };
    struct notice_rows_rows rows = { .n = 0 };
    if (db_read_begin(t->f.p.app.db, &r, &e) == 0) {
        notice_rows(r, &t->f.arena, &(struct notice_rows_in) { .account = account, .before = INT64_MAX }, &rows, &e);
        db_read_end(r);
    }
    return rows.n;
}

static bool job(struct notices_test *t, const char *name)
{
    struct err e = { 0 };
    bool good = fixture_run_job(&t->f, str_of(name), &e) == 0;
    if (!good)
        tap_case(&t->tap, false, e.detail, "job %s", name);
    return good;
}

static void at(struct notices_test *t, const char *time)
{
    fixture_set_clock(&t->f, str_of(time));
}

/* ---- the gateway ---- */

static struct sms_sim *gateway(struct notices_test *t, unsigned faults)
{
    struct err e = { 0 };
    struct sms_sim *sim;
    struct sms_sim_options o = { .seed = 7, .slow_ms = 1 };
    o.faults = (struct fault_plan) { .faults = faults, .rated = true };
    for (size_t i = 0; i < FAULT_BITS; i++)
        o.faults.percent[i] = faults & (1u << i) ? 100 : 0;
    if (sms_sim_open(&o, &sim, &e))
        return NULL;
    notices_state(&t->f.p.app)->sms = str_fmt(&t->f.arena, "http://127.0.0.1:%d", sms_sim_port(sim));
    return sim;
}

static int64_t rung(struct sms_sim *sim)
{
    int64_t messages, requests;
    sms_sim_counts(sim, &messages, &requests);
    return messages;
}

static void check_sms(struct notices_test *t)
{
    bool made;
    struct sms_sim *sim = gateway(t, 0);
    at(t, "2026-11-24 09:00");
    tap_case(&t->tap, put(t, "a", "0912000001", "Hồ sơ 1: Được tiếp nhận.", &made) == 0 && made, "", "a notice is put");
    tap_case(&t->tap, put(t, "a", "0912000001", "Hồ sơ 1: Được tiếp nhận.", &made) == 0 && !made, "", "the same key comes once");
    tap_case(&t->tap, put(t, "b", "0912000001", "Xem https://example.vn", &made) == -1, "", "a text with a link does not leave");
    tap_case(&t->tap, newest(t) == NOTICE_QUEUED && job(t, "notices.send") && newest(t) == NOTICE_SENT && rung(sim) == 1, "",
             "queued, then sent");
    tap_case(&t->tap, job(t, "notices.ask") && newest(t) == NOTICE_DELIVERED, "", "then delivered, as the carrier says");
    put(t, "c", "0912000000", "Hồ sơ 2: Được tiếp nhận.", &made);
    tap_case(&t->tap, job(t, "notices.send") && job(t, "notices.ask") && newest(t) == NOTICE_FAILED, "",
             "or failed, as the carrier says");
    at(t, "2026-11-24 22:00");
    put(t, "d", "0912000001", "Hồ sơ 3: Được tiếp nhận.", &made);
    tap_case(&t->tap, job(t, "notices.send") && newest(t) == NOTICE_QUEUED, "", "nobody is woken at night");
    at(t, "2026-11-25 07:00");
    tap_case(&t->tap, job(t, "notices.send") && newest(t) == NOTICE_SENT, "", "it leaves in the morning");
    sms_sim_close(sim);
}

static void check_faults(struct notices_test *t)
{
    bool made;
    struct sms_sim *sim = gateway(t, FAULT_500);
    at(t, "2026-11-25 09:00");
    put(t, "e", "0912000001", "Hồ sơ 4: Được tiếp nhận.", &made);
    tap_case(&t->tap, job(t, "notices.send") && newest(t) == NOTICE_QUEUED, "", "a gateway that fails is tried again");
    tap_case(&t->tap, job(t, "notices.send") && newest(t) == NOTICE_QUEUED, "", "… not before a minute is over");
    at(t, "2026-11-25 09:01");
    job(t, "notices.send");
    at(t, "2026-11-25 09:06");
    tap_case(&t->tap, job(t, "notices.send") && newest(t) == NOTICE_SENT && rung(sim) == 1, "",
             "… and the phone rings once, however many tries it took");
    sms_sim_close(sim);
}

/* ---- a sender that dies with a message in hand ---- */

struct holding {
    struct instant now;
    int64_t id;
};

static int hold_only(struct tx *tx, void *arg, struct err *e)
{
    struct holding *h = arg;
    tx_unaudited(tx, "a test");
    return notice_out_hold(
        tx, &(struct notice_out_hold_in) { .id = h->id, .now = h->now, .until = { h->now.us + 2 * US_PER_MINUTE } }, NULL, e);
}

static void check_crash(struct notices_test *t)
{
    bool made;
    struct err e = { 0 };
    struct dbr *r;
    struct str no, why;
    struct notice_out_due_rows due = { .n = 0 };
    struct sms_sim *sim = gateway(t, 0);
    at(t, "2026-11-25 10:00");
    put(t, "f", "0912000001", "Hồ sơ 5: Được tiếp nhận.", &made);
    if (db_read_begin(t->f.p.app.db, &r, &e) == 0) {
        notice_out_due(r, &t->f.arena, &(struct notice_out_due_in) { .channel = NOTICE_SMS, .now = t->f.now, .most = 1 }, &due, &e);
        db_read_end(r);
    }
    struct holding h = { t->f.now, due.n ? due.v[0].id : 0 };
    struct notice_message m = { h.id, STR("0912000001"), STR("Hồ sơ 5: Được tiếp nhận.") };
    bool sent = due.n == 1 && db_write(t->f.p.app.db, hold_only, &h, &e) == 0 &&
                notice_sms_send(&t->f.arena, notices_state(&t->f.p.app)->sms, &m, &no, &why) == 0;
    tap_case(&t->tap, sent && job(t, "notices.send") && newest(t) == NOTICE_SENDING, "", "what somebody has in hand is left alone");
    at(t, "2026-11-25 10:02");
    tap_case(&t->tap, job(t, "notices.send") && newest(t) == NOTICE_SENT && rung(sim) == 1, "",
             "its sender gone, it is sent again under the same number and the phone has rung once");
    sms_sim_close(sim);
    notices_state(&t->f.p.app)->sms = STR("");
}

/* ---- mail: a server that takes one letter ---- */

struct mailbox {
    int listener, port;
    pthread_t thread;
    char text[8192];
    size_t n;
};

static void say(int fd, const char *line)
{
    (void)!write(fd, line, strlen(line));
}

static void *serve_one(void *arg)
{
    struct mailbox *m = arg;
    int fd = accept(m->listener, NULL, NULL);
    bool data = false;
    char line[2048];
    size_t n = 0;
    say(fd, "220 test\r\n");
    for (char c; read(fd, &c, 1) == 1;) {
        if (n < sizeof line - 1)
            line[n++] = c;
        if (c != '\n')
            continue;
        line[n] = 0;
        if (data && m->n + n < sizeof m->text) {
            memcpy(m->text + m->n, line, n);
            m->n += n;
        }
        bool ends = data && strcmp(line, ".\r\n") == 0;
        if (!data && strncmp(line, "DATA", 4) == 0) {
            data = true;
            say(fd, "354 go on\r\n");
        } else if (ends || !data) {
            data = data && !ends;
            say(fd, "250 good\r\n");
        }
        if (!data && strncmp(line, "QUIT", 4) == 0)
            break;
        n = 0;
    }
    close(fd);
    return NULL;
}

static bool mailbox_open(struct mailbox *m)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof a;
    m->n = 0;
    m->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (m->listener < 0 || bind(m->listener, (struct sockaddr *)&a, sizeof a) || listen(m->listener, 4) ||
        getsockname(m->listener, (struct sockaddr *)&a, &n))
        return false;
    m->port = ntohs(a.sin_port);
    return pthread_create(&m->thread, NULL, serve_one, m) == 0;
}

static int put_mail(struct tx *tx, void *arg, struct err *e)
{
    struct putting *p = arg;
    struct notice_contact c = { STR(""), STR("dan@example.vn"), false, true };
    tx_unaudited(tx, "a test");
    return notice_contact_set(tx, p->n.account, &c, e) || notice_put(tx, &p->t->f.arena, &p->n, &p->made, e) ? -1 : 0;
}

static void check_mail(struct notices_test *t)
{
    static struct mailbox box;
    struct err e = { 0 };
    struct putting p = { .t = t,
                         .n = { .account = t->account,
                                .kind = STR("test"),
                                .title = STR("Thử"),
                                .text = STR("HS 6: xong"),
                                .key = STR("g") } };
    if (!mailbox_open(&box))
        return;
    notices_state(&t->f.p.app)->smtp = str_fmt(&t->f.arena, "smtp://127.0.0.1:%d", box.port);
    notices_state(&t->f.p.app)->from = STR("tin-bao@example.vn");
    bool good = db_write(t->f.p.app.db, put_mail, &p, &e) == 0 && p.made && job(t, "notices.send") && newest(t) == NOTICE_SENT;
    close(box.listener);
    pthread_join(box.thread, NULL);
    struct str text = { box.text, box.n };
    tap_case(&t->tap, good && str_find(text, STR("To: <dan@example.vn>")) >= 0 && str_find(text, STR("SFMgNjogeG9uZw==")) >= 0, e.detail,
             "who has chosen mail gets a letter");
    notices_state(&t->f.p.app)->smtp = STR("");
}

/* ---- from cases ---- */

static int file_case(struct tx *tx, void *arg, struct err *e)
{
    struct notices_test *t = arg;
    struct case_made made;
    struct case_by by = case_by_system(&t->f.p.app, &t->f.arena, STR("test"));
    struct case_new in = { .service = { .code = STR("DVC04"),
                                        .name = STR("Đăng ký tạm trú"),
                                        .flow = STR("commune_days"),
                                        .function = STR("residence.register"),
                                        .unit_level = STR("commune"),
                                        .version_id = 1,
                                        .version = 1,
                                        .days = 3,
                                        .same_day_before = -1 },
                           .name = STR("Nguyễn Văn Demo"),
                           .account = persona_named(&t->f, STR("congdan"))->account,
                           .code = case_code_new(&t->f.arena) };
    unit_code_parse(STR(COMMUNE_HERE), &in.unit);
    return case_submit(tx, &by, &in, &made, e);
}

static void check_cases(struct notices_test *t)
{
    struct err e = { 0 };
    int64_t applicant = persona_named(&t->f, STR("congdan"))->account;
    bool good = db_write(t->f.p.app.db, file_case, t, &e) == 0 && job(t, "audit.seal") && job(t, "essential.tell");
    tap_case(&t->tap, good && notices_of(t, applicant) == 1, e.detail, "what happens to a case is told to its applicant");
    tap_case(&t->tap, job(t, "essential.tell") && notices_of(t, applicant) == 1, "", "and once");
}

int main(void)
{
    static struct notices_test t;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    fixture_open(&t.f);
    t.account = persona_named(&t.f, STR("congdan.khac"))->account;
    check_sms(&t);
    check_faults(&t);
    check_crash(&t);
    check_mail(&t);
    check_cases(&t);
    fixture_close(&t.f);
    return tap_end(&t.tap);
}
