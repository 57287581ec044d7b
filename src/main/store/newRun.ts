import { hostname } from 'node:os'
import type { Knex } from 'knex'
import type { Dataset } from '../../shared/datasets'
import type { DeviceChoice } from '../../shared/devices'
import type { RunSpec } from '../../shared/spec/schema'
import { newId, now } from './identifier'
import { ownerTag } from './owner'

/** Colour slots of the palette: the next in order at creation, kept for life. */
const slots = 8

export interface NewRun {
  name: string
  spec: RunSpec
  /** Null where weights were imported: they were trained elsewhere. */
  dataset: Dataset | null
  requestedDevice: DeviceChoice
  /** queued: to be trained; done: imported weights. */
  status: 'queued' | 'done'
  /** The caller claims it at once: no queue takes it meanwhile. */
  hold?: boolean
  /** The sweep that makes it. */
  sweep?: string
  /** Threads of every phase. */
  threads?: number
}

/** Writes the row of a run that is made. @returns its id */
export async function insertRun(database: Knex, { hold = false, ...run }: NewRun): Promise<string> {
  const { name, spec, dataset, requestedDevice, status, sweep = null, threads = null } = run
  const [id, time] = [newId(), now()]
  await database('runs').insert({
    id,
    name,
    status,
    spec: JSON.stringify(spec),
    kind: spec.model.kind,
    classifier: spec.classifier !== undefined,
    dataset: spec.dataset,
    dataset_id: dataset?.id ?? null,
    dataset_hash: dataset?.hash ?? '',
    seed: spec.seed,
    slot: database.raw(`COALESCE((SELECT (slot + 1) % ${slots} FROM runs ORDER BY rowid DESC LIMIT 1), 0)`),
    requested_device: requestedDevice,
    created: time,
    queued: status === 'queued' ? time : null,
    finished: status === 'done' ? time : null,
    versions: '{}',
    resumed: '[]',
    sweep,
    threads,
    position: status === 'queued' ? lastPlace(database) : null,
    ...held(hold),
  })
  return id
}

/** Behind all that wait. */
export const lastPlace = (database: Knex): Knex.Raw => database.raw('(SELECT COALESCE(MAX(position), 0) + 1 FROM runs)')

/** Columns of a run that this process is about to claim. */
export const held = (hold: boolean) =>
  hold
    ? { lease_owner: ownerTag(), lease_host: hostname(), lease_pid: process.pid, lease_heartbeat: Date.now() }
    : { lease_owner: null, lease_host: null, lease_pid: null }
