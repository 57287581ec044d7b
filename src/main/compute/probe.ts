import type { Device } from '../../shared/devices'
import { WorkbenchError } from '../../shared/errors'
import { failedDevice, isJudge, type Candidate } from './candidates'
import type { Backend } from './engine'
import { selfTest, tolerance } from './selfTest'
import { stepSpeed } from './stepSpeed'

/** What a candidate is worth: opens it, trains a small model on it and on the reference, and times a larger step. */
export async function probe(candidate: Candidate, open: () => Promise<Backend>): Promise<Device> {
  try {
    const backend = await open()
    const working = { ...failedDevice(candidate, ''), works: true }
    if (isJudge(candidate)) return { ...working, why: candidate.note, stepMilliseconds: await stepSpeed(backend) }
    const { passed, deviation } = await selfTest(backend)
    const share = `${deviation.toExponential(1)} from the reference`
    if (!passed) {
      return { ...failedDevice(candidate, `its self-test is off by ${share}, more than ${tolerance}`), deviation }
    }
    const why = `${candidate.note}; self-test passed (${share})`
    return { ...working, why, deviation, stepMilliseconds: await stepSpeed(backend) }
  } catch (error) {
    return failedDevice(candidate, reasonOf(error))
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof WorkbenchError)
    return error.remedy === null ? error.message : `${error.message}. ${error.remedy}`
  return error instanceof Error ? error.message : String(error)
}
