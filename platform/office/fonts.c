/* fonts.c: see fonts.h. */
#include "platform/office/fonts.h"

#include "platform/office/document.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <unistd.h>

#define FONT_DIR "/usr/share/fonts/truetype/liberation2/LiberationSerif-"

static const char *const files[] = {
    FONT_DIR "Regular.ttf",
    FONT_DIR "Bold.ttf",
    FONT_DIR "Italic.ttf",
    FONT_DIR "BoldItalic.ttf",
};
enum { FILES = sizeof files / sizeof *files, POINTS_PER_INCH = 72 };

static int missing(const char *file, struct err *e)
{
    return ERR_SAY(e, ERR_INTERNAL,
                   MSGS("Máy chủ thiếu phông chữ để in văn bản. Xin cài gói Debian fonts-liberation2 rồi khởi động lại."),
                   "no typeface: %s", file);
}

int document_fonts_check(struct err *e)
{
    for (int i = 0; i < FILES; i++)
        if (access(files[i], R_OK) != 0)
            return missing(files[i], e);
    return 0;
}

static const char *add_files(FcConfig *config)
{
    for (int i = 0; i < FILES; i++)
        if (!FcConfigAppFontAddFile(config, (const FcChar8 *)files[i]))
            return files[i];
    return NULL;
}

/* Fontconfig keeps its patterns by offsets, where LeakSanitizer cannot follow them. */
#if defined(__SANITIZE_ADDRESS__)
#define WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif

#ifdef WATCHED
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}

const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}
#endif

static int set_up(PangoFontMap *map, struct err *e)
{
    FcConfig *config = FcConfigCreate();
    const char *lacking = config ? add_files(config) : "fontconfig";
    if (!lacking) {
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
        pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), POINTS_PER_INCH);
    }
    if (config)
        FcConfigDestroy(config); /* the map keeps it */
    return lacking ? missing(lacking, e) : 0;
}

PangoFontMap *fonts_of_thread(struct err *e)
{
    PangoFontMap *map = pango_cairo_font_map_get_default();
    if (g_object_get_data(G_OBJECT(map), FONT_FAMILY))
        return map;
    if (set_up(map, e))
        return NULL;
    g_object_set_data(G_OBJECT(map), FONT_FAMILY, map);
    return map;
}
