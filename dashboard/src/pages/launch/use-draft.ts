import { useEffect, useState } from 'react'
import { federations as federationsResource } from '../../api/queries.ts'
import { useResource } from '../../api/resource.ts'
import { draftOf, type Draft } from '../../model/launch-draft.ts'
import { useAddress } from '../../router.tsx'

interface HeldDraft {
  draft: Draft
  change: (changes: Partial<Draft>) => void
  /**
   * Idempotency key: the same for the same content, so that a launch that was not answered can be
   * sent again.
   */
  key: string
}

/** Holds the form's content, which begins with what the address asks for. */
export function useDraft (): HeldDraft {
  const { query } = useAddress()
  const federations = useResource(federationsResource).data
  const [draft, setDraft] = useState(() => draftOf(query))
  const [key, setKey] = useState(() => crypto.randomUUID())
  const change = (changes: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...changes }))
    setKey(crypto.randomUUID())
  }
  // A choice of one federation needs no reader.
  const valid = federations?.filter((one) => one.valid)
  useEffect(() => {
    if (draft.federation === '' && valid?.length === 1 && valid[0]) change({ federation: valid[0].name })
  }, [valid?.length])
  return { draft, change, key }
}
