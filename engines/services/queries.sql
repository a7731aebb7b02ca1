-- ---- the catalogue ----

-- name: services_stamp :one
SELECT n FROM service_stamp WHERE one = 1;

-- name: services_stamp_next :exec
UPDATE service_stamp SET n = n + 1 WHERE one = 1;

-- name: services_count :one
-- out: n integer
SELECT count(*) AS n FROM service;

-- name: service_row :one
SELECT code, name, sector, sector_name, national_code FROM service WHERE code = $code;

-- name: service_put :exec
INSERT INTO service (code, name, sector, sector_name, national_code, changed_at)
VALUES ($code, $name, $sector, $sector_name, $national_code?, $changed_at)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, sector = excluded.sector, sector_name = excluded.sector_name,
    national_code = excluded.national_code, changed_at = excluded.changed_at;

-- name: service_version_insert :id
INSERT INTO service_version (service, version, since, until, level, unit_level, function, flow, days, papers, body, hash, published_at,
    published_by, drafted_by)
VALUES ($service, $version, $since, $until, $level, $unit_level, $function, $flow, $days, $papers, $body, $hash, $published_at,
    $published_by, $drafted_by) RETURNING id;

-- name: service_version_body :one
SELECT v.service, v.body, s.name, s.sector, s.sector_name, s.national_code FROM service_version v JOIN service s ON s.code = v.service
WHERE v.id = $id;

-- The version in force: the latest that has begun, unless its own end has come.
-- name: service_version_ids :many
-- all: the catalogue: some hundred versions
SELECT id FROM service_version ORDER BY service, version;

-- name: service_version_on :one
SELECT id, version, until FROM service_version WHERE service = $service AND since <= $today::day_text ORDER BY since DESC LIMIT 1;

-- Services that can be filed for online on a day: their version in force then is more than information.
-- name: services_online_count :one
-- out: n integer
SELECT count(DISTINCT v.service) AS n FROM service_version v
WHERE v.since <= $today::day_text AND v.until > $today::day_text AND v.level <> $info::integer
  AND NOT EXISTS (SELECT 1 FROM service_version w WHERE w.service = v.service AND w.since > v.since AND w.since <= $today::day_text);

-- name: service_versions :many
-- all: a service has a handful of versions
SELECT id, version, since, until, level, unit_level, function, flow, days, papers, hash, published_at, published_by, drafted_by
FROM service_version WHERE service = $service ORDER BY version;

-- name: service_bodies :many
-- all: a service has a handful of versions
SELECT body FROM service_version WHERE service = $service ORDER BY version;

-- What is in force today, one row a service.
-- name: services_listed :many
-- all: a province has some thousand services
SELECT v.id, v.service, v.version, v.since, v.until, v.level, v.unit_level, v.function, v.flow, v.days, v.papers, s.name, s.sector,
    s.sector_name, s.national_code
FROM service_version v JOIN service s ON s.code = v.service
WHERE v.since = (SELECT max(w.since) FROM service_version w WHERE w.service = v.service AND w.since <= $today::day_text)
    AND v.until > $today::day_text
ORDER BY s.sector_name, s.code;

-- name: service_codes :many
-- all: a province has some thousand services
SELECT code FROM service ORDER BY code;

-- ---- words ----

-- name: service_keywords_drop :exec
DELETE FROM service_keyword WHERE service = $service;

-- name: service_keyword_insert :exec
INSERT INTO service_keyword (service, n, phrase) VALUES ($service, $n, $phrase);

-- name: service_keywords :many
-- all: at most sixty
SELECT phrase FROM service_keyword WHERE service = $service ORDER BY n;

-- name: services_keywords :each
SELECT service, phrase FROM service_keyword ORDER BY service, n;

-- name: service_events_drop :exec
DELETE FROM service_event WHERE service = $service;

-- name: service_event_insert :exec
INSERT INTO service_event (service, event) VALUES ($service, $event);

-- name: service_events :many
-- all: at most eight
SELECT event FROM service_event WHERE service = $service ORDER BY event;

-- name: services_events :many
-- all: a few for each service
SELECT event, service FROM service_event ORDER BY event, service;

-- ---- drafts ----

-- name: service_draft_insert :id
INSERT INTO service_draft (service, base, state, revision, body, made_by, made_name, changed_by, changed_name, changed_at, editors)
VALUES ($service, $base?, 0, 1, $body, $made_by, $made_name, $changed_by, $changed_name, $changed_at, $editors) RETURNING id;

-- name: service_draft_row :one
SELECT id, service, base, state, revision, body, since, made_by, made_name, changed_by, changed_name, changed_at, editors, proposed_by,
    proposed_name
FROM service_draft WHERE id = $id;

-- name: service_drafts_open :many
-- all: a handful of drafts are open at a time
SELECT id, service, state, since, made_name, changed_name, changed_at FROM service_draft WHERE state <= 1 ORDER BY changed_at DESC, id DESC;

-- One more revision, if nobody was faster.
-- name: service_draft_change :exec
UPDATE service_draft SET body = $body, revision = revision + 1, changed_by = $changed_by, changed_name = $changed_name,
    changed_at = $changed_at, editors = $editors
WHERE id = $id AND revision = $revision AND state = 0;

-- name: service_draft_propose :exec
UPDATE service_draft SET state = 1, since = $since, proposed_by = $proposed_by, proposed_name = $proposed_name, revision = revision + 1
WHERE id = $id AND revision = $revision AND state = 0;

-- Back to its editors, or done with.
-- name: service_draft_settle :exec
UPDATE service_draft SET state = $state, revision = revision + 1 WHERE id = $id AND revision = $revision AND state <= 1;
