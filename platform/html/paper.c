/* paper.c: the fixed words of an administrative paper on the screen: the same as in files. */
#include "platform/html/components.h"

#include "platform/office/document.h"

struct str paper_nation(void)
{
    return document_nation();
}

struct str paper_motto(void)
{
    return document_motto();
}

struct str paper_place(struct html *h, const struct paper_view *p)
{
    return document_date(h->arena, p->place, p->on);
}
