-- What an upstream is, by day: issuer, client, names of claims, levels. The latest row whose day has come holds; none is edited.
CREATE TABLE broker_upstream (
    id         serial_int PRIMARY KEY,
    name       text NOT NULL,
    from_day   day_text NOT NULL,
    config     text NOT NULL,         -- JSON, checked when it came (upstream.c)
    added_at   instant_int NOT NULL,
    added_by   id_int,
    UNIQUE (name, from_day)
);

-- Whose account an upstream's subject opens. At any time a subject has one account and an account one subject of an issuer; ended
-- links stay as history and prove nothing any more.
CREATE TABLE broker_link (
    id         serial_int PRIMARY KEY,
    upstream   text NOT NULL,
    issuer     text NOT NULL,
    subject    text NOT NULL,
    account    id_int NOT NULL REFERENCES account (id),
    pid        pid_text,              -- the number the upstream gave when the link was made
    basis      text NOT NULL,         -- register, joined, proof
    assurance  integer NOT NULL,      -- of the last arrival
    mode       text NOT NULL,         -- MÔ PHỎNG, THỬ, THẬT
    linked_at  instant_int NOT NULL,
    seen_at    instant_int NOT NULL,
    ended_at   instant_int,
    ended_why  text
);
CREATE UNIQUE INDEX broker_link_subject ON broker_link (issuer, subject) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX broker_link_account ON broker_link (issuer, account) WHERE ended_at IS NULL;
CREATE INDEX broker_link_history ON broker_link (account, id);

-- Sessions that were opened through a link: ended with it, and by the upstream's logout tokens.
CREATE TABLE broker_session (
    session    id_int NOT NULL PRIMARY KEY,
    link       id_int NOT NULL REFERENCES broker_link (id),
    sid        text,                  -- the provider's own session
    opened_at  instant_int NOT NULL
);
CREATE INDEX broker_session_link ON broker_session (link);
CREATE INDEX broker_session_sid ON broker_session (sid);

-- A first arrival that no account could be found for with certainty: waits a quarter of an hour for a proof by signing in.
CREATE TABLE broker_pending (
    token      hash_blob NOT NULL PRIMARY KEY, -- SHA-256 of the cookie in the browser that arrived
    upstream   text NOT NULL,
    issuer     text NOT NULL,
    subject    text NOT NULL,
    pid        pid_text,
    name       text NOT NULL,
    assurance  integer NOT NULL,
    mode       text NOT NULL,
    started_at instant_int NOT NULL,  -- of the flow that brought it
    expires_at instant_int NOT NULL
);
CREATE INDEX broker_pending_subject ON broker_pending (issuer, subject);

-- Flows that have come back and logout tokens that were taken: each once.
CREATE TABLE broker_spent (
    token      hash_blob NOT NULL PRIMARY KEY,
    at         instant_int NOT NULL
);
CREATE INDEX broker_spent_at ON broker_spent (at);

-- The emergency path: asked for by one administrator, confirmed by another, closed by itself at `until`.
CREATE TABLE broker_emergency (
    id           serial_int PRIMARY KEY,
    upstream     text NOT NULL,
    reason       text NOT NULL,
    functions    text NOT NULL,       -- legal functions that stay open, separated by spaces
    hours        integer NOT NULL,
    asked_by     id_int NOT NULL,
    asked_at     instant_int NOT NULL,
    confirmed_by id_int,
    confirmed_at instant_int,
    until        instant_int,
    closed_by    id_int,
    closed_at    instant_int
);
CREATE INDEX broker_emergency_upstream ON broker_emergency (upstream, id);
