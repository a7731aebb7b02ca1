/* counter.h: the one-stop counter: pages over engines/cases for those who take in, decide and sign. Nothing below calls it. */
#ifndef BON_ENGINES_COUNTER_H
#define BON_ENGINES_COUNTER_H

#include "platform/http/module.h"

extern const struct module counter_module;

#endif
