import { fork, type ChildProcess } from 'node:child_process'
import type { Pkcs11Settings } from '../config.js'
import { DomainError } from '../errors.js'
import { LASTING, wordsOf, type Answer, type Fault, type Task } from './tasks.js'
import type { Answered, Asked } from './token-process.js'

export type TokenLimits = Readonly<{
  /** For one answer, the start of the process and the login included. */
  answerMs: number
  /** After a fault everybody is told so at once for this long, then it is tried again. */
  restMs: number
  /** Tasks that wait for their turn at most. */
  waiting: number
}>
export const TOKEN_LIMITS: TokenLimits = { answerMs: 10_000, restMs: 5_000, waiting: 1_000 }

export type TokenLine = Readonly<{
  /** @throws {DomainError} keys-away, overloaded. What was asked may have been done or not: it is never taken for done. */
  ask(task: Task): Promise<Answer>
  /** Says that the token can't be trusted now. @returns the error for whoever asked */
  fail(fault: Fault): DomainError
  close(): void
}>

type Waiting = Readonly<{ task: Task; resolve(answer: Answer): void; reject(error: Error): void }>

/**
 * One process that speaks to the token, started with the first task. It has one task in hand, the others wait in
 * line; a fault, or no answer in time, ends it and fails all of them, and the next task starts another.
 */
export function openTokenLine(settings: Pkcs11Settings, limits = TOKEN_LIMITS): TokenLine {
  const line: Waiting[] = []
  let inHand: (Waiting & { timer: NodeJS.Timeout }) | undefined
  let child: ChildProcess | undefined
  let away: DomainError | undefined

  function next(): void {
    const first = inHand ? undefined : line.shift()
    if (!first) return
    const timer = setTimeout(() => fail('no-answer'), limits.answerMs)
    inHand = { ...first, timer }
    child ??= start(onAnswer, (ended) => ended === child && fail('ended'))
    const asked: Asked = { settings, task: first.task }
    child.send(asked, (error) => error && inHand?.timer === timer && fail('ended'))
  }
  function onAnswer(from: ChildProcess, answered: Answered): void {
    if (from !== child || !inHand) return
    if ('fault' in answered) return void fail(answered.fault)
    const done = inHand
    inHand = undefined
    clearTimeout(done.timer)
    done.resolve(answered.answer)
    next()
  }
  function fail(fault: Fault): DomainError {
    child?.kill('SIGKILL')
    child = undefined
    const error = (away = keysAway(fault))
    if (!LASTING.includes(fault)) setTimeout(() => (away = undefined), limits.restMs).unref()
    clearTimeout(inHand?.timer)
    const failed = [...(inHand ? [inHand] : []), ...line.splice(0)]
    inHand = undefined
    for (const { reject } of failed) reject(error)
    return error
  }
  return {
    ask(task) {
      if (away) return Promise.reject(away)
      if (line.length >= limits.waiting) return Promise.reject(tooMany())
      return new Promise((resolve, reject) => {
        line.push({ task, resolve, reject })
        next()
      })
    },
    fail,
    close() {
      const ended = child
      child = undefined
      ended?.kill('SIGKILL')
    },
  }
}

/** It keeps nobody from ending; while it has a task in hand, the timer does. */
function start(
  onAnswer: (from: ChildProcess, answered: Answered) => void,
  onEnd: (ended: ChildProcess) => void,
): ChildProcess {
  const child = fork(new URL('./token-process.js', import.meta.url), {
    serialization: 'advanced',
    // What a module prints is not ours to log.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  child.on('message', (answered) => onAnswer(child, answered as Answered))
  child.on('error', () => onEnd(child))
  child.on('exit', () => onEnd(child))
  child.unref()
  child.channel?.unref()
  return child
}

function keysAway(fault: Fault): DomainError {
  const { fr, en } = wordsOf(fault)
  return new DomainError('keys-away', {
    fr: `Les clés de signature gardées par PKCS#11 ne peuvent pas servir : ${fr}. Rien n’est perdu : ce qui attend sera signé dès qu’elles répondront.`,
    en: `The signing keys behind PKCS#11 can’t be used: ${en}. Nothing is lost: what waits is signed once they answer.`,
  })
}

function tooMany(): DomainError {
  return new DomainError('overloaded', {
    fr: 'Trop de signatures attendent leur tour. Réessayez dans une minute.',
    en: 'Too many signatures wait for their turn. Try again in a minute.',
  })
}
