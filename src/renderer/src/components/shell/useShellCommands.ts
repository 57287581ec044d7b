import { useRoute, useRouter } from 'vue-router'
import { useCommands } from '../../commands/registry'
import { useSettingsStore } from '../../stores/settings'
import { useToastsStore } from '../../stores/toasts'
import { screenLink } from './screenLink'
import { screens } from './screens'

/** The commands that every screen has. */
export function useShellCommands(open: { palette: () => void; keys: () => void; problems: () => void }): void {
  const [router, route] = [useRouter(), useRoute()]
  const settings = useSettingsStore()
  const toasts = useToastsStore()

  useCommands([
    ...screens.map((screen) => ({
      id: `go ${screen.path}`,
      title: screen.title,
      group: 'Go to' as const,
      keys: screen.keys,
      run: () => router.push(screenLink(screen, route)),
    })),
    { id: 'palette', title: 'Command palette', group: 'View', keys: 'Mod+K', run: open.palette },
    { id: 'keys', title: 'Keys', group: 'View', keys: '?', run: open.keys },
    { id: 'problems', title: 'Problems', group: 'View', run: open.problems },
    {
      id: 'theme',
      title: 'Switch between light and dark',
      group: 'View',
      run: () => (settings.theme = settings.isDark ? 'light' : 'dark'),
    },
    { id: 'undo', title: 'Undo', group: 'Do', keys: 'Mod+Z', run: () => toasts.undo() },
  ])
}
