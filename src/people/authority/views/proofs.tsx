import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { Filter, Pagination } from '../../../web/components/links.js'
import { State } from '../../../web/components/status.js'
import { sayIn, type Say } from '../../../web/say.js'
import { Sheet, type Asked } from '../../views/sheet.js'
import type { Known, ProofKind } from '../rules.js'
import type { ProofLine, ProofsSeen } from '../see-proofs.js'

const TITLE = { fr: 'Organisations et leurs preuves', en: 'Organisations and their proofs' }
const ALL = { fr: 'Toutes', en: 'All' }

type Props = { asked: Asked; only: 'due' | 'all'; seen: ProofsSeen }

/** How each company is known, those that wait first. */
export function ProofsPage({ asked, only, seen }: Props): VNode {
  const say = sayIn(asked.visitor.language)
  const hrefOf = (part: 'due' | 'all', page = 1) =>
    `/organisations/proofs?only=${part}${page > 1 ? `&page=${page}` : ''}`
  return (
    <Sheet
      asked={asked}
      title={TITLE}
      way={[{ href: '/organisations', title: say({ fr: 'Organisations', en: 'Organisations' }) }]}
    >
      <p>
        {say({
          fr: `Entreprises à confirmer : ${seen.due}. Une preuve compte un an et se renouvelle dans son dernier mois. Un établissement est connu par son UAI, vérifié quand il est admis : rien n’est à prouver ici.`,
          en: `Companies to confirm: ${seen.due}. A proof counts for a year and is renewed in its last month. A school is known by its UAI, checked when it is admitted: nothing is to be proved here.`,
        })}
      </p>
      <Filter
        label={say({ fr: 'Montrer :', en: 'Show:' })}
        here={hrefOf(only)}
        links={[
          { href: hrefOf('due'), title: say({ fr: 'À confirmer', en: 'To confirm' }) },
          { href: hrefOf('all'), title: say(ALL) },
        ]}
      />
      <Table
        caption={say(TITLE)}
        quiet
        head={[
          say({ fr: 'Entreprise', en: 'Company' }),
          'SIRET',
          say({ fr: 'Domaine', en: 'Domain' }),
          say({ fr: 'Déclaration', en: 'Declaration' }),
          say({ fr: 'Premier terme', en: 'First end' }),
          say({ fr: 'À faire', en: 'To do' }),
        ]}
        rows={seen.lines.map((line) => rowOf(say, line))}
        empty={say({ fr: 'Aucune entreprise à confirmer.', en: 'No company to confirm.' })}
      />
      <Pagination
        say={say}
        page={seen.page}
        pages={seen.pages}
        hrefOf={(page) => hrefOf(only, page)}
      />
    </Sheet>
  )
}

function rowOf(say: Say, { organisation, known, due, endsAt }: ProofLine) {
  const { publicId, name } = organisation
  const of = (kind: ProofKind) => (
    <Proved say={say} known={known.find((one) => one.kind === kind)} />
  )
  return [
    <a href={`/organisations/${publicId}`}>{name}</a>,
    of('siret'),
    of('domain'),
    of('declaration'),
    endsAt === null ? '–' : say.day(endsAt.slice(0, 10)),
    <a href={`/organisations/${publicId}/authority`}>
      {due > 0
        ? say({ fr: 'Compléter', en: 'Complete' })
        : say({ fr: 'Voir les preuves', en: 'See the proofs' })}
      <span class="visually-hidden"> : {name}</span>
    </a>,
  ]
}

function Proved({ say, known }: { say: Say; known: Known | undefined }): VNode {
  const state = known?.state ?? 'missing'
  const words = say(STATES[state])
  if (state === 'proved' || state === 'declared') return <State tone="valid">{words}</State>
  return <State tone={state === 'expired' ? 'invalid' : 'unknown'}>{words}</State>
}

const STATES = {
  proved: { fr: 'prouvé', en: 'proved' },
  declared: { fr: 'déclarée', en: 'declared' },
  expired: { fr: 'plus d’un an', en: 'over a year old' },
  missing: { fr: 'manque', en: 'missing' },
} as const satisfies Record<Known['state'], { fr: string; en: string }>
