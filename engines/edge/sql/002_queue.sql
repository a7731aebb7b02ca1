-- Numbers in the hall of a one-stop desk. A ticket says nothing of who holds it.
CREATE TABLE edge_ticket (
    id serial_int PRIMARY KEY,
    unit unit_text NOT NULL,
    day day_text NOT NULL,
    lane text NOT NULL CHECK (lane IN ('plain', 'old', 'pregnant', 'disabled')),
    number id_int NOT NULL,        -- counts within priority and within plain
    priority bool_int NOT NULL,
    device id_int REFERENCES edge_device (id),
    state text NOT NULL CHECK (state IN ('waiting', 'called', 'served', 'skipped')),
    taken_at instant_int NOT NULL,
    called_at instant_int,
    called_by id_int,
    desk text,                     -- number of the window that called
    calls integer NOT NULL,        -- how often
    ended_at instant_int
);
CREATE UNIQUE INDEX edge_ticket_number ON edge_ticket (unit, day, priority, number);
CREATE INDEX edge_ticket_state ON edge_ticket (unit, day, state, id);
