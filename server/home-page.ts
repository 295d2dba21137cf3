import { type Deployment } from './contract/deployment.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string) => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)

function row (deployment: Deployment): string {
  const units = deployment.phases.reduce((sum, { units: { total, succeeded } }) => ({ total: sum.total + total, succeeded: sum.succeeded + succeeded }), { total: 0, succeeded: 0 })
  const address = `/v1/deployments/${encodeURIComponent(deployment.id)}`
  const cells = [
    `<a href="${escape(address)}">${escape(deployment.id)}</a>`,
    escape(deployment.federation),
    escape(deployment.operation),
    escape(deployment.world === undefined ? deployment.mode : `${deployment.mode} in ${deployment.world}`),
    `<strong>${escape(deployment.status)}</strong>${deployment.error ? `: ${escape(deployment.error.message)}` : ''}`,
    `${units.succeeded} of ${units.total}`,
    `<time>${escape(deployment.createdAt)}</time>`,
    `<a href="${escape(`${address}/events`)}">${deployment.lastEvent}</a>`
  ]
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
}

/** The page at `/`: deployments as the API lists them, without a script. */
export function homePage (deployments: Deployment[]): string {
  const head = ['Deployment', 'Federation', 'Operation', 'Mode', 'Status', 'Units succeeded', 'Launched', 'Events'].map((name) => `<th scope="col">${name}</th>`).join('')
  const body = deployments.length > 0 ? deployments.map(row).join('\n') : '<tr><td colspan="8">None yet: <code>windlass up nautilus --watch</code> launches one.</td></tr>'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="5">
<title>Windlass</title>
<style>
:root { color-scheme: light dark; font-family: system-ui, sans-serif }
body { margin: 2rem auto; max-width: 80rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid color-mix(in srgb, currentcolor 20%, transparent); padding: .4rem .6rem; text-align: left; vertical-align: top }
</style>
</head>
<body>
<h1>Windlass</h1>
<p><a href="/docs">API</a> · <a href="/v1/federations">Federations</a> · <a href="/readyz">Readiness</a> · <a href="/metrics">Metrics</a></p>
<table>
<caption>Deployments</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody>
</table>
</body>
</html>
`
}
