/** A row, a column, or the total of all: what flows in flows out. */
type Joint = { readonly pipes: Pipe[]; seen: boolean }

/**
 * A cell, from its row into its column; the total of a column of some rows, into that of all; or that, from
 * the column into the total of all.
 */
export type Pipe = {
  readonly from: Joint
  readonly to: Joint
  readonly value: number
  hidden: boolean
  /** How much more, or less, it carries in the case that is being thought through. */
  change: number
}

/**
 * A table of counts as a network.
 *
 * @param isFixed what everybody knows: it is no part of the network
 * @param units by row: rows of one unit (a department) have totals of columns of their own, too
 */
export function pipesOf(
  counts: readonly (readonly number[])[],
  isFixed: (value: number) => boolean,
  units: readonly number[],
) {
  const lay = layer(isFixed)
  const total = joint()
  const columns = (counts[0] ?? []).map(joint)
  const sum = (at: number, unit?: number) =>
    counts.reduce(
      (all, values, row) =>
        all + (unit === undefined || units[row] === unit ? (values[at] ?? 0) : 0),
      0,
    )
  // Laid first, they are tried first: the way through a hidden total is the shortest.
  const totals = columns.map((column, at) => lay(column, total, sum(at)))
  const known = [...new Set(units)]
  const between = new Map(
    known.map((unit) => {
      const joints = known.length > 1 ? columns.map(joint) : columns
      const pipes = joints.map((one, at) =>
        known.length > 1 ? lay(one, columns[at] ?? one, sum(at, unit)) : totals[at],
      )
      return [unit, { joints, pipes: pipes.flatMap((pipe) => pipe ?? []) }]
    }),
  )
  const cells = counts.map((values, at) => {
    const row = joint()
    const joints = between.get(units[at] ?? 0)?.joints ?? columns
    return joints.map((column, place) => lay(row, column, values[place] ?? 0))
  })
  return {
    cells,
    columns: totals,
    units: new Map([...between].map(([unit, { pipes }]) => [unit, pipes])),
  }
}

const joint = (): Joint => ({ pipes: [], seen: false })

/** Lays pipes; one whose number is fixed leads nowhere. */
function layer(isFixed: (value: number) => boolean) {
  return (from: Joint, to: Joint, value: number): Pipe => {
    const pipe = { from, to, value, hidden: false, change: 0 }
    if (isFixed(value)) return pipe
    from.pipes.push(pipe)
    to.pipes.push(pipe)
    return pipe
  }
}

/**
 * Hides what else must be hidden for `pipe` to be able to carry `least`, the smallest numbers first.
 *
 * @throws {Error} when no hiding helps: the row has less than that in all
 */
export function hideAround(pipe: Pipe, least: number): void {
  const changed = new Set<Pipe>()
  let missing = least - pipe.value
  while (missing > 0) {
    const way = freeWay(pipe) ?? cheapestWay(pipe)
    const mayLose = way.map((step) => (step.forward ? missing : carried(step.pipe)))
    const amount = Math.min(missing, ...mayLose)
    for (const { pipe: one, forward } of way) {
      one.hidden = true
      one.change += forward ? amount : -amount
      changed.add(one)
    }
    missing -= amount
  }
  for (const one of changed) one.change = 0
}

function carried({ value, change }: Pipe): number {
  return value + change
}

/** A pipe that carries more (forward) or less. */
type Step = Readonly<{ pipe: Pipe; forward: boolean }>

/** The joint that a step into `joint` comes from; undefined if the pipe can't carry less. */
function before(joint: Joint, pipe: Pipe): Joint | undefined {
  if (pipe.to === joint) return pipe.from
  return carried(pipe) > 0 ? pipe.to : undefined
}

/** Round about from the end of a pipe to its beginning, through what is hidden; looked for from the beginning. */
function freeWay(target: Pipe): Step[] | undefined {
  const seen: Joint[] = []
  const wayTo = (joint: Joint): Step[] | undefined => {
    joint.seen = true
    seen.push(joint)
    for (const pipe of joint.pipes) {
      if (!pipe.hidden || pipe === target) continue
      const from = before(joint, pipe)
      if (!from || from.seen) continue
      const way = from === target.to ? [] : wayTo(from)
      if (way) return [...way, { pipe, forward: pipe.to === joint }]
    }
    return undefined
  }
  const way = wayTo(target.from)
  for (const joint of seen) joint.seen = false
  return way
}

type Reached = { cost: number; step: Step | undefined; settled: boolean }

/** The same through what is published, too, which costs its value (Dijkstra). */
function cheapestWay(target: Pipe): Step[] {
  const reached = new Map<Joint, Reached>([
    [target.from, { cost: 0, step: undefined, settled: false }],
  ])
  for (let next = nearest(reached); next; next = nearest(reached)) {
    const [joint, found] = next
    if (joint === target.to) return stepsFrom(joint, reached)
    found.settled = true
    for (const pipe of joint.pipes) {
      const from = pipe === target ? undefined : before(joint, pipe)
      if (!from) continue
      const cost = found.cost + (pipe.hidden ? 0 : pipe.value)
      if (cost >= (reached.get(from)?.cost ?? Infinity)) continue
      reached.set(from, { cost, step: { pipe, forward: pipe.to === joint }, settled: false })
      // Nothing that is still to be looked at is cheaper.
      if (from === target.to && cost === found.cost) return stepsFrom(from, reached)
    }
  }
  throw new Error('A table whose rows have fewer than 5 can not be published.')
}

function nearest(reached: ReadonlyMap<Joint, Reached>): [Joint, Reached] | undefined {
  let best: [Joint, Reached] | undefined
  for (const entry of reached) {
    if (!entry[1].settled && entry[1].cost < (best?.[1].cost ?? Infinity)) best = entry
  }
  return best
}

function stepsFrom(joint: Joint, reached: ReadonlyMap<Joint, Reached>): Step[] {
  const step = reached.get(joint)?.step
  if (!step) return []
  const { pipe, forward } = step
  return [step, ...stepsFrom(forward ? pipe.to : pipe.from, reached)]
}
