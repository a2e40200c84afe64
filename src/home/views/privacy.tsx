import type { VNode } from 'preact'
import { Table } from '../../web/components/blocks.js'
import { sayIn } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'
import type { Contacts } from '../see-contacts.js'
import { Officers, Operator } from './contacts.js'
import { IN_A_BADGE, KEPT, OF_VISITORS, RIGHTS } from './privacy.data.js'
import { Said, Text } from './text.js'

export function Privacy({ visitor, contacts }: { visitor: Visitor; contacts: Contacts }): VNode {
  const say = sayIn(visitor.language)
  return (
    <Text visitor={visitor} title={{ fr: 'Confidentialité', en: 'Privacy' }}>
      <p>
        {say({
          fr: 'Le chef d’établissement est responsable de ce que son lycée enregistre ici ; qui héberge le service agit pour lui. Le suivi du mentorat et des stages relève d’une mission d’intérêt public ; montrer un badge est votre choix.',
          en: 'The head of the lycée is responsible for what the lycée records here; whoever hosts the service acts on their behalf. Following mentoring and placements is a task of public interest; to show a badge is your choice.',
        })}
      </p>
      <Table
        caption={say({ fr: 'Ce qui est gardé', en: 'What is kept' })}
        head={[
          say({ fr: 'Sur qui ou sur quoi', en: 'About whom or what' }),
          say({ fr: 'Quoi', en: 'What' }),
          say({ fr: 'Qui le voit', en: 'Who sees it' }),
          say({ fr: 'Jusqu’à quand', en: 'Until when' }),
        ]}
        rows={KEPT.map((cells) => cells.map((cell) => say(cell)))}
        empty=""
      />
      <p class="soft small">
        {say({
          fr: 'Ces durées sont celles que le service propose ; le lycée peut en fixer de plus courtes. Dans cette version, l’effacement se fait à la demande du lycée, pas encore de lui-même.',
          en: 'These periods are those that the service proposes; the lycée may set shorter ones. In this version erasure is done when the lycée asks for it, not yet by itself.',
        })}
      </p>
      <Said
        visitor={visitor}
        title={{ fr: 'Ce que dit un badge', en: 'What a badge tells' }}
        sentences={IN_A_BADGE}
      />
      <Said visitor={visitor} title={{ fr: 'Vos droits', en: 'Your rights' }} sentences={RIGHTS} />
      <p>
        {say({
          fr: 'Adressez-vous au lycée, ou au délégué à la protection des données de son académie. Vous pouvez le faire vous-même, même mineur. Si la réponse ne vous satisfait pas, la CNIL reçoit les plaintes : ',
          en: 'Turn to the lycée, or to the data protection officer of its academy. You may do so yourself, even as a minor. If the answer does not satisfy you, the CNIL receives complaints: ',
        })}
        <a href="https://www.cnil.fr/">cnil.fr</a>.
      </p>
      <Officers say={say} contacts={contacts} />
      <Operator say={say} contacts={contacts} />
      <Said
        visitor={visitor}
        title={{ fr: 'Quand vous visitez ces pages', en: 'When you visit these pages' }}
        sentences={OF_VISITORS}
      />
    </Text>
  )
}
