/** Made by `node scripts/api-types.ts` from the OpenAPI document. */

export interface paths {
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read this document
         * @description The OpenAPI 3.1 document of the service; /docs shows it as a page.
         */
        get: operations["readApiDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read metrics for Prometheus
         * @description In Prometheus' text format. Callers who may see all federations get all figures of the service; others the deployments, units, drift and orphans of the federations that they may see.
         */
        get: operations["readMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell whether the process answers
         * @description For liveness probes: it does not look at the database.
         */
        get: operations["readHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell whether deployments are accepted and run
         * @description For readiness probes and load balancers: each part, with what is wrong and what to do about it. `pulumi`, the CLI for live deployments, does not make the service unready, since rehearsals go on. A service that authenticates its callers gives the reasons only to those who show credentials.
         */
        get: operations["readReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read who makes this request, and what they may do
         * @description Without credentials too: then it says how to sign in.
         */
        get: operations["readSession"];
        put?: never;
        /**
         * Sign in with a token
         * @description Begins a session of the dashboard. Its cookie stands for the token and ends with it.
         */
        post: operations["signIn"];
        /**
         * Sign out
         * @description Ends the session for good; without a session it does nothing.
         */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sign in with an issuer
         * @description Authorization code flow with PKCE; for browsers.
         */
        get: operations["beginSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Come back from an issuer
         * @description The address to which the issuer sends the browser after the sign-in. Begins a session and redirects to the page that the browser wanted.
         */
        get: operations["endSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tokens
         * @description The token that the caller uses, and those that the caller could create with it.
         */
        get: operations["listTokens"];
        put?: never;
        /**
         * Create a token
         * @description Only this answer has the text of the token. Nobody can grant more than they have. The token acts for its creator. One that an admin makes for another person acts for nobody: its approvals do not count.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a token
         * @description Takes effect at once and ends the sessions that rest on the token.
         */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deployments
         * @description The latest first, page by page; only those of federations that the caller may see.
         */
        get: operations["listDeployments"];
        put?: never;
        /**
         * Launch a deployment
         * @description Validates the request, plans it and queues the deployment. A repeated request with the same Idempotency-Key, body and caller returns the first deployment (Idempotent-Replayed: true).
         */
        post: operations["launchDeployment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a deployment
         * @description Its progress, phase by phase. Suited to polling: send the ETag of the last answer as If-None-Match.
         */
        get: operations["readDeployment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/gates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a deployment's gates
         * @description The phases that wait for an approval, in their order: who may approve, what was decided, and why.
         */
        get: operations["listGates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a deployment's units
         * @description In the order of the plan, page by page.
         */
        get: operations["listUnits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/units/{unit}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a unit
         * @description Its status, attempts, outputs (secrets masked), cost and, when it failed, why.
         */
        get: operations["readUnit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/validation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the validation report
         * @description The results of phase 8: reachability, latency, failover, security and capacity, each with measure, target and reason. 404 (validation-not-found) before the phase has run.
         */
        get: operations["readValidation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a deployment's events
         * @description As text/event-stream or application/x-ndjson: each event as it is stored, until the final one. As application/json: a page. A stream resumes after the seq in Last-Event-ID, or in `after`. Events are removed some time after the deployment has ended: 410 says which are kept.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/policy-findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what policies found
         * @description Violations of the policy pack, in the order of their events. A unit that was tried again may report one twice.
         */
        get: operations["listPolicyFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what a drift check found
         * @description Resources that differ from the state, in the order in which their units ended. Other operations find none.
         */
        get: operations["listDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the resources that were changed
         * @description In the order of their events, with the properties that differ; secrets have no values. Of a preview: what would be changed.
         */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what waits for an approval
         * @description Deployments at a gate, the latest launch first. `mine` says whether the caller's approval would count, and `refusal` why not.
         */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/override-window": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Continue a deployment outside its windows
         * @description A deployment that waits for a maintenance window, or for the end of a freeze, continues now and waits for no further window; after a resume it waits again. The reason is kept with the deployment and in the audit log.
         */
        post: operations["overrideWindow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a deployment
         * @description A queued deployment ends at once. A running one starts no further unit and ends after the resource operations that are under way.
         */
        post: operations["cancelDeployment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a failed or canceled deployment
         * @description Runs the units that have not succeeded, with the federation as it was at launch.
         */
        post: operations["resumeDeployment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve the phase that waits
         * @description The phase starts once its gate has as many approvals as it needs; `gate` of the deployment says who may still give one. 403 approval-refused: the caller's approval does not count.
         */
        post: operations["approvePhase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject the phase that waits
         * @description The deployment fails with the code `rejected`; it can be resumed.
         */
        post: operations["rejectPhase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hooks/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver a webhook
         * @description Launches what the hook's rules say about a push, a tag or a pull request. A repeated delivery gets the same answer. GitHub: X-Hub-Signature-256 and X-GitHub-Delivery; GitLab: webhook-signature or X-Gitlab-Token; others: Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature).
         */
        post: operations["deliverHook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hooks/{name}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a hook's deliveries
         * @description The latest first: what each launched, or why it launched nothing. Deliveries with a wrong signature are in the audit log.
         */
        get: operations["listHookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List notifications
         * @description Slack, PagerDuty, e-mail, signed webhooks and callbacks of hooks, the latest first. With status=dead: those that were given up.
         */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{notification}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a notification again
         * @description One that was given up (dead) gets as many attempts as at first. Later notifications of the same deployment to the same receiver wait for it.
         */
        post: operations["resendNotification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/federations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List federations
         * @description All files in the folder of federations, those with mistakes included, and federations that have no file any more while something of them is deployed, by name.
         */
        get: operations["listFederations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/federations/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a federation
         * @description The file on disk, validated and with its defaults. A file with mistakes is answered with 400, and `errors` lists them.
         */
        get: operations["readFederation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/federations/{name}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Plan an operation
         * @description The units, their dependencies, and the predicted schedule and critical path of the live run. `orphans` are units that are deployed in the mode and world and no longer in the federation file: a refresh, destroy or drift check takes those of its phases and clusters along.
         */
        get: operations["planOperation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scenarios": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List scenarios
         * @description What can go wrong in a rehearsal by name (`rehearsal.scenario` in the launch), and what is then expected of the service. Once a deployment has ended it says whether it went so.
         */
        get: operations["listScenarios"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/federations/{name}/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a federation's schedules
         * @description What each schedule of the file launches, when it is due next, what it launched last, and which times it left out because what it had launched before was not over.
         */
        get: operations["listSchedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/federations/{name}/windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a federation's maintenance windows
         * @description The windows and freezes of the file, whether each is open, and when everything live may be changed. A live up, refresh or destroy waits for them before each phase.
         */
        get: operations["readWindows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/federations/{name}/outputs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the outputs of what is deployed
         * @description By unit; a secret is shown as `{"secret": true}`.
         */
        get: operations["readOutputs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/federations/{name}/stacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the stacks that exist
         * @description The Pulumi stacks of a federation in live mode or in a world, the oldest first.
         */
        get: operations["listStacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/federations/{name}/stacks/{stack}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export a stack's state
         * @description The document that `pulumi stack export` gives; secrets stay encrypted.
         */
        get: operations["exportStackState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/worlds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the worlds of rehearsals
         * @description Named worlds with what the federations that the caller may see have in them, by name. A fresh world goes with its deployment and is not listed.
         */
        get: operations["listWorlds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/worlds/{world}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Drop a world of rehearsals
         * @description Removes its simulated clouds, stacks and outputs. Deployments that were rehearsed in it stay readable and cannot be resumed. The caller needs the permission to destroy rehearsals of every phase of all federations in it. Refused while a deployment in it has not ended.
         */
        delete: operations["dropWorld"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/worlds/{world}/outages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the outages of a world
         * @description Parts of its simulated clouds that answer nobody, until they are ended.
         */
        get: operations["listOutages"];
        put?: never;
        /**
         * Begin an outage in a world
         * @description From now on nothing that fits answers in the rehearsals of the world: neither the APIs of the cloud nor the clusters that run there, until the outages of the world are ended. The caller needs the permission to destroy rehearsals of all federations in it.
         */
        post: operations["beginOutage"];
        /**
         * End the outages of a world
         * @description Everything in the world answers again. What failed meanwhile is resumed by its callers.
         */
        delete: operations["endOutages"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/worlds/{world}/agings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the agings of a world
         * @description What broke each time that its clock was put forward: the latest 20.
         */
        get: operations["listAgings"];
        put?: never;
        /**
         * Put the clock of a world forward
         * @description Tells what broke in between: certificates and tokens that ended, backups that their bucket deleted, versions that are no longer supported. Ups that schedules of live stacks, or of the world, would have launched are assumed to have succeeded, and to have replaced what was due; nothing is deployed by it. What is deployed afterwards begins at the new time. The caller needs the permission to destroy rehearsals of all federations in it. Refused while a deployment in it has not ended.
         */
        post: operations["ageWorld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the audit log
         * @description The latest first. An admin of some federations sees the entries about these.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the audit log
         * @description Newline-delimited JSON, the oldest first: each entry with its hash and the hash before it, then the head. `windlass audit verify` checks such a file.
         */
        get: operations["exportAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check the audit log
         * @description Follows the chain of hashes through all stored entries.
         */
        get: operations["verifyAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description a problem in a request or a federation file */
        Issue: {
            /** @description a JSON pointer into the body, or the name of the parameter */
            path: string;
            /** @description the same in dotted form, such as rehearsal.faults[0].kind */
            field: string;
            /** @description what is wrong */
            message: string;
            /** @description what would be right */
            expected: string;
            /** @description the federation file */
            file?: string;
            /** @description the number, from 1 */
            line?: number;
            /** @description the number, from 1 */
            column?: number;
            /** @description a stable code for this kind of problem */
            code?: string;
        };
        /** @description why a request failed */
        Problem: {
            /** @description urn:windlass:problem:{code} */
            type: string;
            /** @description the name of the status */
            title: string;
            /** @description the HTTP status */
            status: number;
            /** @description a stable code: clients decide by it, not by the texts */
            code: string;
            /** @description what is wrong and what would be right */
            detail: string;
            /** @description the path of the request */
            instance: string;
            /** @description whether the same request may succeed later without a change */
            retryable: boolean;
            /** @description the request's id, which the service's log has too */
            requestId: string;
            /** @description the request's trace, if the service sends traces */
            traceId?: string;
            /** @description the problems, where there can be several */
            errors?: components["schemas"]["Issue"][];
            /** @description further facts that depend on the code, such as the missing units */
            details?: {
                [key: string]: unknown;
            };
        };
        /** @description whether the service and its parts are ready */
        Readiness: {
            /** @description whether the service takes and runs deployments */
            ready: boolean;
            /** @description the parts of the service by name */
            parts: {
                [key: string]: {
                    ready: boolean;
                    detail?: string;
                };
            };
        };
        /** @description who acts */
        Actor: {
            /** @description a stable, unique id */
            subject: string;
            /** @description the name that people know it by */
            name: string;
            /**
             * @description the kind of actor: one of local, person, token, job, hook, schedule
             * @enum {unknown}
             */
            kind: "local" | "person" | "token" | "job" | "hook" | "schedule";
            /** @description the subject of the person whom a token acts for: the person who made it */
            person?: string;
            /** @description the subject of the person who made a token for somebody else: it acts for nobody */
            maker?: string;
            /** @description the subject that a token names, where it is not its maker's */
            namedFor?: string;
        };
        /** @description the caller and their grants */
        Session: {
            /**
             * @description off: the service listens on its own machine only, and every caller is an admin: one of off, on
             * @enum {unknown}
             */
            authentication: "off" | "on";
            /** @description whether the request has valid credentials */
            signedIn: boolean;
            actor?: components["schemas"]["Actor"];
            /** @description the caller's groups, as their issuer states them */
            groups: string[];
            /** @description the caller's grants */
            grants: {
                /**
                 * @description the role: one of viewer, operator, approver, admin
                 * @enum {unknown}
                 */
                role: "viewer" | "operator" | "approver" | "admin";
                /** @description names of federations; * matches any characters */
                federations: string[];
                /** @description the phases it covers */
                phases: {
                    from: number;
                    to: number;
                };
                /** @description the modes it covers */
                modes: ("rehearsal" | "live")[];
                /** @description the operations it covers */
                operations: ("up" | "preview" | "refresh" | "destroy" | "drift-check")[];
                /** @description the permissions of the role */
                permissions: ("federations.read" | "deployments.read" | "stacks.read" | "metrics.read" | "state.read" | "deployments.launch" | "deployments.steer" | "deployments.approve" | "tokens.use" | "audit.read")[];
            }[];
            /**
             * Format: date-time
             * @description when the credentials expire
             */
            expiresAt?: string;
            /** @description the issuers that people can sign in with */
            issuers: {
                /** @description the issuer's name */
                name: string;
                /** @description the name for people */
                label: string;
                /** @description the path to sign in with it */
                login: string;
            }[];
        };
        /** @description a role and its limits; phases, modes and operations limit what one may do, not what one may see */
        Grant: {
            /**
             * @description the role: one of viewer, operator, approver, admin
             * @enum {unknown}
             */
            role: "viewer" | "operator" | "approver" | "admin";
            /** @description names of federations; * matches any characters */
            federations: string[];
            /** @description the phases it covers */
            phases: {
                from: number;
                to: number;
            };
            /** @description the modes it covers */
            modes: ("rehearsal" | "live")[];
            /** @description the operations it covers */
            operations: ("up" | "preview" | "refresh" | "destroy" | "drift-check")[];
        };
        /** @description a new API token with its secret text */
        CreatedToken: {
            /** @description the token's id */
            id: string;
            /** @description what it is for */
            name: string;
            /**
             * @description whether the token is valid: one of active, expired, revoked
             * @enum {unknown}
             */
            status: "active" | "expired" | "revoked";
            /** @description the subject of the person whom it names */
            person?: string;
            /** @description the subject of the person who made it */
            maker?: string;
            /** @description the subject of the person whom its acts count as; absent: it names another than its maker, so its approvals do not count */
            actsFor?: string;
            /** @description what it permits */
            grants: components["schemas"]["Grant"][];
            createdBy: components["schemas"]["Actor"];
            /**
             * Format: date-time
             * @description when it was created
             */
            createdAt: string;
            /** @description when it expires; null: never */
            expiresAt: string | null;
            /** @description when it was last used, to the minute; null: never */
            lastUsedAt: string | null;
            /** @description when it was revoked; null: it was not */
            revokedAt: string | null;
            /** @description the token's secret text, shown only once */
            token: string;
        };
        /** @description an API token without its secret text */
        Token: {
            /** @description the token's id */
            id: string;
            /** @description what it is for */
            name: string;
            /**
             * @description whether the token is valid: one of active, expired, revoked
             * @enum {unknown}
             */
            status: "active" | "expired" | "revoked";
            /** @description the subject of the person whom it names */
            person?: string;
            /** @description the subject of the person who made it */
            maker?: string;
            /** @description the subject of the person whom its acts count as; absent: it names another than its maker, so its approvals do not count */
            actsFor?: string;
            /** @description what it permits */
            grants: components["schemas"]["Grant"][];
            createdBy: components["schemas"]["Actor"];
            /**
             * Format: date-time
             * @description when it was created
             */
            createdAt: string;
            /** @description when it expires; null: never */
            expiresAt: string | null;
            /** @description when it was last used, to the minute; null: never */
            lastUsedAt: string | null;
            /** @description when it was revoked; null: it was not */
            revokedAt: string | null;
        };
        /** @description resource operations, summed from the engine's summaries */
        ResourceChanges: {
            /** @description resources created */
            create: number;
            /** @description resources updated in place */
            update: number;
            /** @description resources deleted */
            delete: number;
            /** @description resources replaced */
            replace: number;
            /** @description resources unchanged */
            same: number;
        };
        /** @description the cost of the units whose resources are known */
        DeploymentCost: {
            /** @description the estimate, US dollars a month */
            monthly: number;
            /** @enum {unknown} */
            currency: "USD";
            /** @description the range of autoscaling */
            range: {
                /** @description with the fewest nodes, US dollars a month */
                min: number;
                /** @description with the most nodes, US dollars a month */
                max: number;
            };
            /** @description the part that depends on the federation file's volumes, US dollars a month */
            usage: number;
            /** @description the part that rests on unverified prices, US dollars a month */
            fromMemory: number;
            /** @description before the deployment, US dollars a month */
            before: number;
            /** @description the change by the deployment or, in a preview, the expected change, US dollars a month */
            difference: number;
            /** @description items without a price, listed by the units */
            unpriced: number;
            /** @description how many units were estimated */
            units: number;
            perPhase: {
                phase: number;
                /** @description the phase's part, US dollars a month */
                monthly: number;
                /** @description before, US dollars a month */
                before: number;
                /** @description the difference, US dollars a month */
                difference: number;
            }[];
        };
        /** @description resources that differ, by kind */
        DriftCounts: {
            /** @description resources that were compared */
            resources: number;
            /** @description resources whose inputs differ in the cloud */
            changed: number;
            /** @description resources of which only computed values differ */
            output: number;
            /** @description resources that are gone from the cloud */
            missing: number;
            /** @description resources that the federation file ignores, which the other figures leave out */
            ignored: {
                /** @description resources whose inputs differ in the cloud */
                changed: number;
                /** @description resources of which only computed values differ */
                output: number;
                /** @description resources that are gone from the cloud */
                missing: number;
            };
        };
        /** @description why a deployment or unit failed */
        Failure: {
            /** @description a stable code */
            code: string;
            /** @description what went wrong */
            message: string;
            /** @description whether a retry may help */
            retryable: boolean;
            /** @description the id of the unit that failed */
            unit?: string;
            /** @description the URN of the resource that failed */
            resource?: string;
        };
        /** @description the gate that a deployment waits at */
        OpenGate: {
            /** @description the phase that waits */
            phase: number;
            /**
             * @description what requires it: the federation file, the destruction of live stacks, or the launch: one of federation, live-destroy, requested
             * @enum {unknown}
             */
            because: "federation" | "live-destroy" | "requested";
            /** @description how many approvals it needs */
            needed: number;
            /** @description subjects of people who may approve; no people and no groups: everyone with the permission */
            people: string[];
            /** @description groups whose members may approve */
            groups: string[];
            /** @description whether the approvals of those count who made the deployment go on (drivenBy) */
            launcherMayApprove: boolean;
            /**
             * @description approvals are needed beyond those of the file because it is not known which person pushed, or had a CI job run, who may be one of those that approve
             * @enum {boolean}
             */
            unknownPusher?: true;
            /** @description how many minutes it waits; absent: without limit */
            expiresMinutes?: number;
            /** @description how many approvals it still needs */
            missing: number;
            /**
             * Format: date-time
             * @description when the deployment fails with approval-expired
             */
            expiresAt?: string;
            /** @description the approvals so far */
            approvedBy: {
                actor?: components["schemas"]["Actor"];
                /**
                 * Format: date-time
                 * @description when it was decided
                 */
                time: string;
                /** @description the comment on the decision */
                comment?: string;
            }[];
        };
        /** @description why a deployment waits until live stacks may be changed */
        WindowWait: {
            /** @description the phase that waits */
            phase: number;
            /**
             * @description window: until one opens; freeze: until it ends: one of window, freeze
             * @enum {unknown}
             */
            because: "window" | "freeze";
            /** @description the names of the closed windows, or of the freezes in force */
            names: string[];
            /**
             * Format: date-time
             * @description when it continues; absent: not within a year
             */
            opens?: string;
        };
        /** @description an override of maintenance windows and freezes */
        WindowOverride: {
            actor?: components["schemas"]["Actor"];
            /** @description the reason */
            reason: string;
            /**
             * Format: date-time
             * @description when it was overridden
             */
            time: string;
        };
        /** @description a warning about a launch */
        LaunchWarning: {
            /**
             * @description a stable code: one of window-closed, window-too-short, orphaned
             * @enum {unknown}
             */
            code: "window-closed" | "window-too-short" | "orphaned";
            /** @description the warning in words */
            message: string;
            /** @description for orphaned: ids of units that are deployed and no longer in the federation file, the first 100 */
            units?: string[];
        };
        /** @description the scenario of a rehearsal, and whether it went as expected */
        DeploymentScenario: {
            /** @description its name */
            name: string;
            /** @description its title */
            title: string;
            /** @description what is expected, in words */
            expected: string;
            /** @description whether the first run ended as expected; absent while it has not ended */
            asExpected?: boolean;
            /** @description what was not as expected; absent when all was */
            differences?: string[];
        };
        /** @description one execution of an operation over a plan */
        Deployment: {
            /** @description the deployment's id */
            id: string;
            /** @description the federation's name */
            federation: string;
            /**
             * @description the operation: one of up, preview, refresh, destroy, drift-check
             * @enum {unknown}
             */
            operation: "up" | "preview" | "refresh" | "destroy" | "drift-check";
            /**
             * @description rehearsal: against simulated clouds; live: against real ones: one of rehearsal, live
             * @enum {unknown}
             */
            mode: "rehearsal" | "live";
            /** @description the world of a rehearsal */
            world?: string;
            /**
             * @description the deployment's status: one of queued, running, waiting, canceling, succeeded, failed, canceled
             * @enum {unknown}
             */
            status: "queued" | "running" | "waiting" | "canceling" | "succeeded" | "failed" | "canceled";
            /** @description the position in the queue, while queued; 1 is next */
            position?: number;
            /**
             * Format: date-time
             * @description when it was launched
             */
            createdAt: string;
            /** @description when it started */
            startedAt: string | null;
            /** @description when it ended */
            finishedAt: string | null;
            /** @description times in a rehearsal's world: when it would have started and ended live, from the operations that the engine issued, what they waited for and what the table of durations says */
            virtual?: {
                /**
                 * Format: date-time
                 * @description when it would have started
                 */
                start: string;
                /** @description when it would have ended; null: it has not */
                end: string | null;
            };
            /** @description how many units run at once, as decided at the launch */
            parallelism?: number;
            /** @description the selected phases in order */
            phases: {
                /** @description the phase's number */
                number: number;
                /**
                 * @description the phase's name: one of prerequisites, infrastructure, networking, mesh, federation, monitoring, disaster-recovery, validation
                 * @enum {unknown}
                 */
                name: "prerequisites" | "infrastructure" | "networking" | "mesh" | "federation" | "monitoring" | "disaster-recovery" | "validation";
                /**
                 * @description the phase's status; a phase that never began is skipped when its deployment failed, and canceled when it was canceled: one of pending, running, waiting, succeeded, failed, skipped, canceled
                 * @enum {unknown}
                 */
                status: "pending" | "running" | "waiting" | "succeeded" | "failed" | "skipped" | "canceled";
                /** @description when its first unit started */
                startedAt: string | null;
                /** @description when its last unit ended */
                finishedAt: string | null;
                /** @description the phase's units by status */
                units: {
                    /** @description all units */
                    total: number;
                    /** @description units that succeeded */
                    succeeded: number;
                    /** @description units that failed */
                    failed: number;
                    /** @description units that run */
                    running: number;
                    /** @description units that were skipped */
                    skipped: number;
                    /** @description units that wait */
                    waiting: number;
                    /** @description units that were canceled */
                    canceled: number;
                };
            }[];
            resourceChanges: components["schemas"]["ResourceChanges"];
            cost?: components["schemas"]["DeploymentCost"];
            drift?: components["schemas"]["DriftCounts"];
            /** @description the seq of the last event */
            lastEvent: number;
            /** @description the seq of the first event that is kept, when older ones were removed; one after the last event when none is kept */
            eventsFrom?: number;
            /**
             * @description the outputs of its units were removed after their retention period: it cannot be resumed
             * @enum {boolean}
             */
            outputsRemoved?: true;
            error?: components["schemas"]["Failure"];
            launchedBy?: components["schemas"]["Actor"];
            /** @description who made it go on: launched or resumed it, continued it outside its windows, or pushed what its webhook told of; each once for each act */
            drivenBy?: {
                /**
                 * @description the act: one of launched, pushed, triggered, resumed, overridden
                 * @enum {unknown}
                 */
                act: "launched" | "pushed" | "triggered" | "resumed" | "overridden";
                actor: components["schemas"]["Actor"];
                /**
                 * Format: date-time
                 * @description when it was first done
                 */
                time?: string;
            }[];
            gate?: components["schemas"]["OpenGate"];
            window?: components["schemas"]["WindowWait"];
            windowOverride?: components["schemas"]["WindowOverride"];
            /** @description what the launch warned of */
            warnings?: components["schemas"]["LaunchWarning"][];
            scenario?: components["schemas"]["DeploymentScenario"];
            /** @description the launch with its defaults */
            request: {
                /**
                 * @description the name of a federation
                 * @example nautilus
                 */
                federation: string;
                /**
                 * @description the operation: one of up, preview, refresh, destroy, drift-check
                 * @enum {unknown}
                 */
                operation: "up" | "preview" | "refresh" | "destroy" | "drift-check";
                /**
                 * @description rehearsal: against simulated clouds; live: against real ones: one of rehearsal, live
                 * @default rehearsal
                 * @enum {unknown}
                 */
                mode?: "rehearsal" | "live";
                /** @description a range of phases: from, to */
                phases?: {
                    /** @description the first phase: a whole number from 1 to 8 */
                    from?: number;
                    /** @description the last phase: a whole number from 1 to 8 */
                    to?: number;
                };
                /** @description a list of one or more names of clusters, without repetition */
                clusters?: string[];
                /**
                 * @description true: only orphaned units of these phases and clusters, for refresh, destroy and drift-check; false: with the others
                 * @default false
                 */
                orphaned?: boolean;
                /**
                 * @description when units start: one of phased, pipelined
                 * @default phased
                 * @enum {unknown}
                 */
                ordering?: "phased" | "pipelined";
                /**
                 * @description what waits for an approval: one of none, each-phase
                 * @default none
                 * @enum {unknown}
                 */
                approvals?: "none" | "each-phase";
                /** @description how many units run at once: a whole number from 1 to 64 */
                parallelism?: number;
                /** @description options of a rehearsal: world, timeScale, seed, faults, scenario */
                rehearsal?: {
                    /**
                     * @description the name of a world: letters, digits, dots, dashes and underscores, starting with a letter or digit, at most 100
                     * @default default
                     * @example default
                     * @example fresh
                     */
                    world?: string;
                    /**
                     * @description how many seconds a simulated second takes: a number from 0 (as fast as possible) to 1000
                     * @default 0
                     */
                    timeScale?: number;
                    /**
                     * @description the seed of random values: a whole number from 0 to 4294967295
                     * @default 1
                     */
                    seed?: number;
                    /**
                     * @description a list of at most 200 faults
                     * @default []
                     */
                    faults?: {
                        /**
                         * @description the cloud it hits: one of aws, gcp, azure, kubernetes
                         * @enum {unknown}
                         */
                        cloud?: "aws" | "gcp" | "azure" | "kubernetes";
                        /** @description the region it hits */
                        region?: string;
                        /** @description the name of the cluster it hits */
                        cluster?: string;
                        /** @description the resource type it hits, such as aws:ec2/vpc:Vpc */
                        type?: string;
                        /** @description the name of the resource it hits */
                        name?: string;
                        /**
                         * @description the operation it hits: one of create, update, delete, read
                         * @enum {unknown}
                         */
                        operation?: "create" | "update" | "delete" | "read";
                        /**
                         * @description what goes wrong; missing and changed: a resource that a refresh or drift check reads was deleted or changed outside Windlass; outage: nothing answers until the world recovers; lost-answer: the operation is done, and its answer lost; mistake: the program gives another input, or leaves the resource out: one of fail, throttle, quota, slow, missing, changed, denied, outage, lost-answer, mistake
                         * @enum {unknown}
                         */
                        kind: "fail" | "throttle" | "quota" | "slow" | "missing" | "changed" | "denied" | "outage" | "lost-answer" | "mistake";
                        /** @description how many calls of a unit and operation pass before it hits (default: none): a whole number from 1 to 1000000 */
                        after?: number;
                        /** @description from when on it hits: seconds of the world's time since the unit began: a whole number from 1 to 86400 */
                        afterSeconds?: number;
                        /** @description how many calls of a unit and operation it hits (default: all): a whole number from 1 to 1000000 */
                        times?: number;
                        /** @description for kinds fail and denied: the cloud's error code */
                        code?: string;
                        /** @description the cloud's error message */
                        message?: string;
                        /**
                         * @description for kinds changed and mistake: the path of the property, such as tags.owner, rules[0].port or labels["a.b/c"]; a mistake without it leaves the resource out
                         * @example tags.owner
                         */
                        property?: string;
                        /** @description for kinds changed and mistake: the value of the property: a text of at most 1000 characters, a number, true or false; a mistake without it leaves the property out */
                        value?: string | number | boolean;
                    }[];
                    /**
                     * @description the name of a scenario: lower case letters, digits and dashes, starting with a letter, at most 60
                     * @example region-outage
                     */
                    scenario?: string;
                };
            };
        };
        /** @description a phase that needs approvals, with the decisions at it */
        Gate: {
            /** @description the phase that waits */
            phase: number;
            /**
             * @description what requires it: the federation file, the destruction of live stacks, or the launch: one of federation, live-destroy, requested
             * @enum {unknown}
             */
            because: "federation" | "live-destroy" | "requested";
            /** @description how many approvals it needs */
            needed: number;
            /** @description subjects of people who may approve; no people and no groups: everyone with the permission */
            people: string[];
            /** @description groups whose members may approve */
            groups: string[];
            /** @description whether the approvals of those count who made the deployment go on (drivenBy) */
            launcherMayApprove: boolean;
            /**
             * @description approvals are needed beyond those of the file because it is not known which person pushed, or had a CI job run, who may be one of those that approve
             * @enum {boolean}
             */
            unknownPusher?: true;
            /** @description how many minutes it waits; absent: without limit */
            expiresMinutes?: number;
            /** @description how many approvals it still needs */
            missing: number;
            /**
             * Format: date-time
             * @description when the deployment fails with approval-expired
             */
            expiresAt?: string;
            /**
             * @description the status of the gate: one of pending, waiting, approved, rejected
             * @enum {unknown}
             */
            status: "pending" | "waiting" | "approved" | "rejected";
            /** @description the decisions, the oldest first */
            decisions: {
                /** @description the phase that waits */
                phase: number;
                /**
                 * @description the decision: one of approved, rejected
                 * @enum {unknown}
                 */
                decision: "approved" | "rejected";
                /** @description false for a decision before the last resume */
                counts: boolean;
                actor?: components["schemas"]["Actor"];
                /**
                 * Format: date-time
                 * @description when it was decided
                 */
                time: string;
                /** @description the comment on the decision */
                comment?: string;
            }[];
        };
        /** @description what the unit's resources cost */
        UnitCost: {
            /** @description the estimate, US dollars a month */
            monthly: number;
            /** @enum {unknown} */
            currency: "USD";
            /** @description the range of autoscaling */
            range: {
                /** @description with the fewest nodes, US dollars a month */
                min: number;
                /** @description with the most nodes, US dollars a month */
                max: number;
            };
            /** @description the part that depends on the federation file's volumes, US dollars a month */
            usage: number;
            /** @description the part that rests on unverified prices, US dollars a month */
            fromMemory: number;
            /** @description before the deployment, US dollars a month */
            before: number;
            /** @description the change by the deployment or, in a preview, the expected change, US dollars a month */
            difference: number;
            perCluster: {
                /** @description the cluster; absent: shared by all clusters */
                cluster?: string;
                /** @description the cluster's part, US dollars a month */
                monthly: number;
            }[];
            /** @description the most expensive first */
            lines: {
                /** @description the resource type */
                type: string;
                /** @description the cluster; absent: shared by all clusters */
                cluster?: string;
                /**
                 * @description fixed, or usage: it depends on a volume
                 * @enum {unknown}
                 */
                kind: "fixed" | "usage";
                /** @description what is charged for */
                meter: string;
                /** @description how many resources */
                count: number;
                /** @description the total quantity in units of the meter */
                quantity: number;
                /** @description their cost, US dollars a month */
                monthly: number;
            }[];
            /** @description what became more or less expensive, the largest difference first */
            changes: {
                /** @description the resource type */
                type: string;
                /** @description the cluster; absent: shared by all clusters */
                cluster?: string;
                /**
                 * @description fixed, or usage: it depends on a volume
                 * @enum {unknown}
                 */
                kind: "fixed" | "usage";
                /** @description what is charged for */
                meter: string;
                /** @description before, US dollars a month */
                before: number;
                /** @description after, US dollars a month */
                after: number;
            }[];
            /** @description resources without a price, which the sums leave out */
            unpriced: {
                /** @description the resource type */
                type: string;
                /** @description the cluster; absent: shared by all clusters */
                cluster?: string;
                /** @description why it has no price */
                reason: string;
                /** @description how many */
                count: number;
            }[];
        };
        /** @description calls to simulated clouds in a unit's last attempt */
        JudgedCalls: {
            /** @description how many calls were held against the permissions of whoever made them */
            evaluated: number;
            /** @description how many calls an administrator made, to whom everything is allowed */
            unrestricted: number;
            /** @description calls of which nothing known says whether the cloud takes them (they were taken), or how long they take (they took their package's default) */
            unknown: {
                /** @description the type of the resource or function, and what is not known */
                what: string;
                /** @description how many calls */
                count: number;
            }[];
        };
        /** @description one phase for one scope: one Pulumi stack */
        Unit: {
            /** @description {phase name}.{scope} */
            id: string;
            /** @description the phase's number */
            phase: number;
            /** @description a cluster's name, {cluster}-platform, {from}.{to} for a link, a cloud's name, or global */
            scope: string;
            /** @description the clusters it concerns */
            clusters: string[];
            /**
             * @description a cloud: one of aws, gcp, azure
             * @enum {unknown}
             */
            cloud?: "aws" | "gcp" | "azure";
            /** @description its Pulumi stack */
            stack: string;
            /**
             * @description it was deployed and no longer in the federation file at the launch
             * @enum {boolean}
             */
            orphaned?: true;
            /**
             * @description the unit's status: one of waiting, running, succeeded, failed, skipped, canceled
             * @enum {unknown}
             */
            status: "waiting" | "running" | "succeeded" | "failed" | "skipped" | "canceled";
            /** @description how many attempts were started */
            attempt: number;
            /** @description why it was skipped or waits */
            reason?: string;
            /** @description when it started */
            startedAt: string | null;
            /** @description when it ended */
            finishedAt: string | null;
            /** @description times in a rehearsal's world: when it would have started and ended live, from the operations that the engine issued, what they waited for and what the table of durations says */
            virtual?: {
                /**
                 * Format: date-time
                 * @description when it would have started
                 */
                start: string;
                /** @description when it would have ended; null: it has not */
                end: string | null;
            };
            predicted?: {
                /** @description predicted start, in seconds */
                start: number;
                /** @description predicted end, in seconds */
                end: number;
                /** @description predicted duration, in seconds */
                seconds: number;
            };
            /** @description ids of the units it waits for */
            dependsOn: string[];
            resourceChanges: components["schemas"]["ResourceChanges"];
            /** @description the outputs of its stack, in a preview the expected ones; a secret is {"secret": true}, a value that a preview cannot know {"unknown": true} */
            outputs: {
                [key: string]: unknown;
            };
            /**
             * @description the outputs of a preview or refresh were removed after their retention period
             * @enum {boolean}
             */
            outputsRemoved?: true;
            cost?: components["schemas"]["UnitCost"];
            drift?: components["schemas"]["DriftCounts"];
            judged?: components["schemas"]["JudgedCalls"];
            /** @description replaced resources that later units still used; the deployment deletes them at its end */
            leftovers?: {
                /** @description the resource's URN */
                resource: string;
                /** @description what the provider said */
                message: string;
            }[];
            error?: components["schemas"]["Failure"];
        };
        /** @description a result of the validation phase */
        ValidationCheck: {
            /** @description the check's name, unique in its unit */
            name: string;
            /** @description integration, latency, failover, security or capacity */
            kind: string;
            /** @description measured on what runs, configured by the units before, or computed from the file; absent in reports of earlier versions */
            basis?: string;
            /** @description whether the target is met */
            passed: boolean;
            /** @description whether a failure fails the unit; an advisory failure is only reported */
            required: boolean;
            /** @description the measured value */
            measured: string | number;
            /** @description the target value */
            target: string | number;
            /** @description the unit of the numbers: ms, s, clusters */
            unit?: string;
            /** @description how it was measured, or why it is required */
            why: string;
        };
        /** @description the report of a deployment's validation phase */
        Validation: {
            /** @description the deployment's id */
            deployment: string;
            /** @description the federation's name */
            federation: string;
            /**
             * @description rehearsal: against simulated clouds; live: against real ones: one of rehearsal, live
             * @enum {unknown}
             */
            mode: "rehearsal" | "live";
            /** @description the world of a rehearsal */
            world?: string;
            /** @description whether it is complete and every required check passed */
            passed: boolean;
            /** @description whether all units of the phase were validated */
            complete: boolean;
            /** @description the number of checks by result */
            counts: {
                /** @description checks that passed */
                passed: number;
                /** @description required checks that failed */
                failed: number;
                /** @description advisory checks that failed */
                advisory: number;
            };
            /** @description the units of the phase, in order */
            units: {
                /** @description the unit's id */
                unit: string;
                /** @description the clusters it concerns */
                clusters: string[];
                /**
                 * @description the unit's status: one of waiting, running, succeeded, failed, skipped, canceled
                 * @enum {unknown}
                 */
                status: "waiting" | "running" | "succeeded" | "failed" | "skipped" | "canceled";
                /** @description when it was validated */
                finishedAt: string | null;
                /** @description the results; none when the unit failed: the error says what failed, and the cluster has the whole report */
                checks: components["schemas"]["ValidationCheck"][];
                error?: components["schemas"]["Failure"];
            }[];
        };
        /** @description the deployment was stored and waits for its turn */
        DeploymentQueuedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "deployment.queued";
            /** @description the federation's name */
            federation: string;
            /**
             * @description the operation: one of up, preview, refresh, destroy, drift-check
             * @enum {unknown}
             */
            operation: "up" | "preview" | "refresh" | "destroy" | "drift-check";
            /**
             * @description rehearsal: against simulated clouds; live: against real ones: one of rehearsal, live
             * @enum {unknown}
             */
            mode: "rehearsal" | "live";
            /** @description the world it rehearses in */
            world?: string;
            /** @description how many units it has */
            units: number;
            actor?: components["schemas"]["Actor"];
        };
        /** @description a run of the deployment started */
        DeploymentStartedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "deployment.started";
            /** @description the number of the run: it rises with every resume */
            run: number;
        };
        /** @description a phase waits for an approval or, with `window`, until live stacks may be changed */
        DeploymentWaitingEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "deployment.waiting";
            /** @description the phase's number */
            phase: number;
            window?: components["schemas"]["WindowWait"];
        };
        /** @description somebody approved the phase, which needs more approvals */
        DeploymentApprovalEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "deployment.approval";
            /** @description the phase's number */
            phase: number;
            actor?: components["schemas"]["Actor"];
            /** @description the comment on the decision */
            comment?: string;
            /** @description approvals that the phase still needs */
            missing: number;
            /** @description who may give them */
            from: string;
        };
        /** @description the phase has all its approvals */
        DeploymentApprovedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "deployment.approved";
            /** @description the phase's number */
            phase: number;
            actor?: components["schemas"]["Actor"];
            /** @description the comment on the decision */
            comment?: string;
        };
        /** @description somebody rejected the phase, or its approval expired */
        DeploymentRejectedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "deployment.rejected";
            /** @description the phase's number */
            phase: number;
            actor?: components["schemas"]["Actor"];
            /** @description the comment on the decision */
            comment?: string;
            /** @description expired: nobody decided in time */
            reason?: string;
        };
        /** @description the deployment stops what is running */
        DeploymentCancelingEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "deployment.canceling";
            actor?: components["schemas"]["Actor"];
        };
        /** @description the deployment is queued again */
        DeploymentResumedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "deployment.resumed";
            /** @description the number of the run: it rises with every resume */
            run: number;
            actor?: components["schemas"]["Actor"];
        };
        /** @description the phase no longer waits for a window: it opened, or somebody overrode it */
        DeploymentContinuedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "deployment.continued";
            /** @description the phase's number */
            phase: number;
            actor?: components["schemas"]["Actor"];
            /** @description the comment on the decision */
            comment?: string;
        };
        /** @description a drift check found resources that differ */
        DeploymentDriftEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "deployment.drift";
            drift: components["schemas"]["DriftCounts"];
            /** @description units with resources that differ */
            units: number;
            /** @description the types of resources that differ most */
            types: {
                type: string;
                /** @description resources */
                count: number;
            }[];
        };
        /** @description policies found violations */
        DeploymentFindingsEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "deployment.findings";
            /** @description violations of mandatory policies */
            mandatory: number;
            /** @description violations of advisory policies */
            advisory: number;
            /** @description the policies that are violated most */
            policies: {
                /** @description the policy's name */
                policy: string;
                /**
                 * @description one of mandatory, advisory
                 * @enum {unknown}
                 */
                enforcement: "mandatory" | "advisory";
                /** @description resources that violate it */
                count: number;
            }[];
        };
        /** @description all units succeeded */
        DeploymentSucceededEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "deployment.succeeded";
            error?: components["schemas"]["Failure"];
            drift?: components["schemas"]["DriftCounts"];
        };
        /** @description a unit failed, or a phase was rejected */
        DeploymentFailedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "deployment.failed";
            error?: components["schemas"]["Failure"];
            drift?: components["schemas"]["DriftCounts"];
        };
        /** @description the deployment was canceled */
        DeploymentCanceledEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "deployment.canceled";
            error?: components["schemas"]["Failure"];
            drift?: components["schemas"]["DriftCounts"];
        };
        /** @description the phase's first unit starts */
        PhaseStartedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "phase.started";
            /** @description the phase's number */
            phase: number;
            /**
             * @description the phase's name: one of prerequisites, infrastructure, networking, mesh, federation, monitoring, disaster-recovery, validation
             * @enum {unknown}
             */
            name?: "prerequisites" | "infrastructure" | "networking" | "mesh" | "federation" | "monitoring" | "disaster-recovery" | "validation";
        };
        /** @description all the phase's units succeeded */
        PhaseSucceededEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "phase.succeeded";
            /** @description the phase's number */
            phase: number;
        };
        /** @description a unit of the phase failed, or the phase was rejected */
        PhaseFailedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "phase.failed";
            /** @description the phase's number */
            phase: number;
        };
        /** @description the phase was canceled */
        PhaseCanceledEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "phase.canceled";
            /** @description the phase's number */
            phase: number;
        };
        /** @description an attempt at the unit starts */
        UnitStartedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "unit.started";
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description the number of the attempt */
            attempt: number;
            /** @description times in a rehearsal's world */
            virtual?: {
                /**
                 * Format: date-time
                 * @description when it would have started live
                 */
                start: string;
                /**
                 * Format: date-time
                 * @description when it would have ended live
                 */
                end?: string;
            };
            /** @description true: it first settles what an attempt before it left pending */
            settle?: boolean;
            /**
             * @description the unit was deployed and no longer in the federation file
             * @enum {boolean}
             */
            orphaned?: true;
        };
        /** @description the attempt failed and the unit is tried again */
        UnitRetryingEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "unit.retrying";
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description the number of the attempt */
            attempt: number;
            error: components["schemas"]["Failure"];
            /** @description seconds until it is tried again */
            delaySeconds: number;
            /** @description the grant of this run that has not taken effect yet */
            waitsFor?: string;
            /** @description times in a rehearsal's world */
            virtual?: {
                /**
                 * Format: date-time
                 * @description when it would have started live
                 */
                start: string;
                /**
                 * Format: date-time
                 * @description when it would have ended live
                 */
                end?: string;
            };
            resourceChanges: components["schemas"]["ResourceChanges"];
        };
        /** @description the attempt was cut off and the unit is continued */
        UnitInterruptedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "unit.interrupted";
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description the number of the attempt */
            attempt: number;
            /** @description what cut it off, such as service-died or out-of-memory */
            reason: string;
            /** @description the same in words */
            detail: string;
        };
        /** @description the unit succeeded */
        UnitSucceededEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "unit.succeeded";
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description the number of the attempt */
            attempt: number;
            /** @description times in a rehearsal's world */
            virtual?: {
                /**
                 * Format: date-time
                 * @description when it would have started live
                 */
                start: string;
                /**
                 * Format: date-time
                 * @description when it would have ended live
                 */
                end?: string;
            };
            resourceChanges: components["schemas"]["ResourceChanges"];
            drift?: components["schemas"]["DriftCounts"];
            /** @description replaced resources that units after it still use */
            leftovers?: {
                /** @description the resource's URN */
                resource: string;
                /** @description what the provider said */
                message: string;
            }[];
        };
        /** @description the unit failed */
        UnitFailedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "unit.failed";
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description the number of the attempt */
            attempt: number;
            /** @description times in a rehearsal's world */
            virtual?: {
                /**
                 * Format: date-time
                 * @description when it would have started live
                 */
                start: string;
                /**
                 * Format: date-time
                 * @description when it would have ended live
                 */
                end?: string;
            };
            resourceChanges: components["schemas"]["ResourceChanges"];
            drift?: components["schemas"]["DriftCounts"];
            error: components["schemas"]["Failure"];
        };
        /** @description the unit does not run */
        UnitSkippedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "unit.skipped";
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description why it does not */
            reason: string;
            /**
             * @description the unit was deployed and no longer in the federation file
             * @enum {boolean}
             */
            orphaned?: true;
        };
        /** @description the unit was canceled while it ran or, without an attempt, while it waited */
        UnitCanceledEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "unit.canceled";
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description the number of the attempt */
            attempt?: number;
            /** @description times in a rehearsal's world */
            virtual?: {
                /**
                 * Format: date-time
                 * @description when it would have started live
                 */
                start: string;
                /**
                 * Format: date-time
                 * @description when it would have ended live
                 */
                end?: string;
            };
            resourceChanges?: components["schemas"]["ResourceChanges"];
            /** @description why it was canceled */
            reason: string;
            /**
             * @description the unit was deployed and no longer in the federation file
             * @enum {boolean}
             */
            orphaned?: true;
        };
        /** @description an operation on a resource starts */
        ResourceStartedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "resource.started";
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description the resource's URN */
            urn: string;
            /** @description the resource's type and name */
            resource: {
                type: string;
                name: string;
            };
            /** @description the engine's name for the operation, such as create-replacement */
            op: string;
            /**
             * Format: date-time
             * @description when the engine reported it
             */
            emittedAt: string;
            /** @description times in a rehearsal's world */
            virtual?: {
                /**
                 * Format: date-time
                 * @description when it would have started live
                 */
                start: string;
                /**
                 * Format: date-time
                 * @description when it would have ended live
                 */
                end?: string;
            };
        };
        /** @description an operation on a resource succeeded or, in a preview, would be done */
        ResourceSucceededEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "resource.succeeded";
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description the resource's URN */
            urn: string;
            /** @description the resource's type and name */
            resource: {
                type: string;
                name: string;
            };
            /** @description the engine's name for the operation, such as create-replacement */
            op: string;
            /**
             * Format: date-time
             * @description when the engine reported it
             */
            emittedAt: string;
            /** @description times in a rehearsal's world */
            virtual?: {
                /**
                 * Format: date-time
                 * @description when it would have started live
                 */
                start: string;
                /**
                 * Format: date-time
                 * @description when it would have ended live
                 */
                end?: string;
            };
            /** @description properties that differ, of an update or a replacement */
            diff?: {
                /** @description the property's path */
                path: string;
                /** @description add, delete or update */
                kind: string;
                /** @description whether the resource is replaced because of it */
                replaces: boolean;
                /** @description the value before; absent: none, or a secret */
                before?: unknown;
                /** @description the value after; {"unknown": true} in a preview that cannot know it */
                after?: unknown;
            }[];
            /** @description how many more properties differ */
            diffsCut?: number;
        };
        /** @description an operation on a resource failed */
        ResourceFailedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "resource.failed";
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description the resource's URN */
            urn: string;
            /** @description the resource's type and name */
            resource: {
                type: string;
                name: string;
            };
            /** @description the engine's name for the operation, such as create-replacement */
            op: string;
            /**
             * Format: date-time
             * @description when the engine reported it
             */
            emittedAt: string;
            /** @description times in a rehearsal's world */
            virtual?: {
                /**
                 * Format: date-time
                 * @description when it would have started live
                 */
                start: string;
                /**
                 * Format: date-time
                 * @description when it would have ended live
                 */
                end?: string;
            };
            /** @description what the provider said */
            message: string;
        };
        /** @description a policy found a violation */
        PolicyViolatedEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "policy.violated";
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description the policy's name */
            policy: string;
            /** @description the pack's name */
            pack: string;
            /**
             * @description a mandatory violation stops its unit: one of mandatory, advisory
             * @enum {unknown}
             */
            enforcement: "mandatory" | "advisory";
            /** @description the rule, and what to change */
            message: string;
            /** @description the resource; absent when it is about the stack as a whole */
            urn?: string;
        };
        /** @description a resource differs from the state */
        DriftFoundEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "drift.found";
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description the resource's URN */
            urn: string;
            /** @description the resource's type and name */
            resource: {
                type: string;
                name: string;
            };
            /**
             * @description how it differs: one of changed, output, missing
             * @enum {unknown}
             */
            kind: "changed" | "output" | "missing";
            /** @description paths of the properties that differ */
            paths: string[];
        };
        /** @description the engine or a program said something */
        DiagnosticEvent: {
            /** @description the number of the event in its deployment: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it was stored
             */
            time: string;
            /** @description the deployment's id */
            deployment: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "diagnostic";
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description info, warning or error */
            severity: string;
            /** @description what was said */
            message: string;
            /** @description the resource that it is about */
            urn?: string;
        };
        /** @description one stored fact about a deployment: `type` says which fields it has */
        Event: components["schemas"]["DeploymentQueuedEvent"] | components["schemas"]["DeploymentStartedEvent"] | components["schemas"]["DeploymentWaitingEvent"] | components["schemas"]["DeploymentApprovalEvent"] | components["schemas"]["DeploymentApprovedEvent"] | components["schemas"]["DeploymentRejectedEvent"] | components["schemas"]["DeploymentCancelingEvent"] | components["schemas"]["DeploymentResumedEvent"] | components["schemas"]["DeploymentContinuedEvent"] | components["schemas"]["DeploymentDriftEvent"] | components["schemas"]["DeploymentFindingsEvent"] | components["schemas"]["DeploymentSucceededEvent"] | components["schemas"]["DeploymentFailedEvent"] | components["schemas"]["DeploymentCanceledEvent"] | components["schemas"]["PhaseStartedEvent"] | components["schemas"]["PhaseSucceededEvent"] | components["schemas"]["PhaseFailedEvent"] | components["schemas"]["PhaseCanceledEvent"] | components["schemas"]["UnitStartedEvent"] | components["schemas"]["UnitRetryingEvent"] | components["schemas"]["UnitInterruptedEvent"] | components["schemas"]["UnitSucceededEvent"] | components["schemas"]["UnitFailedEvent"] | components["schemas"]["UnitSkippedEvent"] | components["schemas"]["UnitCanceledEvent"] | components["schemas"]["ResourceStartedEvent"] | components["schemas"]["ResourceSucceededEvent"] | components["schemas"]["ResourceFailedEvent"] | components["schemas"]["PolicyViolatedEvent"] | components["schemas"]["DriftFoundEvent"] | components["schemas"]["DiagnosticEvent"];
        /** @description a violation of a policy */
        PolicyFinding: {
            /** @description the seq of the event */
            seq: number;
            /**
             * Format: date-time
             * @description when it was found
             */
            time: string;
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description the policy's name */
            policy: string;
            /** @description the pack's name */
            pack: string;
            /**
             * @description a mandatory finding stops the unit: one of mandatory, advisory
             * @enum {unknown}
             */
            enforcement: "mandatory" | "advisory";
            /** @description the URN of the resource; absent: the finding is about the whole stack */
            urn?: string;
            /** @description the rule, and what to change */
            message: string;
        };
        /** @description a resource that differs from the state */
        DriftFinding: {
            /** @description the number of the finding: it rises */
            number: number;
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description the resource's URN */
            urn: string;
            /** @description the resource's type and name */
            resource: {
                type: string;
                name: string;
            };
            /**
             * @description how it differs: one of changed, output, missing
             * @enum {unknown}
             */
            kind: "changed" | "output" | "missing";
            /** @description the properties that differ; a secret is [secret] */
            properties: {
                /** @description the property's path */
                path: string;
                /**
                 * @description changed: an input; output: a computed value: one of changed, output
                 * @enum {unknown}
                 */
                kind: "changed" | "output";
                /** @description the value in the state; absent: none */
                expected?: unknown;
                /** @description the value in the cloud; absent: none */
                actual?: unknown;
                /** @description why the federation file ignores it */
                ignored?: string;
            }[];
            /** @description how many more properties differ */
            propertiesCut?: number;
            /** @description why the federation file ignores the resource */
            ignored?: string;
        };
        /** @description a resource that was changed or, in a preview, would be */
        ResourceChange: {
            /** @description the seq of the event */
            seq: number;
            /** @description the phase's number */
            phase: number;
            /** @description the unit's id */
            unit: string;
            /** @description the resource's URN */
            urn: string;
            /** @description the resource's type and name */
            resource: {
                type: string;
                name: string;
            };
            /** @description the engine's name for the operation: create, update, replace, delete and others */
            op: string;
            /** @description the properties that differ, for an update or a replacement */
            diff?: {
                /** @description the property's path */
                path: string;
                /** @description add, delete or update */
                kind: string;
                /** @description whether the resource is replaced because of it */
                replaces: boolean;
                /** @description the value before; absent: none, or a secret */
                before?: unknown;
                /** @description the value after; {"unknown": true} in a preview that cannot know it */
                after?: unknown;
            }[];
            /** @description how many more properties differ */
            diffsCut?: number;
        };
        /** @description a deployment that waits for an approval */
        Waiting: {
            /** @description the deployment's id */
            deployment: string;
            federation: string;
            /**
             * @description the operation: one of up, preview, refresh, destroy, drift-check
             * @enum {unknown}
             */
            operation: "up" | "preview" | "refresh" | "destroy" | "drift-check";
            /**
             * @description rehearsal: against simulated clouds; live: against real ones: one of rehearsal, live
             * @enum {unknown}
             */
            mode: "rehearsal" | "live";
            world?: string;
            launchedBy?: components["schemas"]["Actor"];
            /** @description who made it go on */
            drivenBy?: {
                /**
                 * @description the act: one of launched, pushed, triggered, resumed, overridden
                 * @enum {unknown}
                 */
                act: "launched" | "pushed" | "triggered" | "resumed" | "overridden";
                actor: components["schemas"]["Actor"];
                /**
                 * Format: date-time
                 * @description when it was first done
                 */
                time?: string;
            }[];
            gate: components["schemas"]["OpenGate"];
            /** @description whether the caller's approval counts */
            mine: boolean;
            /** @description why it does not count */
            refusal?: string;
        };
        /** @description the result of a webhook's delivery: a deployment, or why there is none */
        HookAnswer: {
            /** @description the hook's name */
            hook: string;
            /** @description the delivery's id */
            delivery: string;
            /** @description whether it was received before; the answer is the same */
            replayed: boolean;
            deployment?: components["schemas"]["Deployment"];
            /** @description why nothing was launched */
            ignored?: string;
        };
        /** @description a webhook's delivery and its result */
        HookDelivery: {
            /** @description the delivery's id from its sender */
            delivery: string;
            /**
             * Format: date-time
             * @description when it was first received
             */
            receivedAt: string;
            /** @description the id of the deployment it launched */
            deployment?: string;
            /** @description why it launched nothing */
            ignored?: string;
        };
        /** @description a deployment's event as it is sent to a receiver */
        Notification: {
            /** @description the notification's id, which its receiver gets too */
            id: string;
            /** @description the federation's name */
            federation: string;
            /** @description the deployment's id */
            deployment: string;
            /** @description the seq of the event */
            event: number;
            /** @description the event's type */
            type: string;
            /** @description the receiver's name in the federation file, or hook:{name} */
            receiver: string;
            /**
             * @description how it is sent: one of slack, pagerduty, email, webhook
             * @enum {unknown}
             */
            kind: "slack" | "pagerduty" | "email" | "webhook";
            /**
             * @description its status; a dead one is not tried again: one of pending, delivered, dead
             * @enum {unknown}
             */
            status: "pending" | "delivered" | "dead";
            /** @description how many attempts were made */
            attempts: number;
            /** @description why the last attempt failed */
            error?: string;
            /**
             * Format: date-time
             * @description when it was created
             */
            createdAt: string;
            /** @description when it was delivered or given up; null: neither yet */
            endedAt: string | null;
            /**
             * Format: date-time
             * @description when it is tried next
             */
            nextAt?: string;
        };
        /** @description a federation in the list */
        FederationSummary: {
            /** @description the federation's name */
            name: string;
            /** @description its file; `absent` when there is none any more */
            file: string;
            /** @description whether its file is valid */
            valid: boolean;
            /** @description how many clusters it has */
            clusters?: number;
            /** @description problems of its file */
            errors?: {
                file: string;
                line: number;
                column: number;
                path: string;
                code: string;
                /** @description what is wrong */
                message: string;
                /** @description what would be right */
                expected: string;
            }[];
            /** @description where units of it are deployed, only given when there is no file of it any more: refresh, drift-check and destroy take the text of the last up there */
            deployed?: {
                /**
                 * @description rehearsal: against simulated clouds; live: against real ones: one of rehearsal, live
                 * @enum {unknown}
                 */
                mode: "rehearsal" | "live";
                /** @description the world of rehearsals */
                world?: string;
                /** @description how many of its units are deployed there */
                units: number;
            }[];
        };
        /** @description a federation with its defaults filled in and its address ranges computed */
        Federation: {
            /** @description the federation's name */
            name: string;
            /** @description the owning team */
            owner: string;
            clusters: ({
                name: string;
                role: string;
                /**
                 * @description a cloud: one of aws, gcp, azure
                 * @enum {unknown}
                 */
                cloud: "aws" | "gcp" | "azure";
                region: string;
                cidr: string;
            } & {
                [key: string]: unknown;
            })[];
        } & {
            [key: string]: unknown;
        };
        /** @description a unit that is deployed and no longer in the federation file */
        Orphan: {
            /** @description {phase name}.{scope} */
            unit: string;
            /** @description the phase's number */
            phase: number;
            /** @description the scope that it was deployed for */
            scope: string;
            /** @description the clusters that it concerned */
            clusters: string[];
            /**
             * @description a cloud: one of aws, gcp, azure
             * @enum {unknown}
             */
            cloud?: "aws" | "gcp" | "azure";
            /** @description its Pulumi stack */
            stack: string;
            /** @description the id of the last up that deployed it */
            deployment: string;
        };
        /** @description what the plan's units cost when they are deployed */
        PlanCost: {
            /** @description the estimate, US dollars a month */
            monthly: number;
            /** @enum {unknown} */
            currency: "USD";
            /** @description the range of autoscaling */
            range: {
                /** @description with the fewest nodes, US dollars a month */
                min: number;
                /** @description with the most nodes, US dollars a month */
                max: number;
            };
            /** @description the part that depends on the federation file's volumes, US dollars a month */
            usage: number;
            /** @description the part that rests on unverified prices, US dollars a month */
            fromMemory: number;
            perPhase: {
                phase: number;
                name: string;
                /** @description the phase's part, US dollars a month */
                monthly: number;
            }[];
            /** @description the most expensive first */
            perCluster: {
                /** @description the cluster; absent: shared by all clusters */
                cluster?: string;
                /** @description the cluster's part, US dollars a month */
                monthly: number;
            }[];
            perUnit: {
                /** @description the unit's id */
                unit: string;
                /** @description the unit's part, US dollars a month */
                monthly: number;
                /**
                 * @description from the resources its program last registered for this text, or estimated from the file
                 * @enum {unknown}
                 */
                basis: "resources" | "federation";
            }[];
            /** @description resources without a price, which the sums leave out */
            unpriced: {
                /** @description the resource type */
                type: string;
                /** @description the cluster; absent: shared by all clusters */
                cluster?: string;
                /** @description why it has no price */
                reason: string;
                /** @description how many */
                count: number;
            }[];
            /** @description compared with the federation file's budget */
            budget?: {
                /** @description the budget, US dollars a month */
                monthly: number;
                /** @description whether the federation and its parts are within their budgets */
                within: boolean;
                exceeded: {
                    /** @description the federation, a phase, a cluster or a unit */
                    part: string;
                    /** @description its budget, US dollars a month */
                    budget: number;
                    /** @description its estimate, US dollars a month */
                    monthly: number;
                }[];
            };
        };
        /** @description the units of a deployment with their predicted schedule */
        Plan: {
            federation: string;
            /**
             * @description the operation: one of up, preview, refresh, destroy, drift-check
             * @enum {unknown}
             */
            operation: "up" | "preview" | "refresh" | "destroy" | "drift-check";
            /** @description the units in topological order */
            units: {
                id: string;
                phase: number;
                scope: string;
                clusters: string[];
                /**
                 * @description a cloud: one of aws, gcp, azure
                 * @enum {unknown}
                 */
                cloud?: "aws" | "gcp" | "azure";
                stack: string;
                /**
                 * @description it is deployed and no longer in the federation file
                 * @enum {boolean}
                 */
                orphaned?: true;
                dependsOn: string[];
                predicted: {
                    /** @description predicted start, in seconds */
                    start: number;
                    /** @description predicted end, in seconds */
                    end: number;
                    /** @description predicted duration, in seconds */
                    seconds: number;
                };
            }[];
            /** @description how many units run at once, as a launch would decide and the prediction assumes */
            parallelism: number;
            /** @description what decides that number */
            parallelismBecause: string;
            /** @description how many of them at once in one cloud */
            perCloud: number;
            /** @description warnings about the federation file */
            warnings: {
                file: string;
                line: number;
                column: number;
                path: string;
                code: string;
                /** @description what is wrong */
                message: string;
                /** @description what would be right */
                expected: string;
            }[];
            /** @description units that are deployed in the mode and world and no longer in the federation file, the first 1000; absent: none */
            orphans?: components["schemas"]["Orphan"][];
            /** @description what a launch would warn of */
            launchWarnings?: components["schemas"]["LaunchWarning"][];
            /** @description the predicted duration of the live run, in seconds */
            makespanSeconds: number;
            /** @description the federation's target duration, in seconds */
            targetSeconds?: number;
            meetsTarget?: boolean;
            /** @description ids of the units on the critical path */
            criticalPath: string[];
            cost: components["schemas"]["PlanCost"];
        };
        /** @description what goes wrong in a rehearsal, and what is expected of it */
        Scenario: {
            /** @description its name, to launch it by */
            name: string;
            /** @description its title */
            title: string;
            /** @description what happens, and what the service does then */
            about: string;
            /** @description where it is said that a cloud does so */
            sources: string[];
            /** @description what is expected, in words */
            expected: string;
            /** @description what is wrong with its file, which cannot be used */
            problem?: string;
            /**
             * @description what makes the deployment succeed afterwards; recover: the outages of its world are ended: one of resume, recover-and-resume
             * @enum {unknown}
             */
            recovery?: "resume" | "recover-and-resume";
        };
        /** @description a schedule that launches deployments */
        Schedule: {
            /** @description the schedule's name */
            name: string;
            /** @description a cron expression of five fields */
            cron: string;
            /** @description the time zone of the cron expression */
            timeZone: string;
            /**
             * @description the operation: one of up, preview, refresh, destroy, drift-check
             * @enum {unknown}
             */
            operation: "up" | "preview" | "refresh" | "destroy" | "drift-check";
            /**
             * @description rehearsal: against simulated clouds; live: against real ones: one of rehearsal, live
             * @enum {unknown}
             */
            mode: "rehearsal" | "live";
            /**
             * @description what is done at a time at which what it launched before is not over: skip leaves the time out, queue lets one more wait: one of skip, queue
             * @enum {unknown}
             */
            overlap: "skip" | "queue";
            /**
             * Format: date-time
             * @description when it is next due
             */
            next?: string;
            last?: {
                /**
                 * Format: date-time
                 * @description when it was last due
                 */
                due: string;
                /** @description the id of the deployment it launched; absent: none */
                deployment?: string;
            };
            /** @description times that were left out because what it had launched before was not over */
            leftOut?: {
                /**
                 * Format: date-time
                 * @description the latest time that was left out
                 */
                due: string;
                /** @description the id of the deployment that was not over then */
                deployment: string;
                /** @description how many times were left out so far */
                times: number;
            };
        };
        /** @description when the live stacks of a federation may be changed */
        WindowReport: {
            /** @description the windows, then the freezes that have not ended */
            items: {
                name: string;
                /**
                 * @description a window, in which live stacks may be changed, or a freeze, in which they may not: one of window, freeze
                 * @enum {unknown}
                 */
                kind: "window" | "freeze";
                /** @description whether the window is open, or the freeze in force, now */
                open: boolean;
                /**
                 * Format: date-time
                 * @description when it closes or ends
                 */
                until?: string;
                /**
                 * Format: date-time
                 * @description when it next opens or begins
                 */
                next?: string;
                timeZone?: string;
                /** @description the reason of a freeze */
                reason?: string;
                /** @description the phases it applies to; absent: all */
                phases?: ("prerequisites" | "infrastructure" | "networking" | "mesh" | "federation" | "monitoring" | "disaster-recovery" | "validation")[];
                /** @description the clusters it applies to; absent: all */
                clusters?: string[];
            }[];
            /** @description whether the whole federation may be changed now */
            open: boolean;
            /**
             * @description window: until one opens; freeze: until it ends: one of window, freeze
             * @enum {unknown}
             */
            because?: "window" | "freeze";
            /** @description the names of the windows or freezes that prevent it */
            names?: string[];
            /**
             * Format: date-time
             * @description when the whole federation may be changed
             */
            opens?: string;
            /**
             * Format: date-time
             * @description until when the whole federation may be changed; absent while open: always
             */
            closes?: string;
        };
        /** @description an existing Pulumi stack */
        Stack: {
            stack: string;
            /** @description the id of its unit */
            unit?: string;
            /**
             * @description its unit is deployed and no longer in the federation file
             * @enum {boolean}
             */
            orphaned?: true;
            /** @description how many resources its state has */
            resources: number;
            /**
             * Format: date-time
             * @description when it last changed
             */
            updatedAt: string;
        };
        /** @description a named world of rehearsals: fresh ones go with their deployments */
        World: {
            /** @description the world's name */
            name: string;
            /** @description the federations that rehearse in it, by name */
            federations: string[];
            /** @description how many of their units are deployed in it */
            units: number;
            /** @description how many of their deployments in it have not ended */
            underWay: number;
            /**
             * Format: date-time
             * @description when the last of those ended or, while one is under way, now
             */
            lastUsed?: string;
        };
        /** @description a part of the clouds of a world that answers nobody until it is ended */
        Outage: {
            /**
             * @description the cloud it hits: one of aws, gcp, azure, kubernetes
             * @enum {unknown}
             */
            cloud?: "aws" | "gcp" | "azure" | "kubernetes";
            /** @description the region it hits */
            region?: string;
            /** @description the name of the cluster it hits */
            cluster?: string;
            /** @description the resource type it hits, such as aws:ec2/vpc:Vpc */
            type?: string;
            /** @description the name of the resource it hits */
            name?: string;
            /**
             * Format: date-time
             * @description when it began
             */
            since: string;
        };
        /** @description what a world went through as its clock went forward */
        Aging: {
            /**
             * Format: date-time
             * @description the world's time before
             */
            from: string;
            /**
             * Format: date-time
             * @description the world's time after
             */
            to: string;
            /** @description days between: a whole number from 1 to 3660 */
            days: number;
            /** @description what broke, the first to break first; a thousand at most */
            findings: {
                /**
                 * @description one of certificate-ended, authority-replaced-at-once, token-never-ends, token-replaced-elsewhere, key-never-ends, encryption-key-ended, backup-repository-expired, backup-expired-early, credential-in-backup, support-ended
                 * @enum {unknown}
                 */
                code: "certificate-ended" | "authority-replaced-at-once" | "token-never-ends" | "token-replaced-elsewhere" | "key-never-ends" | "encryption-key-ended" | "backup-repository-expired" | "backup-expired-early" | "credential-in-backup" | "support-ended";
                /**
                 * @description one of breaks, exposes, unsupported
                 * @enum {unknown}
                 */
                effect: "breaks" | "exposes" | "unsupported";
                /**
                 * Format: date-time
                 * @description when it began, by the world's clock
                 */
                at: string;
                /** @description the day of this aging on which that is; 1 is the first: a whole number from 1 to 3660 */
                day: number;
                /** @description the unit that it is deployed by */
                unit?: string;
                /** @description the resource */
                urn?: string;
                /** @description what became of it */
                message: string;
                /** @description what would be right */
                right: string;
                /** @description the document that says so */
                source?: string;
            }[];
            /** @description findings that were left out */
            more: number;
            /** @description what came by itself, by kind and name */
            happened: {
                /**
                 * @description one of schedule, backup, rotation
                 * @enum {unknown}
                 */
                kind: "schedule" | "backup" | "rotation";
                /** @description the schedule, the backup or the key */
                name: string;
                /** @description the unit that it is deployed by */
                unit?: string;
                /** @description how often it came; 2,000 stands for that and more */
                times: number;
                /** @description what it did, and what is assumed of it */
                what: string;
            }[];
            /** @description what nothing known says how it ages */
            unknown: string[];
        };
        /** @description an entry of the audit log */
        AuditEntry: {
            /** @description the number of the entry: numbers start at 1 and have no gaps */
            seq: number;
            /**
             * Format: date-time
             * @description when it happened
             */
            time: string;
            /** @description the format of the entry; absent: the first, 1 */
            format?: number;
            /** @description the action, such as deployment.launched */
            action: string;
            /**
             * @description whether it was done or denied: one of done, denied
             * @enum {unknown}
             */
            outcome: "done" | "denied";
            actor?: components["schemas"]["Actor"];
            /** @description where the action came from */
            origin?: {
                /** @description the caller's address */
                address?: string;
                /** @description the id of the request */
                requestId?: string;
                /** @description the id of a webhook's delivery */
                delivery?: string;
                /**
                 * Format: date-time
                 * @description the time a schedule was due
                 */
                due?: string;
            };
            /** @description what the action was on */
            target: {
                /**
                 * @description the kind of target: one of deployment, stack, token, session, route, service, world
                 * @enum {unknown}
                 */
                kind: "deployment" | "stack" | "token" | "session" | "route" | "service" | "world";
                /** @description the target's id */
                id: string;
                /** @description the federation that the target belongs to */
                federation?: string;
            };
            /** @description the state before */
            before?: unknown;
            /** @description the state after */
            after?: unknown;
            /** @description the comment of the actor, or why it was denied */
            reason?: string;
        };
        /** @description whether the audit log is intact */
        AuditVerification: {
            /** @description whether no entry was changed, removed or inserted */
            valid: boolean;
            /** @description how many entries were checked */
            entries: number;
            /** @description the entry before the oldest one, which retention removed last */
            first: {
                /** @description the number of the entry */
                seq: number;
                /** @description its hash: 64 hexadecimal digits */
                hash: string;
            };
            /** @description the last entry: keep a copy elsewhere to detect a truncated log */
            head: {
                /** @description the number of the entry */
                seq: number;
                /** @description its hash: 64 hexadecimal digits */
                hash: string;
            };
            /** @description where the chain is broken */
            problem?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description the request's id: the caller's own x-request-id when it is well formed */
        RequestId: string;
        /** @description seconds to wait before trying again */
        RetryAfter: string;
        /** @description how to authenticate */
        WwwAuthenticate: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readApiDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "3.1.0",
                     *       "info": {
                     *         "title": "Windlass",
                     *         "version": "0.1.0"
                     *       },
                     *       "paths": {}
                     *     }
                     */
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-overloaded";
                    };
                };
            };
        };
    };
    readMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus text format */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example # HELP windlass_deployments Deployments by status
                     *     # TYPE windlass_deployments gauge
                     *     windlass_deployments{status="running"} 1
                     */
                    "text/plain": string;
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    readHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the process is alive */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description ok: the process answers
                         * @enum {string}
                         */
                        status: "ok";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal";
                    };
                };
            };
        };
    };
    readReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description whether the service and its parts are ready */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ready": true,
                     *       "parts": {
                     *         "store": {
                     *           "ready": true
                     *         },
                     *         "workflow": {
                     *           "ready": true
                     *         },
                     *         "events": {
                     *           "ready": true
                     *         },
                     *         "hosts": {
                     *           "ready": true
                     *         },
                     *         "federations": {
                     *           "ready": true
                     *         },
                     *         "service": {
                     *           "ready": true
                     *         },
                     *         "pulumi": {
                     *           "ready": false,
                     *           "detail": "live deployments are refused: there is no Pulumi CLI on the PATH"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal";
                    };
                };
            };
            /** @description Not ready: the parts say why */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ready": false,
                     *       "parts": {
                     *         "store": {
                     *           "ready": false,
                     *           "detail": "connect ECONNREFUSED 127.0.0.1:5432"
                     *         },
                     *         "hosts": {
                     *           "ready": true
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    readSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "authentication": "on",
                     *       "signedIn": true,
                     *       "actor": {
                     *         "subject": "corp:8f3a",
                     *         "name": "Alice",
                     *         "kind": "person"
                     *       },
                     *       "groups": [
                     *         "trading"
                     *       ],
                     *       "grants": [
                     *         {
                     *           "role": "operator",
                     *           "federations": [
                     *             "nautilus"
                     *           ],
                     *           "phases": {
                     *             "from": 1,
                     *             "to": 3
                     *           },
                     *           "modes": [
                     *             "rehearsal",
                     *             "live"
                     *           ],
                     *           "operations": [
                     *             "up",
                     *             "preview",
                     *             "refresh",
                     *             "destroy",
                     *             "drift-check"
                     *           ],
                     *           "permissions": [
                     *             "federations.read",
                     *             "deployments.read",
                     *             "deployments.launch"
                     *           ]
                     *         }
                     *       ],
                     *       "expiresAt": "2026-11-21T20:00:00.000Z",
                     *       "issuers": [
                     *         {
                     *           "name": "corp",
                     *           "label": "Corp account",
                     *           "login": "/v1/session/login?issuer=corp"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-overloaded";
                    };
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description a token */
        requestBody: {
            content: {
                "application/json": {
                    /** @description an API token, or a token of an issuer that the service trusts */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Signed in */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "authentication": "on",
                     *       "signedIn": true,
                     *       "actor": {
                     *         "subject": "corp:8f3a",
                     *         "name": "Alice",
                     *         "kind": "person"
                     *       },
                     *       "groups": [
                     *         "trading"
                     *       ],
                     *       "grants": [
                     *         {
                     *           "role": "operator",
                     *           "federations": [
                     *             "nautilus"
                     *           ],
                     *           "phases": {
                     *             "from": 1,
                     *             "to": 3
                     *           },
                     *           "modes": [
                     *             "rehearsal",
                     *             "live"
                     *           ],
                     *           "operations": [
                     *             "up",
                     *             "preview",
                     *             "refresh",
                     *             "destroy",
                     *             "drift-check"
                     *           ],
                     *           "permissions": [
                     *             "federations.read",
                     *             "deployments.read",
                     *             "deployments.launch"
                     *           ]
                     *         }
                     *       ],
                     *       "expiresAt": "2026-11-21T20:00:00.000Z",
                     *       "issuers": [
                     *         {
                     *           "name": "corp",
                     *           "label": "Corp account",
                     *           "login": "/v1/session/login?issuer=corp"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-malformed" | "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-cross-site" | "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The current state does not allow it: `details` says why */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-authentication-off";
                    };
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-too-large";
                    };
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-content-type-unsupported";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description no body, or an empty object */
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-malformed" | "http-request-invalid";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-cross-site" | "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The current state does not allow it: `details` says why */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-authentication-off";
                    };
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-too-large";
                    };
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-content-type-unsupported";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "store-unavailable";
                    };
                };
            };
        };
    };
    beginSignIn: {
        parameters: {
            query: {
                /**
                 * @description the issuer's name
                 * @example corp
                 */
                issuer: string;
                /**
                 * @description the path of this service to return to, such as /deployments
                 * @example /deployments
                 */
                return?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description On to the issuer, or back to the dashboard */
            302: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-invalid";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-cross-site" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-login-unknown";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The current state does not allow it: `details` says why */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-authentication-off";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded";
                    };
                };
            };
        };
    };
    endSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description On to the issuer, or back to the dashboard */
            302: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-cross-site" | "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The current state does not allow it: `details` says why */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-authentication-off";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string;
                /**
                 * @description the size of the page: a whole number from 1 to 1000
                 * @example 100
                 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of tokens */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "5c0d1f3a-2f0e-4a55-8c31-6b1d1f0c9e42",
                     *           "name": "release",
                     *           "status": "active",
                     *           "person": "corp:8f3a",
                     *           "maker": "corp:8f3a",
                     *           "actsFor": "corp:8f3a",
                     *           "grants": [
                     *             {
                     *               "role": "operator",
                     *               "federations": [
                     *                 "nautilus"
                     *               ],
                     *               "phases": {
                     *                 "from": 1,
                     *                 "to": 3
                     *               },
                     *               "modes": [
                     *                 "rehearsal",
                     *                 "live"
                     *               ],
                     *               "operations": [
                     *                 "up",
                     *                 "preview",
                     *                 "refresh",
                     *                 "destroy",
                     *                 "drift-check"
                     *               ]
                     *             }
                     *           ],
                     *           "createdBy": {
                     *             "subject": "corp:8f3a",
                     *             "name": "Alice",
                     *             "kind": "person"
                     *           },
                     *           "createdAt": "2026-11-21T08:00:00.000Z",
                     *           "expiresAt": "2026-12-21T08:00:00.000Z",
                     *           "lastUsedAt": "2026-11-21T09:12:00.000Z",
                     *           "revokedAt": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description tokens */
                        items: components["schemas"]["Token"][];
                        /** @description the value of `after` for the next page; absent on the last page */
                        next?: string;
                    };
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-invalid" | "request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description a token: name, grants and, optionally, person, expiresInDays */
        requestBody: {
            content: {
                "application/json": {
                    /** @description what the token is for, 1 to 100 characters */
                    name: string;
                    /** @description a list of one or more grants, none beyond the grants of the caller */
                    grants: {
                        /**
                         * @description the role: one of viewer, operator, approver, admin
                         * @enum {unknown}
                         */
                        role: "viewer" | "operator" | "approver" | "admin";
                        /** @description a list of one or more names of federations, without repetition */
                        federations?: string[];
                        /** @description a range of phases: from, to */
                        phases?: {
                            /** @description the first phase: a whole number from 1 to 8 */
                            from?: number;
                            /** @description the last phase: a whole number from 1 to 8 */
                            to?: number;
                        };
                        /** @description a list of one or more modes, without repetition */
                        modes?: ("rehearsal" | "live")[];
                        /** @description a list of one or more operations, without repetition */
                        operations?: ("up" | "preview" | "refresh" | "destroy" | "drift-check")[];
                    }[];
                    /** @description the subject of the person whom the token is for (default: the caller; only an admin names another: such a token acts for nobody, and its approvals do not count) */
                    person?: string;
                    /**
                     * @description days until it expires: a whole number from 1 to 366, or null for never (only admins without limits)
                     * @default 30
                     */
                    expiresInDays?: number | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5c0d1f3a-2f0e-4a55-8c31-6b1d1f0c9e42",
                     *       "name": "release",
                     *       "status": "active",
                     *       "person": "corp:8f3a",
                     *       "maker": "corp:8f3a",
                     *       "actsFor": "corp:8f3a",
                     *       "grants": [
                     *         {
                     *           "role": "operator",
                     *           "federations": [
                     *             "nautilus"
                     *           ],
                     *           "phases": {
                     *             "from": 1,
                     *             "to": 3
                     *           },
                     *           "modes": [
                     *             "rehearsal",
                     *             "live"
                     *           ],
                     *           "operations": [
                     *             "up",
                     *             "preview",
                     *             "refresh",
                     *             "destroy",
                     *             "drift-check"
                     *           ]
                     *         }
                     *       ],
                     *       "createdBy": {
                     *         "subject": "corp:8f3a",
                     *         "name": "Alice",
                     *         "kind": "person"
                     *       },
                     *       "createdAt": "2026-11-21T08:00:00.000Z",
                     *       "expiresAt": "2026-12-21T08:00:00.000Z",
                     *       "lastUsedAt": null,
                     *       "revokedAt": null,
                     *       "token": "wlt_EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLE00"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedToken"];
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-malformed" | "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-cross-site" | "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-too-large";
                    };
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-content-type-unsupported";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the token's id
                 * @example 5c0d1f3a-2f0e-4a55-8c31-6b1d1f0c9e42
                 */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked */
            204: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-cross-site" | "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-route-not-found" | "token-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listDeployments: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string;
                /**
                 * @description the size of the page: a whole number from 1 to 1000
                 * @example 100
                 */
                limit?: number;
            };
            header?: {
                /** @description the ETag of the last answer: 304 when nothing has changed */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of deployments */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *           "federation": "nautilus",
                     *           "operation": "up",
                     *           "mode": "rehearsal",
                     *           "world": "default",
                     *           "status": "running",
                     *           "createdAt": "2026-11-21T08:00:00.000Z",
                     *           "startedAt": "2026-11-21T08:00:00.120Z",
                     *           "finishedAt": null,
                     *           "phases": [
                     *             {
                     *               "number": 1,
                     *               "name": "prerequisites",
                     *               "status": "running",
                     *               "startedAt": "2026-11-21T08:00:00.140Z",
                     *               "finishedAt": null,
                     *               "units": {
                     *                 "total": 3,
                     *                 "succeeded": 1,
                     *                 "failed": 0,
                     *                 "running": 2,
                     *                 "skipped": 0,
                     *                 "waiting": 0,
                     *                 "canceled": 0
                     *               }
                     *             }
                     *           ],
                     *           "resourceChanges": {
                     *             "create": 38,
                     *             "update": 0,
                     *             "delete": 0,
                     *             "replace": 0,
                     *             "same": 0
                     *           },
                     *           "lastEvent": 214,
                     *           "launchedBy": {
                     *             "subject": "local",
                     *             "name": "local",
                     *             "kind": "local"
                     *           },
                     *           "request": {
                     *             "federation": "nautilus",
                     *             "operation": "up",
                     *             "mode": "rehearsal",
                     *             "phases": {
                     *               "from": 1,
                     *               "to": 1
                     *             },
                     *             "ordering": "phased",
                     *             "approvals": "none",
                     *             "rehearsal": {
                     *               "world": "default",
                     *               "timeScale": 0,
                     *               "seed": 1,
                     *               "faults": []
                     *             }
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description deployments */
                        items: components["schemas"]["Deployment"][];
                        /** @description the value of `after` for the next page; absent on the last page */
                        next?: string;
                    };
                };
            };
            /** @description Not changed since If-None-Match */
            304: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-invalid" | "request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    launchDeployment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters: the same key and body give the same deployment, another body is refused (422)
                 * @example release-42
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description a launch: federation, operation and, optionally, mode, phases, clusters, orphaned, ordering, approvals, parallelism, rehearsal */
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description the name of a federation
                     * @example nautilus
                     */
                    federation: string;
                    /**
                     * @description the operation: one of up, preview, refresh, destroy, drift-check
                     * @enum {unknown}
                     */
                    operation: "up" | "preview" | "refresh" | "destroy" | "drift-check";
                    /**
                     * @description rehearsal: against simulated clouds; live: against real ones: one of rehearsal, live
                     * @default rehearsal
                     * @enum {unknown}
                     */
                    mode?: "rehearsal" | "live";
                    /** @description a range of phases: from, to */
                    phases?: {
                        /** @description the first phase: a whole number from 1 to 8 */
                        from?: number;
                        /** @description the last phase: a whole number from 1 to 8 */
                        to?: number;
                    };
                    /** @description a list of one or more names of clusters, without repetition */
                    clusters?: string[];
                    /**
                     * @description true: only orphaned units of these phases and clusters, for refresh, destroy and drift-check; false: with the others
                     * @default false
                     */
                    orphaned?: boolean;
                    /**
                     * @description when units start: one of phased, pipelined
                     * @default phased
                     * @enum {unknown}
                     */
                    ordering?: "phased" | "pipelined";
                    /**
                     * @description what waits for an approval: one of none, each-phase
                     * @default none
                     * @enum {unknown}
                     */
                    approvals?: "none" | "each-phase";
                    /** @description how many units run at once: a whole number from 1 to 64 */
                    parallelism?: number;
                    /** @description options of a rehearsal: world, timeScale, seed, faults, scenario */
                    rehearsal?: {
                        /**
                         * @description the name of a world: letters, digits, dots, dashes and underscores, starting with a letter or digit, at most 100
                         * @default default
                         * @example default
                         * @example fresh
                         */
                        world?: string;
                        /**
                         * @description how many seconds a simulated second takes: a number from 0 (as fast as possible) to 1000
                         * @default 0
                         */
                        timeScale?: number;
                        /**
                         * @description the seed of random values: a whole number from 0 to 4294967295
                         * @default 1
                         */
                        seed?: number;
                        /**
                         * @description a list of at most 200 faults
                         * @default []
                         */
                        faults?: {
                            /**
                             * @description the cloud it hits: one of aws, gcp, azure, kubernetes
                             * @enum {unknown}
                             */
                            cloud?: "aws" | "gcp" | "azure" | "kubernetes";
                            /** @description the region it hits */
                            region?: string;
                            /** @description the name of the cluster it hits */
                            cluster?: string;
                            /** @description the resource type it hits, such as aws:ec2/vpc:Vpc */
                            type?: string;
                            /** @description the name of the resource it hits */
                            name?: string;
                            /**
                             * @description the operation it hits: one of create, update, delete, read
                             * @enum {unknown}
                             */
                            operation?: "create" | "update" | "delete" | "read";
                            /**
                             * @description what goes wrong; missing and changed: a resource that a refresh or drift check reads was deleted or changed outside Windlass; outage: nothing answers until the world recovers; lost-answer: the operation is done, and its answer lost; mistake: the program gives another input, or leaves the resource out: one of fail, throttle, quota, slow, missing, changed, denied, outage, lost-answer, mistake
                             * @enum {unknown}
                             */
                            kind: "fail" | "throttle" | "quota" | "slow" | "missing" | "changed" | "denied" | "outage" | "lost-answer" | "mistake";
                            /** @description how many calls of a unit and operation pass before it hits (default: none): a whole number from 1 to 1000000 */
                            after?: number;
                            /** @description from when on it hits: seconds of the world's time since the unit began: a whole number from 1 to 86400 */
                            afterSeconds?: number;
                            /** @description how many calls of a unit and operation it hits (default: all): a whole number from 1 to 1000000 */
                            times?: number;
                            /** @description for kinds fail and denied: the cloud's error code */
                            code?: string;
                            /** @description the cloud's error message */
                            message?: string;
                            /**
                             * @description for kinds changed and mistake: the path of the property, such as tags.owner, rules[0].port or labels["a.b/c"]; a mistake without it leaves the resource out
                             * @example tags.owner
                             */
                            property?: string;
                            /** @description for kinds changed and mistake: the value of the property: a text of at most 1000 characters, a number, true or false; a mistake without it leaves the property out */
                            value?: string | number | boolean;
                        }[];
                        /**
                         * @description the name of a scenario: lower case letters, digits and dashes, starting with a letter, at most 60
                         * @example region-outage
                         */
                        scenario?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Queued; Location is the path of the deployment */
            202: {
                headers: {
                    /** @description the path of the deployment */
                    Location?: unknown;
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *       "federation": "nautilus",
                     *       "operation": "up",
                     *       "mode": "rehearsal",
                     *       "world": "default",
                     *       "status": "queued",
                     *       "createdAt": "2026-11-21T08:00:00.000Z",
                     *       "startedAt": null,
                     *       "finishedAt": null,
                     *       "phases": [
                     *         {
                     *           "number": 1,
                     *           "name": "prerequisites",
                     *           "status": "running",
                     *           "startedAt": "2026-11-21T08:00:00.140Z",
                     *           "finishedAt": null,
                     *           "units": {
                     *             "total": 3,
                     *             "succeeded": 1,
                     *             "failed": 0,
                     *             "running": 2,
                     *             "skipped": 0,
                     *             "waiting": 0,
                     *             "canceled": 0
                     *           }
                     *         }
                     *       ],
                     *       "resourceChanges": {
                     *         "create": 0,
                     *         "update": 0,
                     *         "delete": 0,
                     *         "replace": 0,
                     *         "same": 0
                     *       },
                     *       "lastEvent": 1,
                     *       "launchedBy": {
                     *         "subject": "local",
                     *         "name": "local",
                     *         "kind": "local"
                     *       },
                     *       "request": {
                     *         "federation": "nautilus",
                     *         "operation": "up",
                     *         "mode": "rehearsal",
                     *         "phases": {
                     *           "from": 1,
                     *           "to": 1
                     *         },
                     *         "ordering": "phased",
                     *         "approvals": "none",
                     *         "rehearsal": {
                     *           "world": "default",
                     *           "timeScale": 0,
                     *           "seed": 1,
                     *           "faults": []
                     *         }
                     *       },
                     *       "position": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-invalid" | "http-body-malformed" | "http-request-invalid" | "plan-cycle" | "plan-empty" | "request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-cross-site" | "http-forbidden" | "http-host-refused" | "live-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The current state does not allow it: `details` says why */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "approval-impossible" | "dependants-deployed" | "prerequisites-missing";
                    };
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-too-large";
                    };
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-content-type-unsupported";
                    };
                };
            };
            /** @description The Idempotency-Key was used with another body */
            422: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "idempotency-mismatch";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests" | "queue-full" | "worlds-full";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "shutting-down" | "store-unavailable";
                    };
                };
            };
        };
    };
    readDeployment: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag of the last answer: 304 when nothing has changed */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description the deployment's id
                 * @example 0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one execution of an operation over a plan */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *       "federation": "nautilus",
                     *       "operation": "up",
                     *       "mode": "rehearsal",
                     *       "world": "default",
                     *       "status": "running",
                     *       "createdAt": "2026-11-21T08:00:00.000Z",
                     *       "startedAt": "2026-11-21T08:00:00.120Z",
                     *       "finishedAt": null,
                     *       "phases": [
                     *         {
                     *           "number": 1,
                     *           "name": "prerequisites",
                     *           "status": "running",
                     *           "startedAt": "2026-11-21T08:00:00.140Z",
                     *           "finishedAt": null,
                     *           "units": {
                     *             "total": 3,
                     *             "succeeded": 1,
                     *             "failed": 0,
                     *             "running": 2,
                     *             "skipped": 0,
                     *             "waiting": 0,
                     *             "canceled": 0
                     *           }
                     *         }
                     *       ],
                     *       "resourceChanges": {
                     *         "create": 38,
                     *         "update": 0,
                     *         "delete": 0,
                     *         "replace": 0,
                     *         "same": 0
                     *       },
                     *       "lastEvent": 214,
                     *       "launchedBy": {
                     *         "subject": "local",
                     *         "name": "local",
                     *         "kind": "local"
                     *       },
                     *       "request": {
                     *         "federation": "nautilus",
                     *         "operation": "up",
                     *         "mode": "rehearsal",
                     *         "phases": {
                     *           "from": 1,
                     *           "to": 1
                     *         },
                     *         "ordering": "phased",
                     *         "approvals": "none",
                     *         "rehearsal": {
                     *           "world": "default",
                     *           "timeScale": 0,
                     *           "seed": 1,
                     *           "faults": []
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description Not changed since If-None-Match */
            304: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deployment-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listGates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the deployment's id
                 * @example 0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the gates */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "phase": 2,
                     *           "because": "federation",
                     *           "needed": 2,
                     *           "people": [],
                     *           "groups": [
                     *             "platform-leads"
                     *           ],
                     *           "launcherMayApprove": false,
                     *           "missing": 1,
                     *           "status": "waiting",
                     *           "decisions": [
                     *             {
                     *               "phase": 2,
                     *               "decision": "approved",
                     *               "counts": true,
                     *               "actor": {
                     *                 "subject": "local",
                     *                 "name": "local",
                     *                 "kind": "local"
                     *               },
                     *               "time": "2026-11-21T08:00:20.000Z",
                     *               "comment": "change 4711"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Gate"][];
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deployment-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listUnits: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string;
                /**
                 * @description the size of the page: a whole number from 1 to 1000
                 * @example 100
                 */
                limit?: number;
                /** @description fields to leave out of each unit: outputs, cost, or both, separated by a comma */
                omit?: string;
            };
            header?: {
                /** @description the ETag of the last answer: 304 when nothing has changed */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description the deployment's id
                 * @example 0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of units */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "infrastructure.nautilus-primary-us-east",
                     *           "phase": 2,
                     *           "scope": "nautilus-primary-us-east",
                     *           "clusters": [
                     *             "nautilus-primary-us-east"
                     *           ],
                     *           "cloud": "aws",
                     *           "stack": "nautilus.infrastructure.nautilus-primary-us-east",
                     *           "status": "succeeded",
                     *           "attempt": 1,
                     *           "startedAt": "2026-11-21T08:00:04.000Z",
                     *           "finishedAt": "2026-11-21T08:00:05.310Z",
                     *           "dependsOn": [
                     *             "prerequisites.aws"
                     *           ],
                     *           "resourceChanges": {
                     *             "create": 38,
                     *             "update": 0,
                     *             "delete": 0,
                     *             "replace": 0,
                     *             "same": 0
                     *           },
                     *           "outputs": {
                     *             "endpoint": "https://0A1B.gr7.us-east-1.eks.amazonaws.com",
                     *             "token": {
                     *               "secret": true
                     *             }
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description units */
                        items: components["schemas"]["Unit"][];
                        /** @description the value of `after` for the next page; absent on the last page */
                        next?: string;
                    };
                };
            };
            /** @description Not changed since If-None-Match */
            304: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-invalid" | "request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deployment-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    readUnit: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag of the last answer: 304 when nothing has changed */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description the deployment's id
                 * @example 0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10
                 */
                id: string;
                /**
                 * @description the unit's id
                 * @example infrastructure.nautilus-primary-us-east
                 */
                unit: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one phase for one scope: one Pulumi stack */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "infrastructure.nautilus-primary-us-east",
                     *       "phase": 2,
                     *       "scope": "nautilus-primary-us-east",
                     *       "clusters": [
                     *         "nautilus-primary-us-east"
                     *       ],
                     *       "cloud": "aws",
                     *       "stack": "nautilus.infrastructure.nautilus-primary-us-east",
                     *       "status": "succeeded",
                     *       "attempt": 1,
                     *       "startedAt": "2026-11-21T08:00:04.000Z",
                     *       "finishedAt": "2026-11-21T08:00:05.310Z",
                     *       "dependsOn": [
                     *         "prerequisites.aws"
                     *       ],
                     *       "resourceChanges": {
                     *         "create": 38,
                     *         "update": 0,
                     *         "delete": 0,
                     *         "replace": 0,
                     *         "same": 0
                     *       },
                     *       "outputs": {
                     *         "endpoint": "https://0A1B.gr7.us-east-1.eks.amazonaws.com",
                     *         "token": {
                     *           "secret": true
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Unit"];
                };
            };
            /** @description Not changed since If-None-Match */
            304: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deployment-not-found" | "http-route-not-found" | "unit-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    readValidation: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag of the last answer: 304 when nothing has changed */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description the deployment's id
                 * @example 0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the report of a deployment's validation phase */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deployment": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *       "federation": "nautilus",
                     *       "mode": "rehearsal",
                     *       "world": "default",
                     *       "passed": true,
                     *       "complete": true,
                     *       "counts": {
                     *         "passed": 1,
                     *         "failed": 0,
                     *         "advisory": 0
                     *       },
                     *       "units": [
                     *         {
                     *           "unit": "validation.global",
                     *           "clusters": [
                     *             "nautilus-primary-us-east"
                     *           ],
                     *           "status": "succeeded",
                     *           "finishedAt": "2026-11-21T08:00:31.000Z",
                     *           "checks": [
                     *             {
                     *               "name": "latency-us-eu",
                     *               "kind": "latency",
                     *               "passed": true,
                     *               "required": true,
                     *               "measured": 73.5,
                     *               "target": 80,
                     *               "unit": "ms",
                     *               "why": "the slowest of 2 round trips"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Validation"];
                };
            };
            /** @description Not changed since If-None-Match */
            304: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deployment-not-found" | "http-route-not-found" | "validation-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /**
                 * @description the seq to begin after: a whole number from 0 to 2147483647
                 * @example 0
                 */
                after?: number;
                /**
                 * @description the size of the page: a whole number from 1 to 1000
                 * @example 100
                 */
                limit?: number;
            };
            header?: {
                /**
                 * @description the seq of the last event seen
                 * @example 12
                 */
                "last-event-id"?: string;
            };
            path: {
                /**
                 * @description the deployment's id
                 * @example 0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events after `after` */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "seq": 12,
                     *           "time": "2026-11-21T08:00:04.000Z",
                     *           "type": "unit.started",
                     *           "deployment": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *           "phase": 2,
                     *           "unit": "infrastructure.nautilus-primary-us-east",
                     *           "attempt": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description events */
                        items: components["schemas"]["Event"][];
                        /** @description the value of `after` for the next page; absent on the last page */
                        next?: string;
                    };
                    /**
                     * @example retry: 2000
                     *
                     *     id: 12
                     *     data: {"seq":12,"time":"2026-11-21T08:00:04.000Z","type":"unit.started","deployment":"0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10","phase":2,"unit":"infrastructure.nautilus-primary-us-east","attempt":1}
                     */
                    "text/event-stream": string;
                    /** @example {"seq":12,"time":"2026-11-21T08:00:04.000Z","type":"unit.started","deployment":"0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10","phase":2,"unit":"infrastructure.nautilus-primary-us-east","attempt":1} */
                    "application/x-ndjson": string;
                };
            };
            /** @description The deployment has ended and has no event after that one: do not reconnect */
            204: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deployment-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description None of the accepted media types can be given */
            406: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-not-acceptable";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description It was removed after its retention period: `details` says what is kept */
            410: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "events-removed";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listPolicyFindings: {
        parameters: {
            query?: {
                /** @description the seq to begin after: a whole number from 0 to 2147483647 */
                after?: number;
                /**
                 * @description the size of the page: a whole number from 1 to 1000
                 * @example 100
                 */
                limit?: number;
            };
            header?: {
                /** @description the ETag of the last answer: 304 when nothing has changed */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description the deployment's id
                 * @example 0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of policy findings */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "seq": 77,
                     *           "time": "2026-11-21T08:00:05.000Z",
                     *           "phase": 2,
                     *           "unit": "infrastructure.nautilus-primary-us-east",
                     *           "policy": "aws-eks-endpoint-private",
                     *           "pack": "windlass",
                     *           "enforcement": "advisory",
                     *           "message": "the control plane answers the internet: set endpointPublicAccess to false"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description policy findings */
                        items: components["schemas"]["PolicyFinding"][];
                        /** @description the value of `after` for the next page; absent on the last page */
                        next?: string;
                    };
                };
            };
            /** @description Not changed since If-None-Match */
            304: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deployment-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description It was removed after its retention period: `details` says what is kept */
            410: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "events-removed";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listDrift: {
        parameters: {
            query?: {
                /** @description the number of the last finding of the page before: a whole number from 0 to 9007199254740991 */
                after?: number;
                /**
                 * @description the size of the page: a whole number from 1 to 1000
                 * @example 100
                 */
                limit?: number;
                /** @description a kind of drift: one of changed, output, missing */
                kind?: "changed" | "output" | "missing";
                /**
                 * @description the id of a unit
                 * @example infrastructure.nautilus-primary-us-east
                 */
                unit?: string;
                /** @description whether the federation file ignores it: one of true, false */
                ignored?: "true" | "false";
            };
            header?: {
                /** @description the ETag of the last answer: 304 when nothing has changed */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description the deployment's id
                 * @example 0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of drift findings */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "number": 12,
                     *           "phase": 2,
                     *           "unit": "infrastructure.nautilus-primary-us-east",
                     *           "urn": "urn:pulumi:nautilus.infrastructure.nautilus-primary-us-east::windlass::aws:ec2/vpc:Vpc::network",
                     *           "resource": {
                     *             "type": "aws:ec2/vpc:Vpc",
                     *             "name": "network"
                     *           },
                     *           "kind": "changed",
                     *           "properties": [
                     *             {
                     *               "path": "tags.owner",
                     *               "kind": "changed",
                     *               "expected": "platform",
                     *               "actual": "somebody"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description drift findings */
                        items: components["schemas"]["DriftFinding"][];
                        /** @description the value of `after` for the next page; absent on the last page */
                        next?: string;
                    };
                };
            };
            /** @description Not changed since If-None-Match */
            304: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deployment-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description It was removed after its retention period: `details` says what is kept */
            410: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "events-removed";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listChanges: {
        parameters: {
            query?: {
                /** @description the seq to begin after: a whole number from 0 to 2147483647 */
                after?: number;
                /**
                 * @description the size of the page: a whole number from 1 to 1000
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description the id of a unit
                 * @example infrastructure.nautilus-primary-us-east
                 */
                unit?: string;
            };
            header?: {
                /** @description the ETag of the last answer: 304 when nothing has changed */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description the deployment's id
                 * @example 0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of resource changes */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "seq": 77,
                     *           "phase": 2,
                     *           "unit": "infrastructure.nautilus-primary-us-east",
                     *           "urn": "urn:pulumi:nautilus.infrastructure.nautilus-primary-us-east::windlass::aws:ec2/vpc:Vpc::network",
                     *           "resource": {
                     *             "type": "aws:ec2/vpc:Vpc",
                     *             "name": "network"
                     *           },
                     *           "op": "update",
                     *           "diff": [
                     *             {
                     *               "path": "tags.owner",
                     *               "kind": "update",
                     *               "replaces": false,
                     *               "before": "platform",
                     *               "after": "trading"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description resource changes */
                        items: components["schemas"]["ResourceChange"][];
                        /** @description the value of `after` for the next page; absent on the last page */
                        next?: string;
                    };
                };
            };
            /** @description Not changed since If-None-Match */
            304: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deployment-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string;
                /**
                 * @description the size of the page: a whole number from 1 to 1000
                 * @example 100
                 */
                limit?: number;
            };
            header?: {
                /** @description the ETag of the last answer: 304 when nothing has changed */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of deployments that wait for an approval */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "deployment": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *           "federation": "nautilus",
                     *           "operation": "up",
                     *           "mode": "live",
                     *           "gate": {
                     *             "phase": 2,
                     *             "because": "federation",
                     *             "needed": 2,
                     *             "people": [],
                     *             "groups": [
                     *               "platform-leads"
                     *             ],
                     *             "launcherMayApprove": false,
                     *             "missing": 1,
                     *             "approvedBy": []
                     *           },
                     *           "mine": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description deployments that wait for an approval */
                        items: components["schemas"]["Waiting"][];
                        /** @description the value of `after` for the next page; absent on the last page */
                        next?: string;
                    };
                };
            };
            /** @description Not changed since If-None-Match */
            304: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-invalid" | "request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    overrideWindow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the deployment's id
                 * @example 0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description an override: reason */
        requestBody: {
            content: {
                "application/json": {
                    /** @description why it cannot wait: a text of 3 to 1000 characters */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The deployment after it */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *       "federation": "nautilus",
                     *       "operation": "up",
                     *       "mode": "rehearsal",
                     *       "world": "default",
                     *       "status": "running",
                     *       "createdAt": "2026-11-21T08:00:00.000Z",
                     *       "startedAt": "2026-11-21T08:00:00.120Z",
                     *       "finishedAt": null,
                     *       "phases": [
                     *         {
                     *           "number": 1,
                     *           "name": "prerequisites",
                     *           "status": "running",
                     *           "startedAt": "2026-11-21T08:00:00.140Z",
                     *           "finishedAt": null,
                     *           "units": {
                     *             "total": 3,
                     *             "succeeded": 1,
                     *             "failed": 0,
                     *             "running": 2,
                     *             "skipped": 0,
                     *             "waiting": 0,
                     *             "canceled": 0
                     *           }
                     *         }
                     *       ],
                     *       "resourceChanges": {
                     *         "create": 38,
                     *         "update": 0,
                     *         "delete": 0,
                     *         "replace": 0,
                     *         "same": 0
                     *       },
                     *       "lastEvent": 214,
                     *       "launchedBy": {
                     *         "subject": "local",
                     *         "name": "local",
                     *         "kind": "local"
                     *       },
                     *       "request": {
                     *         "federation": "nautilus",
                     *         "operation": "up",
                     *         "mode": "rehearsal",
                     *         "phases": {
                     *           "from": 1,
                     *           "to": 1
                     *         },
                     *         "ordering": "phased",
                     *         "approvals": "none",
                     *         "rehearsal": {
                     *           "world": "default",
                     *           "timeScale": 0,
                     *           "seed": 1,
                     *           "faults": []
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-malformed" | "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "approval-refused" | "http-cross-site" | "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deployment-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The current state does not allow it: `details` says why */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "approval-impossible" | "wrong-status";
                    };
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-too-large";
                    };
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-content-type-unsupported";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "shutting-down" | "store-unavailable";
                    };
                };
            };
        };
    };
    cancelDeployment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the deployment's id
                 * @example 0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description no body, or an empty object */
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description The deployment after it */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *       "federation": "nautilus",
                     *       "operation": "up",
                     *       "mode": "rehearsal",
                     *       "world": "default",
                     *       "status": "canceling",
                     *       "createdAt": "2026-11-21T08:00:00.000Z",
                     *       "startedAt": "2026-11-21T08:00:00.120Z",
                     *       "finishedAt": null,
                     *       "phases": [
                     *         {
                     *           "number": 1,
                     *           "name": "prerequisites",
                     *           "status": "running",
                     *           "startedAt": "2026-11-21T08:00:00.140Z",
                     *           "finishedAt": null,
                     *           "units": {
                     *             "total": 3,
                     *             "succeeded": 1,
                     *             "failed": 0,
                     *             "running": 2,
                     *             "skipped": 0,
                     *             "waiting": 0,
                     *             "canceled": 0
                     *           }
                     *         }
                     *       ],
                     *       "resourceChanges": {
                     *         "create": 38,
                     *         "update": 0,
                     *         "delete": 0,
                     *         "replace": 0,
                     *         "same": 0
                     *       },
                     *       "lastEvent": 214,
                     *       "launchedBy": {
                     *         "subject": "local",
                     *         "name": "local",
                     *         "kind": "local"
                     *       },
                     *       "request": {
                     *         "federation": "nautilus",
                     *         "operation": "up",
                     *         "mode": "rehearsal",
                     *         "phases": {
                     *           "from": 1,
                     *           "to": 1
                     *         },
                     *         "ordering": "phased",
                     *         "approvals": "none",
                     *         "rehearsal": {
                     *           "world": "default",
                     *           "timeScale": 0,
                     *           "seed": 1,
                     *           "faults": []
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-malformed" | "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-cross-site" | "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deployment-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The current state does not allow it: `details` says why */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "approval-expired" | "approval-impossible" | "wrong-status";
                    };
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-too-large";
                    };
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-content-type-unsupported";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "shutting-down" | "store-unavailable";
                    };
                };
            };
        };
    };
    resumeDeployment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the deployment's id
                 * @example 0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description no body, or an empty object */
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description The deployment after it */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *       "federation": "nautilus",
                     *       "operation": "up",
                     *       "mode": "rehearsal",
                     *       "world": "default",
                     *       "status": "running",
                     *       "createdAt": "2026-11-21T08:00:00.000Z",
                     *       "startedAt": "2026-11-21T08:00:00.120Z",
                     *       "finishedAt": null,
                     *       "phases": [
                     *         {
                     *           "number": 1,
                     *           "name": "prerequisites",
                     *           "status": "running",
                     *           "startedAt": "2026-11-21T08:00:00.140Z",
                     *           "finishedAt": null,
                     *           "units": {
                     *             "total": 3,
                     *             "succeeded": 1,
                     *             "failed": 0,
                     *             "running": 2,
                     *             "skipped": 0,
                     *             "waiting": 0,
                     *             "canceled": 0
                     *           }
                     *         }
                     *       ],
                     *       "resourceChanges": {
                     *         "create": 38,
                     *         "update": 0,
                     *         "delete": 0,
                     *         "replace": 0,
                     *         "same": 0
                     *       },
                     *       "lastEvent": 214,
                     *       "launchedBy": {
                     *         "subject": "local",
                     *         "name": "local",
                     *         "kind": "local"
                     *       },
                     *       "request": {
                     *         "federation": "nautilus",
                     *         "operation": "up",
                     *         "mode": "rehearsal",
                     *         "phases": {
                     *           "from": 1,
                     *           "to": 1
                     *         },
                     *         "ordering": "phased",
                     *         "approvals": "none",
                     *         "rehearsal": {
                     *           "world": "default",
                     *           "timeScale": 0,
                     *           "seed": 1,
                     *           "faults": []
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-malformed" | "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-cross-site" | "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deployment-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The current state does not allow it: `details` says why */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "approval-expired" | "approval-impossible" | "wrong-status";
                    };
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-too-large";
                    };
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-content-type-unsupported";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests" | "queue-full";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "shutting-down" | "store-unavailable";
                    };
                };
            };
        };
    };
    approvePhase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the deployment's id
                 * @example 0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description a decision: phase and, optionally, comment */
        requestBody: {
            content: {
                "application/json": {
                    /** @description the phase that waits: a whole number from 1 to 8 */
                    phase: number;
                    /** @description a comment of at most 1000 characters */
                    comment?: string;
                };
            };
        };
        responses: {
            /** @description The deployment after it */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *       "federation": "nautilus",
                     *       "operation": "up",
                     *       "mode": "rehearsal",
                     *       "world": "default",
                     *       "status": "running",
                     *       "createdAt": "2026-11-21T08:00:00.000Z",
                     *       "startedAt": "2026-11-21T08:00:00.120Z",
                     *       "finishedAt": null,
                     *       "phases": [
                     *         {
                     *           "number": 1,
                     *           "name": "prerequisites",
                     *           "status": "running",
                     *           "startedAt": "2026-11-21T08:00:00.140Z",
                     *           "finishedAt": null,
                     *           "units": {
                     *             "total": 3,
                     *             "succeeded": 1,
                     *             "failed": 0,
                     *             "running": 2,
                     *             "skipped": 0,
                     *             "waiting": 0,
                     *             "canceled": 0
                     *           }
                     *         }
                     *       ],
                     *       "resourceChanges": {
                     *         "create": 38,
                     *         "update": 0,
                     *         "delete": 0,
                     *         "replace": 0,
                     *         "same": 0
                     *       },
                     *       "lastEvent": 214,
                     *       "launchedBy": {
                     *         "subject": "local",
                     *         "name": "local",
                     *         "kind": "local"
                     *       },
                     *       "request": {
                     *         "federation": "nautilus",
                     *         "operation": "up",
                     *         "mode": "rehearsal",
                     *         "phases": {
                     *           "from": 1,
                     *           "to": 1
                     *         },
                     *         "ordering": "phased",
                     *         "approvals": "none",
                     *         "rehearsal": {
                     *           "world": "default",
                     *           "timeScale": 0,
                     *           "seed": 1,
                     *           "faults": []
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-malformed" | "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "approval-refused" | "http-cross-site" | "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deployment-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The current state does not allow it: `details` says why */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "approval-expired" | "approval-impossible" | "wrong-status";
                    };
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-too-large";
                    };
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-content-type-unsupported";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "shutting-down" | "store-unavailable";
                    };
                };
            };
        };
    };
    rejectPhase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the deployment's id
                 * @example 0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description a decision: phase and, optionally, comment */
        requestBody: {
            content: {
                "application/json": {
                    /** @description the phase that waits: a whole number from 1 to 8 */
                    phase: number;
                    /** @description a comment of at most 1000 characters */
                    comment?: string;
                };
            };
        };
        responses: {
            /** @description The deployment after it */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *       "federation": "nautilus",
                     *       "operation": "up",
                     *       "mode": "rehearsal",
                     *       "world": "default",
                     *       "status": "running",
                     *       "createdAt": "2026-11-21T08:00:00.000Z",
                     *       "startedAt": "2026-11-21T08:00:00.120Z",
                     *       "finishedAt": null,
                     *       "phases": [
                     *         {
                     *           "number": 1,
                     *           "name": "prerequisites",
                     *           "status": "running",
                     *           "startedAt": "2026-11-21T08:00:00.140Z",
                     *           "finishedAt": null,
                     *           "units": {
                     *             "total": 3,
                     *             "succeeded": 1,
                     *             "failed": 0,
                     *             "running": 2,
                     *             "skipped": 0,
                     *             "waiting": 0,
                     *             "canceled": 0
                     *           }
                     *         }
                     *       ],
                     *       "resourceChanges": {
                     *         "create": 38,
                     *         "update": 0,
                     *         "delete": 0,
                     *         "replace": 0,
                     *         "same": 0
                     *       },
                     *       "lastEvent": 214,
                     *       "launchedBy": {
                     *         "subject": "local",
                     *         "name": "local",
                     *         "kind": "local"
                     *       },
                     *       "request": {
                     *         "federation": "nautilus",
                     *         "operation": "up",
                     *         "mode": "rehearsal",
                     *         "phases": {
                     *           "from": 1,
                     *           "to": 1
                     *         },
                     *         "ordering": "phased",
                     *         "approvals": "none",
                     *         "rehearsal": {
                     *           "world": "default",
                     *           "timeScale": 0,
                     *           "seed": 1,
                     *           "faults": []
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-malformed" | "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-cross-site" | "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deployment-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The current state does not allow it: `details` says why */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "approval-expired" | "approval-impossible" | "wrong-status";
                    };
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-too-large";
                    };
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-content-type-unsupported";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "shutting-down" | "store-unavailable";
                    };
                };
            };
        };
    };
    deliverHook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the hook's name
                 * @example nautilus
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing is deployed: `ignored` says why */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "hook": "platform",
                     *       "delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                     *       "replayed": false,
                     *       "ignored": "no rule is about pushes to the branch feature/x"
                     *     }
                     */
                    "application/json": components["schemas"]["HookAnswer"];
                };
            };
            /** @description Launched; Location is the path of the deployment */
            202: {
                headers: {
                    /** @description the path of the deployment */
                    Location?: unknown;
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "hook": "platform",
                     *       "delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                     *       "replayed": false,
                     *       "deployment": {
                     *         "id": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *         "federation": "nautilus",
                     *         "operation": "up",
                     *         "mode": "rehearsal",
                     *         "world": "default",
                     *         "status": "running",
                     *         "createdAt": "2026-11-21T08:00:00.000Z",
                     *         "startedAt": "2026-11-21T08:00:00.120Z",
                     *         "finishedAt": null,
                     *         "phases": [
                     *           {
                     *             "number": 1,
                     *             "name": "prerequisites",
                     *             "status": "running",
                     *             "startedAt": "2026-11-21T08:00:00.140Z",
                     *             "finishedAt": null,
                     *             "units": {
                     *               "total": 3,
                     *               "succeeded": 1,
                     *               "failed": 0,
                     *               "running": 2,
                     *               "skipped": 0,
                     *               "waiting": 0,
                     *               "canceled": 0
                     *             }
                     *           }
                     *         ],
                     *         "resourceChanges": {
                     *           "create": 38,
                     *           "update": 0,
                     *           "delete": 0,
                     *           "replace": 0,
                     *           "same": 0
                     *         },
                     *         "lastEvent": 214,
                     *         "launchedBy": {
                     *           "subject": "local",
                     *           "name": "local",
                     *           "kind": "local"
                     *         },
                     *         "request": {
                     *           "federation": "nautilus",
                     *           "operation": "up",
                     *           "mode": "rehearsal",
                     *           "phases": {
                     *             "from": 1,
                     *             "to": 1
                     *           },
                     *           "ordering": "phased",
                     *           "approvals": "none",
                     *           "rehearsal": {
                     *             "world": "default",
                     *             "timeScale": 0,
                     *             "seed": 1,
                     *             "faults": []
                     *           }
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["HookAnswer"];
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-invalid" | "hook-payload-invalid" | "http-body-malformed" | "plan-cycle" | "plan-empty" | "request-invalid";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "hook-refused" | "http-cross-site" | "http-host-refused" | "live-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-not-found" | "hook-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The current state does not allow it: `details` says why */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "approval-impossible" | "dependants-deployed" | "prerequisites-missing";
                    };
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-too-large";
                    };
                };
            };
            /** @description The Idempotency-Key was used with another body */
            422: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "hook-delivery-mismatch";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests" | "queue-full" | "worlds-full";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-overloaded" | "shutting-down" | "store-unavailable";
                    };
                };
            };
        };
    };
    listHookDeliveries: {
        parameters: {
            query?: {
                /** @description the time before which deliveries are listed */
                before?: string;
                /**
                 * @description the size of the page: a whole number from 1 to 1000
                 * @example 100
                 */
                limit?: number;
            };
            header?: never;
            path: {
                /**
                 * @description the hook's name
                 * @example nautilus
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description deliveries, the latest first */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                     *           "receivedAt": "2026-11-21T08:00:00.000Z",
                     *           "deployment": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description deliveries */
                        items: components["schemas"]["HookDelivery"][];
                    };
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "hook-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string;
                /**
                 * @description the size of the page: a whole number from 1 to 1000
                 * @example 100
                 */
                limit?: number;
                /** @description a status: one of pending, delivered, dead */
                status?: "pending" | "delivered" | "dead";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of notifications */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "5d0c7f6e-3b0c-4f0e-8a3f-6f1f5b8b0e11",
                     *           "federation": "nautilus",
                     *           "deployment": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *           "event": 240,
                     *           "type": "deployment.failed",
                     *           "receiver": "pager",
                     *           "kind": "pagerduty",
                     *           "status": "delivered",
                     *           "attempts": 1,
                     *           "createdAt": "2026-11-21T08:00:31.000Z",
                     *           "endedAt": "2026-11-21T08:00:32.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description notifications */
                        items: components["schemas"]["Notification"][];
                        /** @description the value of `after` for the next page; absent on the last page */
                        next?: string;
                    };
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-invalid" | "request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    resendNotification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the notification's id
                 * @example 5d0c7f6e-3b0c-4f0e-8a3f-6f1f5b8b0e11
                 */
                notification: string;
            };
            cookie?: never;
        };
        /** @description no body, or an empty object */
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description The notification, to be sent */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5d0c7f6e-3b0c-4f0e-8a3f-6f1f5b8b0e11",
                     *       "federation": "nautilus",
                     *       "deployment": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *       "event": 240,
                     *       "type": "deployment.failed",
                     *       "receiver": "pager",
                     *       "kind": "pagerduty",
                     *       "status": "delivered",
                     *       "attempts": 1,
                     *       "createdAt": "2026-11-21T08:00:31.000Z",
                     *       "endedAt": "2026-11-21T08:00:32.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Notification"];
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-malformed" | "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-cross-site" | "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-route-not-found" | "notification-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The current state does not allow it: `details` says why */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "wrong-status";
                    };
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-too-large";
                    };
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-content-type-unsupported";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listFederations: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string;
                /**
                 * @description the size of the page: a whole number from 1 to 1000
                 * @example 100
                 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of federations */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "nautilus",
                     *           "file": "nautilus.yaml",
                     *           "valid": true,
                     *           "clusters": 10
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description federations */
                        items: components["schemas"]["FederationSummary"][];
                        /** @description the value of `after` for the next page; absent on the last page */
                        next?: string;
                    };
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-invalid" | "request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    readFederation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the federation's name
                 * @example nautilus
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The federation */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "nautilus",
                     *       "owner": "platform",
                     *       "clusters": [
                     *         {
                     *           "name": "nautilus-primary-us-east",
                     *           "role": "primary",
                     *           "cloud": "aws",
                     *           "region": "us-east-1",
                     *           "cidr": "10.10.0.0/16"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Federation"];
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    planOperation: {
        parameters: {
            query?: {
                /**
                 * @description the operation: one of up, preview, refresh, destroy, drift-check
                 * @example up
                 */
                operation?: "up" | "preview" | "refresh" | "destroy" | "drift-check";
                /**
                 * @description the first phase: a whole number from 1 to 8
                 * @example 1
                 */
                from?: number;
                /**
                 * @description the last phase: a whole number from 1 to 8
                 * @example 8
                 */
                to?: number;
                /** @description when units start: one of phased, pipelined */
                ordering?: "phased" | "pipelined";
                /** @description how many units run at once (default: the number of unit hosts): a whole number from 1 to 64 */
                parallelism?: number;
                /**
                 * @description names of clusters, separated by commas
                 * @example nautilus-primary-us-east
                 */
                clusters?: string;
                /** @description true: only units that are deployed and no longer in the federation file, for refresh, destroy and drift-check: one of true, false */
                orphaned?: "true" | "false";
                /**
                 * @description rehearsal: against simulated clouds; live: against real ones: one of rehearsal, live
                 * @example rehearsal
                 */
                mode?: "rehearsal" | "live";
                /**
                 * @description the name of a world: letters, digits, dots, dashes and underscores, starting with a letter or digit, at most 100
                 * @example default
                 */
                world?: string;
            };
            header?: never;
            path: {
                /**
                 * @description the federation's name
                 * @example nautilus
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the units of a deployment with their predicted schedule */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "federation": "nautilus",
                     *       "operation": "up",
                     *       "units": [
                     *         {
                     *           "id": "prerequisites.aws",
                     *           "phase": 1,
                     *           "scope": "aws",
                     *           "clusters": [],
                     *           "cloud": "aws",
                     *           "stack": "nautilus.prerequisites.aws",
                     *           "dependsOn": [],
                     *           "predicted": {
                     *             "start": 0,
                     *             "end": 95,
                     *             "seconds": 95
                     *           }
                     *         }
                     *       ],
                     *       "parallelism": 25,
                     *       "parallelismBecause": "the 16.0 GiB of memory of the service",
                     *       "perCloud": 16,
                     *       "warnings": [],
                     *       "makespanSeconds": 95,
                     *       "targetSeconds": 7200,
                     *       "meetsTarget": true,
                     *       "criticalPath": [
                     *         "prerequisites.aws"
                     *       ],
                     *       "cost": {
                     *         "monthly": 1840.2,
                     *         "currency": "USD",
                     *         "range": {
                     *           "min": 1210.5,
                     *           "max": 3920
                     *         },
                     *         "usage": 310.4,
                     *         "fromMemory": 0,
                     *         "perPhase": [
                     *           {
                     *             "phase": 1,
                     *             "name": "prerequisites",
                     *             "monthly": 1840.2
                     *           }
                     *         ],
                     *         "perCluster": [
                     *           {
                     *             "cluster": "nautilus-primary-us-east",
                     *             "monthly": 1840.2
                     *           }
                     *         ],
                     *         "perUnit": [
                     *           {
                     *             "unit": "prerequisites.aws",
                     *             "monthly": 1840.2,
                     *             "basis": "federation"
                     *           }
                     *         ],
                     *         "unpriced": []
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-invalid" | "http-request-invalid" | "plan-cycle" | "plan-empty" | "request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listScenarios: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description all scenarios */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "region-outage",
                     *           "title": "A whole region does not answer",
                     *           "about": "Nothing in the region of the first primary on AWS answers, its data plane included.",
                     *           "sources": [
                     *             "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/welcome.html"
                     *           ],
                     *           "expected": "the deployment fails; a resume after the world has recovered succeeds",
                     *           "recovery": "recover-and-resume"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description scenarios, by name */
                        items: components["schemas"]["Scenario"][];
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listSchedules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the federation's name
                 * @example nautilus
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the federation's schedules */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "nightly",
                     *           "cron": "0 3 * * *",
                     *           "timeZone": "Europe/Berlin",
                     *           "operation": "up",
                     *           "mode": "rehearsal",
                     *           "overlap": "skip",
                     *           "next": "2026-11-22T02:00:00.000Z",
                     *           "last": {
                     *             "due": "2026-11-21T02:00:00.000Z",
                     *             "deployment": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10"
                     *           },
                     *           "leftOut": {
                     *             "due": "2026-11-20T02:00:00.000Z",
                     *             "deployment": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *             "times": 1
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description the schedules, in the order of the file */
                        items: components["schemas"]["Schedule"][];
                    };
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    readWindows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the federation's name
                 * @example nautilus
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description when the live stacks of a federation may be changed */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "weekend",
                     *           "kind": "window",
                     *           "open": false,
                     *           "next": "2026-11-21T22:00:00.000Z",
                     *           "timeZone": "UTC"
                     *         }
                     *       ],
                     *       "open": false,
                     *       "because": "window",
                     *       "names": [
                     *         "weekend"
                     *       ],
                     *       "opens": "2026-11-21T22:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WindowReport"];
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    readOutputs: {
        parameters: {
            query?: {
                /**
                 * @description rehearsal: against simulated clouds; live: against real ones: one of rehearsal, live
                 * @example rehearsal
                 */
                mode?: "rehearsal" | "live";
                /**
                 * @description the name of a world: letters, digits, dots, dashes and underscores, starting with a letter or digit, at most 100
                 * @example default
                 */
                world?: string;
            };
            header?: never;
            path: {
                /**
                 * @description the federation's name
                 * @example nautilus
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description stored outputs by unit id; a secret is {"secret": true} */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "infrastructure.nautilus-primary-us-east": {
                     *         "endpoint": "https://0A1B.gr7.us-east-1.eks.amazonaws.com",
                     *         "token": {
                     *           "secret": true
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        [key: string]: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-invalid" | "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listStacks: {
        parameters: {
            query?: {
                /**
                 * @description rehearsal: against simulated clouds; live: against real ones: one of rehearsal, live
                 * @example rehearsal
                 */
                mode?: "rehearsal" | "live";
                /**
                 * @description the name of a world: letters, digits, dots, dashes and underscores, starting with a letter or digit, at most 100
                 * @example default
                 */
                world?: string;
                /** @description `next` of the page before */
                after?: string;
                /**
                 * @description the size of the page: a whole number from 1 to 1000
                 * @example 100
                 */
                limit?: number;
            };
            header?: never;
            path: {
                /**
                 * @description the federation's name
                 * @example nautilus
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of stacks */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "stack": "nautilus.infrastructure.nautilus-primary-us-east",
                     *           "unit": "infrastructure.nautilus-primary-us-east",
                     *           "resources": 39,
                     *           "updatedAt": "2026-11-21T08:00:05.310Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description stacks */
                        items: components["schemas"]["Stack"][];
                        /** @description the value of `after` for the next page; absent on the last page */
                        next?: string;
                    };
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-invalid" | "http-request-invalid" | "request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-not-found" | "http-route-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    exportStackState: {
        parameters: {
            query?: {
                /**
                 * @description rehearsal: against simulated clouds; live: against real ones: one of rehearsal, live
                 * @example rehearsal
                 */
                mode?: "rehearsal" | "live";
                /**
                 * @description the name of a world: letters, digits, dots, dashes and underscores, starting with a letter or digit, at most 100
                 * @example default
                 */
                world?: string;
            };
            header?: never;
            path: {
                /**
                 * @description the federation's name
                 * @example nautilus
                 */
                name: string;
                /**
                 * @description the stack's name
                 * @example nautilus.infrastructure.nautilus-primary-us-east
                 */
                stack: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a `pulumi stack export` document (version 3); secrets stay encrypted */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "version": 3,
                     *       "deployment": {
                     *         "manifest": {
                     *           "time": "2026-11-21T08:00:05.310Z",
                     *           "magic": "",
                     *           "version": "v3.270.0"
                     *         },
                     *         "resources": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-invalid" | "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "federation-not-found" | "http-route-not-found" | "stack-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listWorlds: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: string;
                /**
                 * @description the size of the page: a whole number from 1 to 1000
                 * @example 100
                 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of worlds */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "default",
                     *           "federations": [
                     *             "nautilus"
                     *           ],
                     *           "units": 38,
                     *           "underWay": 0,
                     *           "lastUsed": "2026-11-21T08:00:05.310Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description worlds */
                        items: components["schemas"]["World"][];
                        /** @description the value of `after` for the next page; absent on the last page */
                        next?: string;
                    };
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-invalid" | "request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    dropWorld: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the world's name
                 * @example default
                 */
                world: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dropped */
            204: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-cross-site" | "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-route-not-found" | "world-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The current state does not allow it: `details` says why */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "world-in-use";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listOutages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the world's name
                 * @example default
                 */
                world: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the outages of a world */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "cloud": "aws",
                     *           "region": "us-east-1",
                     *           "since": "2026-11-21T08:00:05.310Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description outages that have not ended, the oldest first */
                        items: components["schemas"]["Outage"][];
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-route-not-found" | "world-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    beginOutage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the world's name
                 * @example default
                 */
                world: string;
            };
            cookie?: never;
        };
        /** @description what answers nobody: cloud, region, cluster, type and name, all of them optional; with none, nothing answers */
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description the cloud it hits: one of aws, gcp, azure, kubernetes
                     * @enum {unknown}
                     */
                    cloud?: "aws" | "gcp" | "azure" | "kubernetes";
                    /** @description the region it hits */
                    region?: string;
                    /** @description the name of the cluster it hits */
                    cluster?: string;
                    /** @description the resource type it hits, such as aws:ec2/vpc:Vpc */
                    type?: string;
                    /** @description the name of the resource it hits */
                    name?: string;
                };
            };
        };
        responses: {
            /** @description the outages of a world */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "cloud": "aws",
                     *           "region": "us-east-1",
                     *           "since": "2026-11-21T08:00:05.310Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description outages that have not ended, the oldest first */
                        items: components["schemas"]["Outage"][];
                    };
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-malformed" | "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-cross-site" | "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-route-not-found" | "world-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The current state does not allow it: `details` says why */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "outages-full";
                    };
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-too-large";
                    };
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-content-type-unsupported";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    endOutages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the world's name
                 * @example default
                 */
                world: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing is down any more */
            204: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-cross-site" | "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-route-not-found" | "world-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listAgings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the world's name
                 * @example default
                 */
                world: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the agings of a world */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "from": "2026-12-01T08:00:00.000Z",
                     *           "to": "2028-01-05T08:00:00.000Z",
                     *           "days": 400,
                     *           "findings": [
                     *             {
                     *               "code": "certificate-ended",
                     *               "effect": "breaks",
                     *               "at": "2028-01-02T08:00:00.000Z",
                     *               "day": 397,
                     *               "unit": "mesh.nautilus-hub-us-west",
                     *               "urn": "urn:pulumi:nautilus.mesh.nautilus-hub-us-west::windlass::kubernetes:core/v1:Secret::ingress-tls",
                     *               "message": "Secret istio-system/ingress-tls: the certificate of trade.nautilus.example.com ended, and nothing replaced it",
                     *               "right": "a schedule with operation up of phase 4 at least every 91 days: an up in the last 91 days of its life replaces it"
                     *             }
                     *           ],
                     *           "more": 0,
                     *           "happened": [
                     *             {
                     *               "kind": "schedule",
                     *               "name": "nautilus: renewals",
                     *               "times": 13,
                     *               "what": "up of phases 4 to 7: each is assumed to have succeeded at its time, approvals given"
                     *             }
                     *           ],
                     *           "unknown": [
                     *             "velero 12.1: no document says until when it is supported"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description agings of the world, the latest first */
                        items: components["schemas"]["Aging"][];
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-route-not-found" | "world-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    ageWorld: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description the world's name
                 * @example default
                 */
                world: string;
            };
            cookie?: never;
        };
        /** @description how much older the world becomes: days */
        requestBody: {
            content: {
                "application/json": {
                    /** @description days by which its clock goes forward: a whole number from 1 to 3660 */
                    days: number;
                };
            };
        };
        responses: {
            /** @description what a world went through as its clock went forward */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-12-01T08:00:00.000Z",
                     *       "to": "2028-01-05T08:00:00.000Z",
                     *       "days": 400,
                     *       "findings": [
                     *         {
                     *           "code": "certificate-ended",
                     *           "effect": "breaks",
                     *           "at": "2028-01-02T08:00:00.000Z",
                     *           "day": 397,
                     *           "unit": "mesh.nautilus-hub-us-west",
                     *           "urn": "urn:pulumi:nautilus.mesh.nautilus-hub-us-west::windlass::kubernetes:core/v1:Secret::ingress-tls",
                     *           "message": "Secret istio-system/ingress-tls: the certificate of trade.nautilus.example.com ended, and nothing replaced it",
                     *           "right": "a schedule with operation up of phase 4 at least every 91 days: an up in the last 91 days of its life replaces it"
                     *         }
                     *       ],
                     *       "more": 0,
                     *       "happened": [
                     *         {
                     *           "kind": "schedule",
                     *           "name": "nautilus: renewals",
                     *           "times": 13,
                     *           "what": "up of phases 4 to 7: each is assumed to have succeeded at its time, approvals given"
                     *         }
                     *       ],
                     *       "unknown": [
                     *         "velero 12.1: no document says until when it is supported"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Aging"];
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-malformed" | "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-cross-site" | "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description It does not exist, or the caller may not see it */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-route-not-found" | "world-not-found";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description The current state does not allow it: `details` says why */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "world-in-use";
                    };
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-body-too-large";
                    };
                };
            };
            /** @description The body is not application/json */
            415: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-content-type-unsupported";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description `next` of the page before: the seq to continue before */
                before?: number;
                /**
                 * @description the size of the page: a whole number from 1 to 1000
                 * @example 100
                 */
                limit?: number;
                /** @description an action such as deployment.launched */
                action?: string;
                /** @description the subject of the actor */
                subject?: string;
                /** @description the id of the target */
                target?: string;
                /** @description whether it was done or denied: one of done, denied */
                outcome?: "done" | "denied";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page of entries */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "seq": 42,
                     *           "time": "2026-11-21T08:00:20.000Z",
                     *           "format": 2,
                     *           "action": "deployment.approved",
                     *           "outcome": "done",
                     *           "actor": {
                     *             "subject": "local",
                     *             "name": "local",
                     *             "kind": "local"
                     *           },
                     *           "origin": {
                     *             "address": "10.0.0.7",
                     *             "requestId": "3f0d7f0a"
                     *           },
                     *           "target": {
                     *             "kind": "deployment",
                     *             "id": "0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10",
                     *             "federation": "nautilus"
                     *           },
                     *           "before": {
                     *             "status": "waiting",
                     *             "phase": 2
                     *           },
                     *           "after": {
                     *             "status": "running",
                     *             "phase": 2,
                     *             "missing": 0
                     *           },
                     *           "reason": "change 4711"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description entries */
                        items: components["schemas"]["AuditEntry"][];
                        /** @description what to pass as `before` for the next page; absent on the last page */
                        next?: string;
                    };
                };
            };
            /** @description The request is wrong: `errors` says where */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-invalid";
                    };
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    exportAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {"seq":12,"time":"2026-11-21T08:00:04.000Z","type":"unit.started","deployment":"0b9f2c1e-7a34-4c55-9d57-3f6f5f0f7a10","phase":2,"unit":"infrastructure.nautilus-primary-us-east","attempt":1} */
                    "application/x-ndjson": string;
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
    verifyAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description whether the audit log is intact */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "valid": true,
                     *       "entries": 42,
                     *       "first": {
                     *         "seq": 0,
                     *         "hash": "0000000000000000000000000000000000000000000000000000000000000000"
                     *       },
                     *       "head": {
                     *         "seq": 42,
                     *         "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
            /** @description The request has no credentials, or they are wrong, expired or revoked */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-unauthenticated";
                    };
                };
            };
            /** @description The caller may not do this, live mode is off, or the request came from another web site */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-forbidden" | "http-host-refused";
                    };
                };
            };
            /** @description The request came too slowly */
            408: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-request-timeout";
                    };
                };
            };
            /** @description Too many requests from one caller: try again after Retry-After */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-too-many-requests";
                    };
                };
            };
            /** @description The address and headers are too large */
            431: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-headers-too-large";
                    };
                };
            };
            /** @description Something went wrong inside the service */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-internal" | "internal";
                    };
                };
            };
            /** @description Not available now: try again after Retry-After */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "http-issuer-unavailable" | "http-overloaded" | "store-unavailable";
                    };
                };
            };
        };
    };
}
