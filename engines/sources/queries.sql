-- ---- what was said for a filing ----

-- name: source_take_rows :many
SELECT slot, system, state, person, question, body, as_of, mode, asked_at FROM source_take WHERE holder = $holder ORDER BY slot LIMIT 60;

-- name: source_take_set :exec
INSERT INTO source_take (holder, slot, system, state, account, path, paper, person, question, body, as_of, mode, asked_at)
VALUES ($holder, $slot, $system, $state, $account, $path, $paper, $person, $question, $body, $as_of?, $mode, $asked_at)
ON CONFLICT (holder, slot) DO UPDATE SET system = excluded.system, state = excluded.state, account = excluded.account,
    path = excluded.path, paper = excluded.paper, person = excluded.person, question = excluded.question, body = excluded.body,
    as_of = excluded.as_of, mode = excluded.mode, asked_at = excluded.asked_at;

-- name: source_take_drop :exec
DELETE FROM source_take WHERE holder = $holder;

-- name: source_takes_expire :exec
DELETE FROM source_take WHERE asked_at < $before::instant_int;

-- Those that somebody waits for, longest not asked first.
-- name: source_takes_waiting :many
SELECT holder, slot, system, account, path, paper, person, question, asked_at FROM source_take
WHERE state = 3 AND asked_at < $before::instant_int ORDER BY asked_at, holder, slot LIMIT $most::integer;

-- A wait ends once: whoever is second changes nothing.
-- name: source_take_arrive :exec
UPDATE source_take SET state = $state, body = $body, as_of = $as_of?, mode = $mode, asked_at = $asked_at
WHERE holder = $holder AND slot = $slot AND state = 3 AND asked_at = $seen::instant_int;

-- ---- the last good answers ----

-- name: source_kept_row :one
SELECT body, as_of, mode FROM source_kept WHERE system = $system AND about = $about AND members = $members;

-- name: source_kept_set :exec
INSERT INTO source_kept (system, about, members, body, as_of, mode) VALUES ($system, $about, $members, $body, $as_of, $mode)
ON CONFLICT (system, about, members) DO UPDATE SET body = excluded.body, as_of = excluded.as_of, mode = excluded.mode;

-- name: source_kept_expire :exec
DELETE FROM source_kept WHERE as_of < $before::instant_int;

-- ---- outages ----

-- name: source_outage_rows :many
-- all: a province has some dozens of sources
SELECT system, since, reason, by_name FROM source_outage ORDER BY system;

-- name: source_outage_set :exec
INSERT INTO source_outage (system, since, reason, by_name) VALUES ($system, $since, $reason, $by_name) ON CONFLICT (system) DO NOTHING;

-- name: source_outage_end :exec
DELETE FROM source_outage WHERE system = $system;
