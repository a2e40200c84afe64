import type { VNode } from 'preact'
import { Choices } from '../../../web/components/choices.js'
import type { FormState } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { LEVEL_WORDS } from '../../levels.js'
import type { LastSession } from '../said-store.js'
import type { SessionChoices } from '../see-session-form.js'

/** What a form begins with: another session, or this one as it was said. */
export type SessionStart = LastSession & Readonly<{ studentIds?: readonly string[] }>

type PartProps = {
  state: FormState
  choices: SessionChoices
  last: SessionStart | undefined
}

/** Who was there: students, mentors, an adult of the school. */
export function People({ state, choices, last }: PartProps): VNode {
  const { say } = state
  const [only] = choices.mentors.length === 1 ? choices.mentors : []
  return (
    <>
      <Choices
        state={state}
        name="studentIds"
        kind="several"
        legend={say({ fr: 'Élèves présents', en: 'Students who were there' })}
        hint={say({ fr: 'Décochez les absents.', en: 'Untick whoever was absent.' })}
        options={choices.students.map(({ publicId, name, level }) => ({
          value: publicId,
          label: level ? `${name}, ${say(LEVEL_WORDS[level])}` : name,
        }))}
        chosen={last?.studentIds ?? choices.students.map(({ publicId }) => publicId)}
      />
      <Mentors
        state={state}
        choices={choices}
        chosen={
          last
            ? last.mentorIds.map((publicId) => valueOf({ publicId, companyId: last.companyId }))
            : only
              ? [valueOf(only)]
              : []
        }
      />
      {choices.mentors.length > 0 && choices.mayAddMentors ? (
        <p class="hint">
          {say({ fr: 'Il manque quelqu’un ?', en: 'Is somebody missing?' })} <AddMentor say={say} />
        </p>
      ) : null}
      <Choices
        state={state}
        name="schoolAdultPresent"
        kind="several"
        legend={say({ fr: 'Adulte de l’établissement', en: 'Adult of the school' })}
        options={[
          {
            value: 'yes',
            label: say({
              fr: 'Un adulte de l’établissement était présent',
              en: 'An adult of the school was there',
            }),
          },
        ]}
        chosen={last?.schoolAdultPresent ? ['yes'] : []}
      />
    </>
  )
}

type MentorsProps = Omit<PartProps, 'last'> & { chosen: readonly string[] }

/** Those who led before stand first; where many may have led, the others unfold, an organisation at a time. */
function Mentors({ state, choices, chosen }: MentorsProps): VNode {
  const { say } = state
  const options = choices.mentors.map((one) => ({
    value: valueOf(one),
    label: `${one.name}, ${one.companyName}`,
    companyName: one.companyName,
  }))
  const typed = [state.problem?.values['mentorIds'] ?? []].flat()
  const { last } = choices
  const led = last?.mentorIds.map((publicId) => valueOf({ publicId, companyId: last.companyId }))
  const named = [...chosen, ...typed, ...(led ?? [])]
  const first = options.filter(({ value }) => named.includes(value))
  const folds = options.length > MANY
  const others = options.filter((one) => !first.includes(one))
  const list = { state, chosen, name: 'mentorIds', kind: 'several' } as const
  return (
    <>
      <Choices
        {...list}
        legend={say({ fr: 'Mentors, et leur organisation', en: 'Mentors, and their organisation' })}
        options={folds ? first : options}
      />
      {folds
        ? [...Map.groupBy(others, ({ companyName }) => companyName)].map(
            ([company, theirs], at) => (
              <details key={company} open={first.length === 0 && at === 0}>
                <summary>
                  {say({ fr: `Un autre mentor, ${company}`, en: `Another mentor, ${company}` })}
                </summary>
                <Choices {...list} legend={company} options={theirs} goesOn={`of-${at}`} />
              </details>
            ),
          )
        : null}
    </>
  )
}

/** Boxes that a phone shows without scrolling for long. */
const MANY = 8

/** One mentor may be of two organisations: the box says which. */
function valueOf(one: Readonly<{ publicId: string; companyId: string }>): string {
  return `${one.publicId}.${one.companyId}`
}

export function AddMentor({ say }: { say: Say }): VNode {
  return <a href="/mentors/new">{say({ fr: 'Ajouter un mentor', en: 'Add a mentor' })}</a>
}
