/** The theme: light, dark, or the system's. It is stored in this browser. */
import { useState } from 'react'
import { MoonIcon, SunIcon, SystemIcon } from './icons.tsx'

const themes = ['system', 'light', 'dark'] as const
type Theme = typeof themes[number]
const key = 'windlass-theme'

function stored (): Theme {
  try {
    return themes.find((theme) => theme === window.localStorage.getItem(key)) ?? 'system'
  } catch {
    // The browser stores nothing for pages.
    return 'system'
  }
}

function apply (theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** Applies the stored theme; called before the first view, so that no colours change in sight. */
export const applyStoredTheme = (): void => {
  apply(stored())
}

const icons = { system: <SystemIcon />, light: <SunIcon />, dark: <MoonIcon /> }

/** A button that goes through the three themes. */
export function ThemeSwitch () {
  const [theme, setTheme] = useState(stored)
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
  const change = () => {
    apply(next)
    setTheme(next)
    try {
      window.localStorage.setItem(key, next)
    } catch {
      // The browser stores nothing: the theme lasts until the page is left.
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
