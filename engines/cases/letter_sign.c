/* letter_sign.c: results become signed files. The leader's act is a short transaction; drawing the paper and asking the signer takes
 * longer, so a job does it a moment later, once for each paper. Who stops in between leaves a paper that still waits.
 */
#include "engines/cases/letter_paper.h"

#include "base/rng.h"
#include "platform/office/pdf_sign.h"

enum { SIGN_A_TURN = 10, CODE_LETTERS = 16 };

struct signing {
    struct case_by by;
    struct case_view c;
    struct case_letter letter;
    struct str code, pdf; /* pdf empty: this service has no paper to give */
    struct hash32 hash;
};

/* Nobody guesses one: sixteen of thirty-one letters that are not read for each other. */
static struct str code_new(struct arena *a)
{
    static const char letters[] = "23456789abcdefghjkmnpqrstuvwxyz";
    unsigned char chance[CODE_LETTERS];
    char code[CODE_LETTERS];
    random_bytes(chance, sizeof chance);
    for (size_t i = 0; i < sizeof chance; i++)
        code[i] = letters[chance[i] % (sizeof letters - 1)];
    return str_dup(a, (struct str) { code, sizeof code });
}

/* In which role the letter was given: the step of the same act says it. */
static int role_of(const struct app *app, struct dbr *r, struct arena *a, const struct signing *w, struct str *out, struct err *e)
{
    struct case_steps steps;
    *out = STR("");
    if (case_steps_of(app, r, a, &w->c, 0, &steps, e))
        return -1;
    for (size_t i = 0; i < steps.n; i++)
        if (steps.v[i].audit == w->letter.audit && steps.v[i].role.n)
            *out = audit_role_title(app, steps.v[i].role);
    return 0;
}

/* What the paper says of its own signing, and the code that leads back. */
static int put_act(const struct app *app, struct dbr *r, struct arena *a, const struct signing *w, struct document *d, struct err *e)
{
    struct str role;
    if (role_of(app, r, a, w, &role, e))
        return -1;
    struct str who = role.n ? str_fmt(a, "%.*s, %.*s", STR_ARG(w->letter.name), STR_ARG(role)) : w->letter.name;
    document_signature(d);
    struct str link = str_fmt(a, "%s/kq/%.*s", app->settings.base_url, STR_ARG(w->code));
    document_qr(d, link);
    document_paragraph(d, str_fmt(a, "Ký duyệt: %.*s, %.*s; bản ghi nhật ký số %lld. Quét mã hoặc mở %.*s để kiểm tra giấy này.",
                                  STR_ARG(who), STR_ARG(instant_vi(a, w->letter.at)), (long long)w->letter.audit, STR_ARG(link)));
    return 0;
}

static int draw(struct job_run *j, struct dbr *r, struct signing *w, struct str *pdf, struct str *place, struct err *e)
{
    struct document d;
    return case_place_name(cases_state(j->app), r, j->arena, &w->c.unit, instant_day(w->c.made_at), place, e) ||
                   case_result_document(j->app, r, j->arena, &w->c, &w->letter, *place, &d, e) ||
                   put_act(j->app, r, j->arena, w, &d, e) || document_pdf(&d, j->arena, pdf, e)
               ? -1
               : 0;
}

static int sign(struct job_run *j, struct signing *w, struct str pdf, struct str place, struct err *e)
{
    struct pdf_to_sign s;
    struct str cms;
    struct pdf_signature what = { .name = w->letter.name, .reason = STR("Ký duyệt"), .place = place, .at = w->letter.at };
    if (pdf_sign_begin(j->arena, pdf, &what, &s, e) || signer_cms(j->app->signer, j->arena, &s.hash, &cms, e) ||
        pdf_sign_end(&s, cms, &w->pdf, e))
        return -1;
    w->hash = sha256(w->pdf);
    return 0;
}

static int settle_write(struct tx *tx, void *arg, struct err *e)
{
    const struct signing *w = arg;
    int64_t changed = 0;
    struct case_signed_insert_in in = {
        .letter = w->letter.id, .code = w->code, .pdf = w->pdf, .hash = w->hash, .signed_at = tx_now(tx)
    };
    if (case_letter_settled(tx, &(struct case_letter_settled_in) { .id = w->letter.id }, &changed, e))
        return -1;
    if (changed == 0 || w->pdf.n == 0) {
        tx_unaudited(tx, "nothing was signed: another server was quicker, or there is no paper");
        return 0;
    }
    struct audit_record rec = w->by.record;
    rec.action = STR("cases.signed");
    rec.object = str_fmt(w->by.arena, "case/%.*s", STR_ARG(w->c.number_text));
    return case_signed_insert(tx, &in, NULL, e) || audit_write(tx, w->by.arena, &rec, NULL, e) ? -1 : 0;
}

static int sign_one(struct job_run *j, const struct case_letter_row *row, struct err *e)
{
    struct dbr *r;
    struct str pdf = STR(""), place = STR("");
    struct signing w = { .by = case_by_system(j->app, j->arena, MSGS("Hệ thống")),
                         .letter = case_letter_of(row),
                         .code = code_new(j->arena),
                         .pdf = STR("") };
    struct err why = { 0 };
    if (db_read_in(j->db, j->arena, &r, e))
        return -1;
    int result = case_by_id(j->app, r, j->arena, row->case_id, &w.c, &why) == 1 ? draw(j, r, &w, &pdf, &place, &why) : -1;
    db_read_end(r);
    if (result && why.code != ERR_NOT_FOUND)
        return ERR(e, why.code, "%s", why.detail);
    if (result == 0 && sign(j, &w, pdf, place, e))
        return -1;
    return db_write_in(j->db, j->arena, settle_write, &w, e);
}

int cases_sign_job(struct job_run *j, struct err *e)
{
    struct case_letter_rows rows;
    struct dbr *r;
    if (db_read_in(j->db, j->arena, &r, e))
        return -1;
    int result = case_letters_to_sign(r, j->arena, &(struct case_letters_to_sign_in) { .most = SIGN_A_TURN }, &rows, e);
    db_read_end(r);
    if (result)
        return -1;
    /* One paper that cannot be drawn does not keep the others waiting; the first fault is told. */
    for (size_t i = 0; i < rows.n; i++)
        if (sign_one(j, &rows.v[i], result == 0 ? e : NULL))
            result = -1;
    return result;
}

/* ---- for readers ---- */

int case_letter_signed(struct dbr *r, struct arena *a, int64_t letter, struct str *pdf, struct err *e)
{
    struct case_signed_row_row row;
    struct case_letter_waits_row waits = { 0 };
    int got = case_signed_row(r, a, &(struct case_signed_row_in) { .letter = letter }, &row, e);
    if (got == 1)
        *pdf = row.pdf;
    if (got != 0)
        return got;
    got = case_letter_waits(r, a, &(struct case_letter_waits_in) { .id = letter }, &waits, e);
    if (got == 1 && waits.to_sign)
        return ERR_SAY(e, ERR_BUSY, MSGS("Giấy kết quả đang được ký số. Xin mở lại sau ít giây."), "letter %lld is not signed yet",
                       (long long)letter);
    return got < 0 ? -1 : 0;
}
