/** The environment variable that holds a secret in live mode. */
export function secretVariable (name: string): string {
  return `WINDLASS_SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`
}
