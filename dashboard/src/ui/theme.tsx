/** Light, dark, or as the system says; kept in this browser. */
import { useState } from 'react'
import { MoonIcon, SunIcon, SystemIcon } from './icons.tsx'

const themes = ['system', 'light', 'dark'] as const
type Theme = typeof themes[number]
const key = 'windlass-theme'

function stored (): Theme {
  try {
    return themes.find((theme) => theme === window.localStorage.getItem(key)) ?? 'system'
  } catch {
    // A browser that keeps nothing for pages.
    return 'system'
  }
}

function apply (theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** Before the first view, so that it does not change under the reader's eyes. */
export const applyStoredTheme = (): void => {
  apply(stored())
}

const icons = { system: <SystemIcon />, light: <SunIcon />, dark: <MoonIcon /> }

/** One button that goes through the three. */
export function ThemeSwitch () {
  const [theme, setTheme] = useState(stored)
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
  const change = () => {
    apply(next)
    setTheme(next)
    try {
      window.localStorage.setItem(key, next)
    } catch {
      // It holds until the page is left.
    }
  }
  return (
    <button
      type='button'
      className='button quiet'
      onClick={change}
      aria-label={`Theme: ${theme}. Change to ${next}`}
      title={`Theme: ${theme}`}
    >
      {icons[theme]}
    </button>
  )
}
