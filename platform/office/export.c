/* export.c: see export.h. */
#include "platform/office/export.h"

static enum book_format format_of(const struct req *q)
{
    return str_ends(q->path, STR(".xlsx")) ? BOOK_XLSX : BOOK_CSV;
}

struct book *export_begin(struct req *q, struct str title)
{
    return book_new(q->arena, &(struct book_options) { .format = format_of(q),
                                                                 .lang = q->lang,
                                                                 .title = tr(q->lang, title),
                                                                 .author = q->actor->name,
                                                                 .made = q->now });
}

int export_end(struct req *q, struct res *s, struct book *b, struct str stem, struct err *e)
{
    enum book_format format = format_of(q);
    struct str bytes, name = str_fmt(q->arena, "%.*s.%s", STR_ARG(stem), book_extension(format));
    if (book_close(b, &bytes, e) != 0 || res_download(q, s, book_type(format), name) != 0)
        return -1;
    return res_text(s, book_type(format), bytes);
}
