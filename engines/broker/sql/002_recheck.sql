-- Sessions of which the provider is asked from time to time whether they still hold: the refresh token, under a key that is not in the
-- store.
CREATE TABLE broker_recheck (
    session    id_int NOT NULL PRIMARY KEY,
    upstream   text NOT NULL,
    sealed     blob NOT NULL,
    next_at    instant_int NOT NULL
);
CREATE INDEX broker_recheck_next ON broker_recheck (next_at);
