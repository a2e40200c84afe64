import type { VNode } from 'preact'
import { Checks, Facts } from '../../web/components/blocks.js'
import { State, Verdict, type Tone } from '../../web/components/status.js'
import type { Say } from '../../web/say.js'
import type { Words } from '../../words.js'
import type { CheckName, Report, Result, Verdict as VerdictName } from '../report.js'

const TONES: Readonly<Record<VerdictName, Tone>> = {
  valid: 'valid',
  invalid: 'invalid',
  indeterminate: 'unknown',
}
const RESULTS: Readonly<Record<Result, { tone: Tone; words: Words }>> = {
  pass: { tone: 'valid', words: { fr: 'Vérifié', en: 'Checked' } },
  fail: { tone: 'invalid', words: { fr: 'Refusé', en: 'Failed' } },
  unknown: { tone: 'unknown', words: { fr: 'Pas pu être vérifié', en: 'Could not be checked' } },
  not_applicable: { tone: 'plain', words: { fr: 'Sans objet', en: 'Not applicable' } },
}
const TITLES: Readonly<Record<CheckName, Words>> = {
  format: { fr: 'Le fichier', en: 'The file' },
  structure: { fr: 'La forme', en: 'The form' },
  context: { fr: 'Le vocabulaire', en: 'The vocabulary' },
  type: { fr: 'Le genre', en: 'The kind' },
  proof: { fr: 'La signature', en: 'The signature' },
  issuer_binding: { fr: 'L’émetteur', en: 'The issuer' },
  validity: { fr: 'Les dates', en: 'The dates' },
  status: { fr: 'La révocation', en: 'Revocation' },
  refresh: { fr: 'La mise à jour', en: 'Refresh' },
  schema: { fr: 'Le schéma', en: 'The schema' },
  endorsements: { fr: 'Les endossements', en: 'Endorsements' },
  trust: { fr: 'La confiance', en: 'Trust' },
}
const TARGETS: Readonly<Record<'achievement' | 'award' | 'issuer', Words>> = {
  achievement: { fr: 'la définition du badge', en: 'the definition of the badge' },
  award: { fr: 'cette attribution', en: 'this award' },
  issuer: { fr: 'l’émetteur', en: 'the issuer' },
}

// A name in a badge is only a claim until the issuer stands by the key.
const ISSUED_BY: Words = { fr: 'Délivré par', en: 'Issued by' }
const CLAIMS_TO_BE_FROM: Words = { fr: 'Dit venir de', en: 'Claims to be from' }

/** The answer to a verification: one sentence, the badge, every check, the endorsements. */
export function ReportView({ report, say }: { report: Report; say: Say }): VNode {
  const { badge } = report
  const bound = report.checks.some(
    ({ name, result }) => name === 'issuer_binding' && result === 'pass',
  )
  // Green is for a valid badge of an issuer that we know: a good signature alone says nothing of who.
  const tone = report.verdict === 'valid' && !report.trusted ? 'unknown' : TONES[report.verdict]
  return (
    <>
      <Verdict tone={tone}>{report.summary}</Verdict>
      {badge ? (
        <section class="sheet" aria-labelledby="badge-name">
          <h2 id="badge-name">{badge.name}</h2>
          <p>{badge.description}</p>
          <Facts
            facts={[
              [
                say(bound ? ISSUED_BY : CLAIMS_TO_BE_FROM),
                `${badge.issuer.name} (${badge.issuer.domain})`,
              ],
              [say({ fr: 'Depuis', en: 'Since' }), say.day(badge.validFrom.slice(0, 10))],
              ...(badge.validUntil === null
                ? []
                : [
                    [
                      say({ fr: 'Jusqu’au', en: 'Until' }),
                      say.day(badge.validUntil.slice(0, 10)),
                    ] as const,
                  ]),
            ]}
          />
        </section>
      ) : null}
      <h2>{say({ fr: 'Ce qui a été vérifié', en: 'What was checked' })}</h2>
      <CheckTree checks={report.checks} say={say} />
      {report.endorsements.length > 0 ? <Endorsements report={report} say={say} /> : null}
      {report.warnings.map(({ code, message }) => (
        <p key={code}>
          <State tone="unknown">{message}</State>
        </p>
      ))}
      <p class="soft small">
        {say({ fr: 'Vérifié le', en: 'Verified on' })} {say.instant(report.verifiedAt)}.{' '}
        {say({
          fr: 'Cette vérification ne dit pas qui vous montre le badge.',
          en: 'This verification does not tell who shows you the badge.',
        })}
      </p>
    </>
  )
}

function Endorsements({ report, say }: { report: Report; say: Say }): VNode {
  return (
    <>
      <h2>{say({ fr: 'Les endossements', en: 'Endorsements' })}</h2>
      {report.endorsements.map((endorsement, at) => (
        <section key={at} class="sheet">
          <h3>{endorsement.endorser.name}</h3>
          <p>
            <State tone={TONES[endorsement.verdict]}>
              {endorsement.target
                ? say(TARGETS[endorsement.target])
                : say({ fr: 'autre chose que ce badge', en: 'something else than this badge' })}
            </State>
          </p>
          <blockquote>{endorsement.comment}</blockquote>
          <details>
            <summary>{say({ fr: 'Ce qui a été vérifié', en: 'What was checked' })}</summary>
            <CheckTree checks={endorsement.checks} say={say} />
          </details>
        </section>
      ))}
    </>
  )
}

function CheckTree({ checks, say }: { checks: Report['checks']; say: Say }): VNode {
  return (
    <Checks
      checks={checks.map(({ name, result, message }) => ({
        title: say(TITLES[name]),
        tone: RESULTS[result].tone,
        word: say(RESULTS[result].words),
        message,
      }))}
    />
  )
}
