/* vneid.c: what VNeID's programs may send: by its first letter the claims of a link token, those of an events token, the answer to a batch,
 * the list of a day, or what is known of somebody as it waits in the store. Signatures are jwt's and jose's business.
 */
#include "fuzz/fuzz.h"
#include "models/m05_vneid_services/vneid.h"

#include "base/text.h"

#include <jansson.h>
#include <string.h>

#define NOW ((struct instant) { INT64_C(1795392000) * US_PER_SECOND })

static struct arena kept;
static struct vneid_channel channel;
static struct upstream upstream = { .issuer = STR_INIT("https://sso.example"),
                                    .client_id = STR_INIT("bon"),
                                    .claim_pid = STR_INIT("SoDinhDanh"),
                                    .claim_level = STR_INIT("acr"),
                                    .level2 = { { STR_INIT("2") }, 1 },
                                    .level1 = { { STR_INIT("1") }, 1 } };

void fuzz_start(void)
{
    arena_init(&kept, 1 << 16);
    *vec_push(&kept, &channel.claims) = (struct vneid_claim) { STR("applicant.name"), STR("HoVaTen"), STR("Họ và tên") };
    *vec_push(&kept, &channel.claims) = (struct vneid_claim) { STR("applicant.birth_day"), STR("NgayThangNamSinh"), STR("Ngày sinh") };
}

static void check_link(struct arena *a, struct str input)
{
    struct jwt t = { .jws = { .typ = VNEID_LINK_TYPE } };
    struct vneid_claims x;
    struct err e = { 0 };
    if (json_read(a, input, &t.claims, &e) != 0)
        return;
    if (vneid_claims_read(a, &channel, &upstream, &t, NOW, &x, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(e.field[0] != '\0');
    } else {
        service_knowns known = { 0 };
        ASSERT(x.subject.n > 0 && x.service.n > 0 && x.service.n <= 40 && x.pid.v[0] && (x.level == 1 || x.level == 2));
        ASSERT(x.until.us > NOW.us - VNEID_SKEW_S * US_PER_SECOND && x.until.us <= NOW.us + 700 * US_PER_SECOND);
        ASSERT(services_known_read(a, x.known, STR("VNeID"), fuzz_today(), &known, &e) == 0);
        for (size_t i = 0; i < known.n; i++)
            ASSERT(known.v[i].values[0].n > 0 && text_is_utf8(known.v[i].values[0]));
    }
}

static void check_events(struct arena *a, struct str input)
{
    struct jwt t = { .jws = { .typ = VNEID_EVENTS_TYPE } };
    struct vneid_tellings x = { .n = 99 };
    struct err e = { 0 };
    if (json_read(a, input, &t.claims, &e) != 0)
        return;
    if (vneid_told_read(a, &upstream, &t, NOW, &x, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(e.field[0] != '\0' && x.n == 99);
    } else {
        ASSERT(x.n >= 1 && x.n <= VNEID_TOLD_MAX);
        for (size_t i = 0; i < x.n; i++) {
            struct case_number n;
            ASSERT(x.v[i].id.n > 0 && x.v[i].pid.v[0] && x.v[i].kind < TOLD_KINDS_ && text_is_utf8(x.v[i].words));
            ASSERT(x.v[i].at.us <= NOW.us + VNEID_SKEW_S * US_PER_SECOND && case_number_parse(a, x.v[i].number, &n));
        }
    }
}

static void check_answer(struct arena *a, struct str input)
{
    const struct str keys[] = { STR("a"), STR("b") };
    struct vneid_answered x[2] = { { 0 } };
    struct err e = { 0 };
    if (vneid_answer_read(a, input, keys, 2, x, &e) != 0) {
        fuzz_check_refusal(&e);
        ASSERT(x[0].answer == ANSWER_NONE && x[1].answer == ANSWER_NONE);
        return;
    }
    for (size_t i = 0; i < 2; i++)
        ASSERT(x[i].answer <= ANSWER_REFUSED && x[i].text.n <= 120);
}

static void check_list(struct arena *a, struct str input)
{
    struct vneid_theirs_list x;
    struct vneid_comparison found;
    struct err e = { 0 };
    if (vneid_theirs_read(a, input, &x, &e) != 0) {
        fuzz_check_refusal(&e);
        return;
    }
    vneid_compare(a, NULL, 0, x.v.v, x.v.n, &found);
    ASSERT(found.v.n == x.v.n && found.same == 0);
    for (size_t i = 1; i < x.v.n; i++)
        ASSERT(str_cmp(x.v.v[i - 1].number, x.v.v[i].number) < 0);
}

static void check_known(struct arena *a, struct str input)
{
    service_knowns known = { 0 }, again = { 0 };
    struct str json, twice;
    struct err e = { 0 };
    if (services_known_read(a, input, STR("VNeID"), fuzz_today(), &known, &e) != 0) {
        fuzz_check_refusal(&e);
        return;
    }
    ASSERT(services_known_json(a, &known, &json, &e) == 0);
    ASSERT(services_known_read(a, json, STR("VNeID"), fuzz_today(), &again, &e) == 0);
    ASSERT(services_known_json(a, &again, &twice, &e) == 0 && str_eq(json, twice));
}

void fuzz_one(struct arena *a, struct str input)
{
    static void (*const by_letter[128])(struct arena *, struct str) = {
        ['l'] = check_link, ['e'] = check_events, ['a'] = check_answer, ['d'] = check_list, ['k'] = check_known
    };
    unsigned char letter = input.n > 0 ? (unsigned char)input.p[0] : 0;
    if (letter < 128 && by_letter[letter])
        by_letter[letter](a, str_from(input, 1));
}
