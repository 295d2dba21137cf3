/** The page of a list that a caller asks for. */
export interface PageRequest {
  /** The `next` of the page before; absent: the first page. */
  after?: string
  limit: number
}

/** Limits a list to what a caller may see. */
export interface Visible {
  /** Names of federations, in which `*` stands for any characters; absent: all. */
  federations?: readonly string[]
}
