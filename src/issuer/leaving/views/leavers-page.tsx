import type { VNode } from 'preact'
import { LEVEL_WORDS } from '../../../mentoring/levels.js'
import { formStateOf, Sheet, type Asked } from '../../../people/views/sheet.js'
import { Table } from '../../../web/components/blocks.js'
import { Button, Form, Select, type FormState } from '../../../web/components/form.js'
import type { Say } from '../../../web/say.js'
import type { Leaver, LeaversOfSchool } from '../see-leavers.js'

type Props = { asked: Asked; schools: readonly LeaversOfSchool[] }

/** Who leaves school, what they have in hand, and how the school helps. */
export function LeaversPage({ asked, schools }: Props): VNode {
  const state = formStateOf(asked)
  const { say } = state
  return (
    <Sheet asked={asked} title={{ fr: 'Élèves qui partent', en: 'Students who leave' }}>
      <p>
        {say({
          fr: 'Les élèves de terminale et au-delà, et ceux qui sont partis tant que leur dossier est gardé. Leur adresse privée n’est montrée à personne.',
          en: 'The students in Terminale and beyond, and those who have left as long as their record is kept. Their private address is shown to nobody.',
        })}
      </p>
      {schools.map((one) => (
        <OfSchool key={one.school.id} {...{ state, one }} isAlone={schools.length === 1} />
      ))}
      <HowToComeBack say={say} />
    </Sheet>
  )
}

type SchoolProps = { state: FormState; one: LeaversOfSchool; isAlone: boolean }

function OfSchool({ state, one, isAlone }: SchoolProps): VNode {
  const { say } = state
  const { school, leavers, lastLetterDay } = one
  const ready = leavers.filter(({ hasContact }) => hasContact).length
  const taken = leavers.filter(({ portfolioTakenOn }) => portfolioTakenOn !== undefined).length
  const byClass = [...Map.groupBy(leavers, (leaver) => leaver.division)]
  return (
    <section aria-label={school.name}>
      {isAlone ? null : <h2>{school.name}</h2>}
      <p>
        {say({
          fr: `Élèves : ${leavers.length}. Adresse privée confirmée : ${ready}. Badges emportés : ${taken}.`,
          en: `Students: ${leavers.length}. Confirmed private address: ${ready}. Badges taken away: ${taken}.`,
        })}
      </p>
      {leavers.length === 0 ? null : (
        <Form state={state}>
          <input type="hidden" name="schoolId" value={school.id} />
          <p>
            {say({
              fr: 'Un courriel à chacun, dans sa langue : donner une adresse privée, emporter ses badges.',
              en: 'A mail to each, in their language: to give a private address, to take their badges away.',
            })}
            {lastLetterDay === undefined
              ? null
              : say({
                  fr: ` Envoyé la dernière fois le ${say.day(lastLetterDay)}.`,
                  en: ` Sent the last time on ${say.day(lastLetterDay)}.`,
                })}
          </p>
          <p class="actions">
            <Button name="do" value="write">
              {say({ fr: 'Écrire à tous', en: 'Write to all' })}
            </Button>
          </p>
        </Form>
      )}
      {byClass.map(([division, ofClass]) => (
        <details key={division} open={byClass.length <= 2}>
          <summary>{titleOf(say, division, ofClass)}</summary>
          <OfClass {...{ say, division, leavers: ofClass }} />
        </details>
      ))}
      <Card state={state} leavers={leavers} />
    </section>
  )
}

function titleOf(say: Say, division: string, leavers: readonly Leaver[]): string {
  const name = division || say({ fr: 'Sans classe', en: 'Without a class' })
  return `${name} (${leavers.length})`
}

type ClassProps = { say: Say; division: string; leavers: readonly Leaver[] }

function OfClass({ say, division, leavers }: ClassProps): VNode {
  const yes = say({ fr: 'Oui', en: 'Yes' })
  const no = say({ fr: 'Non', en: 'No' })
  return (
    <Table
      caption={division}
      quiet
      head={[
        say({ fr: 'Élève', en: 'Student' }),
        say({ fr: 'Niveau', en: 'Level' }),
        say({ fr: 'Adresse privée', en: 'Private address' }),
        say({ fr: 'Badges emportés', en: 'Badges taken away' }),
      ]}
      rows={leavers.map((one) => [
        <a href={`/students/${one.studentId}`}>{one.name}</a>,
        levelOf(say, one),
        one.hasContact
          ? yes
          : one.hasAccount
            ? no
            : say({ fr: 'Non, pas encore de compte', en: 'No, no account yet' }),
        one.portfolioTakenOn === undefined ? no : say.day(one.portfolioTakenOn),
      ])}
      empty=""
    />
  )
}

function levelOf(say: Say, { level, hasLeft }: Leaver): string {
  if (hasLeft) return say({ fr: 'Parti', en: 'Left' })
  return level === undefined ? '' : say(LEVEL_WORDS[level])
}

function Card({ state, leavers }: { state: FormState; leavers: readonly Leaver[] }): VNode | null {
  const { say } = state
  const may = leavers.filter(({ hasLeft, mayHaveCard }) => hasLeft && mayHaveCard)
  if (may.length === 0) return null
  return (
    <details>
      <summary>
        {say({
          fr: 'Une carte pour un élève parti qui ne peut plus entrer',
          en: 'A card for a student who has left and can’t get in any more',
        })}
      </summary>
      <Form state={{ ...state, problem: undefined }}>
        <Select
          state={{ ...state, problem: undefined }}
          name="studentId"
          label={say({ fr: 'Élève', en: 'Student' })}
          hint={say({
            fr: 'Sans adresse électronique : un identifiant et un code, à remettre en main propre.',
            en: 'Without an e-mail address: an identifier and a code, to be handed over in person.',
          })}
          options={may.map(({ studentId, name }) => ({ value: studentId, label: name }))}
        />
        <Button kind="secondary" name="do" value="card">
          {say({ fr: 'Faire la carte', en: 'Make the card' })}
        </Button>
      </Form>
    </details>
  )
}

function HowToComeBack({ say }: { say: Say }): VNode {
  return (
    <>
      <h2>{say({ fr: 'Quand un accès est fermé', en: 'When an access is closed' })}</h2>
      <ul>
        <li>
          {say({
            fr: 'Avec une adresse privée confirmée, l’ancien élève entre toujours : par son mot de passe, sa clé d’accès, ou un lien envoyé à cette adresse.',
            en: 'With a confirmed private address, the former student still comes in: by their password, their passkey, or a link sent to that address.',
          })}
        </li>
        <li>
          {say({
            fr: 'Sans elle, le mot de passe et la clé d’accès servent encore. S’ils sont perdus : une carte pour qui n’a pas d’adresse au lycée ; sinon la demande « J’ai perdu mon mot de passe », que deux personnes du lycée confirment.',
            en: 'Without one, password and passkey still serve. If they are lost: a card for who has no school address; otherwise the request “I have lost my password”, which two people of the school confirm.',
          })}
        </li>
        <li>
          {say({
            fr: 'Les liens partagés, les badges publics et leur vérification ne changent pas.',
            en: 'Shared links, public badges and their verification do not change.',
          })}
        </li>
      </ul>
    </>
  )
}
