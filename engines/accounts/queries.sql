-- name: account_insert :id
INSERT INTO account (login, name, name_key, password, pid, person, active, made_at)
VALUES ($login, $name, $name_key, $password?, $pid?, $person?, $active, $made_at) RETURNING id;

-- name: account_by_id :one
-- row: account
SELECT id, login, name, pid, person, active, made_at FROM account WHERE id = $id;

-- name: account_unopened :one
-- out: unopened bool_int
SELECT password IS NULL AS unopened FROM account WHERE id = $id;

-- name: accounts_by_pid :many
-- row: account
SELECT id, login, name, pid, person, active, made_at FROM account WHERE pid = $pid AND active = 1 ORDER BY id LIMIT 8;

-- name: account_id_of_login :one
SELECT id FROM account WHERE login = $login;

-- name: account_name_set :exec
UPDATE account SET name = $name, name_key = $name_key WHERE id = $id;

-- name: account_active_set :exec
UPDATE account SET active = $active WHERE id = $id;

-- name: accounts_search :many
SELECT id, login, name, active, made_at FROM account
WHERE id > $after::id_int AND ($key::text = '' OR name_key LIKE '%' || $key::text || '%' OR login = $key::text)
ORDER BY id LIMIT $most::integer;

-- ---- grants ----

-- name: grant_insert :id
INSERT INTO account_grant (account, role, territory, facility, agency, from_day, until_day, given_by, given_at)
VALUES ($account, $role, $territory?, $facility?, $agency?, $from_day, $until_day, $given_by?, $given_at) RETURNING id;

-- What another register gave ends there.
-- name: grant_end :exec
UPDATE account_grant SET until_day = $until_day
WHERE id = $id AND account = $account AND until_day > $until_day AND source IS NULL;

-- A grant that has not begun yet ends before it begins: it never holds.
-- name: grants_end_all :exec
UPDATE account_grant SET until_day = $until_day WHERE account = $account AND until_day > $until_day;

-- name: grants_in_force :many
-- out: principal text?
SELECT g.id, g.role, g.territory, g.facility, g.agency, g.until_day, g.organisation, g.ward, g.behalf, g.scope,
       a.name AS principal
FROM account_grant g LEFT JOIN account_grant h ON h.id = g.instead_of LEFT JOIN account a ON a.id = h.account
WHERE g.account = $account AND g.from_day <= $today::day_text AND g.until_day > $today
  AND (g.instead_of IS NULL OR (h.from_day <= $today AND h.until_day > $today AND a.active = 1))
ORDER BY CASE WHEN g.instead_of IS NULL THEN 0 ELSE 1 END, g.id LIMIT 300;

-- Roles of one's own: those that may be given to somebody else for a time.
-- name: grants_own :many
SELECT id, role, territory, facility, agency FROM account_grant
WHERE account = $account AND instead_of IS NULL AND from_day <= $today::day_text AND until_day > $today ORDER BY id LIMIT 32;

-- name: delegation_insert :id
INSERT INTO account_grant (account, role, territory, facility, agency, from_day, until_day, given_by, given_at, instead_of, reason)
VALUES ($account, $role, $territory?, $facility?, $agency?, $from_day, $until_day, $given_by, $given_at, $instead_of, $reason)
RETURNING id;

-- Given by this account or to it, the latest first; not what ended before `since`.
-- name: delegations_of :many
SELECT g.id, g.role, g.from_day, g.until_day, g.reason, b.name AS to_name, a.name AS from_name
FROM account_grant g JOIN account_grant h ON h.id = g.instead_of JOIN account a ON a.id = h.account
JOIN account b ON b.id = g.account
WHERE (g.account = $account OR h.account = $account) AND g.until_day >= $since::day_text
ORDER BY g.id DESC LIMIT 100;

-- By whoever gave it or holds it.
-- name: delegation_end :exec
UPDATE account_grant SET until_day = $until_day
WHERE id = $id AND until_day > $until_day AND instead_of IS NOT NULL
  AND (account = $account OR instead_of IN (SELECT h.id FROM account_grant h WHERE h.account = $account));

-- Somebody who holds any role but the citizen's, and not only for a company or a child.
-- name: officer_of_login :one
SELECT a.id FROM account a WHERE a.login = $login AND a.active = 1
  AND EXISTS (SELECT 1 FROM account_grant g WHERE g.account = a.id AND g.role <> 'citizen' AND g.source IS NULL
              AND g.from_day <= $today::day_text AND g.until_day > $today);

-- name: grants_of_account :many
SELECT id, role, territory, facility, agency, from_day, until_day, behalf, source FROM account_grant WHERE account = $account
ORDER BY id DESC LIMIT 100;

-- name: grants_of_agency :many
-- all: roles held in one agency
SELECT id, account, role, territory, facility, agency, from_day, until_day, given_by FROM account_grant
WHERE agency = $agency ORDER BY id;

-- name: role_holders_of :many
-- row: struct role_holder in engines/accounts/accounts.h
-- out: from day_text
SELECT a.id, a.login, a.name, a.active, min(g.from_day) AS "from" FROM account a JOIN account_grant g ON g.account = a.id
WHERE g.role = $role GROUP BY a.id, a.login, a.name, a.active ORDER BY a.id LIMIT 100;

-- Who holds a role today in one unit ('': any), in one agency ('': any).
-- name: role_holders_here :many
-- row: struct role_holder in engines/accounts/accounts.h
-- out: from day_text
SELECT a.id, a.login, a.name, a.active, min(g.from_day) AS "from" FROM account a JOIN account_grant g ON g.account = a.id
WHERE g.role = $role AND a.active = 1 AND g.from_day <= $today::day_text AND g.until_day > $today::day_text
  AND ($territory::text = '' OR g.territory = $territory::text) AND ($agency::text = '' OR g.agency = $agency::text)
GROUP BY a.id, a.login, a.name, a.active ORDER BY a.name, a.id LIMIT 100;

-- Whose grant it is.
-- name: grant_holder :one
SELECT g.role, a.name FROM account_grant g JOIN account a ON a.id = g.account WHERE g.id = $id;

-- name: grant_agency_set :exec
UPDATE account_grant SET agency = $agency WHERE id = $id;

-- name: grant_until_set :exec
UPDATE account_grant SET until_day = $until_day WHERE id = $id;

-- Its number may be given again: no session keeps it as its hat.
-- name: session_hat_forget :exec
UPDATE account_session SET hat = NULL
WHERE hat = $id::id_int AND account = (SELECT account FROM account_grant WHERE id = $id::id_int);

-- name: grant_delete :exec
DELETE FROM account_grant WHERE id = $id;

-- ---- capacities that other registers give ----

-- What a register gave an account, by the beginning of its word for it; not what has ended.
-- name: capacities_of :many
-- all: what one register gave one account; the register bounds it
SELECT id, role, source, organisation, ward, behalf, scope, from_day, until_day FROM account_grant
WHERE account = $account AND source LIKE $register_name::text || '.%' AND until_day > $today::day_text ORDER BY id;

-- name: capacity_insert :id
INSERT INTO account_grant (account, role, from_day, until_day, given_at, organisation, ward, behalf, scope, source)
VALUES ($account, $role, $from_day, $until_day, $given_at, $organisation?, $ward?, $behalf?, $scope?, $source) RETURNING id;

-- name: capacity_end :exec
UPDATE account_grant SET until_day = $until_day WHERE id = $id AND until_day > $until_day;

-- name: capacity_change :exec
UPDATE account_grant SET until_day = $until_day, behalf = $behalf?, scope = $scope? WHERE id = $id;

-- ---- hats ----

-- A session whose account is about to get a second role goes on in the one it has.
-- name: sessions_keep_hat :exec
UPDATE account_session SET hat = (SELECT min(g.id) FROM account_grant g
                                  WHERE g.account = $account AND g.from_day <= $today::day_text AND g.until_day > $today)
WHERE account = $account AND hat IS NULL AND ended_at IS NULL AND methods <> 'token'
  AND (SELECT count(*) FROM account_grant g WHERE g.account = $account AND g.from_day <= $today AND g.until_day > $today) = 1;

-- name: session_hat_set :exec
UPDATE account_session SET hat = $hat WHERE id = $id AND account = $account AND ended_at IS NULL;

-- One of the account's own grants, whether it holds or not: so that a refusal can name it.
-- name: hat_of_account :one
SELECT role, behalf, until_day FROM account_grant WHERE id = $id AND account = $account;

-- ---- sessions ----

-- name: session_insert :id
INSERT INTO account_session (token, account, made_at, expires_at, remote, agent, methods, assurance, authenticated_at,
                             only_functions, mark)
VALUES ($token, $account, $made_at, $expires_at, $remote, $agent, $methods, $assurance, $authenticated_at,
        $only_functions?, $mark?) RETURNING id;

-- name: session_confirm :exec
UPDATE account_session SET token = $token, expires_at = $expires_at, methods = $methods, assurance = $assurance,
       authenticated_at = $authenticated_at, only_functions = $only_functions?, mark = $mark?
WHERE id = $id AND account = $account AND ended_at IS NULL;

-- name: session_by_token :one
SELECT s.id, s.account, s.expires_at, s.methods, s.assurance, s.authenticated_at, s.only_functions, s.mark, s.hat,
       a.login, a.name, a.pid, a.person
FROM account_session s JOIN account a ON a.id = s.account
WHERE s.token = $token AND s.ended_at IS NULL AND a.active = 1;

-- name: session_number :one
SELECT id FROM account_session WHERE token = $token;

-- name: sessions_of_account :many
SELECT s.id, s.made_at, s.seen_at, s.expires_at, s.remote, s.agent, s.methods, s.assurance, s.mark, g.role, g.behalf
FROM account_session s LEFT JOIN account_grant g ON g.id = s.hat
WHERE s.account = $account AND s.ended_at IS NULL AND s.expires_at > $now::instant_int ORDER BY s.id DESC LIMIT 50;

-- name: session_end :exec
UPDATE account_session SET ended_at = $now::instant_int WHERE id = $id AND account = $account AND ended_at IS NULL;

-- name: sessions_end_all :exec
UPDATE account_session SET ended_at = $now::instant_int WHERE account = $account AND id <> $keep::id_int AND ended_at IS NULL;

-- name: sessions_end_by_mark :exec
UPDATE account_session SET ended_at = $now::instant_int WHERE mark = $mark AND ended_at IS NULL;

-- name: session_seen :exec
UPDATE account_session SET seen_at = $seen::instant_int WHERE id = $id AND (seen_at IS NULL OR seen_at < $seen::instant_int);

-- name: sessions_forget :exec
DELETE FROM account_session WHERE expires_at < $before::instant_int;

-- ---- one-time links ----

-- name: invite_insert :exec
INSERT INTO account_invite (token, account, expires_at) VALUES ($token, $account, $expires_at);

-- ---- demo ----

-- name: demo_insert :exec
INSERT INTO account_demo (account, place, password, does) VALUES ($account, $place, $password, $does);

-- name: demo_accounts :many
-- row: struct demo_account in engines/accounts/accounts.h
SELECT a.login, d.password, a.name, d.does FROM account_demo d JOIN account a ON a.id = d.account ORDER BY d.place LIMIT 60;
