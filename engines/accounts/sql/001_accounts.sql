-- Who may sign in. password NULL: set through a one-time link first.
CREATE TABLE account (
    id         serial_int PRIMARY KEY,
    login      text NOT NULL UNIQUE,
    name       text NOT NULL,
    name_key   text NOT NULL,
    password   text,                  -- Argon2id encoded string
    pid        pid_text,
    person     id_int,
    active     bool_int NOT NULL,
    made_at    instant_int NOT NULL
);

-- A role is held for a territory or facility and for a time. Ended early: until is moved, the row stays.
CREATE TABLE account_grant (
    id         serial_int PRIMARY KEY,
    account    id_int NOT NULL REFERENCES account (id),
    role       text NOT NULL,
    territory  unit_text,
    facility   id_int,
    from_day   day_text NOT NULL,
    until_day  day_text NOT NULL,     -- exclusive
    given_by   id_int,
    given_at   instant_int NOT NULL
);
CREATE INDEX account_grant_account ON account_grant (account);

-- The store knows only the hash of what the browser holds.
CREATE TABLE account_session (
    id         serial_int PRIMARY KEY,
    token      hash_blob NOT NULL UNIQUE,
    account    id_int NOT NULL REFERENCES account (id),
    made_at    instant_int NOT NULL,
    expires_at instant_int NOT NULL,
    ended_at   instant_int,
    remote     text NOT NULL,
    agent      text NOT NULL
);
CREATE INDEX account_session_account ON account_session (account, id);

CREATE TABLE account_invite (
    token      hash_blob NOT NULL PRIMARY KEY,
    account    id_int NOT NULL REFERENCES account (id),
    expires_at instant_int NOT NULL,
    used_at    instant_int
);

-- Failed sign-ins, for growing delays per source and login: a lockout that cannot be used to lock others out.
CREATE TABLE account_failure (
    id         serial_int PRIMARY KEY,
    source     text NOT NULL,
    login      text NOT NULL,
    at         instant_int NOT NULL
);
CREATE INDEX account_failure_source ON account_failure (source, login, at);

-- Demo accounts of a database made by `make run`: their passwords are shown on the sign-in page, under the banner.
CREATE TABLE account_demo (
    account    id_int NOT NULL PRIMARY KEY REFERENCES account (id),
    place      integer NOT NULL,
    password   text NOT NULL,
    does       text NOT NULL
);
