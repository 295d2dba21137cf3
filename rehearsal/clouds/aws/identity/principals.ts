/** IAM principals behind sessions. */

/** ARN of the role of a session's ARN; other ARNs as they are. */
export function principalOf (arn: string): string {
  const [, account, role] = /^arn:aws:sts::(\d+):assumed-role\/([^/]+)\//.exec(arn) ?? []
  return role === undefined ? arn : `arn:aws:iam::${account ?? ''}:role/${role}`
}
