/** Names of metrics in PromQL. Pure. */

const functions = /^(?:histogram_quantile|predict_linear|(?:quantile|last)_over_time)$/

/** Names of the metrics that an expression reads. */
export function metricsIn (expression: string): string[] {
  const bare = expression.replace(/"[^"]*"/g, '').replace(/\{[^}]*\}|\[[^\]]*\]/g, '')
    .replace(/\b(?:by|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, '')
  return [...bare.matchAll(/[a-zA-Z_:][\w:]*/g)].map(([name]) => name).filter((name) =>
    (name.includes('_') || name === 'up') && !functions.test(name)
  )
}
