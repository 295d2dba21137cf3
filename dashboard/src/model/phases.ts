/** The eight phases in order, with names that fit a column. */
export const phases = [
  { number: 1, name: 'prerequisites', title: 'Prerequisites' },
  { number: 2, name: 'infrastructure', title: 'Infrastructure' },
  { number: 3, name: 'networking', title: 'Networking' },
  { number: 4, name: 'mesh', title: 'Mesh' },
  { number: 5, name: 'federation', title: 'Federation' },
  { number: 6, name: 'monitoring', title: 'Monitoring' },
  { number: 7, name: 'disaster-recovery', title: 'Recovery' },
  { number: 8, name: 'validation', title: 'Validation' }
] as const

/** The title of a phase by its number. */
export const phaseTitle = (number: number): string => phases[number - 1]?.title ?? `Phase ${number}`
