-- name: app_insert :exec
INSERT INTO app (client, agency, contact, returned, made_by, made_at) VALUES ($client, $agency, $contact, 0, $made_by, $made_at);

-- An app that registered itself has no row of the desk until somebody decides about it. Whoever invited it is who asked.
-- name: app_row :one
-- out: agency text, contact text, returned bool_int, made_at instant_int, by_itself bool_int, asked_at instant_int?
-- out: inviter id_int?, inviter_name text?
SELECT c.id AS client, coalesce(a.agency, '') AS agency, coalesce(a.contact, '') AS contact, a.pending,
       CASE WHEN a.returned = 1 AND coalesce(a.returned_version, c.version) = c.version THEN 1 ELSE 0 END AS returned,
       coalesce(a.made_at, c.made_at) AS made_at, c.name, c.status, c.valid_until,
       CASE WHEN a.client IS NULL THEN 1 ELSE 0 END AS by_itself, i.used_at AS asked_at, i.made_by AS inviter, m.name AS inviter_name
FROM signon_client c LEFT JOIN app a ON a.client = c.id LEFT JOIN signon_invitation i ON i.client = c.id
     LEFT JOIN account m ON m.id = i.made_by
WHERE c.id = $client AND (a.client IS NOT NULL OR i.client IS NOT NULL);

-- name: apps_list :many
-- all: a province has some hundreds of apps
-- out: agency text, owner text, returned bool_int, made_at instant_int, by_itself bool_int
SELECT c.id AS client, coalesce(a.agency, '') AS agency, c.owner, a.pending,
       CASE WHEN a.returned = 1 AND coalesce(a.returned_version, c.version) = c.version THEN 1 ELSE 0 END AS returned,
       coalesce(a.made_at, c.made_at) AS made_at, c.name, c.status, c.valid_until, CASE WHEN i.client IS NULL THEN 0 ELSE 1 END AS by_itself
FROM signon_client c LEFT JOIN app a ON a.client = c.id LEFT JOIN signon_invitation i ON i.client = c.id
WHERE a.client IS NOT NULL OR i.client IS NOT NULL ORDER BY c.name, c.id;

-- name: app_contact_set :exec
UPDATE app SET contact = $contact, returned = 0 WHERE client = $client;

-- name: app_pending_set :exec
UPDATE app SET pending = $pending?, returned = 0 WHERE client = $client;

-- name: app_returned_set :exec
UPDATE app SET returned = 1, pending = NULL, returned_version = (SELECT version FROM signon_client WHERE id = $client)
WHERE client = $client;

-- name: app_history_insert :exec
INSERT INTO app_history (client, at, account, by_name, act, note) VALUES ($client, $at, $account, $by_name, $act, $note);

-- name: app_history :many
SELECT at, by_name, act, note FROM app_history WHERE client = $client ORDER BY id DESC LIMIT 50;

-- Who asked for what waits now.
-- name: app_asked_by :one
SELECT account FROM app_history WHERE client = $client AND act IN ('asked', 'changed', 'by_itself') ORDER BY id DESC LIMIT 1;

-- name: app_warning_put :exec
INSERT INTO app_warning (client, thing, ends_on, days, at) VALUES ($client, $thing, $ends_on, $days, $at)
ON CONFLICT (client, thing, ends_on, days) DO NOTHING;

-- Only the tightest warning of what has not ended yet.
-- name: app_warnings :many
-- all: a few of some hundreds of apps
-- out: days integer
SELECT client, thing, ends_on, min(days) AS days FROM app_warning WHERE ends_on > $today::day_text
GROUP BY client, thing, ends_on ORDER BY ends_on, client;
