/* fonts.h: the typeface of papers. Liberation Serif has the widths of Times New Roman, which the decree means, a free licence
 * (OFL) and all Vietnamese letters as well as those of M'Nông and Ê Đê (ƀ č ĭ ŏ ŭ ñ). Its four files are opened by name: no
 * other fonts of the machine are looked at, so that a paper looks the same everywhere and opening takes a millisecond.
 */
#ifndef BON_PLATFORM_OFFICE_FONTS_H
#define BON_PLATFORM_OFFICE_FONTS_H

#include "base/err.h"

#include <pango/pango.h>

#define FONT_FAMILY "Liberation Serif"

/* This thread's fonts, opened at its first paper and kept: pango and fontconfig do not give back all that a map took. Points are
 * units. Borrowed. NULL: e names what is missing. */
PangoFontMap *fonts_of_thread(struct err *e);

#endif
