import type { VNode } from 'preact'
import { assetUrl } from '../../../web/assets.js'
import { Facts, Notice } from '../../../web/components/blocks.js'
import { CopyField } from '../../../web/components/choices.js'
import { Button, Field, Form, Select, type FormState } from '../../../web/components/form.js'
import { Breadcrumb } from '../../../web/components/links.js'
import { Layout } from '../../../web/layout.js'
import type { FormProblem } from '../../../web/page.js'
import { sayIn, type Say } from '../../../web/say.js'
import type { Visitor } from '../../../web/visitor.js'
import { AskingText } from '../../consents/views/parts.js'
import { LINK_SHOWS, type LinkLife } from '../../link-life.js'
import { LifeAndShows } from '../../views/life-and-shows.js'
import type { MySelection, MySelections } from '../my-selections.js'
import { MOST_BADGES } from '../open-selection.js'

type Props = { visitor: Visitor; problem: FormProblem | undefined; mine: MySelections }

/** A student's pages of chosen badges: those that are open, and the form for another. */
export function MySelectionsPage({ visitor, problem, mine }: Props): VNode {
  const say = sayIn(visitor.language)
  const state = { say, csrfToken: visitor.csrfToken, problem }
  const title = say({ fr: 'Plusieurs badges par un seul lien', en: 'Several badges by one link' })
  const badges = say({ fr: 'Mes badges', en: 'My badges' })
  return (
    <Layout visitor={visitor} title={title} head={<script src={assetUrl('share.js')} defer />}>
      <Breadcrumb say={say} way={[{ href: '/my-badges', title: badges }]} here={title} />
      <h1>{title}</h1>
      {mine.choices.length === 0 ? (
        <p>
          {say({
            fr: 'Vous n’avez pas encore de badge à montrer.',
            en: 'You have no badge to show yet.',
          })}
        </p>
      ) : (
        <NewSelection state={state} choices={mine.choices} usual={mine.usualLife} />
      )}
      {mine.open.length > 0 ? <h2>{say({ fr: 'Pages ouvertes', en: 'Open pages' })}</h2> : null}
      {mine.open.map((one) => (
        <OpenSelection key={one.id} state={state} selection={one} />
      ))}
    </Layout>
  )
}

type NewProps = { state: FormState; choices: MySelections['choices'] }

function NewSelection({ state, choices, usual }: NewProps & { usual: LinkLife }): VNode {
  const { say } = state
  return (
    <>
      <Notice>
        <p>
          {say({
            fr: 'Qui a le lien voit les badges choisis, dans votre ordre, chacun vérifié à l’instant. Un badge dont l’accord est retiré n’y est plus, sans que cela se dise. Une copie déjà prise ne peut pas être reprise. À partir de 15 ans, ouvrir la page dit votre accord pour chacun ; avant, il faut aussi celui d’un responsable légal. ',
            en: 'Whoever has the link sees the badges that you chose, in your order, each checked just now. A badge to which the agreement was withdrawn is there no more, and nothing says so. A copy already taken can’t be called back. From the age of 15 on, opening the page says that you agree for each; before, it takes that of a guardian too. ',
          })}
          <a href="/my-consents">{say({ fr: 'Mes accords', en: 'My consents' })}</a>
        </p>
      </Notice>
      <AskingText say={say} purpose="public-page" />
      <Form state={state}>
        <Field
          state={state}
          name="title"
          label={say({ fr: 'Titre de la page', en: 'Title of the page' })}
          hint={say({
            fr: 'Lu par qui a le lien, sans votre nom. Par exemple : mes badges en composites',
            en: 'Read by whoever has the link, without your name. For example: my badges in composites',
          })}
        />
        <Field
          state={state}
          name="label"
          label={say({ fr: 'Pour qui est ce lien ?', en: 'For whom is this link?' })}
          hint={say({ fr: 'Vous seul le lirez.', en: 'Only you will read it.' })}
        />
        <Places state={state} choices={choices} />
        <HowAndWhat state={state} usual={usual} />
        <p class="actions">
          <Button>{say({ fr: 'Ouvrir la page', en: 'Open the page' })}</Button>
        </p>
      </Form>
    </>
  )
}

/** One list a place: an order is chosen without a script, by keyboard too. */
function Places({ state, choices }: NewProps): VNode {
  const { say } = state
  const none = { value: 'none', label: say({ fr: 'Aucun', en: 'None' }) }
  const options = choices.map(({ id, name, month }) => {
    return { value: id, label: `${name} (${say.month(month)})` }
  })
  const places = choices.slice(0, MOST_BADGES)
  return (
    <>
      {places.map(({ id }, at) => (
        <Select
          key={id}
          state={state}
          name={`badge${at + 1}`}
          label={say({ fr: `Badge n° ${at + 1}`, en: `Badge no. ${at + 1}` })}
          options={[none, ...options]}
          value={at === 0 ? id : none.value}
        />
      ))}
    </>
  )
}

function HowAndWhat({ state, usual }: { state: FormState; usual: LinkLife }): VNode {
  const { say } = state
  return (
    <LifeAndShows
      state={state}
      usual={usual}
      legend={say({ fr: 'Que montre-t-elle ?', en: 'What does it show?' })}
      showsHint={say({
        fr: 'Le nom n’est montré que tant qu’il est accepté pour chaque badge de la page ; sinon la page reste, sans nom.',
        en: 'The name is shown only as long as it is agreed to for each badge of the page; otherwise the page stays, without a name.',
      })}
    />
  )
}

function OpenSelection({ state, selection }: { state: FormState; selection: MySelection }): VNode {
  const { say } = state
  const { id, title, label, url, untilDay, shows, badges } = selection
  return (
    <section class="sheet" aria-labelledby={`title-${id}`}>
      <h3 id={`title-${id}`}>{title}</h3>
      <CopyField
        id={`link-${id}`}
        label={say({ fr: 'Adresse à donner', en: 'Address to give' })}
        value={url}
        hint={say({ fr: 'Qui a cette adresse voit la page.', en: 'Whoever has it sees the page.' })}
        copy={{
          button: say({ fr: 'Copier l’adresse', en: 'Copy the address' }),
          done: say({ fr: 'Adresse copiée.', en: 'Address copied.' }),
          failed: say({
            fr: 'L’adresse est sélectionnée : copiez-la vous-même.',
            en: 'The address is selected: copy it yourself.',
          }),
        }}
      />
      <Facts
        facts={[
          [say({ fr: 'Pour', en: 'For' }), label],
          [say({ fr: 'Badges', en: 'Badges' }), say.number(badges)],
          [say({ fr: 'Montre', en: 'Shows' }), say(LINK_SHOWS[shows])],
          [say({ fr: 'S’ouvre jusqu’au', en: 'Opens until' }), lastDay(say, untilDay)],
        ]}
      />
      <ul class="links">
        <li>
          <a href={url}>{say({ fr: 'Voir la page', en: 'See the page' })}</a>
        </li>
        <li>
          <a href={`${url}.pdf?lang=${say.language}`} download>
            {say({ fr: 'Imprimer (PDF)', en: 'Print (PDF)' })}
          </a>
        </li>
      </ul>
      <details>
        <summary>{say({ fr: 'Fermer cette page', en: 'Close this page' })}</summary>
        <p>
          {say({
            fr: 'Elle disparaîtra tout de suite, partout où vous avez donné cette adresse, et ne se rouvre pas.',
            en: 'It will be gone at once, wherever you have given this address, and is not opened again.',
          })}
        </p>
        <Form state={{ ...state, problem: undefined }}>
          <Button kind="danger" name="close" value={id}>
            {say({ fr: 'Fermer cette page pour toujours', en: 'Close this page for good' })}
          </Button>
        </Form>
      </details>
    </section>
  )
}

function lastDay(say: Say, day: string | null): string {
  return day === null
    ? say({ fr: 'Jusqu’à ce que vous la fermiez', en: 'You close it' })
    : say.day(day)
}
