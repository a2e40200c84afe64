import { buildBadge } from '../../src/credential/build-credential.js'
import { OB_EXTENSIONS } from '../../src/credential/contexts.js'
import type { Looked, Lookups } from '../../src/verifier/lookups.js'
import type { Report } from '../../src/verifier/report.js'
import { verifyBadge } from '../../src/verifier/verify-badge.js'
import { badgeValues } from './badges.js'
import { LIST, lookupsWith, NOW, signed, unsigned, WEB } from './quick-lists.js'

type Json = Record<string, any>
export const SERVICE = 'https://lycee.example/refresh/1'
const values = () =>
  badgeValues({
    issuer: { id: WEB, name: 'Lycée DÉMO' },
    status: { list: LIST, position: 1_000 },
  })
/** A badge before it is signed; undefined takes a member away. */
export const plain = (changes: Json = {}): Json =>
  JSON.parse(JSON.stringify({ ...buildBadge(values()), ...changes })) as Json
export const refreshing = () => {
  const context = [...plain()['@context'], OB_EXTENSIONS]
  const refreshService = { id: SERVICE, type: '1EdTechCredentialRefresh' }
  return plain({ '@context': context, refreshService })
}

/** The report, and what was asked of whom on the way. */
export async function verify(
  input: unknown,
  changes: Partial<Lookups> & { now?: Date; language?: 'fr' | 'en'; documents?: Json } = {},
) {
  const { now = NOW, language = 'en', documents = {}, ...lookups } = changes
  const asked: string[] = []
  const noting =
    <Args extends unknown[], Answer>(name: string, ask: (...args: Args) => Answer) =>
    (...args: Args): Answer => {
      asked.push(name)
      return ask(...args)
    }
  const all = lookupsWith(
    { [LIST]: await signed(unsigned()) },
    {
      document: async (url): Promise<Looked<unknown>> =>
        url in documents ? { outcome: 'found', value: documents[url] } : { outcome: 'missing' },
      ...lookups,
    },
  )
  const around = {
    ...all,
    issuerKeys: noting('keys', all.issuerKeys),
    statusList: noting('list', all.statusList),
    document: noting('document', all.document),
    knows: noting('knows', all.knows),
  }
  const bytes = Buffer.from(typeof input === 'string' ? input : JSON.stringify(input))
  return { report: await verifyBadge(bytes, { lookups: around, now, language }), asked }
}
export const said = ({ checks }: Report) => checks.map(({ result, code }) => `${result}:${code}`)
export const FORM = ['pass:format', 'pass:structure', 'pass:context', 'pass:type']
export const NONE = 'unknown:not_checked'
export const REST = [
  'not_applicable:refresh',
  'not_applicable:schema',
  'not_applicable:endorsements',
]
export const knows: Lookups['knows'] = async () => ({ name: 'Lycée DÉMO', standing: 'counts' })
