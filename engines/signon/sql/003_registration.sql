-- Apps that register themselves (RFC 7591). The desk gives a token away, once: it says which agency's app that will be, and what for.
CREATE TABLE signon_invitation (
    token       hash_blob NOT NULL PRIMARY KEY,
    owner       text NOT NULL,
    purpose     text NOT NULL,
    legal_basis text NOT NULL,
    made_by     id_int,
    made_at     instant_int NOT NULL,
    expires_at  instant_int NOT NULL,
    used_at     instant_int,
    client      text
);

-- The key by which such an app reads, changes and withdraws its registration (RFC 7592).
CREATE TABLE signon_registration (
    client      text NOT NULL PRIMARY KEY REFERENCES signon_client (id),
    token       hash_blob NOT NULL,
    made_at     instant_int NOT NULL
);
