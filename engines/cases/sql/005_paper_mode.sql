-- Of what a source said: MÔ PHỎNG, THỬ or THẬT. Empty: what came before, and what is the applicant's own: the case's mode.
ALTER TABLE case_paper ADD COLUMN mode text NOT NULL DEFAULT '';
