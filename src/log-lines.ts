import { pino, type LoggerOptions } from 'pino'

/** Characters of a value in a line of the log: enough for a stack, too few to fill a disk. */
const MOST_CHARS = 4_000
const CUT = '… (cut)'

/** What makes each line of the log one line: pino escapes what is in a value, and this bounds how much. */
export const LOG_LINES: Pick<LoggerOptions, 'formatters' | 'serializers' | 'hooks'> = {
  formatters: { log: (line) => mapped(line) },
  serializers: { err: (error: Error) => mapped(pino.stdSerializers.err(error)) },
  hooks: {
    logMethod(args, method) {
      const bounded = withMessage(args).map((one) => (typeof one === 'string' ? bound(one) : one))
      method.apply(this, bounded as typeof args)
    },
  },
}

/** Where nothing else is said, pino takes the message of the error, after it was our turn. */
function withMessage(args: readonly unknown[]): readonly unknown[] {
  const [first] = args
  const error = first instanceof Object && 'err' in first ? first.err : first
  return args.length === 1 && error instanceof Error ? [first, error.message] : args
}

function mapped<Line extends object>(line: Line): Line {
  const entries = Object.entries(line).map(([name, value]: [string, unknown]) => [
    name,
    within(value),
  ])
  return Object.fromEntries(entries) as Line
}

function within(value: unknown): unknown {
  if (typeof value === 'string') return bound(value)
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map(within)
  // An error has a serializer of its own; a class, such as a date, is written as it writes itself.
  const isPlain =
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  return isPlain ? mapped(value) : value
}

const MOST_ITEMS = 100

function bound(text: string): string {
  const shown = text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS)}${CUT}` : text
  // A terminal obeys some of what JSON leaves as it is: deletion, C1 controls, bidi marks.
  return shown.replaceAll(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}
