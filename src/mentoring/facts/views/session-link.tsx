import type { VNode } from 'preact'
import { Facts, Notice } from '../../../web/components/blocks.js'
import { CopyField } from '../../../web/components/choices.js'
import { Button, ButtonLink, ErrorSummary, Form } from '../../../web/components/form.js'
import { QrCode } from '../../../web/components/qr-code.js'
import type { Say } from '../../../web/say.js'
import type { MadeLink } from '../../answers/answer-links.js'
import { groupHref, wayTo } from '../../cohorts/views/group-title.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { LinkChoices } from '../../confirming/make-confirmation-link.js'
import { factKind, FactState } from './facts.js'

type Made = MadeLink & Readonly<{ mentorId: string }>
type Props = { asked: Asked; choices: LinkChoices; made?: Made }

/** After a session was recorded: who confirms it, and the link for a mentor who has no account. */
export function SessionLinkPage({ asked, choices, made }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  const { cohort, session, mentors } = choices
  const title = say({ fr: 'Faire confirmer la séance', en: 'Have the session confirmed' })
  const isOpen = session.confirmed_at === null && session.disputed_at === null
  return (
    <Frame asked={asked} title={title} way={wayTo(say, cohort)}>
      <ErrorSummary state={state} />
      <Facts
        facts={[
          [say({ fr: 'Séance', en: 'Session' }), factKind(say, { sessionKind: session.kind })],
          [say({ fr: 'Jour', en: 'Day' }), say.day(session.day)],
          [say({ fr: 'Durée', en: 'Duration' }), say.hours(session.minutes)],
          [say({ fr: 'État', en: 'State' }), <SessionStanding say={say} session={session} />],
        ]}
      />
      {isOpen ? (
        <p>
          {say({
            fr: 'Elle compte dès qu’une autre personne la confirme : quelqu’un de l’établissement ou de l’organisation, à la page « À confirmer », ou le mentor par un lien, sans compte.',
            en: 'It counts once somebody else confirms it: somebody of the school or of the organisation, on the page “To confirm”, or the mentor by a link, without an account.',
          })}
        </p>
      ) : null}
      {made ? <LinkMade say={say} made={made} nameOf={choices} /> : null}
      {isOpen
        ? mentors.map(({ publicId, name }) => (
            <Form key={publicId} state={{ ...state, problem: undefined }}>
              <input type="hidden" name="mentorId" value={publicId} />
              <Button kind={made ? 'secondary' : 'primary'}>
                {say({ fr: `Créer le lien pour ${name}`, en: `Make the link for ${name}` })}
              </Button>
            </Form>
          ))
        : null}
      <p class="actions">
        <ButtonLink href={groupHref(cohort)} kind="secondary">
          {say({ fr: 'Revenir au groupe', en: 'Back to the group' })}
        </ButtonLink>
        <ButtonLink href={`/cohorts/${cohort.publicId}/sessions/new`} kind="secondary">
          {say({ fr: 'Enregistrer une autre séance', en: 'Record another session' })}
        </ButtonLink>
      </p>
    </Frame>
  )
}

function SessionStanding({ say, session }: { say: Say; session: LinkChoices['session'] }): VNode {
  if (session.disputed_at !== null) {
    return (
      <>
        <FactState say={say} standing="disputed" />
        <br />
        {say({
          fr: `Le mentor écrit : « ${session.dispute_reason ?? ''} »`,
          en: `The mentor writes: “${session.dispute_reason ?? ''}”`,
        })}
      </>
    )
  }
  return <FactState say={say} standing={session.confirmed_at === null ? 'waits' : 'confirmed'} />
}

type LinkMadeProps = { say: Say; made: Made; nameOf: LinkChoices }

function LinkMade({ say, made, nameOf }: LinkMadeProps): VNode {
  const name = nameOf.mentors.find(({ publicId }) => publicId === made.mentorId)?.name ?? ''
  const until = say.instant(made.expiresAt)
  return (
    <section class="sheet" aria-labelledby="link-made">
      <h2 id="link-made">{say({ fr: `Lien pour ${name}`, en: `Link for ${name}` })}</h2>
      <CopyField
        id="link"
        label={say({ fr: 'Adresse à envoyer', en: 'Address to send' })}
        value={made.url}
        hint={say({
          fr: 'À cette personne seule : elle répond en son nom. L’adresse n’est montrée qu’une fois.',
          en: 'To this person only: they answer in their own name. The address is shown once.',
        })}
      />
      <div class="on-paper">
        <QrCode
          text={made.url}
          label={say({
            fr: 'Code QR qui mène à la question posée au mentor',
            en: 'QR code that leads to the question to the mentor',
          })}
        />
        <div>
          <p>
            {say({
              fr: 'Ou montrez ce dessin : son téléphone ouvre la question.',
              en: 'Or show this drawing: their phone opens the question.',
            })}
          </p>
        </div>
      </div>
      <Notice>
        <p>
          {say({
            fr: `Ce lien sert une fois, jusqu’au ${until}.`,
            en: `This link serves once, until ${until}.`,
          })}
        </p>
      </Notice>
    </section>
  )
}
