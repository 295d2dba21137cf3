exec(open('.merge.py').read().split("def both")[0])
def steer(i,a,b):
    for x,y in [("({ params, principal: { actor } }) => automation.cancel(params.id, { actor })","(request) => automation.cancel(request.params.id, byOf(request))"),("({ params, principal: { actor } }) => automation.resume(params.id, { actor })","(request) => automation.resume(request.params.id, byOf(request))"),("({ params, body, principal: { actor, groups } }) => automation.approve(params.id, body, { actor, groups })","(request) => automation.approve(request.params.id, request.body, byOf(request))"),("({ params, body, principal: { actor } }) => automation.reject(params.id, body, { actor })","(request) => automation.reject(request.params.id, request.body, byOf(request))")]:
        assert x in a; a=a.replace(x,y)
    return a
blocks('server/routes/steering.ts',steer)
blocks('test/server/access/table.ts',lambda i,a,b:a.split('\n')[0]+'\n'+b)
blocks('test/server/fixtures/memory-automation.ts',lambda i,a,b:a.replace("type Actor, type Automation","type Act, type Actor, type AuditLog, type Automation"))
p='server/routes/audit.ts'
s=open(p).read()
s=s.replace("summary: 'Read the audit log'","operationId: 'listAudit', summary: 'Read the audit log'").replace("summary: 'Export the audit log'","operationId: 'exportAudit', summary: 'Export the audit log'").replace("summary: 'Check the audit log'","operationId: 'verifyAudit', summary: 'Check the audit log'")
s=s.replace("...problems(400, 403, 503)","...problems()").replace("...problems(403, 503)","...problems()")
open(p,'w').write(s)
p='test/server/openapi.test.ts'
s=open(p).read()
print("audit" in s)
