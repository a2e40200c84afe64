import { readdirSync, readFileSync } from 'node:fs'

/** What `npm run test:faults` shows of reliability, wherever its tests stand. */
export const CASES: readonly string[] = (
  'RL-01 RL-03 RL-04 RL-05 RL-07 RL-08 RL-11 RL-13 RL-14 RL-15 RL-16 RL-17 RL-18 RL-20 RL-21 RL-22 ' +
  'RL-29 RL-32'
).split(' ')

/** The cases that are named in the name of a test of a file. */
export function casesIn(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return CASES.filter((id) => new RegExp(`['"\`][^'"\`\\n]*\\b${id}\\b`).test(text))
}

/** Files of the ordinary suite that name one. */
export function ordinaryFiles(): string[] {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name) && !/^(?:browser|faults)\b/.test(name))
    .map((name) => `test/${name.replaceAll('\\', '/')}`)
    .filter((file) => casesIn(file).length > 0)
    .toSorted()
}
