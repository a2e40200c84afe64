import type { Context } from '../context.js'
import { beginning } from '../credential/visible.js'
import { makePdf } from '../web/pdf/make-pdf.js'
import type { Sheet } from '../web/pdf/sheet.js'
import { sayIn, type Say } from '../web/say.js'
import type { Language, Words } from '../words.js'
import type { Report } from './report.js'
import { domainOf } from './signed-content.js'
import { adviceOn, reasonsOf } from './views/advice.js'
import {
  checkLines,
  countingOnly,
  groupsOf,
  groupTitle,
  RESULTS,
  SOMEBODY,
  TONES,
  targetWords,
  toneOf,
} from './views/check-groups.js'
import { NOT_TOLD, NOT_TOLD_TITLE, TO_KNOW } from './views/not-told.js'
import { CLAIMS_TO_BE_FROM, dayIn, endorsersOf, fact, ISSUED_BY } from './views/report-view.js'

/** Letters of a stranger's text, and endorsements, that one report prints. */
const MAX_TEXT = 600
const MAX_ENDORSEMENTS = 12
/** Of a name: its domain stands behind it. */
const MAX_NAME = 200

const TITLE: Words = {
  fr: 'Rapport de vérification d’un badge',
  en: 'Verification report of a badge',
}

type Around = Readonly<{
  language: Language
  /** Of whoever verified: where a reader verifies again. */
  service: string | undefined
  timeZone: string
  compress?: boolean
}>

/** A report on paper: the same sentences as the page, with what it is a report of and of when. */
export function reportPdf(report: Report, around: Around): Promise<Buffer> {
  const { language, service, timeZone, compress } = around
  const say = sayIn(language, timeZone)
  const title = say(TITLE)
  const spec = {
    title,
    language,
    createdAt: new Date(report.verifiedAt),
    foot: `${title} · ${say.instant(report.verifiedAt)}`,
    ...(compress === undefined ? {} : { compress }),
  }
  return makePdf(spec, (sheet) => {
    sheet.heading(1, title)
    sheet.verdict(toneOf(report), say.text(report.summary))
    const verifiedOn = say({ fr: 'Vérifié le', en: 'Verified on' })
    sheet.paragraph(`${verifiedOn} ${say.instant(report.verifiedAt)}.`)
    writeAdvice(sheet, report, say)
    writeWarnings(sheet, report, say)
    writeBadge(sheet, report, say)
    writeChecks(sheet, report, say)
    writeEndorsements(sheet, report, say)
    if (report.badge) {
      sheet.heading(2, say(NOT_TOLD_TITLE))
      sheet.list(NOT_TOLD.map(say))
    }
    writeOrigin(sheet, report, { say, service })
  })
}

/** The report of a request to the service. */
export function reportPdfOf(ctx: Context, report: Report, language: Language): Promise<Buffer> {
  const { publicUrl, timeZone } = ctx.config
  return reportPdf(report, { language, service: publicUrl, timeZone })
}

/** Without the badge's name: folders of files are read by others. */
export function reportFileName(report: Report, language: Language): string {
  const day = report.verifiedAt.slice(0, 10)
  return `${{ fr: 'rapport-de-verification', en: 'verification-report' }[language]}-${day}.pdf`
}

function writeAdvice(sheet: Sheet, report: Report, say: Say): void {
  for (const reason of reasonsOf(report)) sheet.paragraph(say.text(reason))
  const advice = adviceOn(report)
  if (!advice) return
  const whatToDo = say({ fr: 'Que faire :', en: 'What to do:' })
  sheet.paragraph(`${whatToDo} ${say(advice)}`, { font: 'bold' })
}

function writeBadge(sheet: Sheet, report: Report, say: Say): void {
  const { badge } = report
  sheet.heading(2, say({ fr: 'Le badge', en: 'The badge' }))
  if (!badge) return sheet.paragraph(say(NOTHING_SHOWN))
  sheet.paragraph(clip(badge.name), { font: 'bold' })
  sheet.paragraph(clip(badge.description))
  const bound = report.checks.some(
    ({ name, result }) => name === 'issuer_binding' && result === 'pass',
  )
  const endorsers = [...new Set(endorsersOf(report))]
  const facts = [
    ...fact(say(bound ? ISSUED_BY : CLAIMS_TO_BE_FROM), issuerLine(report, badge.issuer, say)),
    ...fact(say({ fr: 'Endossé par', en: 'Endorsed by' }), endorsers.join(', ') || null),
    ...fact(say({ fr: 'Depuis le', en: 'Since' }), dayIn(say, badge.validFrom)),
    ...fact(say({ fr: 'Jusqu’au', en: 'Until' }), dayIn(say, badge.validUntil)),
  ]
  sheet.facts(facts.map(([term, value]) => [term, clip(value)]))
}

type Issuer = NonNullable<Report['badge']>['issuer']

/** A name never without what it can't choose: its domain; where there is none its key, and that first. */
function issuerLine({ trusted }: Report, issuer: Issuer, say: Say): string {
  const { id, domain } = issuer
  const name = beginning(issuer.name, MAX_NAME)
  if (trusted || !id.startsWith('did:key:')) return `${name} (${domain})`
  return say({
    fr: `La clé ${domain}, qui se donne le nom « ${name} »`,
    en: `The key ${domain}, which calls itself “${name}”`,
  })
}

function writeChecks(sheet: Sheet, report: Report, say: Say): void {
  sheet.heading(2, say({ fr: 'Ce qui a été vérifié', en: 'What was checked' }))
  for (const group of groupsOf(countingOnly(report.checks, say))) {
    const title = say(groupTitle(group))
    const lines = checkLines(group.checks, say)
    const [only, ...more] = lines
    // A heading over one line would say the same twice.
    if (only && more.length === 0) sheet.checks([{ ...only, title }])
    else {
      sheet.heading(3, title)
      sheet.checks(lines)
    }
  }
}

function writeEndorsements(sheet: Sheet, { endorsements }: Report, say: Say): void {
  if (endorsements.length === 0) return
  sheet.heading(2, say({ fr: 'Les endossements', en: 'The endorsements' }))
  for (const { endorser, target, comment, verdict, checks } of endorsements.slice(
    0,
    MAX_ENDORSEMENTS,
  )) {
    const name = endorser.name === '' ? say(SOMEBODY) : beginning(endorser.name, MAX_NAME)
    const what = say(targetWords(target))
    sheet.heading(3, clip(`${name} (${domainOf(endorser.id)}) ${what}`))
    if (comment !== '') sheet.paragraph(clip(say({ fr: `« ${comment} »`, en: `“${comment}”` })))
    const doubtful = checks.filter(({ result }) => result === 'fail' || result === 'unknown')
    const whole = {
      title: say({ fr: 'Vérifié comme un badge', en: 'Checked like a badge' }),
      tone: TONES[verdict],
      word: say(WHOLE[verdict]),
      message: say(verdict === 'valid' ? ALL_GOOD : SEE_BELOW),
    }
    sheet.checks([whole, ...checkLines(doubtful, say)])
  }
  const more = endorsements.length - MAX_ENDORSEMENTS
  if (more > 0)
    sheet.paragraph(
      say({
        fr: `Et ${more} autres, que la page de vérification montre.`,
        en: `And ${more} more, which the page that verifies shows.`,
      }),
    )
}

function writeWarnings(sheet: Sheet, { warnings }: Report, say: Say): void {
  if (warnings.length === 0) return
  sheet.heading(2, say(TO_KNOW))
  sheet.list(warnings.map(({ message }) => clip(say.text(message))))
}

function writeOrigin(
  sheet: Sheet,
  report: Report,
  { say, service }: Readonly<{ say: Say; service: string | undefined }>,
): void {
  sheet.heading(2, say({ fr: 'De quoi parle ce rapport', en: 'What this report is about' }))
  sheet.facts([
    [
      say({ fr: 'Vérifié par', en: 'Verified by' }),
      service ? `${report.engine}, ${service}` : report.engine,
    ],
  ])
  sheet.paragraph(say(FINGERPRINT))
  sheet.paragraph(report.digest.replace('sha256:', ''), { font: 'mono', size: 9 })
  sheet.paragraph(say(SAME_FILE))
  const again = service ? `${service}/verify` : say({ fr: 'un vérificateur', en: 'a verifier' })
  sheet.paragraph(
    say({
      fr: `Ce rapport n’est pas signé, et il dit l’état à cette heure-là : un badge peut être retiré ensuite. Pour être sûr, vérifiez vous-même le badge : ${again}`,
      en: `This report is not signed, and it tells the state at that hour: a badge may be withdrawn later. To be sure, verify the badge yourself: ${again}`,
    }),
  )
}

function clip(text: string): string {
  return beginning(text, MAX_TEXT)
}

const NOTHING_SHOWN: Words = {
  fr: 'Rien de ce que dit le badge n’est montré : sa signature n’est pas bonne, ou n’a pas pu être vérifiée.',
  en: 'Nothing that the badge says is shown: its signature is not good, or could not be checked.',
}
const WHOLE: Readonly<Record<Report['verdict'], Words>> = {
  valid: RESULTS.pass.words,
  invalid: RESULTS.fail.words,
  indeterminate: RESULTS.unknown.words,
}
const ALL_GOOD: Words = {
  fr: 'Sa forme, sa signature, sa clé, ses dates et sa liste de révocation sont bonnes.',
  en: 'Its form, its signature, its key, its dates and its revocation list are good.',
}
const SEE_BELOW: Words = {
  fr: 'Ne comptez pas sur cet endossement ; voici pourquoi.',
  en: 'Do not count on this endorsement; here is why.',
}
const FINGERPRINT: Words = {
  fr: 'Empreinte du badge tel qu’il a été reçu (SHA-256) :',
  en: 'Fingerprint of the badge as it was received (SHA-256):',
}
const SAME_FILE: Words = {
  fr: 'Le même fichier a toujours la même empreinte : comparez-la pour savoir si ce rapport parle bien du fichier que vous avez.',
  en: 'The same file always has the same fingerprint: compare it to know whether this report speaks of the file that you have.',
}
