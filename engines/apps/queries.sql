-- name: app_insert :exec
INSERT INTO app (client, agency, contact, returned, made_by, made_at) VALUES ($client, $agency, $contact, 0, $made_by, $made_at);

-- name: app_row :one
SELECT a.client, a.agency, a.contact, a.pending, a.returned, a.made_at, c.name, c.status, c.valid_until
FROM app a JOIN signon_client c ON c.id = a.client WHERE a.client = $client;

-- name: apps_list :many
-- all: a province has some hundreds of apps
SELECT a.client, a.agency, a.pending, a.returned, a.made_at, c.name, c.status, c.valid_until
FROM app a JOIN signon_client c ON c.id = a.client ORDER BY c.name, a.client;

-- name: app_contact_set :exec
UPDATE app SET contact = $contact, returned = 0 WHERE client = $client;

-- name: app_pending_set :exec
UPDATE app SET pending = $pending?, returned = 0 WHERE client = $client;

-- name: app_returned_set :exec
UPDATE app SET returned = 1, pending = NULL WHERE client = $client;

-- name: app_history_insert :exec
INSERT INTO app_history (client, at, account, by_name, act, note) VALUES ($client, $at, $account, $by_name, $act, $note);

-- name: app_history :many
SELECT at, by_name, act, note FROM app_history WHERE client = $client ORDER BY id DESC LIMIT 50;

-- Who asked for what waits now.
-- name: app_asked_by :one
SELECT account FROM app_history WHERE client = $client AND act IN ('asked', 'changed') ORDER BY id DESC LIMIT 1;

-- name: app_warning_put :exec
INSERT INTO app_warning (client, thing, ends_on, days, at) VALUES ($client, $thing, $ends_on, $days, $at)
ON CONFLICT (client, thing, ends_on, days) DO NOTHING;

-- Only the tightest warning of what has not ended yet.
-- name: app_warnings :many
-- all: a few of some hundreds of apps
-- out: days integer
SELECT client, thing, ends_on, min(days) AS days FROM app_warning WHERE ends_on > $today::day_text
GROUP BY client, thing, ends_on ORDER BY ends_on, client;
