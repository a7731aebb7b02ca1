-- ---- counting: from rows to numbers, no name and no person leaves these statements ----

-- How far the stays have come.
-- name: source_most :one
-- out: declarations integer, changes integer
SELECT (SELECT coalesce(max(id), 0) FROM stay_declaration) AS declarations, (SELECT coalesce(max(id), 0) FROM stay_change) AS changes;

-- name: source_counted :one
SELECT declarations, changes, rolled_at FROM indicator_source WHERE id = 1;

-- Moves on only: a server that read earlier than another must not put its older numbers over the newer ones.
-- name: source_count :exec
UPDATE indicator_source SET declarations = $declarations, changes = $changes, rolled_at = $rolled_at
WHERE id = 1 AND declarations <= $declarations AND changes <= $changes;

-- Stays that may touch a night from $first on and began before $until. A draft is not declared, a void was not.
-- name: nights_of_guests :each
SELECT unit, arrives_at, leaves_on, left_at FROM stay_guest
WHERE leaves_on > $first::day_text AND arrives_at < $until::instant_int AND state <> 0 AND state <> 5;

-- name: declared_by_unit :many
-- out: guests integer, late integer, facilities integer
SELECT f.unit, sum(d.guests) AS guests, sum(d.late) AS late, count(DISTINCT d.facility) AS facilities
FROM stay_declaration d JOIN facility f ON f.id = d.facility
WHERE d.made_at >= $since::instant_int AND d.made_at < $until::instant_int
GROUP BY f.unit ORDER BY f.unit LIMIT 4000;

-- name: facilities_open_by_unit :many
-- out: n integer
SELECT unit, count(*) AS n FROM facility WHERE open = 1 GROUP BY unit ORDER BY unit LIMIT 4000;

-- name: declared_first :one
SELECT made_at FROM stay_declaration ORDER BY made_at LIMIT 1;

-- ---- keeping ----

-- name: day_last_closed :one
SELECT day FROM indicator_day WHERE closed = 1 ORDER BY day DESC LIMIT 1;

-- name: day_row :one
SELECT closed, computed_at FROM indicator_day WHERE day = $day;

-- name: day_put :exec
INSERT INTO indicator_day (day, closed, computed_at) VALUES ($day, $closed, $computed_at)
ON CONFLICT (day) DO UPDATE SET closed = excluded.closed, computed_at = excluded.computed_at;

-- name: value_put :exec
INSERT INTO indicator_value (measure, day, unit, n, computed_at) VALUES ($measure, $day, $unit, $n, $computed_at)
ON CONFLICT (measure, day, unit) DO UPDATE SET n = excluded.n, computed_at = excluded.computed_at;

-- ---- reading ----

-- name: days_known :many
SELECT day, closed, computed_at FROM indicator_day WHERE day >= $first::day_text AND day <= $last::day_text ORDER BY day LIMIT 400;

-- name: values_of_days :many
-- all: at most 400 days of one measure, one row for each commune
SELECT day, unit, n FROM indicator_value
WHERE measure = $measure AND day >= $first::day_text AND day <= $last::day_text ORDER BY day, unit;
