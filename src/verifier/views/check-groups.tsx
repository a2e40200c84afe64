import type { VNode } from 'preact'
import { visible } from '../../credential/visible.js'
import { Checks, type CheckLine } from '../../web/components/blocks.js'
import { State, type Tone } from '../../web/components/status.js'
import type { Say } from '../../web/say.js'
import type { Words } from '../../words.js'
import { domainOf } from '../signed-content.js'
import type { CheckName, Report, Result, Verdict } from '../report.js'

type CheckOfReport = Report['checks'][number]
type GroupName = 'signature' | 'issuer' | 'validity' | 'status' | 'endorsements' | 'others'
export type CheckGroup = Readonly<{
  name: GroupName
  result: Result
  checks: readonly CheckOfReport[]
}>

/** The checks of a report by the question that they answer, in the order in which people ask. */
const GROUPS: Readonly<Record<GroupName, readonly CheckName[]>> = {
  signature: ['format', 'structure', 'context', 'type', 'proof'],
  issuer: ['issuer_binding', 'trust'],
  validity: ['validity'],
  status: ['status'],
  endorsements: ['endorsements'],
  others: ['refresh', 'schema'],
}

/** @returns the groups of which something was, or should have been, checked */
export function groupsOf(checks: readonly CheckOfReport[]): CheckGroup[] {
  return Object.entries(GROUPS).flatMap(([name, names]) => {
    const found = checks.filter((check) => names.includes(check.name))
    const result = worst(found.map((check) => check.result))
    const silent = found.length === 0 || (name === 'others' && result === 'not_applicable')
    return silent ? [] : [{ name: name as GroupName, result, checks: found }]
  })
}

/** A failure decides, then a doubt: what could not be checked is never told as checked. */
function worst(results: readonly Result[]): Result {
  const order: readonly Result[] = ['fail', 'unknown', 'pass']
  return order.find((one) => results.includes(one)) ?? 'not_applicable'
}

export const TONES: Readonly<Record<Verdict, Tone>> = {
  valid: 'valid',
  invalid: 'invalid',
  indeterminate: 'unknown',
}
export const RESULTS: Readonly<Record<Result, { tone: Tone; words: Words }>> = {
  pass: { tone: 'valid', words: { fr: 'Vérifié', en: 'Checked' } },
  fail: { tone: 'invalid', words: { fr: 'Refusé', en: 'Failed' } },
  unknown: { tone: 'unknown', words: { fr: 'Pas pu être vérifié', en: 'Could not be checked' } },
  not_applicable: { tone: 'plain', words: { fr: 'Sans objet', en: 'Not applicable' } },
}
const GROUP_TITLES: Readonly<Record<GroupName, Words>> = {
  signature: { fr: 'La signature', en: 'The signature' },
  issuer: { fr: 'L’émetteur', en: 'The issuer' },
  validity: { fr: 'La validité', en: 'Validity' },
  status: { fr: 'La révocation', en: 'Revocation' },
  endorsements: { fr: 'L’endossement', en: 'The endorsement' },
  others: { fr: 'Le reste', en: 'The rest' },
}
const TITLES: Readonly<Record<CheckName, Words>> = {
  format: { fr: 'Le fichier', en: 'The file' },
  structure: { fr: 'La forme', en: 'The form' },
  context: { fr: 'Le vocabulaire', en: 'The vocabulary' },
  type: { fr: 'Le genre', en: 'The kind' },
  proof: { fr: 'La signature', en: 'The signature' },
  issuer_binding: { fr: 'Sa clé', en: 'Their key' },
  validity: { fr: 'Les dates', en: 'The dates' },
  status: { fr: 'La liste de révocation', en: 'The revocation list' },
  refresh: { fr: 'La mise à jour', en: 'Refresh' },
  schema: { fr: 'Le schéma', en: 'The schema' },
  endorsements: { fr: 'Dans ce badge', en: 'In this badge' },
  trust: { fr: 'Qui est-ce', en: 'Who they are' },
}
// A hosted badge of the older standard has neither signature nor key: a server answers for it.
const CONFIRMATION: Words = { fr: 'La confirmation', en: 'The confirmation' }
const ADDRESS: Words = { fr: 'Son adresse', en: 'Their address' }
const TITLES_BY_CODE: Readonly<Record<string, Words>> = {
  hosted: CONFIRMATION,
  hosted_differs: CONFIRMATION,
  hosted_missing: CONFIRMATION,
  hosted_unreachable: CONFIRMATION,
  hosted_untried: CONFIRMATION,
  hosted_scope: ADDRESS,
  hosted_elsewhere: ADDRESS,
}

export function groupTitle({ name, checks }: Pick<CheckGroup, 'name' | 'checks'>): Words {
  if (checks.some(({ name, result }) => name === 'format' && result === 'fail'))
    return TITLES.format
  const isHosted = checks.some(({ code }) => TITLES_BY_CODE[code] === CONFIRMATION)
  return isHosted ? CONFIRMATION : GROUP_TITLES[name]
}

const TARGETS: Readonly<Record<'achievement' | 'award' | 'issuer', Words>> = {
  achievement: { fr: 'endosse la définition du badge', en: 'endorses the definition of the badge' },
  award: { fr: 'endosse cette attribution', en: 'endorses this award' },
  issuer: { fr: 'endosse l’émetteur', en: 'endorses the issuer' },
}
const NO_TARGET: Words = {
  fr: 'endosse autre chose que ce badge',
  en: 'endorses something else than this badge',
}

/** What an endorser's name is followed by. */
export function targetWords(target: Report['endorsements'][number]['target']): Words {
  return target ? TARGETS[target] : NO_TARGET
}

/** Green is for a valid badge of an issuer that we know: a good signature alone says nothing of who. */
export function toneOf({ verdict, trusted }: Pick<Report, 'verdict' | 'trusted'>): Tone {
  return verdict === 'valid' && !trusted ? 'unknown' : TONES[verdict]
}

type Props = { report: Pick<Report, 'checks' | 'endorsements'>; say: Say }

/** What was checked, from the badge down to each endorsement; what is not good stands open. */
export function CheckGroups({ report, say }: Props): VNode {
  return (
    <ul class="checks">
      {groupsOf(countingOnly(report.checks, say)).map(({ name, result, checks }) => (
        <li key={name}>
          <details open={result === 'fail' || result === 'unknown'}>
            <summary>
              <span class="check-title">
                <strong>{say(groupTitle({ name, checks }))}</strong>
                <State tone={RESULTS[result].tone}>{say(wordOf({ result, checks }))}</State>
              </span>
            </summary>
            <CheckList checks={checks} say={say} />
            {name === 'endorsements' ? <Endorsements report={report} say={say} /> : null}
          </details>
        </li>
      ))}
    </ul>
  )
}

/** A name that we know says nothing of who signed. Without a good signature nothing else that was found good proves anything, and the rest was not asked. */
export function countingOnly(checks: readonly CheckOfReport[], say: Say): readonly CheckOfReport[] {
  const passes = (one: CheckName) =>
    checks.some(({ name, result }) => name === one && result === 'pass')
  // What can't be read at all has nothing else that could be told.
  if (!passes('format')) return checks.filter(({ name }) => name === 'format')
  if (passes('proof') && passes('issuer_binding')) return checks
  if (passes('proof'))
    return checks.map((check) =>
      check.name === 'trust' && check.result === 'pass'
        ? { ...check, result: 'not_applicable', code: 'unbound', message: say(UNBOUND) }
        : check,
    )
  return checks.map((check) =>
    GROUPS.signature.includes(check.name) || check.result === 'fail'
      ? check
      : { ...check, result: 'not_applicable', code: 'unproven', message: say(UNPROVEN) },
  )
}

const UNPROVEN: Words = {
  fr: 'Ne compte pas tant que la signature n’est pas bonne.',
  en: 'Does not count as long as the signature is not good.',
}

const UNBOUND: Words = {
  fr: 'Le badge nomme un émetteur que nous connaissons, mais rien ne prouve qu’il vient de lui.',
  en: 'The badge names an issuer whom we know, but nothing proves that it comes from them.',
}

/** The word of the check that decided. */
function wordOf({ result, checks }: Pick<CheckGroup, 'result' | 'checks'>): Words {
  const deciding = checks.find((check) => check.result === result)
  return WORDS_BY_CODE[deciding?.code ?? ''] ?? RESULTS[result].words
}

const NOT_DONE: Words = { fr: 'Pas vérifié', en: 'Not checked' }
/** What says more than “failed”. An issuer that we don't know is a stranger, not a forger. */
const WORDS_BY_CODE: Readonly<Record<string, Words>> = {
  not_checked: NOT_DONE,
  hosted_untried: NOT_DONE,
  unproven: { fr: 'Ne compte pas', en: 'Does not count' },
  unbound: { fr: 'Pas prouvé', en: 'Not proven' },
  status_not_shown: { fr: 'Pas montrée', en: 'Not shown' },
  revoked: { fr: 'Révoqué', en: 'Revoked' },
  suspended: { fr: 'Suspendu', en: 'Suspended' },
  expired: { fr: 'Expiré', en: 'Expired' },
  hosted: { fr: 'Confirmé par un serveur', en: 'Confirmed by a server' },
  hosted_differs: { fr: 'Démenti', en: 'Contradicted' },
  hosted_missing: { fr: 'Introuvable chez l’émetteur', en: 'Not found at the issuer' },
  newer_exists: { fr: 'Version plus récente', en: 'Newer version' },
  ob2_endorsements: NOT_DONE,
  unknown_issuer: { fr: 'Inconnu de nous', en: 'Unknown to us' },
  not_listed_then: { fr: 'Inconnu à cette date', en: 'Unknown at that date' },
  list_out_of_date: { fr: 'Liste périmée', en: 'List out of date' },
}

/** Who signed an endorsement that can’t be read, nobody knows. */
export const SOMEBODY: Words = { fr: 'Quelqu’un', en: 'Somebody' }

function Endorsements({ report, say }: Props): VNode {
  return (
    <>
      {report.endorsements.map(({ endorser, target, comment, verdict, checks }, at) => (
        <div key={at} class="endorsement">
          <p>
            <State tone={TONES[verdict]}>
              <bdi>{visible(endorser.name) || say(SOMEBODY)}</bdi> {say(targetWords(target))}
            </State>{' '}
            <span class="soft small">
              <bdi>{visible(domainOf(endorser.id))}</bdi>
            </span>
          </p>
          {comment === '' ? null : <blockquote dir="auto">{visible(comment)}</blockquote>}
          <details>
            <summary>{say({ fr: 'Ce qui y a été vérifié', en: 'What was checked in it' })}</summary>
            <CheckList checks={checks} say={say} />
          </details>
        </div>
      ))}
    </>
  )
}

function CheckList({ checks, say }: { checks: readonly CheckOfReport[]; say: Say }): VNode {
  return <Checks checks={checkLines(checks, say)} />
}

/** Each check as it is told: what was checked, the result in a word and a shape, the sentence. */
export function checkLines(checks: readonly CheckOfReport[], say: Say): CheckLine[] {
  return checks.map((check) => ({
    title: say(TITLES_BY_CODE[check.code] ?? TITLES[check.name]),
    tone: RESULTS[check.result].tone,
    word: say(wordOf({ result: check.result, checks: [check] })),
    message: say.text(check.message),
  }))
}
