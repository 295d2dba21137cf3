/** Module that a process of the engine's is started with, so that it ends with the engine. */
export const endsWithParent = new URL('./ends-with-parent.ts', import.meta.url).href
