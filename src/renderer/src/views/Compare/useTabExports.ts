import { computed, inject, onScopeDispose, provide, shallowRef, watchEffect, type ComputedRef, type Ref } from 'vue'
import type { ExportItem } from '../../export/exportItem'

const key = Symbol('exports of the tab')

/** What the open tab can give away as files, for the screen's menu. */
export function provideTabExports(): ComputedRef<readonly ExportItem[]> {
  const items = shallowRef<readonly ExportItem[]>([])
  provide(key, items)
  return computed(() => items.value)
}

/** Offers what a tab can give away, for as long as it is open. */
export function useTabExports(items: () => readonly ExportItem[]): void {
  const offered = inject<Ref<readonly ExportItem[]>>(key)
  if (offered === undefined) return
  watchEffect(() => (offered.value = items()))
  onScopeDispose(() => (offered.value = []))
}
