-- What a whole store looks like, counted from its rows: for the tests that break the program on purpose.

-- name: store_counts :one
-- out: declarations integer, guests integer, drafts integer, records integer, keys integer, sessions integer, seals integer
SELECT (SELECT count(*) FROM stay_declaration) AS declarations,
       (SELECT count(*) FROM stay_guest WHERE state <> 0) AS guests,
       (SELECT count(*) FROM stay_guest WHERE state = 0) AS drafts,
       (SELECT count(*) FROM audit_record) AS records,
       (SELECT count(*) FROM platform_idempotency) AS keys,
       (SELECT count(*) FROM account_session) AS sessions,
       (SELECT count(*) FROM audit_seal) AS seals;

-- Each is 0 in a store where every act is there wholly or not at all. before: the last declaration that was seeded.
-- name: store_halves :one
-- out: wrong_count integer, no_record integer, no_declaration integer, gaps integer, odd_keys integer, odd_records integer
-- out: not_entered integer
SELECT (SELECT count(*) FROM stay_declaration d
        WHERE d.guests <> (SELECT count(*) FROM stay_guest g WHERE g.declaration = d.id)) AS wrong_count,
       (SELECT count(*) FROM stay_declaration d LEFT JOIN audit_record a ON a.id = d.audit WHERE a.id IS NULL) AS no_record,
       (SELECT count(*) FROM stay_guest WHERE state <> 0 AND declaration IS NULL) AS no_declaration,
       (SELECT count(*) FROM (SELECT facility, month FROM stay_declaration GROUP BY facility, month
                              HAVING max(n) <> count(*)) AS holes) AS gaps,
       (SELECT count(*) FROM platform_idempotency WHERE route IN ('/api/v1/stays', '/stays')) -
           (SELECT count(*) FROM stay_declaration WHERE id > $before::id_int) AS odd_keys,
       (SELECT count(*) FROM audit_record WHERE action = 'stays.declared') -
           (SELECT count(*) FROM stay_declaration WHERE id > $before::id_int) AS odd_records,
       (SELECT count(*) FROM stay_guest g LEFT JOIN stay_pid i ON i.guest = g.id AND i.pid = g.pid AND i.arrives_at = g.arrives_at
        WHERE g.pid IS NOT NULL AND g.state <> 0 AND g.id <= (SELECT coalesce(max(last), 0) FROM stay_entered) AND i.guest IS NULL) +
           (SELECT count(*) FROM stay_pid i LEFT JOIN stay_guest g ON g.id = i.guest AND g.pid = i.pid AND g.state <> 0
            WHERE g.id IS NULL) AS not_entered;

-- name: store_last_declaration :one
-- out: last integer
SELECT coalesce(max(id), 0) AS last FROM stay_declaration;
