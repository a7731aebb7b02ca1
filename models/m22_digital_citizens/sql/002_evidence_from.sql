-- When evidence began: before its first day nothing was counted.
CREATE INDEX digital_evidence_from ON digital_evidence (counts_from);
