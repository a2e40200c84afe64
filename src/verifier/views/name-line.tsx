import type { VNode } from 'preact'
import { State, type Tone } from '../../web/components/status.js'
import type { Say } from '../../web/say.js'
import type { Words } from '../../words.js'
import type { AskedName } from '../ask-name.js'
import type { NameAnswer } from '../fetch-badge.js'
import type { Report } from '../report.js'

type Props = { named: AskedName; report: Report; say: Say }

/** Whether the badge is that of the name that was typed, which is not said again. */
export function NameLine({ named, report, say }: Props): VNode | null {
  if (named === undefined) return null
  const { tone, words, more } = ANSWERS[named]
  return (
    <section class="sheet" aria-labelledby="name-answer">
      <h2 id="name-answer">{say({ fr: 'Le nom', en: 'The name' })}</h2>
      <p>
        <State tone={tone}>{say(words)}</State>
      </p>
      <p>{say(more)}</p>
      {named === 'matches' && report.verdict !== 'valid' ? <p>{say(NOT_VALID)}</p> : null}
    </section>
  )
}

const ANSWERS: Readonly<Record<NameAnswer, { tone: Tone; words: Words; more: Words }>> = {
  matches: {
    tone: 'valid',
    words: { fr: 'Le nom correspond', en: 'The name matches' },
    more: {
      fr: 'Ce badge a été délivré à une personne de ce nom. Un homonyme est possible : en cas de doute, demandez-lui d’ouvrir un nouveau lien devant vous.',
      en: 'This badge was issued to a person of this name. Another may bear it: in doubt, ask them to open a new link before your eyes.',
    },
  },
  differs: {
    tone: 'invalid',
    words: { fr: 'Le nom ne correspond pas', en: 'The name does not match' },
    more: {
      fr: 'Relisez le code et le nom : prénom et nom de famille, comme au lycée. Un nom d’usage peut différer.',
      en: 'Read code and name again: given and family name, as at school. A name in use may differ.',
    },
  },
  'not-checked': {
    tone: 'unknown',
    words: { fr: 'Le nom n’a pas pu être comparé', en: 'The name could not be checked' },
    more: {
      fr: 'Cela ne dit rien de la personne. Un nom se compare avec un code, quand la personne l’a permis : demandez-le-lui.',
      en: 'This tells nothing about the person. A name is compared with a code, when the person has allowed it: ask them.',
    },
  },
}
const NOT_VALID: Words = {
  fr: 'Le nom ne dit rien de la valeur du badge : lisez le résultat ci-dessous.',
  en: 'The name tells nothing about the worth of the badge: read the result below.',
}
