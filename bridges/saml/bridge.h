/* bridge.h: what the bridge's parts share. */
#ifndef BON_BRIDGES_SAML_BRIDGE_H
#define BON_BRIDGES_SAML_BRIDGE_H

#include "bridges/saml/idp.h"
#include "bridges/saml/memory.h"

struct bridge {
    struct saml_config config;
    struct idp *idp;
    struct saml_memory *memory;
};

extern const struct module saml_module;

#endif
