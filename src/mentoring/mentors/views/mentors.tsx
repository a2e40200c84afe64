import type { VNode } from 'preact'
import { Table } from '../../../web/components/blocks.js'
import { ButtonLink } from '../../../web/components/form.js'
import { State, type Tone } from '../../../web/components/status.js'
import type { Say } from '../../../web/say.js'
import { formStateOf, Frame, type Asked } from '../../views/frame.js'
import type { MentorsView } from '../see-mentors.js'
import type { Mentor } from '../store.js'
import { isVetted, VETTING_WORDS } from '../vetting.js'

/** The mentors that the visitor works with, with or without an account. */
export function MentorsPage({ asked, view }: { asked: Asked; view: MentorsView }): VNode {
  const { say } = formStateOf(asked)
  return (
    <Frame asked={asked} title={say({ fr: 'Mentors', en: 'Mentors' })} way={[]}>
      <p>
        {say({
          fr: 'Un mentor n’a pas besoin de compte : il confirme ses séances par un lien. Pour une séance individuelle avec un mineur, il est vérifié, ou un adulte de l’établissement est présent.',
          en: 'A mentor needs no account: they confirm their sessions by a link. For a one-to-one session with a minor, they are verified, or an adult of the school is there.',
        })}
      </p>
      <p class="actions">
        <ButtonLink href="/mentors/new">
          {say({ fr: 'Ajouter un mentor', en: 'Add a mentor' })}
        </ButtonLink>
      </p>
      {view.mentors.length > MANY ? (
        <ByOrganisation say={say} view={view} />
      ) : (
        <Mentors say={say} view={view} caption={say({ fr: 'Par nom', en: 'By name' })} />
      )}
    </Frame>
  )
}

/** More of them than a phone shows without scrolling for long are folded by organisation. */
const MANY = 12

function ByOrganisation({ say, view }: { say: Say; view: MentorsView }): VNode {
  const organisations = Map.groupBy(view.mentors, ({ organisationName }) => organisationName)
  return (
    <>
      {[...organisations].map(([name, mentors]) => (
        <details key={name} class="year" open={organisations.size === 1}>
          <summary>
            {name} <span class="soft">({say.number(mentors.length)})</span>
          </summary>
          <Mentors say={say} view={{ ...view, mentors }} caption={name} ofOne />
        </details>
      ))}
    </>
  )
}

type MentorsProps = {
  say: Say
  view: MentorsView
  caption: string
  /** Of one organisation, which is named above. */
  ofOne?: boolean
}

function Mentors({ say, view, caption, ofOne = false }: MentorsProps): VNode {
  return (
    <Table
      caption={caption}
      quiet={ofOne}
      tight
      head={[
        say({ fr: 'Mentor', en: 'Mentor' }),
        ...(ofOne ? [] : [say({ fr: 'Organisation', en: 'Organisation' })]),
        say({ fr: 'Vérification', en: 'Verification' }),
        say({ fr: 'Charte', en: 'Charter' }),
        say({ fr: 'Période', en: 'Period' }),
      ]}
      rows={view.mentors.map((one) => [
        <a href={`/mentors/${one.mentorId}`}>{`${one.givenName} ${one.familyName}`}</a>,
        ...(ofOne ? [] : [one.organisationName]),
        <VettingState say={say} mentor={one} day={view.day} />,
        one.charterOn === null ? '–' : say.day(one.charterOn),
        periodOf(say, one),
      ])}
      empty={say({ fr: 'Aucun mentor pour le moment.', en: 'No mentor yet.' })}
    />
  )
}

function periodOf(say: Say, { fromDay, untilDay }: Mentor): string {
  const from = say.day(fromDay)
  if (untilDay === null) return say({ fr: `depuis le ${from}`, en: `since ${from}` })
  return say({ fr: `du ${from} au ${say.day(untilDay)}`, en: `${from} to ${say.day(untilDay)}` })
}

type StateProps = { say: Say; mentor: Mentor; day: string }

/** MENT-01, in words; what has run out says so. */
function VettingState({ say, mentor, day }: StateProps): VNode {
  const { vetting, renewBy } = mentor
  const word = say(VETTING_WORDS[vetting])
  if (renewBy === null || vetting === 'REFUSE' || vetting === 'A_VERIFIER') {
    return <State tone={TONES[vetting]}>{word}</State>
  }
  const until = say.day(renewBy)
  return isVetted(mentor, day) ? (
    <State tone="valid">
      {say({ fr: `${word}, jusqu’au ${until}`, en: `${word}, until ${until}` })}
    </State>
  ) : (
    <State tone="unknown">
      {say({ fr: `À renouveler depuis le ${until}`, en: `To be renewed since ${until}` })}
    </State>
  )
}

const TONES: Readonly<Record<Mentor['vetting'], Tone>> = {
  A_VERIFIER: 'unknown',
  VERIFIE_PAR_ACADEMIE: 'valid',
  VERIFIE_PAR_STRUCTURE: 'valid',
  REFUSE: 'invalid',
}
