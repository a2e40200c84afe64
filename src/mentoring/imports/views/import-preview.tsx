import type { VNode } from 'preact'
import { Notice } from '../../../web/components/blocks.js'
import { Choices } from '../../../web/components/choices.js'
import { Button, ButtonLink, Form, type FormState } from '../../../web/components/form.js'
import { Breadcrumb } from '../../../web/components/links.js'
import { Layout } from '../../../web/layout.js'
import type { FormProblem } from '../../../web/page.js'
import { sayIn, type Say } from '../../../web/say.js'
import type { Visitor } from '../../../web/visitor.js'
import type { Words } from '../../../words.js'
import type { ImportSummary } from '../../class-list/summary.js'
import { HOLD_MINUTES, type HeldList } from '../hold.js'
import { Divisions, IMPORT_TITLE, Refused, Totals } from './import-parts.js'
import { KeptValues } from './kept-values.js'
import { Leavers } from './proposed-leavers.js'

type Props = {
  visitor: Visitor
  problem: FormProblem | undefined
  id: string
  held: HeldList
  page: number
}

/** What an import would do: totals, what is refused and why, who is missing; one button. */
export function ImportPreviewPage({ visitor, problem, id, held, page }: Props): VNode {
  const say = sayIn(visitor.language)
  const title = say({ fr: 'Aperçu de l’import', en: 'Preview of the import' })
  const wrong = problem ? say({ fr: 'Erreur : ', en: 'Error: ' }) : ''
  const { school, summary, names, isMapped } = held
  return (
    <Layout visitor={visitor} title={`${wrong}${title}`}>
      <Breadcrumb say={say} way={[{ href: '/import', title: say(IMPORT_TITLE) }]} here={title} />
      <h1>{title}</h1>
      <Totals say={say} school={school.name} summary={summary} />
      <Decision state={{ say, csrfToken: visitor.csrfToken, problem }} id={id} summary={summary} />
      {isMapped ? (
        <p>
          <a href={`/import/${id}/columns`}>
            {say({
              fr: 'Changer la correspondance des colonnes',
              en: 'Change what the columns are',
            })}
          </a>
        </p>
      ) : null}
      <Refused say={say} summary={summary} page={page} hrefOf={(n) => `/import/${id}?page=${n}`} />
      <KeptValues say={say} summary={summary} names={names} />
      <Leavers say={say} summary={summary} names={names} />
      <h2>{say({ fr: 'Ce qui serait importé', en: 'What would be imported' })}</h2>
      <Divisions say={say} summary={summary} />
    </Layout>
  )
}

type DecisionProps = { state: FormState; id: string; summary: ImportSummary }

function Decision({ state, id, summary }: DecisionProps): VNode {
  const { say } = state
  const { totals } = summary
  const good = totals.new + totals.updated + totals.unchanged
  if (good === 0) return <Nothing say={say} words={NOBODY} />
  if (totals.unchanged === good && totals.refused === 0) return <Nothing say={say} words={SAME} />
  return (
    <Form state={state} action={`/import/${id}`}>
      {totals.refused > 0 ? (
        <Choices
          state={state}
          name="leaveOutRefused"
          kind="several"
          legend={say({ fr: 'Des lignes sont refusées', en: 'Some rows are refused' })}
          hint={say({
            fr: 'Le mieux est de les corriger là d’où vient la liste et de l’exporter de nouveau. Sinon, cochez :',
            en: 'It is best to mend them where the list comes from and export it again. Otherwise, tick:',
          })}
          options={[{ value: 'yes', label: say(leaveOut(good, totals.refused)) }]}
        />
      ) : null}
      <p class="soft">
        {say({
          fr: `Cet aperçu est gardé ${HOLD_MINUTES} minutes, chiffré, pour vous seul.`,
          en: `This preview is kept for ${HOLD_MINUTES} minutes, encrypted, for you alone.`,
        })}
      </p>
      <p class="actions">
        <Button>{say(importWords(good, say.number(good)))}</Button>
        <ButtonLink href="/import" kind="secondary">
          {say({ fr: 'Choisir un autre fichier', en: 'Choose another file' })}
        </ButtonLink>
      </p>
    </Form>
  )
}

const NOBODY: Words = {
  fr: 'Aucun élève de cette liste ne peut être importé.',
  en: 'No student of this list can be imported.',
}
const SAME: Words = {
  fr: 'Cette liste est déjà importée : rien ne changerait.',
  en: 'This list is imported already: nothing would change.',
}

/** Instead of a button: why there is none, and where to go on. */
function Nothing({ say, words }: { say: Say; words: Words }): VNode {
  return (
    <>
      <Notice>
        <p>{say(words)}</p>
      </Notice>
      <p class="actions">
        <ButtonLink href="/import" kind="secondary">
          {say({ fr: 'Choisir un autre fichier', en: 'Choose another file' })}
        </ButtonLink>
      </p>
    </>
  )
}

function importWords(good: number, count: string): Words {
  return good === 1
    ? { fr: 'Importer cet élève', en: 'Import this student' }
    : { fr: `Importer ces ${count} élèves`, en: `Import these ${count} students` }
}

function leaveOut(good: number, refused: number): Words {
  return {
    fr: `Importer les bonnes lignes (${good}) et laisser de côté les lignes refusées (${refused})`,
    en: `Import the good rows (${good}) and leave out the refused ones (${refused})`,
  }
}
