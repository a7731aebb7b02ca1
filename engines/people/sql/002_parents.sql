-- Whose children somebody's are: asked at every sign-in.
CREATE INDEX person_mother ON person (mother) WHERE mother IS NOT NULL;
CREATE INDEX person_father ON person (father) WHERE father IS NOT NULL;
