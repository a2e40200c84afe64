import type { VNode } from 'preact'
import { sayIn } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'
import type { Words } from '../../words.js'
import type { Contacts } from '../see-contacts.js'
import { Operator } from './contacts.js'
import { Said, Text } from './text.js'

const STEPS: readonly Words[] = [
  {
    fr: 'Une entreprise partenaire définit le badge : des critères, et les preuves qu’il faut.',
    en: 'A partner company defines the badge: criteria, and the evidence that it takes.',
  },
  {
    fr: 'Le lycée enregistre le mentorat et les stages ; une autre personne que celle qui les a notés les confirme.',
    en: 'The lycée records mentoring and placements; somebody else than who noted them confirms them.',
  },
  {
    fr: 'Deux personnes de l’entreprise s’engagent : l’une évalue, l’autre endosse.',
    en: 'Two persons of the company commit themselves: one assesses, the other endorses.',
  },
  {
    fr: 'Le lycée approuve ; qui a proposé le badge ne l’approuve pas. Il est alors signé et délivré.',
    en: 'The lycée approves; who proposed the badge does not. It is then signed and issued.',
  },
  {
    fr: 'L’élève choisit à qui le montrer, et chacun peut le vérifier.',
    en: 'The student chooses whom to show it to, and anybody can verify it.',
  },
]

const NOT: readonly Words[] = [
  {
    fr: 'Un badge complète le baccalauréat professionnel ; il ne s’y substitue pas et n’est pas une certification enregistrée au RNCP ou au RS.',
    en: 'A badge complements the baccalauréat professionnel; it does not replace it and is no certification registered in the RNCP or the RS.',
  },
  {
    fr: 'Il ne dit pas qui le montre : aucun nom n’est dedans. Demandez à la personne d’ouvrir son lien devant vous.',
    en: 'It does not tell who shows it: there is no name in it. Ask the person to open their link in front of you.',
  },
  {
    fr: 'Une signature prouve qui a délivré le badge et que rien n’y a changé ; elle ne juge pas ce qu’il vaut pour vous.',
    en: 'A signature proves who issued the badge and that nothing in it changed; it does not judge what it is worth to you.',
  },
]

export function About({ visitor, contacts }: { visitor: Visitor; contacts: Contacts }): VNode {
  const say = sayIn(visitor.language)
  return (
    <Text visitor={visitor} title={{ fr: 'À propos', en: 'About' }}>
      <section>
        <h2>{say({ fr: 'Comment un badge naît', en: 'How a badge comes about' })}</h2>
        <ol>
          {STEPS.map((step) => (
            <li key={step.en}>{say(step)}</li>
          ))}
        </ol>
      </section>
      <Said
        visitor={visitor}
        title={{ fr: 'Ce qu’un badge n’est pas', en: 'What a badge is not' }}
        sentences={NOT}
      />
      <Operator say={say} contacts={contacts} />
      <section>
        <h2>{say({ fr: 'Vérifier ailleurs', en: 'Verifying elsewhere' })}</h2>
        <p>
          {say({
            fr: 'Les badges suivent la norme ouverte Open Badges 3.0 : leur fichier se vérifie ',
            en: 'Badges follow the open standard Open Badges 3.0: their file can be verified ',
          })}
          <a href="/verify">{say({ fr: 'sur ce service', en: 'on this service' })}</a>
          {say({
            fr: ' ou avec un autre logiciel. Les clés publiques des lycées et des entreprises sont en ligne, celles qui ne servent plus aussi.',
            en: ' or with other software. The public keys of lycées and companies are online, and so are those that serve no more.',
          })}
        </p>
      </section>
    </Text>
  )
}
