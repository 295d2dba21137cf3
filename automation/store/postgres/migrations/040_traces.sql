-- Where a deployment belongs in the traces of whoever launched or resumed it: a W3C traceparent, kept so that another process goes on in the same trace. Null: nobody traced.
ALTER TABLE windlass.deployments
  ADD COLUMN trace text,
  -- When it was launched or last resumed.
  ADD COLUMN traced_at timestamptz,
  -- The deployment's own span before it was resumed.
  ADD COLUMN trace_link text;
