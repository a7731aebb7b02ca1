/* i18n_table.h: the one table of translations, constant data made by i18nc and sorted bytewise by the Vietnamese text.
 * A program that speaks English compiles the generated i18n_table.c among its own sources. In every other program (tests,
 * tools) the linker takes the empty table out of the platform library: an archive member is only pulled in for a symbol
 * that nothing else defines.
 */
#ifndef BON_PLATFORM_I18N_TABLE_H
#define BON_PLATFORM_I18N_TABLE_H

#include "platform/i18n/i18n.h"

extern const struct i18n_entry i18n_table[];
extern const size_t i18n_table_n;

#endif
