import type { Context } from '../context.js'
import { lint } from '../credential/lint.js'
import { textOnly } from '../credential/lint-text.js'
import { DomainError } from '../errors.js'
import { personalDataOf } from '../mentoring/students/personal-data.js'
import type { Version } from '../templates/store.js'
import {
  composeBadge,
  composeDefinitionEndorsement,
  composeEndorsement,
  describeFact,
  organisationIn,
  partiesOf,
  type Place,
} from './badge-content.js'
import type { SaltedFact } from './evidence.js'
import { wholeSeconds } from './status.js'
import type { Dossier } from './store/dossiers.js'

/** Stands where a place in a list will be: only words are looked at here. */
const NO_PLACE: Place = { list_public_id: 'list', position: 0 }

/**
 * A badge whose own words hold the student's name (a badge about roses for a student called Rose, a
 * lycée that has their family name, a session in « avril » of an Avril) would be refused by the lint
 * when it is signed, after four persons have done their part. It is told before the first of them.
 *
 * @param dossier with the digest that it is about to have
 * @throws {DomainError} rule-refused
 */
export async function assertNamesNobody(
  ctx: Context,
  dossier: Dossier,
  { version, salted }: Readonly<{ version: Version; salted: readonly SaltedFact[] }>,
): Promise<void> {
  const parties = await partiesOf(ctx, dossier)
  const { school, company } = parties
  const validFrom = wholeSeconds(ctx.now())
  const common = {
    id: 'urn:uuid:0',
    version,
    dossier,
    parties,
    company,
    validFrom,
    entry: NO_PLACE,
  }
  const endorser = organisationIn(ctx, company)
  const badge = composeBadge(ctx, {
    ...common,
    evidence: salted.map(({ fact, digest }) => describeFact(fact, digest)),
    definitionEndorsement: composeDefinitionEndorsement(ctx, common),
    endorsement: composeEndorsement(ctx, { ...common, badgeId: common.id, endorser }),
  })
  const forbidden = await personalDataOf(ctx, dossier.student_id)
  const faults = await lint(badge, textOnly(forbidden))
  if (faults.some(({ lint: name }) => name === 'no_personal_data'))
    throw namesTheStudent(school.name)
}

function namesTheStudent(school: string): DomainError {
  return new DomainError('rule-refused', {
    fr: `Un mot du badge, de ses preuves, ou du nom de l’entreprise ou du lycée (${school}) est aussi un nom ou un prénom de l’élève. Un badge ne les montre jamais : celui-ci ne pourrait pas être signé. Demandez à l’entreprise une version du badge sans ce mot ; si le mot est ailleurs, prévenez l’administrateur de la plateforme.`,
    en: `A word of the badge, of its evidence, or of the name of the company or of the lycée (${school}) is also a name of the student. A badge never shows them: this one could not be signed. Ask the company for a version of the badge without this word; if the word is elsewhere, tell the platform’s administrator.`,
  })
}
