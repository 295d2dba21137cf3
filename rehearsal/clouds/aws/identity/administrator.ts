/** Whoever made an account of AWS. */

/** ARN of whoever made the account and its first roles. */
export function administratorArn (account: string): string {
  return `arn:aws:iam::${account}:user/windlass`
}
