import type { Apart } from '../../context.js'
import { VC_V2 } from '../../credential/contexts.js'
import type { Canonize } from '../../credential/suites/suite.js'
import { DomainError } from '../../errors.js'
import { openPool, POOL_LIMITS, type OpenPool } from '../apart/open-pool.js'
import type { Canonized, CanonizeTask } from './canonize-worker.js'

/** Requests that wait for a thread at most: programs ask here, and wait. */
const WAITING = 32
/** For all documents of one verification together, each proof and each credential being some. */
const MILLISECONDS = 10_000

/**
 * The threads for credentials of any kind, apart from those for badges: contexts that a stranger
 * wrote never meet a badge, and a full line here keeps no badge waiting.
 */
export function openGeneralApart(): OpenPool {
  return openPool(new URL('./canonize-worker.js', import.meta.url), {
    ...POOL_LIMITS,
    waiting: WAITING,
  })
}

/**
 * Starts a thread and has it read its libraries and the context of VCDM 2.0, by tables and by jsonld.js, so
 * that who asks first waits no longer than who asks next. What fails here, the first question meets.
 */
export async function warmGeneral(apart: Apart): Promise<void> {
  for (const contexts of [[VC_V2], [VC_V2, {}]]) {
    const document = { '@context': contexts, type: ['VerifiableCredential'] }
    await apart.run({ document, digest: 'sha256' } satisfies CanonizeTask).catch(() => undefined)
  }
}

/**
 * Puts the documents of one verification in canonical form in a thread apart, one after the other:
 * whoever sends many proofs takes one thread, not all.
 *
 * @throws {DomainError} verification-aborted or overloaded, when it is run
 */
export function canonizeIn(apart: Apart, milliseconds = MILLISECONDS): Canonize {
  const deadline = AbortSignal.timeout(milliseconds)
  let last: Promise<unknown> = Promise.resolve()
  const canonize = async (task: CanonizeTask) => {
    if (deadline.aborted) throw tooLong()
    // What a thread answers is told by its task: canonize-worker.ts is the other end.
    const { quads } = (await apart.run(task)) as Canonized
    if (quads === undefined) throw new Error('This document has no canonical form.')
    return quads
  }
  return (document, digest) => {
    const made = last.then(() => canonize({ document, digest }))
    last = made.catch(() => undefined)
    return made
  }
}

function tooLong(): DomainError {
  return new DomainError('verification-aborted', {
    fr: 'Ce document demandait trop de calcul : la vérification a été arrêtée, sans conclusion. Envoyez moins d’attestations ou de preuves à la fois.',
    en: 'This document needed too much computing: its verification was stopped, without a conclusion. Send fewer credentials or proofs at a time.',
  })
}
