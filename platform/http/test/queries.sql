-- name: probe_note_add :id
INSERT INTO probe_notes (name) VALUES ($name) RETURNING id;

-- name: probe_notes_count :one
-- out: n integer
SELECT count(*) AS n FROM probe_notes;

-- name: probe_notes_named :one
-- out: n integer
SELECT count(*) AS n FROM probe_notes WHERE name = $name;
