/** What one run of each case costs, in microseconds: the median over rounds in which all take their turn. */
export async function measure(cases, { rounds, batchMs }) {
  const names = Object.keys(cases)
  const sizes = new Map()
  for (const name of names) sizes.set(name, await batchSize(cases[name], batchMs))
  const found = new Map(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    // Each begins a round in its turn: who comes after whom costs garbage collection.
    const order = names.map((_, at) => names[(at + round) % names.length])
    for (const name of order) found.get(name).push(await costOf(cases[name], sizes.get(name)))
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

async function costOf(run, times) {
  const start = performance.now()
  for (let n = 0; n < times; n++) await run()
  return ((performance.now() - start) * 1000) / times
}

/** Runs until it is warm, then as many as fill a batch. */
async function batchSize(run, batchMs) {
  await costOf(run, 20)
  return Math.max(1, Math.round((batchMs * 1000) / (await costOf(run, 10))))
}
