-- Devices of the authority that stand where no officer watches them: kiosks, later readers and gates.
CREATE TABLE edge_device (
    id serial_int PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    unit unit_text NOT NULL,
    place text NOT NULL CHECK (length(place) <= 200),
    public_key blob,               -- Ed25519, 32 bytes; NULL: not enrolled yet
    sequence id_int NOT NULL,      -- number of the last message that was taken
    made_at instant_int NOT NULL,
    enrolled_at instant_int,
    revoked_at instant_int,
    locked_at instant_int,
    lock_why text
);

-- One-time codes by which a device brings its key; only their hash is kept.
CREATE TABLE edge_code (
    hash hash_blob PRIMARY KEY,
    device id_int NOT NULL REFERENCES edge_device (id),
    expires_at instant_int NOT NULL,
    used_at instant_int
);
CREATE INDEX edge_code_device ON edge_code (device);

-- The last word of each device on how it is.
CREATE TABLE edge_beat (
    device id_int PRIMARY KEY REFERENCES edge_device (id),
    at instant_int NOT NULL,
    paper text NOT NULL CHECK (paper IN ('ok', 'low', 'out', 'jam', 'none')),
    ink text NOT NULL CHECK (ink IN ('ok', 'low', 'out', 'none')),
    reader text NOT NULL CHECK (reader IN ('ok', 'down', 'none')),
    disk_mb integer NOT NULL,
    temperature integer NOT NULL,  -- degrees Celsius
    skew_ms integer NOT NULL,      -- the device's clock less ours
    waiting integer NOT NULL,      -- acts in its spool
    version text NOT NULL
);

-- What a device is told, signed; the highest number holds.
CREATE TABLE edge_config (
    device id_int NOT NULL REFERENCES edge_device (id),
    number id_int NOT NULL,
    body text NOT NULL,
    signature text NOT NULL,
    published_at instant_int NOT NULL,
    PRIMARY KEY (device, number)
);

-- Provisional numbers that a device may give out while it is cut off. Never given twice.
CREATE TABLE edge_block (
    unit unit_text NOT NULL,
    first_n id_int NOT NULL,
    last_n id_int NOT NULL,
    device id_int NOT NULL REFERENCES edge_device (id),
    given_at instant_int NOT NULL,
    PRIMARY KEY (unit, first_n)
);
CREATE INDEX edge_block_device ON edge_block (device);

-- Acts that were taken while cut off: sealed for the server, opened only by whoever handles them.
CREATE TABLE edge_act (
    id serial_int PRIMARY KEY,
    device id_int NOT NULL REFERENCES edge_device (id),
    sequence id_int NOT NULL,
    number text NOT NULL,          -- provisional: 'T-24763-000101'
    sealed blob,                   -- NULL: handled, and forgotten
    digest hash_blob NOT NULL,     -- of the sealed bytes: the same act sent again is known by it
    made_at instant_int NOT NULL,  -- the device's word
    came_at instant_int NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'filed', 'desk', 'refused')),
    case_number text,
    why text,
    handled_at instant_int
);
CREATE UNIQUE INDEX edge_act_sequence ON edge_act (device, sequence);
CREATE INDEX edge_act_state ON edge_act (state, id);
CREATE INDEX edge_act_number ON edge_act (number);

-- Somebody at a device asks for a person. What is on the screen is nobody's business.
CREATE TABLE edge_call (
    id serial_int PRIMARY KEY,
    device id_int NOT NULL REFERENCES edge_device (id),
    at instant_int NOT NULL,
    answered_at instant_int,
    answered_by id_int
);
CREATE INDEX edge_call_open ON edge_call (device, answered_at);
