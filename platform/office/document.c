/* document.c: building a document, and the words that a paper always has. */
#include "platform/office/document_style.h"

#include "base/text.h"

static const char *const romans[] = { "I",  "II", "III", "IV",  "V",    "VI",  "VII", "VIII",
                                      "IX", "X",  "XI",  "XII", "XIII", "XIV", "XV" };
enum { ROMANS = sizeof romans / sizeof *romans };

void document_init(struct document *d, struct arena *a)
{
    *d = (struct document) { .arena = a };
}

static struct document_block *block(struct document *d, enum block_kind kind, struct str text)
{
    struct document_block *b = vec_push(d->arena, &d->blocks);
    b->kind = kind;
    b->text = text;
    return b;
}

void document_to(struct document *d, struct str who)
{
    *vec_push(d->arena, &d->to) = who;
}

void document_basis(struct document *d, struct str text)
{
    block(d, BLOCK_BASIS, text);
}

void document_paragraph(struct document *d, struct str text)
{
    block(d, BLOCK_PARAGRAPH, text);
}

void document_item(struct document *d, struct str text)
{
    block(d, BLOCK_ITEM, str_fmt(d->arena, "- %.*s", STR_ARG(text)));
}

void document_caption(struct document *d, struct str text)
{
    block(d, BLOCK_CAPTION, text);
}

void document_qr(struct document *d, struct str text)
{
    block(d, BLOCK_QR, text);
}

void document_sideways(struct document *d)
{
    block(d, BLOCK_SIDEWAYS, STR(""));
}

void document_upright(struct document *d)
{
    block(d, BLOCK_UPRIGHT, STR(""));
}

void document_signature(struct document *d)
{
    block(d, BLOCK_SIGNATURE, STR(""));
}

void document_appendix(struct document *d, struct str name, struct str title, struct str attached)
{
    block(d, BLOCK_APPENDIX, name);
    block(d, BLOCK_TITLE, title);
    block(d, BLOCK_ATTACHED, attached);
}

void document_authority(struct document *d, struct str line)
{
    *vec_push(d->arena, &d->authority) = line;
}

void document_receiver(struct document *d, struct str who)
{
    *vec_push(d->arena, &d->receivers) = who;
}

/* I, 1, a): phần, khoản, điểm as the decree counts them. */
void document_heading(struct document *d, int level, struct str text)
{
    ASSERT(level >= 1 && level <= 3);
    int n = d->counters[level - 1]++;
    for (int deeper = level; deeper < 3; deeper++)
        d->counters[deeper] = 0;
    struct str numbered;
    if (level == 1)
        numbered = str_fmt(d->arena, "%s. %.*s", romans[n < ROMANS ? n : ROMANS - 1], STR_ARG(text));
    else if (level == 2)
        numbered = str_fmt(d->arena, "%d. %.*s", n + 1, STR_ARG(text));
    else
        numbered = str_fmt(d->arena, "%c) %.*s", 'a' + n % 26, STR_ARG(text));
    block(d, BLOCK_HEADING, numbered)->level = level;
}

/* ---- tables ---- */

struct document_table *document_table(struct document *d, const struct table_column *columns, size_t n)
{
    struct document_table *t = arena_new(d->arena, struct document_table);
    ASSERT(n > 0);
    t->columns = columns;
    t->n = n;
    t->arena = d->arena;
    block(d, BLOCK_TABLE, STR(""))->table = t;
    return t;
}

static struct table_row *new_row(struct document_table *t, size_t cells)
{
    struct table_row *row = vec_push(t->arena, &t->rows);
    row->cell = arena_new_array(t->arena, struct str, cells);
    return row;
}

void table_row(struct document_table *t)
{
    new_row(t, t->n);
}

void table_cell(struct document_table *t, struct str text)
{
    ASSERT(t->rows.n > 0);
    struct table_row *row = &t->rows.v[t->rows.n - 1];
    ASSERT(!row->group && row->n < t->n);
    row->cell[row->n++] = str_or_empty(text);
}

void table_group(struct document_table *t, struct str text)
{
    struct table_row *row = new_row(t, 1);
    row->group = true;
    row->cell[row->n++] = text;
}

/* ---- words ---- */

struct str document_nation(void)
{
    return STR("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
}

struct str document_motto(void)
{
    return STR("Độc lập - Tự do - Hạnh phúc");
}

/* Days below 10 and months 1 and 2 carry a zero in front, as the decree asks. */
struct str document_date(struct arena *a, struct str place, struct day on)
{
    int year, month, day;
    day_to_ymd(on, &year, &month, &day);
    return str_fmt(a, "%.*s, ngày %02d tháng %s%d năm %d", STR_ARG(place), day, month <= 2 ? "0" : "", month, year);
}

/* "- Bộ Công an;" and a full stop behind the last. */
static void put_list(struct arena *a, const document_texts *from, document_texts *to)
{
    for (size_t i = 0; i < from->n; i++)
        *vec_push(a, to) = str_fmt(a, "- %.*s%c", STR_ARG(from->v[i]), i + 1 < from->n ? ';' : '.');
}

static struct str on_one_line(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n);
    for (size_t i = 0; i < s.n; i++)
        out[i] = s.p[i] == '\n' ? ' ' : s.p[i];
    return (struct str) { out, s.n };
}

void document_words(const struct document *d, struct arena *a, struct document_words *w)
{
    *w = (struct document_words) { .title = d->kind.n ? str_fmt(a, "%.*s: %.*s", STR_ARG(d->kind), STR_ARG(d->about))
                                                      : d->about };
    w->author = on_one_line(a, d->agency);
    w->number = d->number.n ? str_fmt(a, "Số: %.*s", STR_ARG(d->number)) : STR("Số:            ");
    w->date = document_date(a, d->place, d->on);
    if (d->to.n == 1) {
        *vec_push(a, &w->to) = str_fmt(a, "Kính gửi: %.*s.", STR_ARG(d->to.v[0]));
    } else if (d->to.n > 1) {
        *vec_push(a, &w->to) = STR("Kính gửi:");
        put_list(a, &d->to, &w->to);
    }
    if (d->receivers.n) {
        *vec_push(a, &w->receivers) = STR("Nơi nhận:");
        put_list(a, &d->receivers, &w->receivers);
    }
    struct day day;
    int hour, minute, second;
    instant_local(d->made, &day, &hour, &minute, &second);
    w->made = str_fmt(a, "%.*sT%02d:%02d:%02d+07:00", STR_ARG(day_iso(a, day)), hour, minute, second);
}
