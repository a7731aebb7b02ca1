-- A role may be held in an agency: its code (engines/agencies), which outlives its names.
ALTER TABLE account_grant ADD COLUMN agency text;
CREATE INDEX account_grant_agency ON account_grant (agency) WHERE agency IS NOT NULL;
