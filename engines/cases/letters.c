/* letters.c: papers that the authority gives: what stands in them is written down once, in the transaction of the move that gave them,
 * and printed from there as often as wanted (letter_paper.c).
 */
#include "engines/cases/inside.h"

#include "base/json.h"

enum { LETTER_BYTES = 64 << 10 };

static void put_words(struct json_out *j, struct str words)
{
    struct str line;
    json_out_array(j, "words");
    while (words.n > 0 && str_cut(&words, '\n', &line))
        if (str_trim(line).n)
            json_out_item_str(j, str_trim(line));
    json_out_end(j);
}

static struct str time_or_none(struct arena *a, struct instant t)
{
    return t.us ? instant_iso(a, t) : STR_NONE;
}

static void put_papers(struct json_out *j, const struct case_letter_facts *f)
{
    json_out_array(j, "papers");
    for (size_t i = 0; i < f->n_papers; i++)
        json_out_item_str(j, f->papers[i]);
    json_out_end(j);
}

int case_letter_body(struct arena *a, const struct case_letter_facts *f, struct str *out, struct err *e)
{
    struct buf b;
    struct json_out j;
    const struct case_view *c = f->c;
    buf_init(&b, a, LETTER_BYTES);
    json_out_init(&j, &b);
    json_out_open(&j);
    json_out_str(&j, "delivery", case_delivery_label(c->delivery));
    json_out_str(&j, "due", time_or_none(a, c->due));
    json_out_int(&j, "fee", c->fee.dong);
    json_out_str(&j, "filer", c->filer_name.n ? c->filer_name : STR_NONE);
    json_out_str(&j, "name", c->name);
    json_out_str(&j, "number", c->number_text);
    put_papers(&j, f);
    json_out_str(&j, "phone", c->phone.n ? c->phone : STR_NONE);
    json_out_str(&j, "place", f->place);
    json_out_str(&j, "promised", c->has_promise || f->promised.n ? day_iso(a, f->promised) : STR_NONE);
    json_out_str(&j, "received", time_or_none(a, c->received_at));
    json_out_str(&j, "service", c->service.name);
    put_words(&j, str_or_empty(f->words));
    json_out_end(&j);
    if (b.full)
        return ERR_SAY(e, ERR_TOO_LARGE, MSGS("Nội dung phiếu quá dài. Xin ghi ngắn lại."), "letter over %d bytes",
                       LETTER_BYTES);
    *out = buf_str(&b);
    return 0;
}

int case_letter_facts_of(const struct case_by *by, struct dbr *r, struct case_letter_facts *f, struct err *e)
{
    struct case_papers papers;
    if (case_place_name(cases_state(by->app), r, by->arena, &f->c->unit, instant_day(f->c->made_at), &f->place, e) ||
        case_papers_of(r, by->arena, f->c->id, false, &papers, e))
        return -1;
    struct str *names = arena_new_array(by->arena, struct str, papers.n);
    for (size_t i = 0; i < papers.n; i++)
        names[i] = papers.v[i].name;
    f->papers = names;
    f->n_papers = papers.n;
    return 0;
}

int case_letter_put(struct tx *tx, const struct case_by *by, const struct case_view *c, enum case_paper_kind kind,
                    struct str words, struct day promised, int64_t seq, int64_t *letter, struct err *e)
{
    struct case_letter_insert_in in = { .case_id = c->id,
                                        .kind = kind,
                                        .at = tx_now(tx),
                                        .account = by->record.account,
                                        .name = str_or_empty(by->record.account_name),
                                        .audit = seq,
                                        .to_sign = kind == PAPER_RESULT };
    struct case_letter_facts facts = { .c = c, .words = words, .promised = promised };
    return case_letter_facts_of(by, tx_reader(tx), &facts, e) || case_letter_body(by->arena, &facts, &in.body, e) ||
                   case_letter_insert(tx, &in, letter, e)
               ? -1
               : 0;
}

struct case_letter case_letter_of(const struct case_letter_row *row)
{
    return (struct case_letter) { .id = row->id,
                                  .kind = (enum case_paper_kind)row->kind,
                                  .at = row->at,
                                  .account = row->account,
                                  .name = row->name,
                                  .body = row->body,
                                  .audit = row->audit };
}

int case_letters_of(struct dbr *r, struct arena *a, int64_t id, struct case_letters *out, struct err *e)
{
    struct case_letter_rows rows;
    if (case_letter_rows(r, a, &(struct case_letter_rows_in) { .case_id = id }, &rows, e))
        return -1;
    *out = (struct case_letters) { arena_new_array(a, struct case_letter, rows.n), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        out->v[i] = case_letter_of(&rows.v[i]);
    return 0;
}
