-- Codes of an authenticator app. sealed: the seed under a key that is not in the store. last_step: the newest 30 seconds whose code
-- was taken; no code of that time or before is taken again.
CREATE TABLE credential_totp (
    account    id_int NOT NULL PRIMARY KEY REFERENCES account (id),
    sealed     blob NOT NULL,
    last_step  integer NOT NULL,
    made_at    instant_int NOT NULL,
    used_at    instant_int
);

-- Codes on paper for the day the phone is lost. The hash is keyed by what is not in the store.
CREATE TABLE credential_code (
    hash       hash_blob NOT NULL PRIMARY KEY,
    account    id_int NOT NULL REFERENCES account (id),
    made_at    instant_int NOT NULL,
    used_at    instant_int
);
CREATE INDEX credential_code_account ON credential_code (account);

CREATE TABLE credential_passkey (
    id         serial_int PRIMARY KEY,
    account    id_int NOT NULL REFERENCES account (id),
    handle     blob NOT NULL UNIQUE,   -- credential id, given by the authenticator
    alg        integer NOT NULL,       -- COSE: -7, -8, -257
    public_key blob NOT NULL,
    sign_count integer NOT NULL,
    synced     bool_int NOT NULL,      -- may be on more than one device
    name       text NOT NULL,
    made_at    instant_int NOT NULL,
    used_at    instant_int
);
CREATE INDEX credential_passkey_account ON credential_passkey (account);

-- Challenges and the like that count once.
CREATE TABLE credential_spent (
    ticket     hash_blob NOT NULL PRIMARY KEY,
    spent_at   instant_int NOT NULL
);
CREATE INDEX credential_spent_at ON credential_spent (spent_at);
