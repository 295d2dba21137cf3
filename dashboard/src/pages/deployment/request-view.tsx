import type { Deployment } from '../../api/client.ts'
import { Card } from '../../ui/card.tsx'

/** The launch with its defaults, as the API takes it. */
export const RequestView = ({ item }: { item: Deployment }) => (
  <Card title='Request'>
    <pre className='code'>{JSON.stringify(item.request, null, 2)}</pre>
  </Card>
)
