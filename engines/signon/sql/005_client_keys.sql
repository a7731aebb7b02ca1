-- Public keys that an app publishes at an address of its own (jwks_uri), as they were last fetched. Servers share the row: what one has
-- fetched all use, and each address is asked at a bounded rate however many requests name a key that nobody knows.
CREATE TABLE signon_client_keys (
    client      text NOT NULL PRIMARY KEY REFERENCES signon_client (id),
    uri         text NOT NULL,
    jwks        text,                    -- NULL: not yet
    fetched_at  instant_int,             -- of jwks
    tried_at    instant_int NOT NULL,
    outcome     text NOT NULL            -- of the last try: "" good, else why not
);
CREATE INDEX signon_client_keys_tried ON signon_client_keys (tried_at);
