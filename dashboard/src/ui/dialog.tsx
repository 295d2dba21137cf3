/**
 * Dialogs and the drawer. They are the browser's own: the focus stays inside, and Escape closes
 * them.
 */
import { useEffect, useId, useRef, type ReactNode } from 'react'
import type { Deployment } from '../api/client.ts'
import { CloseIcon } from './icons.tsx'

function useModal (onClose: () => void) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (!element) return
    const opener = document.activeElement
    element.showModal()
    return () => {
      element.close()
      // The keyboard goes on where it was.
      if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus({ preventScroll: true })
    }
  }, [])
  return {
    ref: dialog,
    onCancel: (event: { preventDefault: () => void }) => {
      event.preventDefault()
      onClose()
    },
    // A click on the backdrop hits the dialog itself.
    onClick: (event: { target: EventTarget }) => {
      if (event.target === dialog.current) onClose()
    }
  }
}

export interface ConfirmationProps {
  title: string
  /** Absent for what acts on no cloud. */
  mode?: Deployment['mode']
  /** Text of the button, such as "Cancel the live deployment". */
  action: string
  danger?: boolean
  busy: boolean
  onClose: () => void
  onConfirm: () => void
  children: ReactNode
  disabled?: boolean
}

/** Asks before something happens, and names the mode. */
export function Confirmation (
  { title, mode, action, danger = false, busy, disabled = false, onClose, onConfirm, children }:
    ConfirmationProps
) {
  const id = useId()
  return (
    <dialog className={`dialog ${mode ?? ''}`} aria-labelledby={id} {...useModal(onClose)}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy && !disabled) onConfirm()
        }}
      >
        {mode === 'live' && <p className='stripe'>LIVE: this acts on real clouds</p>}
        <div className='dialog-inside'>
          <h2 id={id}>{title}</h2>
          {children}
        </div>
        <footer>
          <button type='button' className='button' onClick={onClose}>Back</button>
          <button
            type='submit'
            className={`button ${danger ? 'danger' : 'primary'}`}
            disabled={busy || disabled}
          >
            {busy ? 'Working…' : action}
          </button>
        </footer>
      </form>
    </dialog>
  )
}

/** Shows something that the reader has to see before going on. */
export function Notice (
  { title, onClose, children }: { title: string, onClose: () => void, children: ReactNode }
) {
  const id = useId()
  return (
    <dialog className='dialog' aria-labelledby={id} {...useModal(onClose)}>
      <div className='dialog-inside'>
        <h2 id={id}>{title}</h2>
        {children}
      </div>
      <footer>
        <button type='button' className='button primary' onClick={onClose}>Done</button>
      </footer>
    </dialog>
  )
}

/** A panel over the right side of the page. */
export function Drawer (
  { label, head, onClose, children }: {
    label: string
    head: ReactNode
    onClose: () => void
    children: ReactNode
  }
) {
  return (
    <dialog className='drawer' aria-label={label} {...useModal(onClose)}>
      <header>
        <div className='row spread'>
          <div className='row tight'>{head}</div>
          <button type='button' className='button quiet' onClick={onClose} aria-label='Close'>
            <CloseIcon />
          </button>
        </div>
      </header>
      <div className='inside'>{children}</div>
    </dialog>
  )
}
