exec(open('.merge.py').read().split("def both")[0])
blocks('automation/model.ts',lambda i,a,b:b+a)
blocks('server/plugins/schemas.ts',lambda i,a,b:a.replace("validationCheckSchema, validationSchema","validationCheckSchema, validationSchema, auditEntrySchema, verificationSchema"))
blocks('test/server/fixtures/memory-automation.ts',lambda i,a,b:a.replace("type Actor, type Automation","type Act, type Actor, type AuditLog, type Automation"))
