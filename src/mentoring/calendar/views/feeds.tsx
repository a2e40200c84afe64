import type { VNode } from 'preact'
import { Notice, Table } from '../../../web/components/blocks.js'
import { CopyField } from '../../../web/components/choices.js'
import { Button, ButtonLink, Field, Form } from '../../../web/components/form.js'
import type { AnyCohort } from '../../cohorts/store.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { Feed } from '../feed-store.js'
import { wayTo } from './words.js'

type FeedsProps = { asked: Asked; cohort: AnyCohort; feeds: readonly Feed[] }

/** The links by which programs read the calendar of a cohort; those that the visitor made. */
export function FeedsPage({ asked, cohort, feeds }: FeedsProps): VNode {
  const state = formStateOf(asked)
  const { say } = state
  // The page has several forms: what was refused stands in the one that was sent.
  const quiet = { ...state, problem: undefined }
  return (
    <Frame
      asked={asked}
      title={say({ fr: 'Ce calendrier dans mon agenda', en: 'This calendar in my own' })}
      way={wayTo(say, cohort, 'calendar')}
    >
      <p>
        {say({
          fr: 'Un lien privé montre à votre agenda les séances et les périodes en entreprise de la cohorte, sans le nom d’aucun élève. Qui a le lien le lit : ne le partagez pas.',
          en: 'A private link shows the sessions and placements of the cohort in your calendar, without the name of any student. Whoever has the link reads it: do not share it.',
        })}
      </p>
      <Table
        caption={say({ fr: 'Vos liens', en: 'Your links' })}
        head={[
          say({ fr: 'Pour', en: 'For' }),
          say({ fr: 'Créé', en: 'Made' }),
          say({ fr: 'Révoquer', en: 'Revoke' }),
        ]}
        rows={feeds.map(({ public_id: id, label, made_at: madeAt }) => [
          label,
          say.instant(madeAt),
          <Form state={quiet}>
            <Button kind="danger" name="revoke" value={id}>
              {say({ fr: 'Révoquer', en: 'Revoke' })}
              <span class="visually-hidden"> ({label})</span>
            </Button>
          </Form>,
        ])}
        empty={say({ fr: 'Vous n’avez pas encore de lien.', en: 'You have no link yet.' })}
      />
      <h2>{say({ fr: 'Créer un lien', en: 'Make a link' })}</h2>
      <Form state={state}>
        <Field
          state={state}
          name="label"
          label={say({
            fr: 'Pour quel appareil ou quel agenda',
            en: 'For which device or calendar',
          })}
          hint={say({ fr: '« Mon téléphone »', en: '“My telephone”' })}
        />
        <Button>{say({ fr: 'Créer le lien', en: 'Make the link' })}</Button>
      </Form>
    </Frame>
  )
}

type MadeProps = { asked: { visitor: Asked['visitor'] }; url: string; cohort: AnyCohort }

/** A link, the one time that it is shown. */
export function FeedMadePage({ asked, url, cohort }: MadeProps): VNode {
  const shown = { ...asked, problem: undefined }
  const { say } = formStateOf(shown)
  return (
    <Frame
      asked={shown}
      title={say({ fr: 'Votre lien', en: 'Your link' })}
      way={wayTo(say, cohort, 'calendar')}
    >
      <Notice kind="success">
        <p>
          {say({
            fr: 'Copiez-le maintenant : il ne sera plus montré. Dans votre agenda, choisissez « S’abonner à un calendrier » et collez-le.',
            en: 'Copy it now: it will not be shown again. In your calendar, choose “Subscribe to a calendar” and paste it.',
          })}
        </p>
      </Notice>
      <CopyField
        id="feed"
        label={say({ fr: 'Adresse du calendrier', en: 'Address of the calendar' })}
        value={url}
        hint={say({
          fr: 'Elle est secrète. Révoquez-la si vous l’avez montrée.',
          en: 'It is secret. Revoke it if you have shown it.',
        })}
      />
      <ButtonLink kind="secondary" href={`/cohorts/${cohort.publicId}/feeds`}>
        {say({ fr: 'Vos liens', en: 'Your links' })}
      </ButtonLink>
    </Frame>
  )
}
