/**
 * Days that CloudWatch keeps control plane logs: three months. The audit trail, which is kept
 * longer, is in the log bucket. Pure.
 */
export const controlPlaneLogDays = 90
