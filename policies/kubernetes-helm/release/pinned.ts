import { unpinned } from '../../kubernetes-apps/workload/pinned-images.ts'
import { resourcePolicy } from '../../policy.ts'
import { object, strings, text } from '../../properties.ts'

const types = ['kubernetes:helm.sh/v3:Release', 'kubernetes:helm.sh/v4:Chart']

export const pinnedCharts = resourcePolicy({
  name: 'helm-pinned-charts',
  description: 'Charts are pinned to one version.',
  level: 'mandatory',
  types,
  check: ({ props }) =>
    /^v?\d+\.\d+\.\d+([-+][-+.0-9A-Za-z]+)?$/.test(text(props, 'version') ?? '')
      ? undefined
      : 'set version to one version, such as 1.31.0'
})

export const pinnedChartImages = resourcePolicy({
  name: 'helm-pinned-images',
  description: "Images that a chart's values name are pinned to a version.",
  level: 'mandatory',
  types,
  check: ({ props }) =>
    [...strings(object(props, 'values'), 'values')].flatMap(([path, value]) => {
      if (/(^|\.)tag$/i.test(path)) {
        return unpinned(`image:${value}`) === undefined
          ? []
          : [`give ${path} a version instead of ${value}`]
      }
      return /(^|\.)image$/.test(path) && /^[\w.-]+(:\d+)?\/.+/.test(value) && unpinned(value) !== undefined
        ? [`give ${path} a version: ${value} ${unpinned(value)}`]
        : []
    })
})

export const secureChartRepositories = resourcePolicy({
  name: 'helm-secure-repositories',
  description: 'Charts come over TLS, or from a registry.',
  level: 'mandatory',
  types,
  check: ({ props }) =>
    text(props, 'repositoryOpts.repo')?.startsWith('http://')
      ? 'use the https address of repositoryOpts.repo'
      : undefined
})
