/**
 * What one run of each case costs, in microseconds: the median over rounds in which all take their turn.
 *
 * @param clock what is counted: the time that passes, or `workedUs` for cases that wait for nothing
 */
export async function measure(cases, { rounds, batchMs, clock = wallUs }) {
  const names = Object.keys(cases)
  const sizes = new Map()
  for (const name of names) sizes.set(name, await batchSize(cases[name], batchMs))
  const found = new Map(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    // Each begins a round in its turn: who comes after whom costs garbage collection.
    const order = names.map((_, at) => names[(at + round) % names.length])
    for (const name of order)
      found.get(name).push(await costOf(cases[name], sizes.get(name), clock))
  }
  return found
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** The median of the ratios of each round. */
export function ratio(over, under) {
  return median(over.map((value, round) => value / under[round]))
}

export const wallUs = () => performance.now() * 1000
/** What this process has worked, its garbage collector too, whoever else uses the machine. */
export const workedUs = () => {
  const { user, system } = process.cpuUsage()
  return user + system
}

async function costOf(run, times, clock) {
  const start = clock()
  for (let n = 0; n < times; n++) await run()
  return (clock() - start) / times
}

/** The optimizing compiler is still at work for as long. */
const WARM_MS = 600

/** Runs until it is warm, then as many as fill a batch. */
async function batchSize(run, batchMs) {
  for (const end = wallUs() + WARM_MS * 1000; wallUs() < end;) await costOf(run, 10, wallUs)
  return Math.max(1, Math.round((batchMs * 1000) / (await costOf(run, 10, wallUs))))
}
