/* draw.c: this engine's templates for those who show its forms. */
#include "engines/services/form.h"

#include "gen/services_pages.h"

struct str service_face_class(enum service_face f)
{
    static const struct str classes[SERVICE_FACES_] = { STR_INIT("face"), STR_INIT("face face--counter"),
                                                        STR_INIT("face face--kiosk") };
    return classes[f];
}

enum tag_kind service_source_tag(enum service_source s)
{
    return s == SERVICE_PAPER ? TAG_LATE : TAG_PLAIN;
}

void services_draw_page(struct html *h, const struct service_page_view *v)
{
    service_form_page(h, v);
}

void services_draw_controls(struct html *h, const struct service_page_view *v)
{
    for (size_t i = 0; i < v->controls.n; i++)
        service_control_group(h, &v->controls.v[i]);
}

void services_draw_form(struct html *h, const struct service_page_view *v)
{
    service_form_controls(h, v);
}

void services_draw_summary(struct html *h, const struct service_summary *v)
{
    service_summary_lists(h, v);
}
