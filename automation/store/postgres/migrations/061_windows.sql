-- Waiting until what is live may be changed (contract/window.ts, WindowWait), who had it go on before that (WindowOverride), and what was worth knowing at launch (LaunchWarning[]).
ALTER TABLE windlass.deployments ADD COLUMN window_wait jsonb CHECK ((window_wait IS NULL) OR status = 'waiting'), ADD COLUMN window_override jsonb, ADD COLUMN warnings jsonb;
