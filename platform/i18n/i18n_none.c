/* The empty table: see i18n_table.h. Nothing else may stand in this file, or the linker would find two tables. */
#include "platform/i18n/i18n_table.h"

const struct i18n_entry i18n_table[] = { { STR_INIT(""), STR_INIT("") } };
const size_t i18n_table_n = 0;
