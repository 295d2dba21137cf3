/** Amounts of money and counts as text. Pure. */

/** Formats US dollars, without cents from ten on. */
export const money = (amount: number): string =>
  `${amount < 0 ? '−' : ''}$${
    Math.abs(amount).toLocaleString(
      'en-US',
      Math.abs(amount) >= 10 || amount === 0
        ? { maximumFractionDigits: 0 }
        : { minimumFractionDigits: 2, maximumFractionDigits: 2 }
    )
  }`

/** Less than half a cent: what `money` shows as nothing. */
export const isNoMoney = (amount: number): boolean => Math.abs(amount) < 0.005

/** Formats a difference in US dollars with its sign. */
export const moneyChange = (amount: number): string =>
  isNoMoney(amount) ? '±$0' : `${amount > 0 ? '+' : ''}${money(amount)}`

/** Formats a count with its noun: `1 unit`, `3 units`. */
export const count = (amount: number, one: string, many = `${one}s`): string =>
  `${amount.toLocaleString('en-US')} ${amount === 1 ? one : many}`
