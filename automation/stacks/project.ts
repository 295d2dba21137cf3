/** The Pulumi project of every stack. */
export const project = 'windlass'
