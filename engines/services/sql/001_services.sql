-- The catalogue of public services. A service has a code of the province's own and the words it is found by; what may be applied for is a
-- version. body is canonical JSON, hash its SHA-256; a published version is never changed: what the list and the search need
-- is projected from the body when it is written. until is exclusive, 9999-12-31: no end said.
CREATE TABLE service (
    code          text NOT NULL PRIMARY KEY,
    name          text NOT NULL,
    sector        text NOT NULL,
    sector_name   text NOT NULL,
    national_code text,
    changed_at    instant_int NOT NULL
);

CREATE TABLE service_version (
    id           serial_int PRIMARY KEY,
    service      text NOT NULL REFERENCES service (code),
    version      integer NOT NULL,
    since        day_text NOT NULL,
    until        day_text NOT NULL,
    level        integer NOT NULL,
    unit_level   integer NOT NULL,
    function     text NOT NULL,
    flow         text NOT NULL,
    days         integer NOT NULL,
    papers       integer NOT NULL,          -- papers that still are paper
    body         text NOT NULL,
    hash         hash_blob NOT NULL,
    published_at instant_int NOT NULL,
    published_by id_int NOT NULL,           -- account; 0: from a file
    drafted_by   id_int NOT NULL,
    UNIQUE (service, version)
);
CREATE INDEX service_version_since ON service_version (service, since);

-- The words people use, and the events of a life it belongs to.
CREATE TABLE service_keyword (
    service text NOT NULL REFERENCES service (code),
    n       integer NOT NULL,
    phrase  text NOT NULL,
    PRIMARY KEY (service, n)
);
CREATE TABLE service_event (
    service text NOT NULL REFERENCES service (code),
    event   text NOT NULL,
    PRIMARY KEY (service, event)
);
CREATE INDEX service_event_event ON service_event (event, service);

-- One row: the number of the last change to any of the above. Servers compare it with what they keep in memory.
CREATE TABLE service_stamp (
    one integer NOT NULL PRIMARY KEY CHECK (one = 1),
    n   id_int NOT NULL
);
INSERT INTO service_stamp (one, n) VALUES (1, 0);
