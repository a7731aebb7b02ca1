-- A table for the tests of platform/http.
CREATE TABLE probe_notes (
    id    serial_int PRIMARY KEY,
    name  text NOT NULL
);
