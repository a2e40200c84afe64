import type { VNode } from 'preact'
import { Facts } from '../../../web/components/blocks.js'
import { Button, Field, Form, type FormState } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import type { Recorded } from '../recorded-store.js'
import { factAmount, factDays, factKind } from './facts.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'

/** A student says that a fact about them is wrong, or takes that back. */
export function ContestPage({ asked, fact }: { asked: Asked; fact: Recorded }): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const mine = say({ fr: 'Mes séances et mes stages', en: 'My sessions and placements' })
  const isContested = fact.contestedAt !== null
  const title = isContested
    ? say({ fr: 'Votre contestation', en: 'What you contest' })
    : say({ fr: 'Contester', en: 'Contest' })
  return (
    <Frame asked={asked} title={title} way={[{ href: '/my-record', title: mine }]}>
      <Facts
        facts={[
          [say({ fr: 'Fait', en: 'Fact' }), factKind(say, fact)],
          [say({ fr: 'Dates', en: 'Dates' }), factDays(say, fact)],
          [say({ fr: 'Durée', en: 'Duration' }), factAmount(say, fact)],
          [say({ fr: 'Entreprise', en: 'Company' }), fact.companyName],
          ...(isContested
            ? ([[say({ fr: 'Vous avez dit', en: 'You said' }), fact.contestReason ?? '']] as const)
            : []),
        ]}
      />
      {fact.pastContests.length > 0 ? (
        <ul>
          {pastContestTexts(say, fact).map((text) => (
            <li>{text}</li>
          ))}
        </ul>
      ) : null}
      {isContested ? <Withdraw state={state} /> : <Contest state={state} version={fact.version} />}
    </Frame>
  )
}

function Contest({ state, version }: { state: FormState; version: number }): VNode {
  const { say } = state
  return (
    <Form state={state}>
      <input type="hidden" name="do" value="contest" />
      <input type="hidden" name="version" value={version} />
      <Field
        state={state}
        name="reason"
        type="textarea"
        rows={4}
        label={say({ fr: 'Ce qui est faux', en: 'What is wrong' })}
        hint={say({
          fr: 'Votre lycée le lira. Ce fait ne comptera plus pour vos badges, jusqu’à ce qu’il soit corrigé ou que vous retiriez votre contestation.',
          en: 'Your lycée will read it. This fact will no longer count for your badges, until it is corrected or you take this back.',
        })}
      />
      <Button>{say({ fr: 'Contester ce fait', en: 'Contest this fact' })}</Button>
    </Form>
  )
}

function Withdraw({ state }: { state: FormState }): VNode {
  const { say } = state
  return (
    <Form state={state}>
      <input type="hidden" name="do" value="withdraw" />
      <p>
        {say({
          fr: 'Si ce fait est juste finalement, retirez votre contestation. Ce que vous avez dit reste dans l’historique.',
          en: 'If this fact is right after all, take this back. What you said stays in the history.',
        })}
      </p>
      <Button>{say({ fr: 'Retirer ma contestation', en: 'Contest it no longer' })}</Button>
    </Form>
  )
}

/** What was contested of versions before, and what became of it: « Version 1 contestée : … Corrigée depuis. » */
export function pastContestTexts(
  say: Say,
  { pastContests }: Pick<Recorded, 'pastContests'>,
): string[] {
  return pastContests.map(({ version, reason, endedBy }) =>
    endedBy === 'STUDENT'
      ? say({
          fr: `Version ${version} contestée : « ${reason} ». Contestation retirée.`,
          en: `Version ${version} contested: “${reason}”. Taken back since.`,
        })
      : say({
          fr: `Version ${version} contestée : « ${reason} ». Corrigée depuis.`,
          en: `Version ${version} contested: “${reason}”. Corrected since.`,
        }),
  )
}

/** Whether what a student contested was corrected: they are asked to read it again. */
export function isToRead({ pastContests, contestedAt, version }: Recorded): boolean {
  const last = pastContests.at(-1)
  return contestedAt === null && last?.endedBy === 'CORRECTION' && last.version < version
}
