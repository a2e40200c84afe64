import type { Pkcs11Settings } from '../config.js'
import { openToken } from './token.js'
import { TokenFault, type Answer, type Fault, type Task } from './tasks.js'

/** What is asked of this process, one after the other; what it answers. */
export type Asked = Readonly<{ settings: Pkcs11Settings; task: Task }>
export type Answered = Readonly<{ answer: Answer } | { fault: Fault }>

/*
 * A PKCS#11 module is a stranger's code: here it can hang or break down without taking the service with it. The
 * PIN is read here and nowhere else. Whoever started us ends us: a Ctrl-C lets what is in hand be signed.
 */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => process.exit())

let token: ReturnType<typeof openToken> | undefined
process.on('message', ({ settings, task }: Asked) => {
  let answered: Answered
  try {
    token ??= openToken(settings)
    answered = { answer: token(task) }
  } catch (error) {
    answered = { fault: error instanceof TokenFault ? error.fault : 'ended' }
  }
  process.send?.(answered)
})
