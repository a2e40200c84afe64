import type { ComponentChildren, VNode } from 'preact'
import { Checks, Facts, Notice, Table } from '../components/blocks.js'
import { BadgePicture, Card, PictureList } from '../components/certificate.js'
import { EmptyState, Progress, Steps, Timeline, WaitingList } from '../components/journey.js'
import { Breadcrumb, Filter, LinkList, Pagination, Tabs } from '../components/links.js'
import { Markdown } from '../components/markdown.js'
import { State, Verdict } from '../components/status.js'
import { Layout } from '../layout.js'
import { page } from '../page.js'
import { sayIn, type Say } from '../say.js'
import type { Visitor } from '../visitor.js'
import { FormSamples } from './form-samples.js'

/** For those who write pages; not mounted in production. */
export const samplePages = [
  page({
    path: '/_components',
    access: 'public',
    show: async (_ctx, { visitor }) => <ComponentsPage visitor={visitor} />,
  }),
]

/** Every component in all its states. */
export function ComponentsPage({ visitor }: { visitor: Visitor }): VNode {
  const say = sayIn(visitor.language)
  const title = say({ fr: 'Composants', en: 'Components' })
  return (
    <Layout visitor={visitor} title={title}>
      <Breadcrumb
        say={say}
        way={[{ href: '/', title: say({ fr: 'Accueil', en: 'First page' }) }]}
        here={title}
      />
      <h1>{title}</h1>
      <Said say={say} />
      <Apart say={say} />
      <Procedure say={say} />
      <Lists say={say} />
      <FormSamples say={say} />
    </Layout>
  )
}

function Sample(props: { title: string; children: ComponentChildren }): VNode {
  return (
    <section>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  )
}

function Said({ say }: { say: Say }): VNode {
  const valid = say({ fr: 'Vérifié', en: 'Checked' })
  const invalid = say({ fr: 'Refusé', en: 'Failed' })
  const unknown = say({ fr: 'Pas pu être vérifié', en: 'Could not be checked' })
  return (
    <Sample title={say({ fr: 'États et avis', en: 'States and notices' })}>
      <Verdict tone="valid">
        {say({ fr: 'Ce badge est valable.', en: 'This badge is valid.' })}
      </Verdict>
      <Verdict tone="invalid">
        {say({ fr: 'Ce badge n’est pas valable.', en: 'This badge is not valid.' })}
      </Verdict>
      <Verdict tone="unknown">
        {say({
          fr: 'Ce badge n’a pas pu être vérifié entièrement.',
          en: 'This badge could not be checked entirely.',
        })}
      </Verdict>
      <Checks
        checks={[
          { title: 'A', tone: 'valid', word: valid, message: say(SENTENCE) },
          { title: 'B', tone: 'invalid', word: invalid, message: say(SENTENCE) },
          { title: 'C', tone: 'unknown', word: unknown, message: say(SENTENCE) },
        ]}
      />
      <p>
        <State tone="plain">{say({ fr: 'Sans objet', en: 'Not applicable' })}</State>{' '}
        <State tone="due">{say({ fr: 'À faire', en: 'To do' })}</State>{' '}
        <State tone="soon">{say({ fr: 'Bientôt', en: 'Soon' })}</State>
      </p>
      {(['info', 'success', 'warning', 'error'] as const).map((kind) => (
        <Notice key={kind} kind={kind}>
          <p>
            {kind}: {say(SENTENCE)}
          </p>
        </Notice>
      ))}
    </Sample>
  )
}

const SENTENCE = {
  fr: 'Une phrase qui dit ce qui est, et ce qu’on peut y faire.',
  en: 'A sentence that says what is so, and what can be done.',
}

function Apart({ say }: { say: Say }): VNode {
  return (
    <Sample title={say({ fr: 'Ce qui est à part', en: 'What stands apart' })}>
      <Card framed id="framed" title={say({ fr: 'Le nom d’un badge', en: 'The name of a badge' })}>
        <div class="two">
          <BadgePicture src="/assets/sceau.svg" alt={say({ fr: 'Un sceau', en: 'A seal' })} />
          <div>
            <Facts
              facts={[
                [say({ fr: 'Délivré par', en: 'Issued by' }), 'Lycée des Exemples'],
                [say({ fr: 'En', en: 'In' }), say.month('2026-03')],
                [say({ fr: 'Mentorat', en: 'Mentoring' }), say.hours(510)],
              ]}
            />
            <Markdown text={'**Markdown**:\n\n- `code`\n- [example.org](https://example.org)'} />
          </div>
        </div>
      </Card>
      <Card id="plain" title={say({ fr: 'Une feuille', en: 'A sheet' })}>
        <p>{say(SENTENCE)}</p>
        <BadgePicture src="/assets/sceau.svg" alt="" small />
      </Card>
      <PictureList
        badges={[
          { src: '/assets/sceau.svg', name: 'Stratifier au contact', href: '#framed' },
          {
            src: '/assets/sceau.svg',
            name: 'Draper et infuser sous vide',
            href: '#framed',
            note: say.month('2026-03'),
          },
          { src: '/assets/sceau.svg', name: 'Contrôler une pièce' },
        ]}
      />
    </Sample>
  )
}

function Procedure({ say }: { say: Say }): VNode {
  return (
    <Sample title={say({ fr: 'Où l’on en est', en: 'How far things are' })}>
      <Steps
        say={say}
        steps={[
          { title: say({ fr: 'Proposé', en: 'Proposed' }), when: 'done' },
          { title: say({ fr: 'Évalué', en: 'Assessed' }), when: 'done' },
          { title: say({ fr: 'Endossé', en: 'Endorsed' }), when: 'now' },
          { title: say({ fr: 'Approuvé', en: 'Approved' }), when: 'later' },
          { title: say({ fr: 'Délivré', en: 'Issued' }), when: 'later' },
        ]}
      />
      <Progress
        id="hours"
        label={say({ fr: 'Mentorat de projet', en: 'Project mentoring' })}
        value={360}
        max={480}
        text={say({ fr: '6 h sur 8 h', en: '6 h of 8 h' })}
      />
      <Timeline
        moments={['2026-03-02', '2026-04-11'].map((day) => ({
          iso: day,
          when: say.day(day),
          what: say(SENTENCE),
        }))}
      />
    </Sample>
  )
}

function Lists({ say }: { say: Say }): VNode {
  const head = [say({ fr: 'Badge', en: 'Badge' }), say({ fr: 'Délivré le', en: 'Issued on' })]
  const empty = say({ fr: 'Aucun badge pour le moment.', en: 'No badge yet.' })
  return (
    <Sample title={say({ fr: 'Listes', en: 'Lists' })}>
      <WaitingList
        empty={empty}
        items={[
          {
            count: 3,
            sentence: say({ fr: 'dossiers à endosser', en: 'dossiers to endorse' }),
            href: '#dossiers',
          },
          {
            count: 12,
            sentence: say({ fr: 'séances à confirmer', en: 'sessions to confirm' }),
            href: '#sessions',
          },
        ]}
      />
      <Tabs
        label={say({ fr: 'Classe', en: 'Class' })}
        here="#students"
        links={[
          { href: '#students', title: say({ fr: 'Élèves', en: 'Students' }) },
          { href: '#sessions', title: say({ fr: 'Séances', en: 'Sessions' }) },
        ]}
      />
      <Filter
        label={say({ fr: 'Montrer :', en: 'Show:' })}
        here="?of=open"
        links={[
          { href: '?of=open', title: say({ fr: 'En cours', en: 'Under way' }) },
          { href: '?of=all', title: say({ fr: 'Tous', en: 'All' }) },
        ]}
      />
      <LinkList
        links={[
          { href: '#people', title: say({ fr: 'Personnes', en: 'People' }), about: say(SENTENCE) },
          { href: '#tokens', title: say({ fr: 'Jetons', en: 'Tokens' }) },
        ]}
      />
      <Table
        caption={say({ fr: 'Badges', en: 'Badges' })}
        head={head}
        empty={empty}
        rows={[
          ['Injection des plastiques', say.day('2026-03-02')],
          ['<script>alert(1)</script>', say.day('2026-06-11')],
        ]}
      />
      <Pagination say={say} page={2} pages={3} hrefOf={(at) => `?page=${at}`} />
      <EmptyState>{empty}</EmptyState>
    </Sample>
  )
}
