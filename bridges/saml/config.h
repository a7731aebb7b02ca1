/* config.h: the bridge's one file: where bon is, which old apps there are, and what each of them learns. */
#ifndef BON_BRIDGES_SAML_CONFIG_H
#define BON_BRIDGES_SAML_CONFIG_H

#include "engines/broker/upstream.h"

enum { SAML_APPS_MAX = 32, SAML_ATTRIBUTES_MAX = 24 };

struct saml_attribute {
    struct str claim; /* of bon: "name" */
    struct str name;  /* for the app: "displayName" */
};
struct saml_app {
    struct str entity_id; /* filled from the metadata */
    struct str metadata;  /* path */
    struct str name;
    struct saml_attribute attributes[SAML_ATTRIBUTES_MAX];
    size_t n_attributes;
};
struct saml_config {
    int64_t port;
    struct str base_url, entity_id;
    struct str key, certificate; /* paths, PEM: RSA of at least 2048 bits */
    struct hash32 pairwise;      /* from a file of at least 32 bytes: NameIDs depend on it for ever */
    bool sign_out;               /* at bon too, when an app asks for it */
    struct upstream bon;         /* issuer, client, secret_file … as engines/broker reads them */
    struct saml_app apps[SAML_APPS_MAX];
    size_t n_apps;
};

/* Paths in it are relative to the file's own directory. */
int saml_config_read(struct arena *a, const char *path, struct saml_config *out, struct err *e);
int saml_file_read(struct arena *a, struct str path, struct str *out, struct err *e); /* at most 64 KiB */

#endif
