import { z } from 'zod'
import { checkProofs } from '../../credential/check-proof.js'
import { sha256 } from '../../credential/digest.js'
import { readStrictJson } from '../../credential/strict-json.js'
import type { Json } from '../../credential/values.js'
import { sayIn } from '../../web/say.js'
import type { Language, Words } from '../../words.js'
import { bindKey, keysOfIssuer, keyToTry } from '../check-issuer.js'
import type { Lookups } from '../lookups.js'
import type { Report, Verdict } from '../report.js'
import { verifyBadge } from '../verify-badge.js'
import { readArchive, type ArchiveFault } from './read-archive.js'

const MANIFEST = 'manifest.json'
const Manifest = z.object({
  type: z.literal('SceauPortfolio'),
  version: z.literal(1),
  issuer: z.string().max(500),
  madeAt: z.string().max(40),
  files: z
    .array(z.object({ path: z.string().max(300), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .max(1_000),
  proof: z.object({ verificationMethod: z.string().max(500), created: z.string().max(40) }),
})

export type ArchiveReport = Readonly<{
  /** Of the archive and of each badge in it. */
  verdict: Verdict
  /** What is wrong, or could not be checked, of the archive itself. */
  findings: readonly Readonly<{ code: string; path?: string; message: string }>[]
  /** Who says that nothing was changed, and since when; null: nobody whom we could read. */
  issuer: string | null
  madeAt: string | null
  files: number
  badges: readonly Readonly<{ path: string; report: Report }>[]
}>

type Around = Readonly<{ lookups: () => Lookups; now: Date; language: Language }>
type Finding = Readonly<{ code: string; path?: string; words: Words; isOpen?: boolean }>

/**
 * Whether a portfolio is as the service made it: its manifest is signed by a key of the service, each file has the digest that stands
 * there, none is missing and none was added; and whether each badge in it is true.
 */
export async function checkArchive(bytes: Uint8Array, around: Around): Promise<ArchiveReport> {
  const files = await readArchive(bytes)
  if (typeof files === 'string') return refused({ code: files, words: FAULTS[files] }, around)
  const read = readStrictJson(files.get(MANIFEST) ?? '')
  const manifest = read.ok ? Manifest.safeParse(read.value) : undefined
  if (!read.ok || !manifest?.success)
    return refused({ code: 'manifest', words: NO_MANIFEST }, around)
  const findings = [
    ...(await signatureFindings(read.value as Json, manifest.data, around)),
    ...fileFindings(files, manifest.data.files),
  ]
  const badges = []
  for (const [path, content] of files) {
    if (!isBadge(path)) continue
    const { lookups, now, language } = around
    badges.push({ path, report: await verifyBadge(content, { lookups: lookups(), now, language }) })
  }
  return {
    verdict: verdictOf(
      findings,
      badges.map(({ report }) => report.verdict),
    ),
    findings: findings.map((one) => toFinding(one, around.language)),
    issuer: manifest.data.issuer,
    madeAt: manifest.data.madeAt,
    files: files.size,
    badges,
  }
}

/** A badge is told by its JSON: its pictures hold the same, as their digests say. */
function isBadge(path: string): boolean {
  return path.startsWith('badges/') && path.endsWith('.json')
}

async function signatureFindings(
  document: Json,
  { issuer, proof }: z.output<typeof Manifest>,
  { lookups, now }: Around,
): Promise<Finding[]> {
  const method = proof.verificationMethod
  const keys = await keysOfIssuer(issuer, lookups(), method)
  const suites = ['eddsa-jcs-2022'] as const
  const [checked] = await checkProofs(document, (one) => keyToTry(keys, one), now, { suites })
  if (checked?.result !== 'pass') return [{ code: 'signature', words: NOT_SIGNED }]
  const bound = bindKey(keys, issuer, { method, created: proof.created }, now)
  if (bound.result === 'pass') return []
  return [{ code: bound.code, words: bound.words, isOpen: bound.result === 'unknown' }]
}

function fileFindings(
  files: ReadonlyMap<string, Uint8Array>,
  listed: readonly Readonly<{ path: string; sha256: string }>[],
): Finding[] {
  const known = new Map(listed.map(({ path, sha256: digest }) => [path, digest]))
  const added = [...files.keys()].filter((path) => path !== MANIFEST && !known.has(path))
  return [
    ...[...known].flatMap(([path, digest]): Finding[] => {
      const content = files.get(path)
      if (!content) return [{ code: 'missing', path, words: MISSING }]
      return sha256(content).toString('hex') === digest
        ? []
        : [{ code: 'changed', path, words: CHANGED }]
    }),
    ...added.map((path): Finding => ({ code: 'added', path, words: ADDED })),
  ]
}

function verdictOf(findings: readonly Finding[], badges: readonly Verdict[]): Verdict {
  if (findings.some(({ isOpen }) => !isOpen) || badges.includes('invalid')) return 'invalid'
  return findings.length > 0 || badges.includes('indeterminate') ? 'indeterminate' : 'valid'
}

function refused(finding: Finding, { language }: Around): ArchiveReport {
  const findings = [toFinding(finding, language)]
  return { verdict: 'invalid', findings, issuer: null, madeAt: null, files: 0, badges: [] }
}

function toFinding({ code, path, words }: Finding, language: Language) {
  return { code, ...(path !== undefined && { path }), message: sayIn(language)(words) }
}

const FAULTS: Readonly<Record<ArchiveFault, Words>> = {
  no_zip: {
    fr: 'Ce fichier n’est pas une archive ZIP, ou il est abîmé. Demandez le fichier d’origine.',
    en: 'This file is no ZIP archive, or it is damaged. Ask for the original file.',
  },
  too_large: {
    fr: 'Cette archive est trop grosse pour un dossier de badges.',
    en: 'This archive is too large for a folder of badges.',
  },
  bad_path: {
    fr: 'Un nom de fichier de cette archive n’est pas celui d’un dossier de badges : ne la décompressez pas.',
    en: 'A name of a file in this archive is not one of a folder of badges: do not unpack it.',
  },
  twice: {
    fr: 'Un même nom de fichier est deux fois dans cette archive : ne la décompressez pas.',
    en: 'The same name of a file is twice in this archive: do not unpack it.',
  },
}
const NO_MANIFEST: Words = {
  fr: 'Cette archive n’a pas de manifeste de Sceau : rien ne dit qui l’a faite. Vérifiez chaque badge seul.',
  en: 'This archive has no manifest of Sceau: nothing says who made it. Verify each badge by itself.',
}
const NOT_SIGNED: Words = {
  fr: 'La signature du manifeste n’est pas bonne : il a été changé.',
  en: 'The signature of the manifest is not good: it was changed.',
}
const MISSING: Words = {
  fr: 'Ce fichier manque.',
  en: 'This file is missing.',
}
const CHANGED: Words = {
  fr: 'Ce fichier a été changé.',
  en: 'This file was changed.',
}
const ADDED: Words = {
  fr: 'Ce fichier a été ajouté : le manifeste ne le connaît pas.',
  en: 'This file was added: the manifest does not know it.',
}
