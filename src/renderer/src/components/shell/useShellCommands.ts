import { useRoute, useRouter } from 'vue-router'
import { useCommands } from '../../commands/registry'
import { useSettingsStore } from '../../stores/settings'
import { useToastsStore } from '../../stores/toasts'
import { screenLink } from './screenLink'
import { screens } from './screens'

/** Tabs of the settings, and what they are looked for by. */
const settings = [
  ['devices', 'engine cpu gpu cuda webgpu'],
  ['appearance', 'theme light dark'],
  ['keys', 'shortcuts keyboard'],
  ['data', 'folder disk bin backup'],
  ['about', 'version licence logs'],
] as const

/** The commands that every screen has. */
export function useShellCommands(open: { palette: () => void; keys: () => void; problems: () => void }): void {
  const [router, route] = [useRouter(), useRoute()]
  const chosen = useSettingsStore()
  const toasts = useToastsStore()

  useCommands([
    ...screens.map((screen) => ({
      id: `go ${screen.path}`,
      title: screen.title,
      group: 'Go to' as const,
      keys: screen.keys,
      words: screen.words,
      run: () => router.push(screenLink(screen, route)),
    })),
    ...settings.map(([tab, words]) => ({
      id: `go settings ${tab}`,
      title: `Settings, ${tab}`,
      words,
      group: 'Go to' as const,
      run: () => router.push(`/settings/${tab}`),
    })),
    { id: 'palette', title: 'Command palette', group: 'View', keys: 'Mod+K', run: open.palette },
    { id: 'keys', title: 'Keys', words: 'shortcuts help keyboard', group: 'View', keys: '?', run: open.keys },
    { id: 'problems', title: 'Problems', words: 'errors log faults', group: 'View', run: open.problems },
    {
      id: 'theme',
      title: 'Switch between light and dark',
      words: 'theme appearance colours night mode',
      group: 'View',
      run: () => (chosen.theme = chosen.isDark ? 'light' : 'dark'),
    },
    { id: 'undo', title: 'Undo', words: 'restore back', group: 'Do', keys: 'Mod+Z', run: () => toasts.undo() },
  ])
}
