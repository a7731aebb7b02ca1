-- What the program keeps for itself.

-- Acts that came with an idempotency key: written in the transaction of the act, forgotten after two days.
CREATE TABLE platform_idempotency (
    key      hash_blob NOT NULL PRIMARY KEY,  -- SHA-256 of account, path and key
    account  id_int NOT NULL,
    route    text NOT NULL,
    print    hash_blob NOT NULL,          -- SHA-256 of what was sent: the same key with other content is refused
    outcome  text NOT NULL,               -- what the act told its reply: at most 200 bytes
    made_at  instant_int NOT NULL
-- The key is the row on SQLite: one b-tree less in the path of every form.
-- @sqlite
) WITHOUT ROWID;
-- @postgres
);
-- @both
CREATE INDEX platform_idempotency_made ON platform_idempotency (made_at);

-- Secrets shared by all servers of one database; no signing keys (those live in the signer).
CREATE TABLE platform_secret (
    name   text NOT NULL PRIMARY KEY,
    value  blob NOT NULL
);

-- One row that /healthz touches to learn whether the disk takes a write.
CREATE TABLE platform_pulse (
    id  id_int NOT NULL PRIMARY KEY CHECK (id = 1),
    at  instant_int NOT NULL
);
