/* links.c: making and ending links, inside the transaction of whoever asks. */
#include "engines/broker/links.h"

#include "base/json.h"
#include "base/text.h"
#include "engines/accounts/accounts.h"

static const struct link_refusal_words refusals[LINK_REFUSALS_] = {
    [LINK_NONE] = { "", 200, STR_INIT("") },
    [LINK_SPENT] = { "spent", 409, MSG("Lần đăng nhập này đã dùng rồi. Xin bắt đầu lại.") },
    [LINK_OTHER_PERSON] = { "other_person", 403,
                            MSG("Danh tính vừa đến mang số định danh của người khác, nên không mở được tài khoản này. Nếu "
                                "đây là bạn, "
                                "xin mang thẻ căn cước đến Công an xã hoặc bộ phận một cửa để sửa lại.") },
    [LINK_TAKEN] = { "taken", 409,
                     MSG("Danh tính này đang liên kết với một tài khoản khác. Xin gỡ liên kết ở tài khoản ấy trước.") },
    [LINK_HAS_ANOTHER] = { "has_another", 409,
                           MSG("Tài khoản này đang liên kết với một danh tính khác. Xin gỡ liên kết cũ trước.") },
    [LINK_UNLINKED] = { "unlinked", 409, MSG("Liên kết đã được gỡ sau khi lần đăng nhập này bắt đầu. Xin bắt đầu lại.") },
    [LINK_NAME] = { "name", 403,
                    MSG("Họ tên của danh tính vừa đến khác với họ tên của tài khoản. Xin nhờ người quản trị sửa họ tên của "
                        "tài khoản trước.") },
    [LINK_CLOSED] = { "closed", 403, MSG("Tài khoản này đã bị khoá. Xin liên hệ người quản trị của cơ quan.") },
    [LINK_DEAD] = { "dead", 403,
                    MSG("Dữ liệu dân cư ghi người mang số này đã mất. Nếu ghi nhầm, xin mang thẻ căn cước đến Công an xã để "
                        "sửa; việc sửa "
                        "không cần đăng nhập.") },
    [LINK_LEVEL] = { "level", 403,
                     MSG("Danh tính vừa đến không cho biết mức xác thực. Xin nâng mức tài khoản tại Công an xã rồi đăng "
                         "nhập lại.") },
    [LINK_DENIED] = { "denied", 403,
                      MSG("Bạn đã chọn không đồng ý, nên chưa đăng nhập. Có thể bắt đầu lại bất cứ lúc nào.") },
    [LINK_ANSWER] = { "answer", 502,
                      MSG("Câu trả lời không kiểm tra được, nên chưa ai được đăng nhập. Xin thử lại; nếu vẫn vậy, xin báo "
                          "người quản trị.") },
    [LINK_SOURCE] = { "source", 502,
                      MSG("Hệ thống ấy chưa trả lời. Dữ liệu của bạn vẫn an toàn. Xin thử lại sau ít phút hoặc đăng nhập "
                          "cách khác.") },
    [LINK_STATE] = { "state", 409,
                     MSG("Lần đăng nhập này không bắt đầu từ trình duyệt này, hoặc đã quá 15 phút. Xin bắt đầu lại.") },
};

const struct link_refusal_words *link_refusal_of(enum link_refusal r)
{
    ASSERT(r < LINK_REFUSALS_);
    return &refusals[r];
}

/* ---- the log ---- */

static struct str words_of(struct arena *a, struct str upstream, struct str basis, const struct link_refusal_words *why)
{
    struct buf b;
    struct json_out j;
    buf_init(&b, a, 512);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "basis", basis);
    json_out_str(&j, "upstream", upstream);
    if (why)
        json_out_str(&j, "why", str_of(why->word));
    json_out_end(&j);
    return buf_str(&b);
}

int link_record(struct req *q, struct tx *tx, struct str action, int64_t account, struct str upstream, struct str basis,
                const struct link_refusal_words *why, struct err *e)
{
    struct audit_record rec = audit_of(q, action);
    struct account who;
    int found = account == 0 ? 0 : account_find(tx_reader(tx), q->arena, account, &who, e);
    if (found < 0)
        return -1;
    if (found == 1) {
        rec.account = account;
        rec.account_name = who.name;
        rec.object = str_fmt(q->arena, "login/%.*s", STR_ARG(who.login));
        rec.subject = who.person;
        rec.purpose = MSGS("Đăng nhập và liên kết tài khoản");
    }
    rec.detail = words_of(q->arena, upstream, basis, why);
    return audit_write(tx, q->arena, &rec, NULL, e);
}

/* ---- making ---- */

/* An account with a number takes only that number; one without (an officer's) only its own name. */
static enum link_refusal fits(struct arena *a, const struct link_claim *c, const struct account *who)
{
    if (!who->active)
        return LINK_CLOSED;
    if (who->pid.v[0] != '\0')
        return pid_eq(&who->pid, &c->pid) ? LINK_NONE : LINK_OTHER_PERSON;
    return text_compare(a, c->name, who->name) <= TEXT_SAME_TONE_PLACE ? LINK_NONE : LINK_NAME;
}

static int check(struct req *q, struct dbr *r, const struct link_claim *c, int64_t account, enum link_refusal *why,
                 struct err *e)
{
    struct account who;
    struct broker_link_of_subject_row other;
    struct broker_link_of_account_row own;
    struct broker_link_last_end_row last;
    struct arena *a = q->arena;
    int found = account_find(r, a, account, &who, e);
    int taken = found < 0
                    ? -1
                    : broker_link_of_subject(r, a, &(struct broker_link_of_subject_in) { c->issuer, c->subject }, &other, e);
    int has =
        taken < 0 ? -1 : broker_link_of_account(r, a, &(struct broker_link_of_account_in) { c->issuer, account }, &own, e);
    struct broker_link_last_end_in ends = { .issuer = c->issuer, .subject = c->subject, .account = account };
    if (has < 0 || broker_link_last_end(r, a, &ends, &last, e) < 0)
        return -1;
    *why = found == 0                                   ? LINK_CLOSED
           : taken == 1                                 ? LINK_TAKEN
           : has == 1                                   ? LINK_HAS_ANOTHER
           : last.has_at && c->started.us <= last.at.us ? LINK_UNLINKED
                                                        : fits(a, c, &who);
    return 0;
}

int link_make(struct req *q, struct tx *tx, const struct link_claim *c, int64_t account, int64_t *link,
              enum link_refusal *why, struct err *e)
{
    if (check(q, tx_reader(tx), c, account, why, e) != 0)
        return -1;
    if (*why != LINK_NONE)
        return 0;
    struct broker_link_insert_in in = { .upstream = c->upstream,
                                        .issuer = c->issuer,
                                        .subject = c->subject,
                                        .account = account,
                                        .pid = c->pid,
                                        .basis = str_of(c->basis),
                                        .assurance = c->level,
                                        .mode = c->mode,
                                        .now = tx_now(tx) };
    struct broker_pending_drop_in waiting = { .issuer = c->issuer, .subject = c->subject };
    if (broker_link_insert(tx, &in, link, e) != 0 || broker_pending_drop(tx, &waiting, NULL, e) != 0)
        return -1;
    return link_record(q, tx, STR("broker.linked"), account, c->upstream, str_of(c->basis), NULL, e);
}

/* ---- ending ---- */

int link_sessions_end(struct req *q, struct tx *tx, int64_t link, bool *current, struct err *e)
{
    struct broker_session_there_rows rows;
    if (broker_sessions_of_link(tx_reader(tx), q->arena, &(struct broker_sessions_of_link_in) { .link = link }, &rows, e) !=
        0)
        return -1;
    *current = false;
    for (size_t i = 0; i < rows.n; i++) {
        if (session_end_one(tx, rows.v[i].session, rows.v[i].account, e) != 0)
            return -1;
        *current = *current || rows.v[i].session == q->actor->session;
    }
    return 0;
}

int link_end(struct req *q, struct tx *tx, int64_t link, struct str issuer, struct str subject, const char *why,
             bool *current, struct err *e)
{
    struct broker_link_end_in in = { .now = tx_now(tx), .why = str_of(why), .id = link };
    struct broker_pending_drop_in waiting = { .issuer = issuer, .subject = subject };
    return broker_link_end(tx, &in, NULL, e) != 0 || broker_pending_drop(tx, &waiting, NULL, e) != 0
               ? -1
               : link_sessions_end(q, tx, link, current, e);
}
