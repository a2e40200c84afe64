import { approve } from '../../src/issuer/approve.js'
import { assess } from '../../src/issuer/assess.js'
import { endorse } from '../../src/issuer/endorse.js'
import { propose } from '../../src/issuer/propose.js'
import { findDossier } from '../../src/issuer/store/dossiers.js'
import type { World } from '../support/world.js'
import type { Story } from './story.js'

/** The steps of one dossier, each over the digest that it has. */
export function stepsOf(world: World, story: Story, dossierId: string) {
  const row = async () => (await findDossier(world.db, dossierId))!
  const committed = async () => ({
    dossierId,
    digest: (await row()).digest ?? '',
    function: 'Tuteur',
    comment: 'Nous l’avons vue travailler.',
  })
  const steps = {
    row,
    committed,
    state: async () => (await row()).state,
    propose: () => propose(world, story.teacher, dossierId),
    assess: async () => assess(world, story.tutor, await committed()),
    endorse: async () => endorse(world, story.boss, await committed()),
    approve: async () => approve(world, story.head, await committed()),
  }
  const upTo = async (last: 'propose' | 'assess' | 'endorse' | 'approve') => {
    for (const step of ['propose', 'assess', 'endorse', 'approve'] as const) {
      await steps[step]()
      if (step === last) return
    }
  }
  return { ...steps, upTo }
}
