import type { VNode } from 'preact'
import type { GuardianVisit } from '../../../mentoring/consents/guardian-link.js'
import { ASKINGS, INFORMATION, PURPOSES } from '../../../mentoring/consents/purposes.data.js'
import { dayOfWord } from '../../../mentoring/consents/said.js'
import { CorrectionPart } from '../../../mentoring/corrections/views/request-parts.js'
import { formStateOf, Frame, type Asked } from '../../../mentoring/views/frame.js'
import { Notice, Table } from '../../../web/components/blocks.js'
import { Button, ErrorSummary, Field, Form, type FormState } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import type { BadgeChoice } from '../badge-choices.js'
import type { ShownBadge } from '../shown-badges.js'
import { badgeName, ObjectPart, stateFor } from './parts.js'

type Props = {
  asked: Asked
  visit: GuardianVisit
  badges: readonly BadgeChoice[]
  /** Those that anybody with a link can see now. */
  shown: readonly ShownBadge[]
}

/** What a guardian is asked, what they answered, and what is public of their child. No account, no name. */
export function GuardianPage({ asked, visit, badges, shown }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { initials, schoolName } = visit
  return (
    <Frame
      asked={asked}
      title={say({ fr: 'Votre accord de responsable légal', en: 'Your agreement as a guardian' })}
      way={[]}
    >
      <p>
        {say({
          fr: `${schoolName} vous écrit au sujet de votre enfant (initiales : ${initials}).`,
          en: `${schoolName} writes to you about your child (initials: ${initials}).`,
        })}
      </p>
      <Question state={stateFor(state, 'answer')} visit={visit} badges={badges} />
      <Given state={state} visit={visit} badges={badges} />
      <Public say={say} shown={shown} />
      <h2>{say(INFORMATION.title)}</h2>
      <p>{say(INFORMATION.text)}</p>
      <CorrectionPart state={state} name="act" requests={[]} />
      <ObjectPart state={state} />
      <p class="soft">
        {say({
          fr: 'De vous, le lycée garde un nom et cette adresse, chiffrés, et vos réponses. À la majorité de votre enfant, le nom et l’adresse sont effacés.',
          en: 'Of you the lycée keeps a name and this address, encrypted, and your answers. When your child comes of age, name and address are erased.',
        })}{' '}
        <a href="/confidentialite">{say({ fr: 'Confidentialité', en: 'Privacy' })}</a>
      </p>
    </Frame>
  )
}

type QuestionProps = { state: FormState } & Pick<Props, 'visit' | 'badges'>

function Question({ state, visit, badges }: QuestionProps): VNode {
  const { say } = state
  const { purpose, badgeId, closed } = visit.asked
  if (closed) {
    return (
      <>
        <ErrorSummary state={state} />
        <Notice>
          <p>{say(closed)}</p>
        </Notice>
      </>
    )
  }
  return (
    <>
      <h2>{say(ASKINGS[purpose].title)}</h2>
      <p>
        <strong>{badgeName(say, badges, badgeId)}</strong>
      </p>
      <p>{say(ASKINGS[purpose].text)}</p>
      <p>
        {say({
          fr: 'Avant 15 ans, rien n’est montré sans votre enfant et vous. L’accord d’un seul parent suffit, le refus d’un seul aussi.',
          en: 'Under 15, nothing is shown without your child and you. The agreement of one parent is enough, and so is the refusal of one.',
        })}
      </p>
      <Form state={state}>
        <input type="hidden" name="act" value="answer" />
        <Field
          state={state}
          name="code"
          label={say({ fr: 'Code à 8 chiffres', en: 'Code of 8 digits' })}
          hint={say({
            fr: 'Votre enfant ou le lycée vous le donne. Il n’est pas dans le courriel.',
            en: 'Your child or the lycée gives it to you. It is not in the e-mail.',
          })}
        />
        <p class="actions">
          <Button name="answer" value="agreed">
            {say({ fr: 'Oui, je suis d’accord', en: 'Yes, I agree' })}
          </Button>
          <Button kind="secondary" name="answer" value="refused">
            {say({ fr: 'Non, je refuse', en: 'No, I refuse' })}
          </Button>
        </p>
      </Form>
    </>
  )
}

/** What they said, and how to take it back: the last word of each matter. */
function Given({ state, visit, badges }: QuestionProps): VNode {
  const { say } = state
  const last = visit.records.filter(
    (one, at) =>
      !visit.records
        .slice(at + 1)
        .some((later) => later.purpose === one.purpose && later.badge_id === one.badge_id),
  )
  return (
    <>
      <h2>{say({ fr: 'Ce que vous avez répondu', en: 'What you answered' })}</h2>
      <Table
        quiet
        caption={say({ fr: 'Ce que vous avez répondu', en: 'What you answered' })}
        head={[
          say({ fr: 'Quoi', en: 'What' }),
          say({ fr: 'Pour', en: 'For' }),
          say({ fr: 'Réponse', en: 'Answer' }),
          say({ fr: 'Changer', en: 'Change' }),
        ]}
        rows={last.flatMap((one) => {
          const purpose = PURPOSES.find((of) => of === one.purpose)
          if (!purpose) return []
          const name = badgeName(say, badges, one.badge_id)
          return [
            [
              say(ASKINGS[purpose].title),
              name,
              answerText(say, one.answer, say.day(dayOfWord(one))),
              one.answer === 'agreed' && visit.isHeard ? (
                <Form state={{ ...state, problem: undefined }}>
                  <input type="hidden" name="act" value="withdraw" />
                  <input type="hidden" name="purpose" value={purpose} />
                  <input
                    type="hidden"
                    name="badgeId"
                    value={badges.find(({ rowId }) => rowId === one.badge_id)?.id ?? ''}
                  />
                  <Button kind="secondary">
                    {say({ fr: 'Retirer mon accord', en: 'Withdraw my agreement' })}
                    <span class="visually-hidden"> ({name})</span>
                  </Button>
                </Form>
              ) : (
                '–'
              ),
            ],
          ]
        })}
        empty={say({ fr: 'Rien encore.', en: 'Nothing yet.' })}
      />
    </>
  )
}

function answerText(say: Say, answer: string, day: string): string {
  if (answer === 'agreed') return say({ fr: `oui, le ${day}`, en: `yes, on ${day}` })
  if (answer === 'refused') return say({ fr: `non, le ${day}`, en: `no, on ${day}` })
  return say({ fr: `accord retiré le ${day}`, en: `withdrawn on ${day}` })
}

/** To whom a link was given is the student's own; that there is one is not kept from a guardian. */
function Public({ say, shown }: { say: Say } & Pick<Props, 'shown'>): VNode {
  const title = say({ fr: 'Ce qui est public aujourd’hui', en: 'What is public today' })
  return (
    <>
      <h2>{title}</h2>
      <Table
        quiet
        caption={title}
        head={[
          say({ fr: 'Badge', en: 'Badge' }),
          say({ fr: 'Montré par un lien depuis', en: 'Shown by a link since' }),
        ]}
        rows={shown.map(({ name, openSince }) => [name, say.day(openSince)])}
        empty={say({
          fr: 'Rien de votre enfant n’est public aujourd’hui.',
          en: 'Nothing of your child is public today.',
        })}
      />
    </>
  )
}
