-- What another channel has brought for a filing that has not begun yet: for whom, for which service, what it knows of them.
CREATE TABLE case_offer (
    id         serial_int PRIMARY KEY,
    account    id_int NOT NULL,                -- whose; nobody else sees it
    service    text NOT NULL,
    channel    integer NOT NULL,               -- enum case_channel
    source     text NOT NULL,                  -- "VNeID": shown beside what it filled in
    known      text NOT NULL,                  -- canonical JSON, as services_known_json writes it
    made_at    instant_int NOT NULL,
    expires_at instant_int NOT NULL,
    draft      id_int                          -- what it became; NULL: not yet
);
CREATE INDEX case_offer_expires ON case_offer (expires_at);

-- A channel that does not answer: since when what happens to its cases waits here.
CREATE TABLE case_channel_down (
    channel integer NOT NULL PRIMARY KEY,
    since   instant_int NOT NULL
);
