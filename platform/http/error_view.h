/* error_view.h: what html/error.html shows. */
#ifndef BON_PLATFORM_HTTP_ERROR_VIEW_H
#define BON_PLATFORM_HTTP_ERROR_VIEW_H

#include "base/str.h"

struct error_view {
    struct str title, sentence; /* source texts */
    struct str advice;          /* source text: what to do next, or empty */
    struct str sign_in;         /* where to sign in, or empty */
    struct str hats;            /* where to choose another capacity, or empty */
    struct str outcome;         /* what was recorded, or empty */
    struct str id;              /* the request's number */
};

#endif
