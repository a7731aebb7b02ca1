-- ---- officers ----

-- name: staff_insert :id
INSERT INTO staff (external_id, account, login, name, name_key, title, email, agency, active, gone, version, made_at, changed_at)
VALUES ($external_id, $account, $login, $name, $name_key, $title, $email, $agency, 1, 0, 1, $made_at, $changed_at) RETURNING id;

-- name: staff_by_id :one
-- row: staff
SELECT s.id, s.external_id, s.account, s.login, s.name, s.title, s.email, s.agency, s.active, s.gone, s.version, s.made_at, s.changed_at
FROM staff s WHERE s.id = $id;

-- name: staff_by_external :one
-- row: staff
SELECT s.id, s.external_id, s.account, s.login, s.name, s.title, s.email, s.agency, s.active, s.gone, s.version, s.made_at, s.changed_at
FROM staff s WHERE s.external_id = $external_id;

-- name: staff_all_active :many
-- all: the officers of one province, some thousands
SELECT s.id, s.external_id, s.account, s.login, s.name, s.title, s.email, s.agency
FROM staff s WHERE s.active = 1 AND s.gone = 0 ORDER BY s.external_id;

-- Empty text and -1 ask for nothing.
-- name: staff_list :many
-- row: staff
SELECT s.id, s.external_id, s.account, s.login, s.name, s.title, s.email, s.agency, s.active, s.gone, s.version, s.made_at, s.changed_at
FROM staff s
WHERE s.gone = 0 AND ($login::text = '' OR s.login = $login) AND ($external_id::text = '' OR s.external_id = $external_id)
  AND ($name::text = '' OR s.name = $name) AND ($email::text = '' OR s.email = $email)
  AND ($agency::text = '' OR s.agency = $agency) AND ($one::id_int = 0 OR s.id = $one)
  AND ($active::integer = -1 OR s.active = $active)
ORDER BY s.id LIMIT $most::integer OFFSET $skip::integer;

-- name: staff_count :one
-- out: n integer
SELECT count(*) AS n FROM staff s
WHERE s.gone = 0 AND ($login::text = '' OR s.login = $login) AND ($external_id::text = '' OR s.external_id = $external_id)
  AND ($name::text = '' OR s.name = $name) AND ($email::text = '' OR s.email = $email)
  AND ($agency::text = '' OR s.agency = $agency) AND ($one::id_int = 0 OR s.id = $one)
  AND ($active::integer = -1 OR s.active = $active);

-- name: staff_active_count :one
-- out: n integer
SELECT count(*) AS n FROM staff WHERE active = 1 AND gone = 0;

-- name: staff_set :exec
UPDATE staff SET name = $name, name_key = $name_key, title = $title, email = $email, agency = $agency,
    version = version + 1, changed_at = $changed_at WHERE id = $id;

-- name: staff_touch :exec
UPDATE staff SET version = version + 1, changed_at = $changed_at WHERE id = $id;

-- name: staff_end :exec
UPDATE staff SET active = 0, gone = $gone, version = version + 1, changed_at = $now::instant_int, left_by = $left_by,
    left_at = $now WHERE id = $id;

-- name: staff_return_row :exec
UPDATE staff SET active = 1, gone = 0, version = version + 1, changed_at = $changed_at, left_by = NULL, left_at = NULL WHERE id = $id;

-- name: staff_left_since :one
-- out: n integer
SELECT count(*) AS n FROM staff WHERE left_by = $left_by AND left_at >= $since::instant_int;

-- ---- their roles ----

-- name: staff_role_insert :exec
INSERT INTO staff_role (account_grant, staff, role, territory) VALUES ($account_grant, $staff, $role, $territory);

-- name: staff_role_delete :exec
DELETE FROM staff_role WHERE account_grant = $account_grant;

-- name: staff_roles :many
SELECT account_grant, role, territory FROM staff_role WHERE staff = $staff ORDER BY role, territory LIMIT 64;

-- name: staff_role_members :many
SELECT s.id, s.name, r.account_grant FROM staff_role r JOIN staff s ON s.id = r.staff
WHERE r.role = $role AND r.territory = $territory AND s.gone = 0 ORDER BY s.id LIMIT 5000;

-- name: staff_role_places :many
-- all: communes times a few roles
SELECT DISTINCT role, territory FROM staff_role WHERE territory <> '' ORDER BY role, territory;

-- ---- departures that wait for a person ----

-- name: staff_held_insert :id
INSERT INTO staff_held (staff, asked_by, client_name, asked_at, state)
VALUES ($staff, $asked_by, $client_name, $asked_at, 1) RETURNING id;

-- name: staff_held_of :one
-- out: n integer
SELECT count(*) AS n FROM staff_held WHERE staff = $staff AND state = 1;

-- name: staff_held_waiting :many
SELECT h.id, h.staff, h.asked_at, s.name, s.external_id, s.title, s.agency, h.client_name AS client
FROM staff_held h JOIN staff s ON s.id = h.staff
WHERE h.state = 1 ORDER BY h.id LIMIT 1000;

-- name: staff_held_settle :exec
UPDATE staff_held SET state = $state, settled_by = $settled_by, settled_at = $settled_at WHERE id = $id AND state = 1;

-- Searched by name, number or login on the administrator's page.
-- name: staff_search :many
SELECT s.id, s.external_id, s.login, s.name, s.title, s.agency, s.active, s.account, s.left_at
FROM staff s
WHERE s.id > $after::id_int AND s.gone = 0
  AND ($key::text = '' OR s.name_key LIKE '%' || $key::text || '%' OR s.external_id = $text::text OR s.login = $text::text)
ORDER BY s.id LIMIT $most::integer;
