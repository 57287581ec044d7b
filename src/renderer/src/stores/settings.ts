import { useLocalStorage, usePreferredDark } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, watchEffect } from 'vue'
import { dark, light } from '../styles/palette'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** What this window remembers of its user's choices: theme and keys. */
export const useSettingsStore = defineStore('settings', () => {
  const theme = useLocalStorage<Theme>('gae-workbench.theme', 'system')
  /** Keys that differ from a command's own, by command id; '' for none. */
  const keys = useLocalStorage<Record<string, string>>('gae-workbench.keys', {})
  const systemDark = usePreferredDark()

  const isDark = computed(() => (theme.value === 'system' ? systemDark.value : theme.value === 'dark'))
  const palette = computed(() => (isDark.value ? dark : light))

  watchEffect(() => {
    const root = document.documentElement
    if (theme.value === 'system') delete root.dataset.theme
    else root.dataset.theme = theme.value
  })

  return { theme, keys, isDark, palette }
})
