// @ts-check
// Loaded into processes while coverage is measured. A child that is killed at the end leaves nothing of what V8 counted,
// so children write it down while they live, after each time that they have answered.
import { takeCoverage } from 'node:v8'

const restMilliseconds = 500

if (/\/out\/main\/(trainer|analyst|bench)\.js$/.test((process.argv[1] ?? '').replaceAll('\\', '/'))) {
  const send = process.send?.bind(process)
  let answered = false
  /** @param {[any]} message */
  const noticed = (...message) => {
    answered = true
    return send?.(...message)
  }
  if (send !== undefined) Object.assign(process, { send: noticed })
  setInterval(() => {
    if (answered) takeCoverage()
    answered = false
  }, restMilliseconds).unref()
}
