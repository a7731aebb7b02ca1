/* digital_signature_test.c: requests for a signature against a gateway over a socket that is slow, fails, repeats itself, tells old
 * news and speaks nonsense: each request ends once, a certificate becomes evidence until it expires, and the PIN that the gateway puts into
 * every answer is found nowhere in the store.
 */
#include "tests/fixture.h"
#include "tests/tap.h"

#include "engines/people/people.h"
#include "gen/digital_citizens_queries.h"
#include "models/m22_digital_citizens/ca_sim.h"
#include "models/m22_digital_citizens/citizens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ASKING = 12, ROUNDS_MOST = 400 };

struct check {
    struct fixture f;
    struct tap tap;
    struct ca_sim *sim;
    int64_t first; /* the people are first … first + ASKING - 1 */
};

static _Noreturn void die(const char *what, const struct err *e)
{
    fprintf(stderr, "%s: %s: %s (%s:%d)\n", what, err_name(e->code), e->detail, e->file ? e->file : "?", e->line);
    exit(2);
}

static void open_sim(struct check *c, struct ca_sim_options o)
{
    struct err e = { 0 };
    if (ca_sim_open(&o, &c->sim, &e) != 0)
        die("sim", &e);
    c->f.p.app.settings.ca_url =
        str_cstr(&c->f.arena, str_fmt(&c->f.arena, "http://127.0.0.1:%d", ca_sim_port(c->sim)));
}

struct asking {
    struct check *c;
    int64_t person, id;
};

static int ask_write(struct tx *tx, void *arg, struct err *e)
{
    struct asking *a = arg;
    struct digital_signature_ask_in in = {
        .person = a->person, .provider = STR("vnpt-ca"), .asked_by = 1, .now = tx_now(tx), .mode = STR("MÔ PHỎNG")
    };
    tx_unaudited(tx, "a test asks");
    return digital_signature_ask(tx, &in, &a->id, e);
}

static void ask(struct check *c, int64_t person)
{
    struct err e = { 0 };
    struct asking a = { .c = c, .person = person };
    if (db_write(c->f.p.app.db, ask_write, &a, &e) != 0)
        die("ask", &e);
}

static struct digital_signatures_of_row newest(struct check *c, int64_t person)
{
    struct err e = { 0 };
    struct dbr *r;
    struct digital_signatures_of_rows rows;
    if (db_read_begin(c->f.p.app.db, &r, &e) != 0 ||
        digital_signatures_of(r, &c->f.arena, &(struct digital_signatures_of_in) { .person = person }, &rows, &e) != 0 || rows.n == 0)
        die("read", &e);
    db_read_end(r);
    return rows.v[0];
}

static size_t settled(struct check *c, int64_t state)
{
    size_t n = 0;
    for (int64_t i = 0; i < ASKING; i++)
        n += newest(c, c->first + i).state == state;
    return n;
}

/* An hour a turn: whatever waits is due. */
static int turns_until(struct check *c, int64_t state)
{
    int n = 0;
    for (; n < ROUNDS_MOST && settled(c, state) < ASKING; n++) {
        struct err e = { 0 };
        c->f.now.us += US_PER_HOUR;
        if (fixture_run_job(&c->f, STR("digital_citizens.signatures"), &e) != 0)
            die("job", &e);
    }
    return n;
}

/* ---- people who need a signature ---- */

static bool needs_one(struct check *c, struct dbr *r, int64_t person)
{
    struct err e = { 0 };
    struct resident p;
    struct day today = instant_day(c->f.now);
    return resident_by_id(r, &c->f.arena, person, today, &p, &e) == 1 && p.unit.v[0] && !(p.has_died && p.died.n <= today.n) &&
           (assets_needed(asset_ages_of(&c->f.p.app), p.born, today) & asset_bit(ASSET_SIGNATURE));
}

static void find_people(struct check *c)
{
    struct err e = { 0 };
    struct dbr *r;
    int64_t in_a_row = 0;
    if (db_read_begin(c->f.p.app.db, &r, &e) != 0)
        die("read", &e);
    for (int64_t person = 1; person < 3000 && in_a_row < ASKING; person++) {
        in_a_row = needs_one(c, r, person) ? in_a_row + 1 : 0;
        c->first = person - in_a_row + 1;
    }
    db_read_end(r);
    if (in_a_row < ASKING)
        die("not enough grown-ups in a row", &e);
}

/* ---- cases ---- */

static void check_faults(struct check *c)
{
    const unsigned all = FAULT_SLOW | FAULT_500 | FAULT_DUPLICATE | FAULT_REORDER | FAULT_SCHEMA;
    open_sim(c, (struct ca_sim_options) { .seed = 511, .faults = faults_plan(all), .slow_ms = 20 });
    for (int64_t i = 0; i < ASKING; i++)
        ask(c, c->first + i);
    int turns = turns_until(c, 3);
    tap_case(&c->tap, settled(c, 3) == ASKING, "some never ended", "%d requests end in %d turns, whatever the gateway does", ASKING, turns);
    tap_case(&c->tap, ca_sim_requests(c->sim) == ASKING, "other requests", "and the gateway has taken each once");
    struct digital_signatures_of_row one = newest(c, c->first);
    tap_case(&c->tap, one.serial.n == 12 && one.has_expires_on && one.expires_on.n > one.issued_on.n, "no certificate",
             "with a serial number and the day on which the certificate expires");
}

static void check_evidence(struct check *c)
{
    struct err e = { 0 };
    struct dbr *r;
    struct digital_evidence_of_person_rows rows;
    struct digital_signatures_of_row one = newest(c, c->first);
    if (db_read_begin(c->f.p.app.db, &r, &e) != 0 ||
        digital_evidence_of_person(r, &c->f.arena, &(struct digital_evidence_of_person_in) { .person = c->first }, &rows, &e) != 0)
        die("evidence", &e);
    db_read_end(r);
    bool good = rows.n == 1 && str_find(rows.v[0].reference, one.serial) >= 0 && rows.v[0].counts_until.n == one.expires_on.n;
    tap_case(&c->tap, good, "not that", "it is evidence with the serial number, until the certificate expires");
}

static void check_refusal(struct check *c)
{
    ca_sim_close(c->sim);
    open_sim(c, (struct ca_sim_options) { .seed = 7, .refuses = true });
    for (int64_t i = 0; i < ASKING; i++)
        ask(c, c->first + i);
    turns_until(c, 4);
    tap_case(&c->tap, settled(c, 4) == ASKING && str_eq(newest(c, c->first).why, STR("Ảnh giấy tờ không rõ")), "no reason",
             "a refusal is told with the authority's reason");
}

static void check_silence(struct check *c)
{
    struct err e = { 0 };
    ca_sim_close(c->sim);
    c->sim = NULL;
    ask(c, c->first);
    c->f.now.us += US_PER_HOUR;
    bool ran = fixture_run_job(&c->f, STR("digital_citizens.signatures"), &e) == 0;
    tap_case(&c->tap, ran && newest(c, c->first).state == 1, "lost", "when nobody answers a request waits");
}

/* All that the store holds, as SQL text or as the file itself. */
static void check_no_pin(struct check *c)
{
    struct str command =
        c->f.database[0]
            ? str_fmt(&c->f.arena, "pg_dump \"%s\" 2>/dev/null | grep -c " CA_SIM_PIN, c->f.p.app.settings.db_address)
            : str_fmt(&c->f.arena, "grep -c -a -r " CA_SIM_PIN " %s | grep -v ':0$' | wc -l", c->f.dir);
    char said[64] = "";
    FILE *f = popen(str_cstr(&c->f.arena, command), "r");
    bool read = f && fgets(said, sizeof(said), f);
    if (f)
        pclose(f);
    tap_case(&c->tap, read && strcmp(said, "0\n") == 0, said, "the PIN that stood in every answer is nowhere in the store");
}

int main(void)
{
    static struct check c;
    fixture_open(&c.f);
    find_people(&c);
    check_faults(&c);
    check_evidence(&c);
    check_refusal(&c);
    check_silence(&c);
    check_no_pin(&c);
    ca_sim_close(c.sim);
    fixture_close(&c.f);
    return tap_end(&c.tap);
}
