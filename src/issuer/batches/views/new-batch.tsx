import type { VNode } from 'preact'
import { schoolYearLabel } from '../../../mentoring/school-year.js'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import { Choices } from '../../../web/components/choices.js'
import { Button, Form } from '../../../web/components/form.js'
import { EmptyState } from '../../../web/components/journey.js'
import { LinkList } from '../../../web/components/links.js'
import type { Say } from '../../../web/say.js'
import { BATCHES, isBadgeAct } from '../acts.data.js'
import type { Choice, ChoiceLine } from '../choose-rows.js'
import { TITLE } from './batches.js'
import { NotReady, Said } from './parts.js'
import { countsIn, evidenceIn } from './wording.js'

type Props = { asked: Asked; choice: Choice; cohort: string | undefined; batchKey: string }

export const WAY = (say: Say) => [{ href: '/batches', title: say(TITLE) }]

/** Which rows: totals first, then those that are ready, to be ticked, then the others and why. */
export function NewBatchView({ asked, choice, cohort, batchKey }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { act, lines } = choice
  const { title, verb } = BATCHES[act]
  const ready = lines.filter(({ prospect }) => prospect === 'ready')
  return (
    <Sheet asked={asked} title={title} way={WAY(say)}>
      {act === 'propose' ? <From say={say} choice={choice} cohort={cohort} /> : null}
      {lines.length > 0 ? <p>{countsIn(say, choice.counts)}</p> : null}
      {ready.length > 0 ? (
        <Form state={state}>
          <input type="hidden" name="key" value={batchKey} />
          <Choices
            state={state}
            name="rows"
            kind="several"
            legend={say({ fr: 'Pour qui ?', en: 'For whom?' })}
            options={ready.map((line) => ({ value: line.value, label: labelOf(say, line) }))}
            // What takes a badge away or opens it anew is chosen one by one.
            chosen={isBadgeAct(act) ? [] : ready.map(({ value }) => value)}
          />
          <Said state={state} act={act} />
          <p class="actions">
            <Button kind={act === 'revoke' ? 'danger' : 'primary'}>{say(verb)}</Button>
          </p>
        </Form>
      ) : act === 'propose' && lines.length === 0 ? null : (
        <EmptyState>
          {say({ fr: 'Rien ne peut être fait maintenant.', en: 'Nothing can be done now.' })}
        </EmptyState>
      )}
      <NotReady say={say} lines={lines} />
    </Sheet>
  )
}

/** The cohort, then the badge. */
function From({ say, choice, cohort }: { say: Say } & Pick<Props, 'choice' | 'cohort'>): VNode {
  const { cohorts, badges, lines } = choice
  const chosen = cohorts.find(({ id }) => id === cohort)
  const nameOf = ({ name, entryYear }: (typeof cohorts)[number]) =>
    `${name}, ${schoolYearLabel(entryYear)}`
  if (!chosen)
    return (
      <>
        <p>{say({ fr: 'Pour quelle cohorte ?', en: 'For which cohort?' })}</p>
        <LinkList
          links={cohorts.map((one) => ({
            href: `/batches/new?act=propose&cohort=${one.id}`,
            title: nameOf(one),
          }))}
        />
      </>
    )
  return (
    <>
      <p>
        {nameOf(chosen)}
        {' · '}
        <a href="/batches/new?act=propose">
          {say({ fr: 'changer de cohorte', en: 'another cohort' })}
        </a>
      </p>
      {lines.length === 0 ? (
        <>
          <p>{say({ fr: 'Pour quel badge ?', en: 'For which badge?' })}</p>
          <LinkList
            links={badges.map(({ value, name }) => ({
              href: `/batches/new?act=propose&cohort=${chosen.id}&badge=${value}`,
              title: name,
            }))}
          />
        </>
      ) : null}
    </>
  )
}

function labelOf(say: Say, { student, badge, evidence }: ChoiceLine): string {
  const facts = evidence && evidenceIn(say, evidence)
  return `${student} : ${badge}${facts ? ` (${facts})` : ''}`
}
