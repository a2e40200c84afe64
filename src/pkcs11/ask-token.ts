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

type Waiting = Readonly<{ task: Task; resolve(answer: Answer): void; reject(error: Error): void }>

/**
 * One process that speaks to the token, started with the first task. It has one task in hand, the others wait in
 * line; a fault, or no answer in time, ends it and fails all of them, and a later task starts another. What was asked
 * of it then may have been done or not: it is never taken for done.
 */
export class TokenLine {
  readonly #settings: Pkcs11Settings
  readonly #limits: TokenLimits
  readonly #waiting: Waiting[] = []
  #inHand: (Waiting & { timer: NodeJS.Timeout }) | undefined
  #child: ChildProcess | undefined
  #away: DomainError | undefined

  constructor(settings: Pkcs11Settings, limits = TOKEN_LIMITS) {
    this.#settings = settings
    this.#limits = limits
  }

  /** @throws {DomainError} keys-away, overloaded */
  ask(task: Task): Promise<Answer> {
    if (this.#away) return Promise.reject(this.#away)
    if (this.#waiting.length >= this.#limits.waiting) return Promise.reject(tooMany())
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve, reject })
      this.#next()
    })
  }

  /** Says that the token can't be trusted now. @returns the error for whoever asked */
  fail(fault: Fault): DomainError {
    this.close()
    const error = keysAway(fault)
    this.#away = error
    if (!LASTING.includes(fault))
      setTimeout(() => (this.#away = undefined), this.#limits.restMs).unref()
    clearTimeout(this.#inHand?.timer)
    const failed = [this.#inHand, ...this.#waiting.splice(0)]
    this.#inHand = undefined
    for (const one of failed) one?.reject(error)
    return error
  }

  close(): void {
    const ended = this.#child
    this.#child = undefined
    ended?.kill('SIGKILL')
  }

  #next(): void {
    const first = this.#inHand ? undefined : this.#waiting.shift()
    if (!first) return
    const timer = setTimeout(() => this.fail('no-answer'), this.#limits.answerMs)
    this.#inHand = { ...first, timer }
    const asked: Asked = { settings: this.#settings, task: first.task }
    const child = (this.#child ??= this.#start())
    // That it could not be sent is told by the end of the process, too.
    child.send(asked, () => undefined)
  }

  #start(): ChildProcess {
    const child = start()
    const ended = () => {
      if (child === this.#child) this.fail('ended')
    }
    child.on('message', (answered) => {
      if (child === this.#child) this.#take(answered as Answered)
    })
    child.on('error', ended)
    child.on('exit', ended)
    return child
  }

  #take(answered: Answered): void {
    const done = this.#inHand
    if ('fault' in answered) this.fail(answered.fault)
    else if (done) {
      this.#inHand = undefined
      clearTimeout(done.timer)
      done.resolve(answered.answer)
      this.#next()
    }
  }
}

/** It keeps nobody from ending; while it has a task in hand, the timer does. */
function start(): ChildProcess {
  const child = fork(new URL('./token-process.js', import.meta.url), {
    serialization: 'advanced',
    // What a module prints is not ours to log.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  child.unref()
  child.channel?.unref()
  return child
}

export function keysAway(fault: Fault): DomainError {
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
