import type { VNode } from 'preact'
import { Facts, Notice } from '../../../web/components/blocks.js'
import { Button, Field, Form } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import {
  MENTION_WORDS,
  missingMentions,
  partiesFor,
  PARTY_WORDS,
  WRITTEN_MENTIONS,
  type WrittenMention,
} from '../agreement.js'
import type { PlacementView } from '../see-placement.js'
import { inHours } from '../working-time.js'

type AgreementProps = { asked: Asked; view: PlacementView }

function wayTo(asked: Asked, view: PlacementView) {
  const { say } = formStateOf(asked)
  return [
    { href: '/placements', title: say({ fr: 'Stages', en: 'Placements' }) },
    { href: `/placements/${view.placement.publicId}`, title: view.studentName },
  ]
}

/** The agreement to be read and printed: the nine mentions, and a place for each signature. */
export function AgreementPage({ asked, view }: AgreementProps): VNode {
  const { say } = formStateOf(asked)
  const { placement, mentions } = view
  const { plan } = placement
  const title = say({ fr: 'Convention de stage', en: 'Placement agreement' })
  const missing = missingMentions(mentions, { hasReferent: plan?.referentId !== null })
  const none = say({ fr: '(à compléter)', en: '(to be completed)' })
  const written = (mention: WrittenMention): [string, string] => {
    const { number, words } = MENTION_WORDS[mention]
    return [`${number}. ${say(words)}`, mentions[mention] ?? none]
  }
  const [curriculum, skills, activities, duration, special, ...others] =
    WRITTEN_MENTIONS.map(written)
  return (
    <Frame asked={asked} title={title} way={wayTo(asked, view)}>
      <p>
        {say({
          fr: `Entre ${placement.schoolName}, ${placement.companyName} et ${view.studentName} (articles L124-1 et D124-4 du code de l’éducation).`,
          en: `Between ${placement.schoolName}, ${placement.companyName} and ${view.studentName} (L124-1 and D124-4 of the code de l’éducation).`,
        })}
      </p>
      {missing.length > 0 ? (
        <Notice kind="warning">
          <p>
            {say({
              fr: 'Mentions obligatoires qui manquent : ',
              en: 'Mandatory mentions missing: ',
            })}
            {missing
              .map(({ number, words }) => `${number}. ${say(words)}`)
              .join(say({ fr: ' ; ', en: '; ' }))}
            .
          </p>
        </Notice>
      ) : null}
      {plan && curriculum && skills && activities && duration && special ? (
        <Facts
          facts={[
            curriculum,
            [
              say({ fr: '2. Enseignant référent et tuteur', en: '2. Teacher in charge and tutor' }),
              `${plan.referentName ?? none} ; ${placement.tutorName}`,
            ],
            skills,
            activities,
            [
              say({ fr: '5. Dates', en: '5. Dates' }),
              say({
                fr: `du ${say.day(placement.fromDay)} au ${say.day(placement.untilDay)}`,
                en: `${say.day(placement.fromDay)} to ${say.day(placement.untilDay)}`,
              }),
            ],
            duration,
            [say({ fr: '6. Durée par semaine', en: '6. Weekly duration' }), hoursText(say, plan)],
            special,
            ...others,
          ]}
        />
      ) : null}
      <p class="soft">
        {say({
          fr: 'La liste de l’article D124-4 continue après sa neuvième mention : vérifiez-la avec la convention type de votre académie.',
          en: 'The list of D124-4 goes on after its ninth mention: check it against your academy’s model.',
        })}
      </p>
      <SignatureList say={say} view={view} />
    </Frame>
  )
}

function SignatureList({ say, view }: { say: Say; view: PlacementView }): VNode {
  const { signatures, placement } = view
  const parties = placement.plan ? partiesFor(placement.plan.age) : []
  return (
    <>
      <h2>{say({ fr: 'Signatures', en: 'Signatures' })}</h2>
      <Facts
        facts={parties.map((party) => {
          const signature = signatures.find((one) => one.party === party)
          if (!signature) {
            const blank = { fr: 'Date et signature : ………………', en: 'Date and signature: ………………' }
            return [say(PARTY_WORDS[party]), say(blank)]
          }
          const day = say.day(signature.signed_on)
          const signed =
            signature.manner === 'PAPER'
              ? { fr: `signé le ${day}, sur papier`, en: `signed on ${day}, on paper` }
              : { fr: `signé le ${day}`, en: `signed on ${day}` }
          return [say(PARTY_WORDS[party]), say(signed)]
        })}
      />
    </>
  )
}

function hoursText(say: Say, plan: NonNullable<PlacementView['placement']['plan']>): string {
  const hours = say({
    fr: `${inHours(plan.weeklyMinutes)} par semaine, ${inHours(plan.dailyMinutes)} par jour, entre ${plan.startTime} et ${plan.endTime}.`,
    en: `${inHours(plan.weeklyMinutes)} a week, ${inHours(plan.dailyMinutes)} a day, between ${plan.startTime} and ${plan.endTime}.`,
  })
  if (plan.age === 'ADULT') return hours
  const pause = say({
    fr: ' Un mineur a 30 minutes de pause après 4 h 30 de travail.',
    en: ' A minor has a break of 30 minutes after 4 h 30 of work.',
  })
  return hours + pause
}

/** The mentions that are written by hand, all on one page; what is left empty is said to be missing. */
export function AgreementFormPage({ asked, view }: AgreementProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const title = say({ fr: 'Mentions de la convention', en: 'Mentions of the agreement' })
  return (
    <Frame asked={asked} title={title} way={wayTo(asked, view)}>
      <p>
        {say({
          fr: 'Ce que vous laissez vide sera dit manquant. Après la première signature, le texte ne change plus. N’écrivez rien sur la santé, ni coordonnées bancaires.',
          en: 'What you leave empty will be said to be missing. After the first signature the text changes no more. Write nothing about health, and no bank details.',
        })}
      </p>
      <Form state={state}>
        {WRITTEN_MENTIONS.map((mention) => {
          const { number, words } = MENTION_WORDS[mention]
          const value = view.mentions[mention]
          return (
            <Field
              key={mention}
              state={state}
              name={mention}
              type="textarea"
              rows={3}
              optional
              label={`${number}. ${say(words)}`}
              {...(value === undefined ? {} : { value })}
            />
          )
        })}
        <Button>{say({ fr: 'Enregistrer les mentions', en: 'Save the mentions' })}</Button>
      </Form>
    </Frame>
  )
}
