import { refDebounced } from '@vueuse/core'
import { computed, reactive, ref } from 'vue'
import {
  generateRequestSchema,
  generatorFacts,
  optionsOf,
  type GeneratorFacts,
  type GeneratorName,
  type GeneratorOptions,
  type GenerateRequest,
} from '../../../../shared/generators'
import { api } from '../../api/client'
import { useAction } from '../../composables/useAction'
import { useLoad } from '../../composables/useLoad'
import { issueWords, type Issue } from '../../specForm/issueWords'
import { useDatasetsStore } from '../../stores/datasets'

/** Pause in typing after which the preview is drawn. */
const pauseMilliseconds = 250

type Counts = Partial<Record<'train' | 'valid' | 'test', number>>

/** A dataset before it is made: the generator, its options, how many, which seed; and what that looks like. */
export function useGenerate() {
  const datasets = useDatasetsStore()
  const generator = ref<GeneratorName>('rectangles')
  const name = ref('')
  const counts = reactive<Counts>({ ...generatorFacts.rectangles.counts })
  const seed = ref<number | undefined>(1)
  /** Name of the dataset whose images are varied; empty: none, random dots. */
  const source = ref('')
  /** A field left empty is undefined: the generator's own value counts. */
  const options = reactive<GeneratorOptions>({})
  const generating = useAction()
  /** Name of the dataset while it is made. */
  const under = ref<string | null>(null)

  const facts = computed((): GeneratorFacts => generatorFacts[generator.value])
  const sourced = computed(() => facts.value.source !== 'none' && source.value !== '')
  const taken = computed(() => optionsOf(generator.value, sourced.value))

  function choose(next: GeneratorName): void {
    generator.value = next
    Object.assign(counts, generatorFacts[next].counts)
    for (const option of Object.keys(options) as (keyof GeneratorOptions)[]) delete options[option]
    Object.assign(options, generatorFacts[next].options)
  }

  /** The name that counts where none is typed: one that is free. */
  const suggested = computed(() => {
    const base = `${generator.value}-${seed.value ?? 1}`
    let number = 1
    const numbered = () => (number === 1 ? base : `${base}-${number}`)
    while (datasets.names.includes(numbered())) number++
    return numbered()
  })

  const input = computed(() => ({
    generator: generator.value,
    seed: seed.value,
    ...(sourced.value ? { source: source.value } : {}),
    options: Object.fromEntries(taken.value.map((option) => [option, options[option]])),
  }))
  const request = computed(() =>
    generateRequestSchema.safeParse(
      { ...input.value, ...counts, name: name.value.trim() === '' ? suggested.value : name.value },
      { reportInput: true },
    ),
  )

  /** What is wrong, by field: "train", "options.density". */
  const issues = computed(() => {
    const found = new Map<string, string>()
    for (const issue of (request.value.error?.issues ?? []) as unknown as Issue[]) {
      // Sides of a shape are one field.
      const path = issue.path.slice(0, 2).join('.')
      if (!found.has(path)) found.set(path, issueWords(issue, issue.input))
    }
    if (datasets.names.includes(name.value.trim())) found.set('name', 'a dataset of this name exists')
    return found
  })

  /** Of names and counts, the picture does not depend. */
  const pictured = computed(() => {
    const parsed = generateRequestSchema.safeParse(input.value)
    return parsed.success ? JSON.stringify(parsed.data) : null
  })
  const preview = useLoad(refDebounced(pictured, pauseMilliseconds), (text) =>
    api.datasets.previewGenerated.query(JSON.parse(text) as GenerateRequest),
  )

  /** @returns the dataset's id and name; null where it failed or was cancelled: the error stays in `generating` */
  async function start(): Promise<{ id: string; name: string } | null> {
    const { data } = request.value
    if (data?.name === undefined || issues.value.size > 0) return null
    let made: { id: string; name: string } | null = null
    under.value = data.name
    await generating.run(async () => {
      made = await datasets.generate(data)
    })
    under.value = null
    return made
  }

  return {
    generator,
    facts,
    name,
    suggested,
    counts,
    seed,
    source,
    options,
    taken,
    issues,
    preview,
    generating,
    /** Share that is done; null while that is unknown. */
    progress: computed(() => (under.value === null ? null : (datasets.making.get(under.value) ?? null))),
    choose,
    start,
    cancel: () => under.value !== null && datasets.cancel(under.value),
  }
}
