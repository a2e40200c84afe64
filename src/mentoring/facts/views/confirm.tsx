import type { VNode } from 'preact'
import { Fieldset } from '../../../web/components/choices.js'
import { Button, ErrorSummary, Form, type FormState } from '../../../web/components/form.js'
import { EmptyState } from '../../../web/components/journey.js'
import { Pagination } from '../../../web/components/links.js'
import type { Say } from '../../../web/say.js'
import type { ToConfirm, UnconfirmedPage } from '../../confirming/see-unconfirmed.js'
import { OutcomeNotice, type Outcome } from './confirmed.js'
import { factAmount, factDays, factKind } from './facts.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

type ConfirmProps = { asked: Asked; list: UnconfirmedPage; outcome?: Outcome }

/** What waits for the visitor's word: did it take place? */
export function ConfirmPage({ asked, list, outcome }: ConfirmProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Frame asked={asked} title={say({ fr: 'À confirmer', en: 'To confirm' })} way={[]}>
      {outcome ? <OutcomeNotice say={say} outcome={outcome} /> : null}
      {list.count === 0 ? (
        <EmptyState>
          {say({
            fr: 'Rien ne vous attend : tout ce que d’autres ont saisi est confirmé.',
            en: 'Nothing waits for you: all that others recorded is confirmed.',
          })}
        </EmptyState>
      ) : (
        <p>
          {say({
            fr: 'Cochez ce qui a eu lieu : cela pourra alors servir de preuve pour un badge. Si quelque chose est faux, laissez la case vide et dites-le à qui l’a saisi.',
            en: 'Tick what took place: it may then serve as evidence for a badge. If something is wrong, leave the box empty, and tell whoever recorded it.',
          })}
        </p>
      )}
      <ToTick state={state} list={list} />
      <Pagination say={say} page={list.page} pages={list.pages} hrefOf={hrefOfPage} />
    </Frame>
  )
}

export function hrefOfPage(page: number): string {
  return page === 1 ? '/confirm' : `/confirm?page=${page}`
}

/** The lines of a page by day and class, and one button for all that are ticked. */
function ToTick({ state, list }: { state: FormState; list: UnconfirmedPage }): VNode | null {
  const { say } = state
  const [first] = list.facts
  // A refused form may come back to an empty list: what was refused is said all the same.
  if (!first) return <ErrorSummary state={state} />
  const groups = Map.groupBy(list.facts, (fact) => groupTitle(say, fact))
  return (
    <Form state={state} action={hrefOfPage(list.page)}>
      {[...groups].map(([title, facts]) => (
        <Fieldset key={title} legend={title}>
          {facts.map((fact) => (
            <Line key={fact.publicId} state={state} fact={fact} isFirst={fact === first} />
          ))}
        </Fieldset>
      ))}
      <Button>{say(BUTTONS[kindsOf(list.facts)])}</Button>
    </Form>
  )
}

type LineProps = { state: FormState; fact: ToConfirm; isFirst: boolean }

function Line({ state, fact, isFirst }: LineProps): VNode {
  const { say, problem } = state
  const value = `${fact.kind}:${fact.publicId}`
  const ticked = [problem?.values.facts ?? []].flat().includes(value)
  // The link of the error summary leads to the first box.
  const id = isFirst ? 'field-facts' : `fact-${fact.publicId}`
  return (
    <div class="tick">
      <label class="choice">
        <input
          id={id}
          type="checkbox"
          name="facts"
          value={value}
          checked={ticked}
          aria-describedby={`about-${fact.publicId}`}
        />
        <span>{titleOf(say, fact)}</span>
      </label>
      <p class="hint" id={`about-${fact.publicId}`}>
        {aboutOf(say, fact)}
      </p>
    </div>
  )
}

/** « 10 novembre 2026 : 2PC, Lycée des Tilleuls » */
function groupTitle(say: Say, fact: ToConfirm): string {
  const place = [fact.className, fact.schoolName].filter(Boolean).join(', ')
  const [first = '', ...rest] = factDays(say, fact)
  const days = first.toUpperCase() + rest.join('')
  return say({ fr: `${days}\u00a0: ${place}`, en: `${days}: ${place}` })
}

/** « Séance Projet, 1 h, « Moule en composite » » */
function titleOf(say: Say, fact: ToConfirm): string {
  const what = `${factKind(say, fact)}, ${factAmount(say, fact)}`
  if (fact.kind === 'placement') return `${what}, ${say.list(fact.students)}`
  if (fact.topic === undefined) return what
  return say({ fr: `${what}, «\u00a0${fact.topic}\u00a0»`, en: `${what}, “${fact.topic}”` })
}

function aboutOf(say: Say, fact: ToConfirm): string {
  const by = `${fact.ledBy}, ${fact.companyName}`
  if (fact.kind === 'placement') return say({ fr: `Tuteur : ${by}.`, en: `Tutor: ${by}.` })
  const present = `(${say.number(fact.students.length)})`
  // A list of initials ends with a full stop already.
  const students = `${say.list(fact.students).replace(/\.$/, '')}.`
  return say({
    fr: `Mentor : ${by}. Élèves présents ${present} : ${students}`,
    en: `Mentor: ${by}. Students who were there ${present}: ${students}`,
  })
}

const BUTTONS = {
  sessions: { fr: 'Confirmer les séances cochées', en: 'Confirm the ticked sessions' },
  placements: { fr: 'Confirmer les périodes cochées', en: 'Confirm the ticked placements' },
  both: {
    fr: 'Confirmer les séances et périodes cochées',
    en: 'Confirm the ticked sessions and placements',
  },
} as const

function kindsOf(facts: readonly ToConfirm[]): keyof typeof BUTTONS {
  if (facts.every(({ kind }) => kind === 'session')) return 'sessions'
  return facts.every(({ kind }) => kind === 'placement') ? 'placements' : 'both'
}
