import type { VNode } from 'preact'
import type { AskedOnce } from '../../../mentoring/consents/ask-guardian.js'
import type { ObjectionView } from '../../../mentoring/consents/answer-objection.js'
import {
  ASKINGS,
  INFORMATION,
  PROCESSING_WORDS,
  PROCESSINGS,
  PURPOSES,
  type Purpose,
} from '../../../mentoring/consents/purposes.data.js'
import { ObjectionAnswer } from '../../../mentoring/consents/views/objection-parts.js'
import type { Standing, Voice } from '../../../mentoring/consents/standing.js'
import type { ConsentRecord } from '../../../mentoring/consents/store.js'
import { Notice, Table } from '../../../web/components/blocks.js'
import { CopyField } from '../../../web/components/choices.js'
import { Button, Field, Form, Select, type FormState } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import type { Words } from '../../../words.js'
import type { BadgeChoice } from '../badge-choices.js'

/** How those who speak are called on a page. */
export type Called = (voice: Voice) => string

/** The form that was sent says what is wrong; the others of the page do not. */
export function stateFor(state: FormState, act: string): FormState {
  return state.problem?.values['act'] === act ? state : { ...state, problem: undefined }
}

/** What holds, in one sentence. */
export function standingText(say: Say, standing: Standing, called: Called): string {
  if (standing.state === 'agreed') {
    const until = standing.until === null ? '' : say.day(standing.until)
    return until === ''
      ? say({ fr: 'Accord donné.', en: 'Agreed.' })
      : say({ fr: `Accord donné, jusqu’au ${until}.`, en: `Agreed, until ${until}.` })
  }
  const who = standing.who.map(called).join(', ')
  return say(SENTENCES[standing.state](who))
}

const SENTENCES: Readonly<Record<Exclude<Standing['state'], 'agreed'>, (who: string) => Words>> = {
  waiting: (who) => ({
    fr: `Pas encore d’accord. Réponse attendue de : ${who}.`,
    en: `Not agreed yet. An answer is awaited from: ${who}.`,
  }),
  refused: (who) => ({ fr: `Refusé : ${who}.`, en: `Refused: ${who}.` }),
  withdrawn: (who) => ({ fr: `Accord retiré : ${who}.`, en: `Agreement withdrawn: ${who}.` }),
  expired: (who) => ({
    fr: `Accord arrivé à son terme, à redonner : ${who}.`,
    en: `Agreement run out, to be given anew: ${who}.`,
  }),
}

export function badgeName(say: Say, badges: readonly BadgeChoice[], rowId: number | null): string {
  if (rowId === null) return say({ fr: 'Tous les badges', en: 'Every badge' })
  return badges.find((one) => one.rowId === rowId)?.name ?? say({ fr: 'Un badge', en: 'A badge' })
}

/** The text that is agreed to, as it is kept by its digest. */
export function AskingText({ say, purpose }: { say: Say; purpose: Purpose }): VNode {
  return (
    <details>
      <summary>{say({ fr: 'Ce que cela veut dire', en: 'What this means' })}</summary>
      <p>{say(ASKINGS[purpose].text)}</p>
    </details>
  )
}

type HistoryProps = {
  say: Say
  records: readonly ConsentRecord[]
  badges: readonly BadgeChoice[]
  called: Called
}

/** All that was said, the newest first. */
export function History({ say, records, badges, called }: HistoryProps): VNode {
  return (
    <Table
      caption={say({ fr: 'Ce qui a été dit', en: 'What was said' })}
      head={[
        say({ fr: 'Jour', en: 'Day' }),
        say({ fr: 'Quoi', en: 'What' }),
        say({ fr: 'Pour', en: 'For' }),
        say({ fr: 'Réponse', en: 'Answer' }),
        say({ fr: 'De', en: 'By' }),
        say({ fr: 'Comment', en: 'How' }),
      ]}
      rows={records.map((one) => [
        say.day(one.day),
        say(titleOf(one.purpose)),
        one.purpose === 'information' ? '–' : badgeName(say, badges, one.badge_id),
        say(ANSWERS[one.answer] ?? READ),
        called(one.capacity === 'student' ? 'student' : (one.guardian_id ?? 'paper')),
        howText(say, one),
      ])}
      empty={say({ fr: 'Rien n’a encore été dit.', en: 'Nothing has been said yet.' })}
    />
  )
}

function titleOf(code: string): Words {
  const purpose = PURPOSES.find((one) => one === code)
  return purpose ? ASKINGS[purpose].title : INFORMATION.title
}

const READ: Words = { fr: 'a lu', en: 'has read' }

const ANSWERS: Readonly<Record<string, Words>> = {
  agreed: { fr: 'accord', en: 'agreed' },
  refused: { fr: 'refus', en: 'refused' },
  withdrawn: { fr: 'accord retiré', en: 'withdrew' },
  read: READ,
}

const METHODS: Readonly<Record<string, Words>> = {
  account: { fr: 'depuis le compte', en: 'from the account' },
  'link-and-code': { fr: 'par lien et code', en: 'by link and code' },
  link: { fr: 'par lien', en: 'by link' },
  'before-records': { fr: 'en ouvrant un lien', en: 'by opening a link' },
}

function howText(say: Say, { method, paper_on }: ConsentRecord): string {
  const known = METHODS[method]
  if (known) return say(known)
  const day = paper_on === null ? '' : say.day(paper_on)
  return say({
    fr: `papier du ${day}, noté par le lycée`,
    en: `paper of ${day}, noted by the lycée`,
  })
}

/** The code of a guardian's link, shown this once. */
export function OnceCode({ say, made }: { say: Say; made: AskedOnce }): VNode {
  const { code, isMailOn } = made
  return (
    <Notice kind="success">
      <p>
        {isMailOn
          ? say({ fr: 'Le lien part par courriel.', en: 'The link leaves by e-mail.' })
          : say({
              fr: 'Ce service n’envoie pas de courriel en ce moment : le lien attend. Un accord sur papier est plus sûr.',
              en: 'This service sends no e-mail at the moment: the link waits. An agreement on paper is safer.',
            })}{' '}
        {say({
          fr: 'Donnez ce code au responsable légal de vive voix ou sur papier, pas par courriel : il ne sera plus montré.',
          en: 'Give this code to the guardian in person or on paper, not by e-mail: it will not be shown again.',
        })}
      </p>
      <CopyField
        id="guardian-code"
        label={say({ fr: 'Code à donner', en: 'Code to give' })}
        value={code}
        hint={say({
          fr: 'Valable 14 jours, pour une réponse. Demander de nouveau annule celui-ci.',
          en: 'Good for 14 days, for one answer. To ask again cancels this one.',
        })}
      />
    </Notice>
  )
}

type ObjectProps = { state: FormState; objections?: readonly ObjectionView[] }

/** RGPD, art. 21: an objection, and what became of earlier ones. */
export function ObjectPart({ state, objections }: ObjectProps): VNode {
  const { say } = state
  const here = stateFor(state, 'object')
  return (
    <>
      <h2>{say({ fr: 'M’opposer', en: 'Object' })}</h2>
      {(objections ?? []).map((one) => (
        <section class="sheet" key={one.id}>
          <p>
            <strong>{say(PROCESSING_WORDS[one.processing])}</strong>
          </p>
          <p>{one.reason}</p>
          <ObjectionAnswer say={say} objection={one} />
        </section>
      ))}
      <details {...(here.problem ? { open: true } : {})}>
        <summary>
          {say({
            fr: 'Demander l’arrêt d’un suivi, pour une raison personnelle',
            en: 'Ask that something recorded be stopped, for a personal reason',
          })}
        </summary>
        <Form state={here}>
          <input type="hidden" name="act" value="object" />
          <Select
            state={here}
            name="processing"
            label={say({ fr: 'Ce à quoi je m’oppose', en: 'What I object to' })}
            options={PROCESSINGS.map((value) => ({ value, label: say(PROCESSING_WORDS[value]) }))}
          />
          <Field
            state={here}
            name="reason"
            type="textarea"
            rows={4}
            label={say({ fr: 'Ma raison', en: 'My reason' })}
            hint={say({
              fr: 'Le lycée la lit et répond dans le mois. S’il refuse, il dit pourquoi ; vous pouvez alors saisir la CNIL.',
              en: 'The lycée reads it and answers within a month. If it refuses it says why; you may then turn to the CNIL.',
            })}
          />
          <Button kind="secondary">
            {say({ fr: 'Envoyer mon opposition', en: 'Send my objection' })}
          </Button>
        </Form>
      </details>
    </>
  )
}
