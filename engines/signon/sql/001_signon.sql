-- Apps that people sign in through. What an app is and may do stands in its metadata (client.c: RFC 7591 names and ours).
CREATE TABLE signon_client (
    id          text NOT NULL PRIMARY KEY,
    name        text NOT NULL,
    owner       text NOT NULL,           -- the agency that answers for it
    metadata    text NOT NULL,           -- canonical JSON
    status      text NOT NULL CHECK (status IN ('proposed', 'active', 'suspended', 'retired')),
    valid_until day_text NOT NULL,       -- exclusive
    version     integer NOT NULL,        -- rises with every change: what servers keep in memory is compared with it
    made_at     instant_int NOT NULL,
    made_by     id_int
);

-- High-entropy secrets: a plain hash is enough. Two may live at once, so that an app can change over without a gap.
CREATE TABLE signon_secret (
    id          serial_int PRIMARY KEY,
    client      text NOT NULL REFERENCES signon_client (id),
    hash        hash_blob NOT NULL,
    made_at     instant_int NOT NULL,
    expires_at  instant_int NOT NULL
);
CREATE INDEX signon_secret_client ON signon_secret (client);

-- What a person has allowed an app: the consent that is remembered. Withdrawn rows stay, as history.
CREATE TABLE signon_grant (
    id          serial_int PRIMARY KEY,
    account     id_int NOT NULL REFERENCES account (id),
    client      text NOT NULL REFERENCES signon_client (id),
    scope       text NOT NULL,
    claims      text NOT NULL,           -- names asked for one by one, parted by spaces
    given_at    instant_int NOT NULL,
    ended_at    instant_int
);
CREATE UNIQUE INDEX signon_grant_live ON signon_grant (account, client) WHERE ended_at IS NULL;

-- Authorization requests that were pushed (RFC 9126), or wait for their person. The key is a hash of the handle, with its time in
-- front, so that neighbours in time are neighbours in the index (so have all keys here).
CREATE TABLE signon_request (
    key         hash_blob NOT NULL PRIMARY KEY,
    client      text NOT NULL,
    params      text NOT NULL,           -- JSON object
    jkt         text,                    -- key of the DPoP proof that came with the push
    made_at     instant_int NOT NULL,
    expires_at  instant_int NOT NULL,
    used_at     instant_int
-- @sqlite
) WITHOUT ROWID;
-- @postgres
);
-- @both
CREATE INDEX signon_request_expires ON signon_request (expires_at);

-- One sign-in to one app, and all that was given out for it: code, access and refresh tokens. It dies as a whole.
CREATE TABLE signon_family (
    id          serial_int PRIMARY KEY,
    client      text NOT NULL,
    account     id_int NOT NULL REFERENCES account (id),
    consent     id_int NOT NULL REFERENCES signon_grant (id),
    session     id_int NOT NULL,
    scope       text NOT NULL,
    claims      text NOT NULL,           -- the claims parameter as canonical JSON, or empty
    resource    text NOT NULL,
    nonce       text,
    acr         text NOT NULL,
    amr         text NOT NULL,
    auth_at     instant_int NOT NULL,
    jkt         text,                    -- the key that refresh tokens of a public client are bound to
    made_at     instant_int NOT NULL,
    ended_at    instant_int,
    told        bool_int NOT NULL        -- the app knows that the session has ended, or need not
);
CREATE INDEX signon_family_session ON signon_family (session) WHERE told = 0;
CREATE INDEX signon_family_consent ON signon_family (consent);

CREATE TABLE signon_code (
    key          hash_blob NOT NULL PRIMARY KEY,
    family       id_int NOT NULL REFERENCES signon_family (id),
    redirect_uri text NOT NULL,
    challenge    text,
    jkt          text,
    expires_at   instant_int NOT NULL,
    used_at      instant_int
-- @sqlite
) WITHOUT ROWID;
-- @postgres
);
-- @both
CREATE INDEX signon_code_expires ON signon_code (expires_at);

-- Access tokens. An introspection reads one row here and nothing else.
CREATE TABLE signon_token (
    key         hash_blob NOT NULL PRIMARY KEY,
    client      text NOT NULL,
    family      id_int,                  -- NULL: an app of its own, for nobody
    account     id_int,
    scope       text NOT NULL,
    resource    text NOT NULL,
    jkt         text,
    made_at     instant_int NOT NULL,
    expires_at  instant_int NOT NULL,
    ended_at    instant_int
-- @sqlite
) WITHOUT ROWID;
-- @postgres
);
-- @both
CREATE INDEX signon_token_expires ON signon_token (expires_at);
CREATE INDEX signon_token_family ON signon_token (family) WHERE family IS NOT NULL;

CREATE TABLE signon_refresh (
    key         hash_blob NOT NULL PRIMARY KEY,
    family      id_int NOT NULL REFERENCES signon_family (id),
    made_at     instant_int NOT NULL,
    expires_at  instant_int NOT NULL,
    used_at     instant_int
-- @sqlite
) WITHOUT ROWID;
-- @postgres
);
-- @both
CREATE INDEX signon_refresh_expires ON signon_refresh (expires_at);

-- Proofs and assertions that were shown: each counts once.
CREATE TABLE signon_shown (
    key         hash_blob NOT NULL PRIMARY KEY,
    expires_at  instant_int NOT NULL
-- @sqlite
) WITHOUT ROWID;
-- @postgres
);
-- @both
CREATE INDEX signon_shown_expires ON signon_shown (expires_at);

-- Apps that must hear that a session has ended (OpenID Connect Back-Channel Logout).
CREATE TABLE signon_farewell (
    id          serial_int PRIMARY KEY,
    client      text NOT NULL,
    account     id_int NOT NULL,
    session     id_int NOT NULL,
    made_at     instant_int NOT NULL,
    next_at     instant_int,             -- NULL: done or given up
    attempts    integer NOT NULL,
    outcome     text NOT NULL
);
CREATE INDEX signon_farewell_next ON signon_farewell (next_at) WHERE next_at IS NOT NULL;

-- Salts that must never change: from them come the names under which apps know people.
CREATE TABLE signon_salt (
    name        text NOT NULL PRIMARY KEY,
    value       blob NOT NULL
);

CREATE INDEX signon_account_session_ended ON account_session (ended_at) WHERE ended_at IS NOT NULL;
