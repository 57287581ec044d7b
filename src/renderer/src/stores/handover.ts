import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** Files on their way from where they were dropped to the screen that takes them: a link cannot hold them. */
export const useHandoverStore = defineStore('handover', () => {
  const files = shallowRef<readonly File[]>([])

  /** Gives the files away, once. */
  function take(): readonly File[] {
    const taken = files.value
    if (taken.length > 0) files.value = []
    return taken
  }

  return { files, take }
})
