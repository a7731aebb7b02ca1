-- The coverage of row 22 once more, with ages worked out from the digits of a birth and nothing shared with the model's own statements.

-- name: recount :many
-- all: one row a commune
-- out: unit unit_text, people integer, holders integer
SELECT u.code AS unit, count(*) AS people,
       sum(CASE WHEN (SELECT count(*) FROM digital_evidence e WHERE e.person = p.id AND e.kind = $kind::integer
                      AND e.counts_from <= $on::day_text AND e.counts_until > $on) > 0 THEN 1 ELSE 0 END) AS holders
FROM person p JOIN residence r ON r.person = p.id JOIN unit u ON u.id = r.unit
WHERE r.kind = 1 AND length(u.code) = 5 AND r.since <= $on
  AND coalesce(r.until, '9999-12-31') > $on AND coalesce(p.died, '9999-12-31') > $on
  AND CAST(substr($on, 1, 4) AS integer) - CAST(substr(p.born, 1, 4) AS integer)
      - (CASE WHEN substr($on, 6, 5) < substr(p.born || '-01-01', 6, 5) THEN 1 ELSE 0 END) >= $age::integer
GROUP BY u.code ORDER BY u.code;

-- Grown-up residents without any evidence of a digital signature.
-- name: without_signature :many
SELECT p.id, p.pid, p.name, p.born FROM person p JOIN residence r ON r.person = p.id
JOIN unit u ON u.id = r.unit
WHERE r.kind = 1 AND length(u.code) = 5 AND r.since <= $on::day_text AND r.until IS NULL AND p.died IS NULL AND p.born < '2004'
  AND NOT EXISTS (SELECT 1 FROM digital_evidence e WHERE e.person = p.id AND e.kind = 8)
ORDER BY p.id LIMIT 500;
