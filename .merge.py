import re,subprocess
def blocks(p,fn):
    s=open(p).read()
    i=[0]
    def r(m):
        i[0]+=1
        return fn(i[0],m.group(1),m.group(2))
    s=re.sub(r'<<<<<<< [^\n]*\n(.*?)=======\n(.*?)>>>>>>> [^\n]*\n',r,s,flags=re.S)
    open(p,'w').write(s)
def both(i,a,b): return a+b
def automation(i,a,b):
    if i==1: return a+b
    return a
blocks('automation/deployments/automation.ts',automation)
s=open('automation/deployments/automation.ts').read()
s=s.replace("secretsKey: service.secretsKey, secretValues: service.secretValues }, request","secretsKey: service.secretsKey, secretValues: service.secretValues, clean: service.clean }, request")
open('automation/deployments/automation.ts','w').write(s)
def index(i,a,b):
    if 'openAutomation' in a: return b.split("    return openAutomation")[0]+a
    if 'errorKind' in a: return a+b.replace("export { AutomationError, type ErrorKind } from './errors.ts'\n","")
    return a+b
blocks('automation/index.ts',index)
def model(i,a,b):
    if 'receiveHook' in a: return b+a.split("\n",1)[1]
    return a+b
blocks('automation/model.ts',model)
def caller(i,a,b):
    return a.replace("import { everywhere, type AccessSettings, type AccessStore, type Principal }","import { everywhere, type AccessSettings, type AccessStore, type Actor, type Origin, type Principal }")
blocks('server/access/caller.ts',caller)
blocks('server/plugins/errors.ts',lambda i,a,b:b.split("/** One answer")[0])
def schemas(i,a,b):
    return a.replace("validationCheckSchema, validationSchema","validationCheckSchema, validationSchema, auditEntrySchema, verificationSchema")
blocks('server/plugins/schemas.ts',schemas)
