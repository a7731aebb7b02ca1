-- name: guardianship_insert :id
INSERT INTO guardianship (guardian, guardian_name, ward, ward_name, kind, unit, from_day, until_day, basis, made_name, made_at)
VALUES ($guardian, $guardian_name, $ward, $ward_name, $kind, $unit, $from_day, $until_day, $basis, $made_name, $made_at) RETURNING id;

-- name: guardianship_end :exec
UPDATE guardianship SET until_day = $until_day, end_reason = $end_reason WHERE id = $id AND until_day > $until_day;

-- name: guardianship_by_id :one
SELECT id, guardian, guardian_name, ward, ward_name, kind, unit, from_day, until_day, basis FROM guardianship WHERE id = $id;

-- What a commune recorded, the latest first.
-- name: guardianships_of_unit :many
SELECT id, guardian_name, ward_name, kind, from_day, until_day, basis, made_name, end_reason FROM guardianship
WHERE unit = $unit AND id < $before::id_int ORDER BY id DESC LIMIT 50;

-- For whom a person acts by a paper, from today on.
-- name: guardianships_of_guardian :many
SELECT g.id, g.ward, g.from_day, g.until_day, p.name, p.died FROM guardianship g JOIN person p ON p.id = g.ward
WHERE g.guardian = $guardian AND g.until_day > $today::day_text ORDER BY g.id LIMIT 100;

-- name: guardianship_on_day :one
SELECT id, until_day FROM guardianship
WHERE guardian = $guardian AND ward = $ward AND from_day <= $on::day_text AND until_day > $on ORDER BY id LIMIT 1;

-- A guardianship of the same two whose days meet these.
-- name: guardianship_meeting :one
SELECT id FROM guardianship
WHERE guardian = $guardian AND ward = $ward AND from_day < $until::day_text AND until_day > $from::day_text ORDER BY id LIMIT 1;

-- name: guardian_parents :one
SELECT mother, father, born, died FROM person WHERE id = $id;

-- Wards who have died and for whom an account still may act.
-- name: wards_of_dead :many
-- out: guardian id_int
SELECT DISTINCT a.person AS guardian, g.ward FROM account_grant g JOIN account a ON a.id = g.account
WHERE g.ward IS NOT NULL AND g.until_day > $today::day_text AND a.person IS NOT NULL
  AND EXISTS (SELECT 1 FROM person p WHERE p.id = g.ward AND p.died IS NOT NULL)
ORDER BY g.ward, guardian LIMIT 100;

-- Guardianships that have not ended although one of the two has died.
-- name: guardianships_of_dead :many
-- out: died day_text
SELECT g.id, g.guardian, g.ward, (SELECT min(p.died) FROM person p WHERE p.id = g.ward OR p.id = g.guardian) AS died
FROM guardianship g
WHERE g.until_day > $today::day_text
  AND EXISTS (SELECT 1 FROM person p WHERE (p.id = g.ward OR p.id = g.guardian) AND p.died IS NOT NULL)
ORDER BY g.id LIMIT 100;
