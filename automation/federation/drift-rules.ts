/** Rules of the `drift` section: clusters that exist. */
import { expectCluster, items, type Rule } from './rules.ts'

export const driftRule: Rule = (context) => {
  for (const { index, item } of items(context.view.drift?.ignore)) {
    expectCluster(context, item.cluster, ['drift', 'ignore', index, 'cluster'])
  }
}
