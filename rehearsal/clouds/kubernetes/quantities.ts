/** Quantities as Kubernetes writes them. Pure. */

const suffixes: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40
}

/** The number that a quantity such as `500m` or `2Gi` stands for; 0 for none. */
export function quantityOf (text: string | undefined): number {
  const match = /^([0-9.]+)([a-zA-Z]*)$/.exec(text ?? '')
  return match ? Number(match[1]) * (suffixes[match[2] ?? ''] ?? 0) : 0
}
