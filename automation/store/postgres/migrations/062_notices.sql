-- Failed units are told too, as they fail.
DROP TRIGGER events_noted ON windlass.events;
CREATE TRIGGER events_noted AFTER INSERT ON windlass.events FOR EACH ROW WHEN (NEW.type LIKE 'deployment.%' OR NEW.type = 'unit.failed') EXECUTE FUNCTION windlass.note_event();
