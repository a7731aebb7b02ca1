/* jobs.h: inside the plan engine. */
#ifndef BON_ENGINES_PLAN_JOBS_H
#define BON_ENGINES_PLAN_JOBS_H

#include "engines/plan/inside.h"

extern const struct job plan_jobs[];

#endif
