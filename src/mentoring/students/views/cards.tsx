import type { VNode } from 'preact'
import { Choices } from '../../../web/components/choices.js'
import { Button, ErrorSummary, Form } from '../../../web/components/form.js'
import { EmptyState } from '../../../web/components/journey.js'
import type { AnyCohort } from '../../cohorts/store.js'
import { wayTo } from '../../cohorts/views/group-title.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { CardChoices, StudentCard } from '../make-cards.js'

const TITLE = { fr: 'Cartes de connexion', en: 'Sign-in cards' }

/** Whose cards are to be printed. */
export function CardsPage({ asked, choices }: { asked: Asked; choices: CardChoices }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { cohort, students } = choices
  return (
    <Frame asked={asked} title={say(TITLE)} way={wayTo(say, cohort)}>
      <p>
        {say({
          fr: 'Pour les élèves sans adresse électronique : un identifiant au hasard, et un code qui sert une fois, pendant 14 jours, pour choisir un mot de passe. Un nouveau code annule celui d’avant. La feuille n’est montrée qu’une fois : imprimez-la aussitôt.',
          en: 'For students without an e-mail address: a random identifier, and a code that serves once, for 14 days, to choose a password. A new code cancels the one before. The sheet is shown once: print it at once.',
        })}
      </p>
      {students.length === 0 ? (
        <>
          <ErrorSummary state={state} />
          <EmptyState>
            {say({
              fr: 'Tous les élèves de cette cohorte ont un compte avec une adresse : ils choisissent leur mot de passe par un lien.',
              en: 'All students of this cohort have an account with an address: they choose their password by a link.',
            })}
          </EmptyState>
        </>
      ) : (
        <Form state={state}>
          <Choices
            state={state}
            name="studentIds"
            kind="several"
            legend={say({ fr: 'Élèves', en: 'Students' })}
            hint={say({
              fr: 'Ceux qui n’ont pas encore de mot de passe sont cochés. Cochez aussi qui a oublié le sien.',
              en: 'Those who have no password yet are ticked. Tick those too who forgot theirs.',
            })}
            options={students.map(({ publicId, name, isIn }) => ({
              value: publicId,
              label: isIn
                ? `${name} (${say({ fr: 'a un mot de passe', en: 'has a password' })})`
                : name,
            }))}
            chosen={students.flatMap(({ publicId, isIn }) => (isIn ? [] : publicId))}
          />
          <Button>{say({ fr: 'Faire les cartes', en: 'Make the cards' })}</Button>
        </Form>
      )}
    </Frame>
  )
}

type CutProps = {
  asked: Asked
  /** Undefined: of none. */
  cohort?: AnyCohort
  cards: readonly StudentCard[]
  publicUrl: string
}

/** Cards to print and to cut out. */
export function CardsToCut({ asked, cohort, cards, publicUrl }: CutProps): VNode {
  const { say } = formStateOf(asked)
  return (
    <Frame asked={asked} title={say(TITLE)} way={cohort ? wayTo(say, cohort) : []}>
      <p class="actions">
        {say({
          fr: 'Imprimez cette page maintenant : elle ne sera plus montrée. Remettez chaque carte à son élève, et à personne d’autre.',
          en: 'Print this page now: it will not be shown again. Hand each card to its student, and to nobody else.',
        })}
      </p>
      <ul class="cut-cards">
        {cards.map(({ name, identifier, code }) => (
          <li key={identifier}>
            <strong>{name}</strong>
            <dl>
              <dt>{say({ fr: 'Adresse', en: 'Address' })}</dt>
              <dd>{`${publicUrl}/sign-in/code`}</dd>
              <dt>{say({ fr: 'Identifiant', en: 'Identifier' })}</dt>
              <dd>
                <code>{identifier}</code>
              </dd>
              <dt>{say({ fr: 'Code', en: 'Code' })}</dt>
              <dd>
                <code>{code}</code>
              </dd>
            </dl>
          </li>
        ))}
      </ul>
    </Frame>
  )
}
